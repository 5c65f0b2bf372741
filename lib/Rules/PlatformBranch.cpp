// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Rules/PlatformBranch.h"

#include "Rules/Conditions.h"

#include "llvm/ADT/STLExtras.h"

using namespace cuport;

/// The line that asks is of the branch: it comes out one way whatever else it asks.
static bool isIn(llvm::ArrayRef<Branch> Branches, const Finding &F) {
  return llvm::any_of(Branches, [&](const Branch &B) { return B.BeginLine <= F.At.Line && F.At.Line <= B.LastLine; });
}

void cuport::leavePlatformBranches(const FileView &File, std::vector<Finding> &Findings) {
  auto Without = [&](bool IsAmd) {
    return branchesLeftOut(File.Source, [&](llvm::StringRef Name) { return File.Macros.onPlatform(Name, IsAmd); });
  };
  const std::vector<Branch> Others = Without(true), Amds = Without(false);
  for (Finding &F : Findings) {
    // What clang could not parse is no place of CUDA.
    if (!needsPerson(F.Verdict) || F.Rule == "parse-error")
      continue;
    // What is compiled for neither (#if 0) is no matter of the platform.
    const bool IsAmds = isIn(Amds, F);
    if (IsAmds == isIn(Others, F))
      continue;
    F.Verdict = Verdict::AsIs;
    F.Replacement.clear();
    F.Edits.clear();
    F.Message += IsAmds ? "; it is left as it is: the branch is written for AMD's cards"
                        : "; it is left as it is: for AMD's cards this branch is not compiled";
  }
}
