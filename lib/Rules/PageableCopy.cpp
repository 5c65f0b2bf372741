// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Asynchronous copies from or to memory that malloc, new, a vector or an array holds, and nothing has pinned.
//
//   Seen: float *h = new float[n];  cudaMemcpyAsync(d, h, bytes, cudaMemcpyHostToDevice, stream);  delete[] h;
//
// CUDA stages such a copy and returns when the host's memory may be used again (to the device) or has the values (from it). Other
// runtimes may return before.

#include "Rules/CodeFacts.h"

using namespace cuport;

namespace cuport {
void runPageableCopy(const FileView &File, std::vector<Finding> &Findings) {
  addCodeFindings(
      File, "pageable-copy", {CodeFact::PageableCopy},
      [](const CodeFact &Fact, Finding &F) {
        F.Message = "'" + Fact.Text + "' is not pinned: with CUDA this copy waits in part for the host, elsewhere it may return at once or wait for the stream; "
                    "allocate it with cudaHostAlloc, or wait for the stream before it is used or freed";
      },
      Findings);
}
} // namespace cuport
