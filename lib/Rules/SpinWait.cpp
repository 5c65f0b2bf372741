// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Loops that do nothing but wait for another thread: locks and flags.
//
//   Seen: while (atomicCAS(&lock, 0, 1) != 0) ;     Seen: while (*(volatile int *)flag == 0) ;
//
// CUDA's cards since Volta let each thread of a warp go on by itself, and blocks of a small grid run together. Others promise neither.

#include "Rules/CodeFacts.h"

using namespace cuport;

namespace cuport {
void runSpinWait(const FileView &File, std::vector<Finding> &Findings) {
  addCodeFindings(
      File, "spin-wait", {CodeFact::SpinLock, CodeFact::SpinWait},
      [](const CodeFact &Fact, Finding &F) {
        if (Fact.What == CodeFact::SpinLock)
          F.Message = "'" + Fact.Text + "' tries a lock until it is free: where lanes of a warp go on in step the one that holds it waits for those that spin, for ever; put what "
                      "the lock guards into the loop, behind a try that succeeded";
        else
          F.Message = "'" + Fact.Text + "' waits for what another thread writes: it needs both to run at the same time, and the write to be seen; launch cooperatively and use "
                      "grid.sync(), or end the kernel there";
      },
      Findings);
}
} // namespace cuport
