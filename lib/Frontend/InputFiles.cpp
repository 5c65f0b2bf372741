// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Frontend/InputFiles.h"

#include "Frontend/CompileCommand.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

#include <set>

using namespace cuport;
namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

static std::string cleanPath(llvm::StringRef Path) {
  llvm::SmallString<256> Clean(Path);
  path::remove_dots(Clean, /*remove_dot_dot=*/false);
  return Clean.empty() ? "." : std::string(Clean);
}

static void addFile(llvm::StringRef Path, llvm::StringRef Relative, std::vector<InputFile> &Files) {
  llvm::SmallString<256> Real;
  if (!fs::real_path(Path, Real)) // a link that leads nowhere or in a circle is no file
    Files.push_back({std::string(Real), Path.str(), Relative.str()});
}

static void addFolder(const std::string &Root, llvm::function_ref<bool(llvm::StringRef)> Wanted, std::vector<InputFile> &Files) {
  std::error_code EC;
  for (fs::recursive_directory_iterator It(Root, EC, /*follow_symlinks=*/false), End; It != End;
       It.increment(EC)) {
    if (EC) {
      EC.clear(); // a folder that cannot be read is passed over
      continue;
    }
    llvm::StringRef Name = path::filename(It->path());
    if (It->type() == fs::file_type::directory_file) {
      if (Name.starts_with("."))
        It.no_push();
      continue;
    }
    if (!isSourceName(Name) && !Wanted(Name))
      continue;
    llvm::StringRef Relative = llvm::StringRef(It->path()).drop_front(Root == "." && !llvm::StringRef(It->path()).starts_with("./") ? 0 : Root.size());
    addFile(cleanPath(It->path()), Relative.ltrim('/'), Files);
  }
}

llvm::Expected<std::vector<InputFile>> cuport::listInputs(llvm::ArrayRef<std::string> Paths,
                                                          llvm::function_ref<bool(llvm::StringRef)> Wanted) {
  std::vector<InputFile> Files;
  for (const std::string &Given : Paths) {
    fs::file_status Status;
    if (std::error_code EC = fs::status(Given, Status))
      return llvm::createStringError(EC, "%s: %s", Given.c_str(), EC.message().c_str());
    std::string Path = cleanPath(llvm::StringRef(Given).size() > 1 ? llvm::StringRef(Given).rtrim('/') : Given);
    if (Status.type() == fs::file_type::directory_file)
      addFolder(Path, Wanted, Files);
    else
      addFile(Path, path::filename(Path), Files);
  }
  llvm::sort(Files, [](const InputFile &A, const InputFile &B) {
    return std::tie(A.Path, A.RealPath) < std::tie(B.Path, B.RealPath);
  });
  // Of several names of one file the first that is no link.
  std::set<std::string> Named, Seen;
  for (const InputFile &F : Files)
    if (!fs::is_symlink_file(F.Path))
      Named.insert(F.RealPath);
  llvm::erase_if(Files, [&](const InputFile &F) {
    return (Named.count(F.RealPath) && fs::is_symlink_file(F.Path)) || !Seen.insert(F.RealPath).second;
  });
  return Files;
}
