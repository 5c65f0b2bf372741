// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A step as its wide form is made of it.

#ifndef CUPORT_PASSES_SCALARSTEP_H
#define CUPORT_PASSES_SCALARSTEP_H

#include "Guard.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/Analysis/LoopInfo.h"
#include "llvm/Analysis/TargetTransformInfo.h"
#include "llvm/Transforms/Utils/ValueMapper.h"

namespace cuport {

/// What LLVM drops when it makes vectors, too: hints to the optimizer, and marks of where variables live.
bool isDropped(const llvm::Instruction &I);

/// Whether the wide form of I is what it was, for one thread after another.
bool isLaneByLane(const llvm::Instruction &I);

/// A copy of a step: what is assumed taken for granted, one return, simple loops, no critical edges.
class ScalarStep {
public:
  ScalarStep(const Step &Of, Assumption Assume);
  ~ScalarStep();
  ScalarStep(const ScalarStep &) = delete;

  const Step &step() const { return S; }

  /// Whether there is what LLVM makes no vectors of by itself.
  bool hasLoopsOrCalls(const llvm::TargetTransformInfo &Target) const;

  /// For threads behind the end of the block's row, too, which do nothing.
  void endWithRow();

  /// Whether all can be widened.
  bool prepare();

  /// The original of a copy; null if it has none.
  llvm::Value *original(const llvm::Value &Copy) const { return Original.lookup(&Copy); }

private:
  void uniteReturns();
  /// Such a block can be passed by where no thread comes to it.
  void partDearBlocks(llvm::DominatorTree &Tree, llvm::LoopInfo &Loops);
  bool isReducible(const llvm::LoopInfo &Loops) const;

  Step S;
  llvm::ValueToValueMapTy Map;
  llvm::DenseMap<const llvm::Value *, llvm::Value *> Original;
};

} // namespace cuport

#endif
