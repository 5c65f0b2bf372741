// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// __launch_bounds__ with more than the threads of a block. CUDA's second argument is how many blocks a multiprocessor is to hold; HIP's is
// how many warps an execution unit is to hold.
//
//   Seen: __launch_bounds__(256, 4)

#include "Rules/Calls.h"

using namespace cuport;

namespace cuport {
void runLaunchBounds(const FileView &File, std::vector<Finding> &Findings) {
  for (size_t I = 0; I < File.tokens().size(); ++I) {
    if (File.tokens()[I].What != Token::Identifier || File.text(I) != "__launch_bounds__")
      continue;
    auto Call = callAt(File, I);
    if (!Call || Call->Arguments.size() < 2 || Call->Arguments[1].empty())
      continue;
    const Token &Second = File.tokens()[Call->Arguments[1].First];
    Finding F = File.finding("launch-bounds", Second.Offset, Second.Length, Verdict::Review, Confidence::Resolved);
    F.Name = "__launch_bounds__";
    std::string Text = textOf(File, Call->Arguments[1]).str();
    if (Call->Arguments.size() > 2)
      F.Message = "the third argument of '__launch_bounds__' is for clusters of blocks, which HIP does not have: leave it out, and see to the second";
    else
      F.Message = "'" + Text + "' is how many blocks a multiprocessor is to hold; HIP takes it for warps of an execution unit: leave it out, or write blocks x warps of a block / 4 "
                  "and measure";
    Findings.push_back(std::move(F));
  }
}
} // namespace cuport
