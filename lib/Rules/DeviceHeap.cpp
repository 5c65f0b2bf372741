// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Memory that kernels allocate for themselves.
//
//   Seen: int *list = (int *)malloc(n * sizeof(int));  // in a kernel

#include "Rules/CodeFacts.h"

using namespace cuport;

namespace cuport {
void runDeviceHeap(const FileView &File, std::vector<Finding> &Findings) {
  addCodeFindings(
      File, "device-heap", {CodeFact::DeviceHeap},
      [](const CodeFact &Fact, Finding &F) {
        F.Message = "'" + Fact.Text + "' in device code: HIP's heap is another one, cudaLimitMallocHeapSize does not size it, and it is slow; let the host allocate "
                    "what the kernel may need";
      },
      Findings);
}
} // namespace cuport
