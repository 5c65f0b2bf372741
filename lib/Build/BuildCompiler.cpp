// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// nvcc as the compiler that a build calls.
//
//   Before: CC = nvcc      NVCC := $(CUDA_PATH)/bin/nvcc      After: CC = hipcc      NVCC := hipcc
//
// CMake's language CUDA is build-language's.

#include "Build/BuildRule.h"

using namespace cuport;
using llvm::StringRef;

namespace cuport {
void runBuildCompiler(const BuildView &File, std::vector<Finding> &Findings) {
  for (const BuildStatement &S : File.Text.Statements)
    for (const BuildWord &W : S.Words) {
      if (W.Text != "nvcc" && !W.Text.ends_with("/nvcc") && W.Text != "nvcc.exe")
        continue;
      // 'nvcc': [...] of setup.py is the key of the options that a ROCm build of PyTorch's gives hipcc.
      const bool Key = File.Text.System == BuildSystem::Python && W.Quoted && W.Text == "nvcc";
      Finding F = File.finding("build-compiler", W, Key ? Verdict::AsIs : File.isCommandLine() ? Verdict::Edit : Verdict::Review, "");
      if (Key) {
        F.Message = "'nvcc' is the key of PyTorch's options for device code, for hipcc as well";
      } else if (File.isCommandLine()) {
        F.Replacement = "hipcc";
        F.Edits.push_back({W.Offset, uint32_t(W.Text.size()), "hipcc"});
        F.Message = "'" + W.Text.str() + "' is 'hipcc' for HIP";
      } else {
        F.Message = "'" + W.Text.str() + "' is called; HIP's compiler is hipcc, or clang with -x hip";
      }
      Findings.push_back(std::move(F));
    }
}
} // namespace cuport
