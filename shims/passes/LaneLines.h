// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Threads numbered through, which lines of a matrix or an image are cut from:
//
//   y = i / width; x = i % width; out[y * pitch + x] = in[(y + 1) * pitch + x]
//
// Mostly all that run side by side lie in one line: then `y` is the same for them, `x` grows by 1
// from each to the next, and what they load is a row. Where a line ends among them they have
// another form, which knows nothing of that.

#ifndef CUPORT_PASSES_LANELINES_H
#define CUPORT_PASSES_LANELINES_H

#include "LaneShapes.h"

namespace cuport {

class LaneLines {
public:
  /// CanCheck: whether the caller can compute a number of the step.
  LaneLines(const Step &S, unsigned Threads, llvm::function_ref<bool(const llvm::Value &)> CanCheck)
      : S(S), Threads(Threads), CanCheck(CanCheck) {}

  /// The step's divisions by a number that is the same for all, by what is known of it; also of
  /// what one of them leaves. Whether there are more now.
  bool find(const Uniformity &Info, const LaneShapes &Shapes);

  /// By how much results of theirs grow from thread to thread in a line: quotients by 0, remainders
  /// as what is divided.
  const LaneTiles::Strides &strides() const { return Strides; }

  /// Whether all threads lie in one line, by the first thread's numbers, which Copy computes.
  llvm::Value *areOne(llvm::IRBuilder<> &B,
                      llvm::function_ref<llvm::Value *(llvm::Value &)> Copy) const;

private:
  struct Division {
    llvm::Instruction *Of;
    int64_t Span; ///< from the first thread's dividend to the last one's
  };

  const Step &S;
  const unsigned Threads;
  llvm::function_ref<bool(const llvm::Value &)> CanCheck;
  llvm::SmallVector<Division, 2> Divisions; ///< each pair of numbers once
  LaneTiles::Strides Strides;
};

} // namespace cuport

#endif
