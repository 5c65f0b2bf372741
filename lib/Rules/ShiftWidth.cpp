// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Shifts in device code by the width of the number less an amount that may be 0. C++ leaves open what they give then, and cards differ.
//
//   Seen: rest = word << (32 - used);     After, by hand: rest = used ? word << (32 - used) : 0;
//
// A rotation, x << n | x >> (32 - n), is the same everywhere.

#include "Rules/CodeFacts.h"

using namespace cuport;

namespace cuport {
void runShiftWidth(const FileView &File, std::vector<Finding> &Findings) {
  addCodeFindings(
      File, "shift-width", {CodeFact::ShiftByWidth},
      [](const CodeFact &Fact, Finding &F) {
        F.Message = "where '" + Fact.Text + "' is 0 this shifts by all of the number's bits, which gives 0 on NVIDIA's cards and the number itself on AMD's: "
                    "ask for 0 before, or see that it cannot be";
      },
      Findings);
}
} // namespace cuport
