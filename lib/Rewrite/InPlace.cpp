// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Rewrite/InPlace.h"

#include "Rewrite/AtomicFile.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;
namespace fs = llvm::sys::fs;

namespace cuport {
namespace {

constexpr size_t MaxFilesNamed = 10;

Error refuse(ArrayRef<std::string> Changed) {
  std::string Names;
  for (const std::string &Name : Changed.take_front(MaxFilesNamed))
    Names += "\n  " + Name;
  if (Changed.size() > MaxFilesNamed)
    Names += "\n  and " + utostr(Changed.size() - MaxFilesNamed) + " more";
  return createStringError(
      Twine(Changed.size()) + (Changed.size() == 1 ? " file has" : " files have") +
      " changes that are not committed; commit them, or use --force to change the files all "
      "the same and keep their present text as FILE.orig:" +
      Names);
}

/// Keeps the file under the first free name of File.orig, File.orig.1, ... and returns that. A hard
/// link: it is there at once and whole, never over another file, and with the file's mode, owner
/// and time.
Expected<std::string> keepOriginal(const std::string &File) {
  for (unsigned I = 0;; ++I) {
    std::string Name = File + ".orig" + (I == 0 ? "" : "." + utostr(I));
    // link() does not see a dangling link as free either.
    std::error_code Code = fs::create_hard_link(File, Name);
    if (Code == std::errc::file_exists)
      continue;
    if (!Code)
      return Name;
    // A file system without hard links.
    int FD;
    Code = fs::openFileForWrite(Name, FD, fs::CD_CreateNew);
    if (Code == std::errc::file_exists)
      continue;
    if (Code)
      return createFileError(Name, Code);
    raw_fd_ostream(FD, /*shouldClose=*/true);
    if (Error E = copyFileAtomically(File, Name)) {
      fs::remove(Name);
      return std::move(E);
    }
    return Name;
  }
}

} // namespace

Expected<InPlacePlan> planInPlace(ArrayRef<std::string> Files, bool Force, StringRef Git) {
  GitAnswer Answer = askGit(Files, Git);
  InPlacePlan Plan;
  std::vector<std::string> Changed;
  StringSet<> Planned; // two names of one file would keep its new text as the second's original
  for (auto [File, State] : zip(Files, Answer.States)) {
    SmallString<256> Real;
    bool First = fs::real_path(File, Real) || Planned.insert(Real).second;
    Plan.Files.push_back({File, State != GitState::Committed && First});
    if (State == GitState::Changed)
      Changed.push_back(File);
  }
  if (!Changed.empty() && !Force)
    return refuse(Changed);
  for (const std::string &Problem : Answer.Problems)
    Plan.Notes.push_back(Problem +
                         "; the present text of the files is kept beside them as FILE.orig");
  return Plan;
}

Expected<std::string> writeInPlace(const InPlaceFile &File, StringRef NewText) {
  SmallString<256> Real; // beside the file itself, not beside a link to it
  if (std::error_code Code = fs::real_path(File.Path, Real))
    return createFileError(File.Path, Code);
  std::string Kept;
  if (File.KeepOriginal) {
    Expected<std::string> Name = keepOriginal(std::string(Real));
    if (!Name)
      return Name.takeError();
    Kept = *Name;
  }
  if (Error E = writeFileAtomically(Real, NewText)) {
    if (!Kept.empty())
      fs::remove(Kept);
    return std::move(E);
  }
  return Kept;
}

} // namespace cuport
