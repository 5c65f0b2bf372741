// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// nvcc as the compiler that a build calls.
//
//   Before: CC = nvcc      NVCC := $(CUDA_PATH)/bin/nvcc      After: CC = hipcc      NVCC := hipcc
//                                                             for a card's own names: CC = mcc
//
// CMake's language CUDA is build-language's.

#include "Build/BuildRule.h"

#include "llvm/ADT/STLExtras.h"

using namespace cuport;
using llvm::StringRef;

/// True where a command line calls the compiler, gives it to a variable or looks for it; the word may stand in prose as well.
static bool isCalled(const BuildView &File, const BuildStatement &S, size_t I) {
  const BuildWord &W = S.Words[I];
  // The end of "$HOME"/bin/nvcc is no word of its own.
  if (!W.Quoted && W.Offset > 0 && StringRef("\"'").contains(File.Source.text()[W.Offset - 1]))
    return false;
  if (W.Leads || (I > 0 && llvm::is_contained({"which", "command", "type", "exec", "time", "shell", "-v", "if", "elif", "then", "else", "do", "while", "!"}, S.Words[I - 1].Text)))
    return true;
  return File.Text.System == BuildSystem::Make && !W.Quoted;
}

namespace cuport {
void runBuildCompiler(const BuildView &File, std::vector<Finding> &Findings) {
  for (const BuildStatement &S : File.Text.Statements)
    for (auto [I, W] : llvm::enumerate(S.Words)) {
      if (W.Text != "nvcc" && !W.Text.ends_with("/nvcc") && W.Text != "nvcc.exe")
        continue;
      // 'nvcc': [...] of setup.py is the key of the options that a ROCm build of PyTorch's gives hipcc.
      const bool Key = File.Text.System == BuildSystem::Python && W.Quoted && W.Text == "nvcc";
      const bool Changes = File.isCommandLine() && isCalled(File, S, I);
      if (File.isCommandLine() && !Changes && W.Quoted)
        continue; // prose
      Finding F = File.finding("build-compiler", W, Key ? Verdict::AsIs : Changes ? Verdict::Edit : Verdict::Review, "");
      if (Key) {
        F.Message = "'nvcc' is the key of PyTorch's options for device code, for hipcc as well";
      } else if (Changes) {
        const std::optional<CardCompiler> Own = File.Options.IsHip ? std::nullopt : compilerOf(*File.Options.Card);
        if (Own) {
          F.Verdict = Verdict::Review;
          replace(F, W, Own->Name);
          F.Message = quoted(W.Text) + " is " + quoted(Own->Name) + " for " + File.Options.Output + "; " +
                      (Own->Language.starts_with(".") ? "files with kernels have to be named " + Own->Language.str()
                                                      : "it compiles .cu with " + quoted(Own->Language) + " before the files, but not objects that are linked");
        } else {
          replace(F, W, "hipcc");
          F.Message = quoted(W.Text) + " is 'hipcc' for HIP";
        }
      } else {
        F.Message = quoted(W.Text) + " is named; HIP's compiler is hipcc, or clang with -x hip";
      }
      Findings.push_back(std::move(F));
    }
}
} // namespace cuport
