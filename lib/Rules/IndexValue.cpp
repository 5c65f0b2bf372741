// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// threadIdx, blockIdx, blockDim and gridDim as whole values. In HIP they are objects of a class of its own.
//
//   Seen: uint3 at = threadIdx;     After: uint3 at = {threadIdx.x, threadIdx.y, threadIdx.z};

#include "Rules/CodeFacts.h"

using namespace cuport;

namespace cuport {
void runIndexValue(const FileView &File, std::vector<Finding> &Findings) {
  addCodeFindings(
      File, "index-value", {CodeFact::IndexValue},
      [](const CodeFact &Fact, Finding &F) {
        F.Message = "'" + Fact.Text + "' is used as a whole value; in HIP it is of another type, which templates and overloads see: make a uint3 or dim3 of its members";
      },
      Findings);
}
} // namespace cuport
