// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Addresses of the driver API that are computed with, or mixed with integers. CUdeviceptr is an integer, HIP's hipDeviceptr_t a void *.
//
//   Seen: cuMemcpyHtoD(p + offset, ...)     Seen: size_t n = p;

#include "Rules/CodeFacts.h"

using namespace cuport;

namespace cuport {
void runDeviceAddress(const FileView &File, std::vector<Finding> &Findings) {
  addCodeFindings(
      File, "device-address", {CodeFact::AddressAsNumber},
      [](const CodeFact &Fact, Finding &F) {
        F.Message = "'" + Fact.Text + "' takes a CUdeviceptr and an integer for one; HIP's hipDeviceptr_t is void *, and this does not compile: "
                    "compute with (char *) or (uintptr_t) of it, and cast the result to hipDeviceptr_t";
      },
      Findings);
}
} // namespace cuport
