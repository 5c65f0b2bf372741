// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Rules/PlatformBranch.h"

#include "Rules/Conditions.h"

#include "llvm/ADT/STLExtras.h"

using namespace cuport;

/// The branches that are not compiled for AMD's cards, or for others.
static std::vector<Branch> branchesWithout(const FileView &File, bool IsAmd) {
  std::vector<Branch> Result;
  for (const std::vector<Branch> &Branches : conditionalsOf(File.Source, [&](llvm::StringRef Name) { return File.Macros.onPlatform(Name, IsAmd); }))
    llvm::copy_if(Branches, std::back_inserter(Result), [](const Branch &B) { return B.Compiled && !*B.Compiled; });
  return Result;
}

/// The line that asks is of the branch: it comes out one way whatever else it asks.
static bool isIn(const FileView &File, llvm::ArrayRef<Branch> Branches, const Finding &F) {
  return llvm::any_of(Branches, [&](const Branch &B) {
    return File.Source.placeOf(File.tokens()[B.Begin->First].Offset, 0).Line <= F.At.Line && F.At.Line <= B.LastLine;
  });
}

void cuport::leavePlatformBranches(const FileView &File, std::vector<Finding> &Findings) {
  const std::vector<Branch> Others = branchesWithout(File, true), Amds = branchesWithout(File, false);
  for (Finding &F : Findings) {
    // What clang could not parse is no place of CUDA.
    if (!needsPerson(F.Verdict) || F.Rule == "parse-error")
      continue;
    // What is compiled for neither (#if 0) is no matter of the platform.
    const bool IsAmds = isIn(File, Amds, F);
    if (IsAmds == isIn(File, Others, F))
      continue;
    F.Verdict = Verdict::AsIs;
    F.Replacement.clear();
    F.Edits.clear();
    F.Message += IsAmds ? "; it is left as it is: the branch is written for AMD's cards"
                        : "; it is left as it is: for AMD's cards this branch is not compiled";
  }
}
