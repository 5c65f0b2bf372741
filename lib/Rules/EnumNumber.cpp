// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Numbers that are taken for values of an enum of CUDA's, and values that are taken for numbers, where HIP numbers the enum otherwise.
//
//   Seen: (cublasOperation_t)0     Seen: names[op]     Seen: if (op == 0)
//   After: HIPBLAS_OP_N, of which the number is 111
//
// Status codes beside numbers are a matter of error-number.

#include "Rules/CodeFacts.h"

using namespace cuport;

namespace {
struct EnumNumber {
  llvm::StringRef Enum, Cuda;
  int CudaNumber;
  llvm::StringRef Hip;
  int HipNumber;
};
} // namespace

static constexpr EnumNumber Numbers[] = {
#define ENUM_NUMBER(ENUM, CUDA, CUDA_NUMBER, HIP, HIP_NUMBER) {#ENUM, #CUDA, CUDA_NUMBER, #HIP, HIP_NUMBER},
#include "Rules/EnumNumbers.def"
};

namespace cuport {
void runEnumNumber(const FileView &File, std::vector<Finding> &Findings) {
  addCodeFindings(
      File, "enum-number", {CodeFact::EnumFromNumber, CodeFact::EnumAsNumber},
      [](const CodeFact &Fact, Finding &F) {
        const auto *N = llvm::find_if(Numbers, [&](const EnumNumber &E) { return E.Enum == Fact.Text; });
        bool FromNumber = Fact.What == CodeFact::EnumFromNumber;
        if (N == std::end(Numbers))
          return;
        F.Message = (FromNumber ? "a number becomes a '" : "a '") + N->Enum.str() + (FromNumber ? "'" : "' is taken for its number") +
                    ", and HIP has other numbers: " + N->Cuda.str() + " is " + std::to_string(N->CudaNumber) + ", " + N->Hip.str() + " is " +
                    std::to_string(N->HipNumber) + "; use the names of the values";
      },
      Findings);
}
} // namespace cuport
