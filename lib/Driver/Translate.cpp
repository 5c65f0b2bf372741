// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Driver/Translate.h"

#include "Rewrite/ApplyEdits.h"
#include "Rewrite/AtomicFile.h"
#include "Rewrite/ExportFixes.h"
#include "Rewrite/InPlace.h"
#include "Rewrite/OutputTree.h"
#include "Rewrite/UnifiedDiff.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace cuport;

namespace {

struct Change {
  ScannedFile *File;
  std::vector<Edit> Edits;
};

} // namespace

static llvm::Error writeFolder(const ScanOptions &Scan, const TranslateOptions &Options, OutputTree &Tree,
                               const std::vector<Change> &Changes, TranslateResult &Result) {
  llvm::StringSet<> Written;
  for (const Change &C : Changes) {
    auto Path = Tree.write(C.File->Input.Path, applyResolved(C.File->Source->text(), C.Edits));
    if (!Path)
      return Path.takeError();
    Written.insert(C.File->Input.Path);
    ++Result.FilesWritten;
  }
  if (!Options.CopyAll)
    return llvm::Error::success();
  auto Copy = Tree.copyOthers(Written);
  if (!Copy)
    return Copy.takeError();
  Result.FilesCopied = Copy->Copied;
  for (const NotCopied &N : Copy->Left)
    Result.Notes.push_back(N.Path + " was not copied: " + N.Reason);
  return llvm::Error::success();
}

static llvm::Error writeInPlaceAll(const TranslateOptions &Options, const std::vector<Change> &Changes,
                                   TranslateResult &Result) {
  std::vector<std::string> Paths;
  std::vector<const Change *> Real;
  for (const Change &C : Changes)
    if (!C.Edits.empty()) {
      Paths.push_back(C.File->Input.Path);
      Real.push_back(&C);
    }
  auto Plan = planInPlace(Paths, Options.Force);
  if (!Plan)
    return Plan.takeError();
  Result.Notes.insert(Result.Notes.end(), Plan->Notes.begin(), Plan->Notes.end());
  for (size_t I = 0; I < Real.size(); ++I) {
    auto Kept = writeInPlace(Plan->Files[I], applyResolved(Real[I]->File->Source->text(), Real[I]->Edits));
    if (!Kept)
      return Kept.takeError();
    if (!Kept->empty())
      Result.Notes.push_back(Paths[I] + ": the original is kept as " + *Kept);
    ++Result.FilesWritten;
  }
  return llvm::Error::success();
}

static llvm::Error writeFixes(const TranslateOptions &Options, const std::vector<Change> &Changes) {
  llvm::SmallString<256> Directory;
  if (std::error_code EC = llvm::sys::fs::current_path(Directory))
    return llvm::createStringError(EC, "the working directory cannot be read");
  std::vector<FileEdits> Files;
  for (const Change &C : Changes)
    if (!C.Edits.empty())
      Files.push_back({C.File->Input.Path, C.Edits});
  auto Yaml = exportFixes(Directory, Files);
  if (!Yaml)
    return Yaml.takeError();
  return writeFileAtomically(Options.Output, *Yaml);
}

llvm::Expected<TranslateResult> cuport::translate(const ScanOptions &Scan, const TranslateOptions &Options,
                                                  const ApiTable &Apis) {
  using To = TranslateOptions::To;
  std::optional<OutputTree> Tree;
  if (Options.Where == To::Folder) {
    auto Created = OutputTree::create(Scan.Inputs, Options.Output);
    if (!Created)
      return Created.takeError();
    Tree = std::move(*Created);
  }
  if (Options.Where == To::Text && (Scan.Inputs.size() != 1 || llvm::sys::fs::is_directory(Scan.Inputs.front())))
    return llvm::createStringError("one file can be printed; name a folder for what comes of several");
  auto Scanned = scan(Scan, Apis);
  if (!Scanned)
    return Scanned.takeError();

  TranslateResult Result;
  std::vector<Change> Changes;
  for (ScannedFile &F : Scanned->Files) {
    if (F.Source && F.HasCuda) {
      ++Result.FilesWithCuda;
      Changes.push_back({&F, resolveEdits(F.Source->text(), F.Findings)});
      Result.FilesChanged += !Changes.back().Edits.empty();
    }
    Result.Findings.insert(Result.Findings.end(), F.Findings.begin(), F.Findings.end());
  }

  if (Options.OnWriting)
    Options.OnWriting();
  llvm::Error Failed = llvm::Error::success();
  switch (Options.Where) {
  case To::Folder:
    Failed = writeFolder(Scan, Options, *Tree, Changes, Result);
    break;
  case To::InPlace:
    Failed = writeInPlaceAll(Options, Changes, Result);
    break;
  case To::Fixes:
    Failed = writeFixes(Options, Changes);
    break;
  case To::Text:
    if (Changes.empty()) {
      if (auto Unchanged = readFile(Scan.Inputs.front()))
        Result.Text = (*Unchanged)->getBuffer().str();
      else
        Failed = Unchanged.takeError();
    }
    for (const Change &C : Changes)
      Result.Text += applyResolved(C.File->Source->text(), C.Edits);
    break;
  case To::Diff:
    for (const Change &C : Changes)
      Result.Text += unifiedDiff(C.File->Input.Path, C.File->Source->text(), C.Edits);
    break;
  case To::Nowhere:
    break;
  }
  if (Failed)
    return std::move(Failed);
  return Result;
}
