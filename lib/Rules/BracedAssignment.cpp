// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Braces assigned to a half or half2. HIP's types have several assignments that fit, and the compiler says ambiguous.
//
//   Before: sum = {};     After: sum = __half2{};

#include "Rules/Rule.h"

using namespace cuport;

namespace cuport {
void runBracedAssignment(const FileView &File, std::vector<Finding> &Findings) {
  if (!File.Facts)
    return;
  for (const auto &[Offset, Type] : File.Facts->BracedHalves) {
    Finding F = File.finding("braced-assignment", Offset, 1, Verdict::Edit, Confidence::Resolved);
    F.Replacement = Type;
    F.Message = "braces without a type are ambiguous for HIP's '" + Type + "'; the type is written before them";
    F.Edits = {{Offset, 0, Type}};
    Findings.push_back(std::move(F));
  }
}
} // namespace cuport
