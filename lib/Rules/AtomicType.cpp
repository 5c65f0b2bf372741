// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Atomics on floats, halves, 16-bit integers and on the bits of a float.
//
//   Seen: atomicAdd(&sum, 1.0f);     Seen: atomicMax((int *)&f, __float_as_int(x));

#include "Rules/CodeFacts.h"

using namespace cuport;

namespace cuport {
void runAtomicType(const FileView &File, std::vector<Finding> &Findings) {
  addCodeFindings(
      File, "atomic-type", {CodeFact::FloatingAtomic, CodeFact::HalfAtomic, CodeFact::ShortAtomic, CodeFact::ReinterpretedAtomic},
      [](const CodeFact &Fact, Finding &F) {
        // "atomicMax of 'int'": the call and the type of its operand.
        const auto [Call, Type] = llvm::StringRef(Fact.Text).split(" of ");
        const std::string What = ("'" + Call + "'" + (Type.empty() ? "" : " of ") + Type).str();
        switch (Fact.What) {
        case CodeFact::FloatingAtomic:
          F.Verdict = Verdict::AsIs;
          F.Message = What + " gives a sum that depends on the order, and on AMD is a loop unless -munsafe-fp-atomics makes it an instruction, which leaves out "
                      "memory that the host shares";
          break;
        case CodeFact::HalfAtomic:
          F.Message = What + " is missing in HIP before version 7: write it as a loop of atomicCAS on the word that holds the value";
          break;
        case CodeFact::ShortAtomic:
          F.Message = What + " works on 16 bits, which HIP has no atomics for: use the word that holds them, and atomicCAS on it";
          break;
        default:
          F.Message = What + " takes the bits of a float for an integer, which orders negative numbers and NaN otherwise; HIP has atomicMin and atomicMax for floats";
          break;
        }
      },
      Findings);
}
} // namespace cuport
