// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Kernels whose parameters take more than 4 KiB, which was CUDA's limit before 12.1.
//
//   Seen: struct Big { float table[2000]; };  __global__ void kernel(Big b);

#include "Rules/CodeFacts.h"
#include "Rules/Needs.h"

using namespace cuport;

namespace cuport {
void runKernelArgument(const FileView &File, std::vector<Finding> &Findings) {
  addCodeFindings(
      File, "kernel-argument", {CodeFact::KernelArguments},
      [](const CodeFact &Fact, Finding &F) {
        constexpr uint32_t Usual = 4 * 1024;
        if (Fact.Amount <= Usual)
          return;
        F.Message = "the parameters of '" + Fact.Text + "' take " + bytesText(Fact.Amount) + ", and 4 KiB is all that many cards and older compilers take: pass a "
                    "pointer to device or constant memory";
        F.Needs = {need(FactKey::KernelArguments, Fact.Amount)};
      },
      Findings);
}
} // namespace cuport
