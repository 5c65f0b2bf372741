// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Rewrite/GitState.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Program.h"

#include <map>

#include <unistd.h>

using namespace llvm;
namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

namespace cuport {
namespace {

/// Far below what any system takes as arguments.
constexpr size_t MaxArgumentBytes = 64 * 1024;

/// Ours, without what a surrounding git (a hook) says of another work tree.
std::vector<std::string> gitEnvironment() {
  std::vector<std::string> Result;
  for (char **Entry = environ; *Entry; ++Entry) {
    StringRef Name = StringRef(*Entry).split('=').first;
    if (Name != "LC_ALL" && Name != "GIT_DIR" && Name != "GIT_WORK_TREE" &&
        Name != "GIT_INDEX_FILE" && Name != "GIT_PREFIX" && Name != "GIT_OPTIONAL_LOCKS")
      Result.push_back(*Entry);
  }
  Result.push_back("LC_ALL=C");
  Result.push_back("GIT_OPTIONAL_LOCKS=0");
  return Result;
}

class Git {
public:
  Git(std::string Program, StringRef WorkTree) : Program(std::move(Program)), WorkTree(WorkTree) {}

  /// What git prints for `Command` on `Paths`, which are relative to the work tree.
  Expected<std::string> run(ArrayRef<StringRef> Command, ArrayRef<std::string> Paths) const {
    SmallString<128> Out, Err;
    if (std::error_code Code = fs::createTemporaryFile("cuport-git", "out", Out))
      return errorCodeToError(Code);
    FileRemover RemoveOut(Out);
    if (std::error_code Code = fs::createTemporaryFile("cuport-git", "err", Err))
      return errorCodeToError(Code);
    FileRemover RemoveErr(Err);

    std::vector<StringRef> Args = {
        Program, "--literal-pathspecs", "-c", "core.fsmonitor=false", "-C", WorkTree};
    append_range(Args, Command);
    Args.push_back("--");
    append_range(Args, Paths);
    std::vector<std::string> Environment = gitEnvironment();
    std::vector<StringRef> Env(Environment.begin(), Environment.end());
    std::string Failure;
    int Status = sys::ExecuteAndWait(Program, Args, ArrayRef<StringRef>(Env),
                                     {StringRef(), StringRef(Out), StringRef(Err)}, 0, 0, &Failure);
    auto Printed = MemoryBuffer::getFile(Status == 0 ? Out : Err);
    if (!Printed)
      return errorCodeToError(Printed.getError());
    if (Status == 0)
      return (*Printed)->getBuffer().str();
    StringRef Why = (*Printed)->getBuffer().split('\n').first;
    return createStringError(Twine(Why.empty() ? StringRef(Failure) : Why));
  }

private:
  std::string Program;
  StringRef WorkTree;
};

/// Adds what git prints between NULs; `Skip` bytes stand before each name.
void addNames(StringSet<> &Names, StringRef Printed, size_t Skip) {
  while (!Printed.empty()) {
    auto [Name, Rest] = Printed.split('\0');
    Names.insert(Name.substr(Skip));
    Printed = Rest;
  }
}

/// The folder at or above `Folder` that holds a `.git`; empty if there is none.
StringRef workTreeOf(StringRef Folder, StringMap<std::string> &Known) {
  auto [Entry, New] = Known.try_emplace(Folder);
  if (!New)
    return Entry->second;
  SmallString<256> DotGit(Folder);
  path::append(DotGit, ".git");
  std::string Found;
  if (fs::exists(DotGit))
    Found = Folder.str();
  else if (StringRef Parent = path::parent_path(Folder); !Parent.empty() && Parent != Folder)
    Found = workTreeOf(Parent, Known).str();
  return Known[Folder] = Found;
}

/// Splits off as many of `Paths` as fit a command line.
ArrayRef<std::string> takeBatch(ArrayRef<std::string> &Paths) {
  size_t Count = 0;
  for (size_t Bytes = 0; Count < Paths.size(); ++Count)
    if ((Bytes += Paths[Count].size() + 1) > MaxArgumentBytes && Count != 0)
      break;
  ArrayRef<std::string> Batch = Paths.take_front(Count);
  Paths = Paths.drop_front(Count);
  return Batch;
}

/// Fills in which of `Paths` are tracked and which of these are changed.
Error askWorkTree(const Git &Git, ArrayRef<std::string> Paths, StringSet<> &Tracked,
                  StringSet<> &Changed) {
  while (!Paths.empty()) {
    ArrayRef<std::string> Batch = takeBatch(Paths);
    Expected<std::string> Files = Git.run({"ls-files", "-z"}, Batch);
    if (!Files)
      return Files.takeError();
    Expected<std::string> Status =
        Git.run({"status", "--porcelain=v1", "-z", "--no-renames", "--untracked-files=no"}, Batch);
    if (!Status)
      return Status.takeError();
    addNames(Tracked, *Files, 0);
    addNames(Changed, *Status, 3); // "XY name"
  }
  return Error::success();
}

} // namespace

GitAnswer askGit(ArrayRef<std::string> Files, StringRef GitProgram) {
  GitAnswer Answer;
  Answer.States.assign(Files.size(), GitState::NotKept);

  struct Asked {
    std::vector<size_t> Index;
    std::vector<std::string> Path;
  };
  std::map<std::string, Asked> WorkTrees;
  StringMap<std::string> Known;
  for (size_t I = 0; I < Files.size(); ++I) {
    SmallString<256> Real;
    if (fs::real_path(Files[I], Real))
      continue;
    StringRef Top = workTreeOf(path::parent_path(Real), Known);
    if (Top.empty())
      continue;
    Asked &A = WorkTrees[Top.str()];
    A.Index.push_back(I);
    A.Path.push_back(Real.substr(Top.size()).ltrim('/').str());
  }
  if (WorkTrees.empty())
    return Answer;

  ErrorOr<std::string> Program = sys::findProgramByName(GitProgram);
  if (!Program) {
    Answer.Problems.push_back(
        ("'" + GitProgram + "' is not installed, so it cannot be asked what is committed").str());
    return Answer;
  }
  for (const auto &[Top, Asked] : WorkTrees) {
    StringSet<> Tracked, Changed;
    if (Error E = askWorkTree(Git(*Program, Top), Asked.Path, Tracked, Changed)) {
      Answer.Problems.push_back("git could not be asked about " + Top + ": " +
                                toString(std::move(E)));
      continue;
    }
    for (auto [I, Path] : zip(Asked.Index, Asked.Path))
      if (Tracked.contains(Path))
        Answer.States[I] = Changed.contains(Path) ? GitState::Changed : GitState::Committed;
  }
  return Answer;
}

} // namespace cuport
