// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Rewrite/OutputTree.h"

#include "Rewrite/AtomicFile.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

#include <climits>
#include <optional>
#include <unistd.h>

using namespace llvm;
namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

namespace cuport {
namespace {

std::string normalized(SmallString<256> Path, bool RemoveDotDot) {
  path::remove_dots(Path, RemoveDotDot);
  while (Path.size() > 1 && Path.back() == '/')
    Path.pop_back();
  return std::string(Path);
}

/// Follows the links of as much of `Path` as exists.
std::string realPath(StringRef Path) {
  SmallString<256> Real;
  if (!fs::real_path(Path, Real))
    return std::string(Real);
  StringRef Parent = path::parent_path(Path);
  if (Parent.empty() || Parent == Path)
    return Path.str();
  SmallString<256> Result(realPath(Parent));
  path::append(Result, path::filename(Path));
  return normalized(Result, true);
}

/// Absolute, without dots. ".." behind a link is not what it looks like, so there the links are
/// followed.
std::string absolutePath(StringRef Path) {
  SmallString<256> Result(Path);
  (void)fs::make_absolute(Result);
  if (is_contained(make_range(path::begin(Result), path::end(Result)), ".."))
    return realPath(Result);
  return normalized(Result, false);
}

/// `Path` as seen from `Folder`, "" for the folder itself; nothing if it lies outside.
std::optional<StringRef> relativeTo(StringRef Folder, StringRef Path) {
  if (Path == Folder)
    return "";
  if (!Path.consume_front(Folder) || (!Folder.ends_with("/") && !Path.consume_front("/")))
    return std::nullopt;
  return Path;
}

std::string commonFolder(StringRef A, StringRef B) {
  while (!relativeTo(A, B))
    A = path::parent_path(A);
  return A.str();
}

Error refuse(StringRef Folder, const Twine &Why) {
  return createFileError(Folder, createStringError("cannot be the output folder: " + Why));
}

/// Makes the folders above `Output` and takes away a link in its place: what that points to is
/// another output.
Error makeRoomFor(StringRef Output) {
  StringRef Parent = path::parent_path(Output);
  // The error is the folder's, not that of the file that wanted it.
  std::error_code Code = fs::create_directories(Parent);
  if (!Code && !fs::is_directory(Parent)) // a file counts as "exists already"
    Code = std::make_error_code(std::errc::not_a_directory);
  if (Code)
    return createFileError(Parent,
                           createStringError("cannot create the output folder: " + Code.message()));
  if (fs::is_symlink_file(Output))
    if (std::error_code Code = fs::remove(Output))
      return createFileError(Output, Code);
  return Error::success();
}

} // namespace

Expected<OutputTree> OutputTree::create(ArrayRef<std::string> Inputs, StringRef Folder) {
  OutputTree Tree;
  Tree.Folder = absolutePath(Folder);
  Tree.RealFolder = realPath(Tree.Folder);
  if (fs::exists(Tree.Folder) && !fs::is_directory(Tree.Folder))
    return refuse(Folder, "it is a file");
  for (const std::string &Input : Inputs) {
    std::string Root = absolutePath(Input);
    fs::file_status Status;
    if (std::error_code Code = fs::status(Root, Status))
      return createFileError(Input, Code);
    if (Status.type() == fs::file_type::directory_file) {
      std::string Real = realPath(Root);
      if (Real == Tree.RealFolder)
        return refuse(Folder, "it is the input folder " + Input +
                                  "; use --in-place to change files where they lie");
      if (relativeTo(Real, Tree.RealFolder))
        return refuse(Folder, "it lies in the input folder " + Input +
                                  ", so the next run would read its own output");
      if (relativeTo(Tree.RealFolder, Real))
        return refuse(Folder, "the input folder " + Input + " lies in it");
      if (!is_contained(Tree.Roots, Root))
        Tree.Roots.push_back(Root);
    } else {
      Root = path::parent_path(Root).str();
    }
    Tree.Base = Tree.Base.empty() ? Root : commonFolder(Tree.Base, Root);
  }
  if (Tree.Base.empty())
    return createStringError("no input files for the output folder " + Folder);
  Tree.RealBase = realPath(Tree.Base);
  return Tree;
}

bool OutputTree::isOutput(StringRef Path) const {
  return relativeTo(RealFolder, realPath(absolutePath(Path))).has_value();
}

Expected<std::string> OutputTree::outputPath(StringRef InputFile) const {
  std::string Input = absolutePath(InputFile), RealInput = realPath(Input);
  std::optional<StringRef> Relative = relativeTo(Base, Input);
  if (!Relative)
    Relative = relativeTo(RealBase, RealInput); // named over another link
  if (!Relative || Relative->empty())
    return createFileError(InputFile,
                           createStringError("lies outside of the input folder " + Base +
                                             ", so it has no place in the output folder"));
  SmallString<256> Output(Folder);
  path::append(Output, *Relative);
  std::string RealOutput = realPath(Output);
  if (!relativeTo(RealFolder, RealOutput))
    return createFileError(
        Output,
        createStringError("a symbolic link leads out of the output folder, to " + RealOutput));
  if (RealOutput == RealInput)
    return createFileError(
        InputFile,
        createStringError("the output would replace the input; use --in-place for that"));
  return std::string(Output);
}

Expected<std::string> OutputTree::write(StringRef InputFile, StringRef Text) const {
  Expected<std::string> Output = outputPath(InputFile);
  if (!Output)
    return Output.takeError();
  if (Error E = makeRoomFor(*Output))
    return std::move(E);
  if (Error E = writeFileAtomically(*Output, Text, InputFile))
    return std::move(E);
  return Output;
}

Expected<CopyResult> OutputTree::copyOthers(const StringSet<> &Written) const {
  StringSet<> Skip;
  for (StringRef Name : Written.keys())
    Skip.insert(absolutePath(Name));
  CopyResult Result;
  for (const std::string &Root : Roots) {
    bool Covered = any_of(
        Roots, [&](const std::string &Other) { return Other != Root && relativeTo(Other, Root); });
    if (Covered)
      continue;
    if (Error E = copyFolder(Root, Root, Skip, Result))
      return std::move(E);
  }
  sort(Result.Left, [](const NotCopied &A, const NotCopied &B) { return A.Path < B.Path; });
  return Result;
}

Error OutputTree::copyFolder(const std::string &From, StringRef Root, const StringSet<> &Skip,
                             CopyResult &Result) const {
  std::error_code Code;
  for (fs::directory_iterator I(From, Code, /*follow_symlinks=*/false), End; !Code && I != End;
       I.increment(Code)) {
    const std::string &Path = I->path();
    StringRef Name = path::filename(Path);
    if (Name == ".git" || isTemporaryName(Name) || Skip.contains(Path))
      continue;
    fs::file_type Type = I->type();
    if (fs::file_status Status;
        Type == fs::file_type::type_unknown && !fs::status(Path, Status, /*follow=*/false))
      Type = Status.type();
    Error E = Error::success();
    if (Type == fs::file_type::symlink_file)
      E = copyLink(Path, Root, Result);
    else if (Type == fs::file_type::regular_file)
      E = copyFile(Path, Result);
    else if (Type != fs::file_type::directory_file)
      Result.Left.push_back({Path, "not a regular file"});
    else if (!isOutput(Path))
      E = copyFolder(Path, Root, Skip, Result);
    if (E)
      return E;
  }
  if (Code)
    Result.Left.push_back({From, Code.message()});
  return Error::success();
}

Error OutputTree::copyLink(const std::string &From, StringRef Root, CopyResult &Result) const {
  char Buffer[PATH_MAX];
  ssize_t Size = ::readlink(From.c_str(), Buffer, sizeof(Buffer));
  if (Size < 0) {
    Result.Left.push_back({From, errnoAsErrorCode().message()});
    return Error::success();
  }
  StringRef Target(Buffer, Size);
  SmallString<256> Lexical(path::parent_path(From));
  path::append(Lexical, Target);
  fs::file_status Status;
  if (path::is_relative(Target) && relativeTo(Root, normalized(Lexical, true))) {
    Expected<std::string> To = outputPath(From);
    if (!To)
      return To.takeError();
    if (Error E = makeRoomFor(*To))
      return E;
    if (fs::exists(*To))
      fs::remove(*To); // a file of an earlier run
    if (std::error_code Code = fs::create_link(Target, *To))
      return createFileError(*To, Code);
    ++Result.Copied;
  } else if (!fs::status(From, Status) && Status.type() == fs::file_type::regular_file) {
    return copyFile(From, Result);
  } else {
    Result.Left.push_back({From, "a symbolic link out of the input folder, to " + Target.str()});
  }
  return Error::success();
}

Error OutputTree::copyFile(const std::string &From, CopyResult &Result) const {
  if (::access(From.c_str(), R_OK) != 0) {
    Result.Left.push_back({From, errnoAsErrorCode().message()});
    return Error::success();
  }
  Expected<std::string> To = outputPath(From);
  if (!To)
    return To.takeError();
  if (Error E = makeRoomFor(*To))
    return E;
  if (Error E = copyFileAtomically(From, *To))
    return E;
  ++Result.Copied;
  return Error::success();
}

} // namespace cuport
