// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Rewrite/ExportFixes.h"

#include "clang/Tooling/ReplacementsYaml.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/YAMLTraits.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace cuport {

Expected<std::string> exportFixes(StringRef Directory, ArrayRef<FileEdits> Files) {
  std::vector<const FileEdits *> Sorted;
  for (const FileEdits &F : Files)
    Sorted.push_back(&F);
  sort(Sorted, [](const FileEdits *A, const FileEdits *B) { return A->File < B->File; });

  clang::tooling::TranslationUnitReplacements Document;
  for (const FileEdits *F : Sorted) {
    SmallString<256> Path(F->File);
    sys::path::make_absolute(Directory, Path);
    sys::path::remove_dots(Path);
    if (!json::isUTF8(Path))
      return createFileError(
          F->File, createStringError("the name is not UTF-8, which fixes in YAML must be"));
    for (const Edit &E : F->Edits) {
      if (!json::isUTF8(E.Text))
        return createFileError(F->File,
                               createStringError("the new text at offset " + Twine(E.Offset) +
                                                 " is not UTF-8, which fixes in YAML must be"));
      Document.Replacements.emplace_back(Path, E.Offset, E.Length, E.Text);
    }
  }
  if (!Document.Replacements.empty())
    Document.MainSourceFile = Document.Replacements.front().getFilePath().str();

  std::string Text;
  raw_string_ostream Stream(Text);
  yaml::Output Out(Stream, /*Ctxt=*/nullptr, /*WrapColumn=*/0);
  Out << Document;
  return Text;
}

} // namespace cuport
