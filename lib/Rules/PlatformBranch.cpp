// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Rules/PlatformBranch.h"

#include "Rules/Conditions.h"

#include "llvm/ADT/STLExtras.h"

using namespace cuport;

/// What every compilation for AMD's cards defines, of the host's half too. __HIPCC__ is none of them: a header may be compiled by another
/// compiler as well, and then what stands behind #else is for that one.
static bool namesAmd(llvm::StringRef Macro) { return Macro == "__HIP_PLATFORM_AMD__" || Macro == "__HIP_PLATFORM_HCC__"; }

/// The branches that are not compiled where AMD's macros are as Is says.
static std::vector<Branch> branchesWithout(const FileView &File, MacroState::Kind Is) {
  auto StateOf = [Is](llvm::StringRef Name) { return namesAmd(Name) ? MacroState{Is, 1} : MacroState{}; };
  std::vector<Branch> Result;
  for (const std::vector<Branch> &Branches : conditionalsOf(File, StateOf))
    llvm::copy_if(Branches, std::back_inserter(Result), [](const Branch &B) { return B.Compiled && !*B.Compiled; });
  return Result;
}

static bool isIn(llvm::ArrayRef<Branch> Branches, const Finding &F) {
  return llvm::any_of(Branches, [&](const Branch &B) { return B.FirstLine <= F.At.Line && F.At.Line <= B.LastLine; });
}

void cuport::leavePlatformBranches(const FileView &File, std::vector<Finding> &Findings) {
  if (llvm::none_of(File.tokens(), [&](const Token &T) { return T.InDirective && namesAmd(File.Source.textOf(T)); }))
    return;
  const std::vector<Branch> Others = branchesWithout(File, MacroState::Defined), Amds = branchesWithout(File, MacroState::Undefined);
  for (Finding &F : Findings) {
    // What clang could not parse is no place of CUDA.
    if (!needsPerson(F.Verdict) || F.Rule == "parse-error")
      continue;
    const bool IsAmds = isIn(Amds, F);
    if (!IsAmds && !isIn(Others, F))
      continue;
    F.Verdict = Verdict::AsIs;
    F.Replacement.clear();
    F.Edits.clear();
    F.Message += IsAmds ? "; it is left as it is: the branch is written for AMD's cards"
                        : "; it is left as it is: for AMD's cards this branch is not compiled";
  }
}
