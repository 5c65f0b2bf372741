// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// How control goes where several threads run side by side as one (after Moll and Hack, Partial Control-Flow Linearization, PLDI 2018).
//
//   if (uniform) A; else B;    a branch, as it was
//   if (varying) A; else B;    A, then B, each for those threads that want it (the block's mask)
//   while (varying) A;         A, as long as any thread wants it; those that do not wait
//
// What a branch puts off is waited for: a block knows which ones still have to run, and control goes to the first of them.

#ifndef CUPORT_PASSES_LANEFLOW_H
#define CUPORT_PASSES_LANEFLOW_H

#include "Uniformity.h"
#include "llvm/Analysis/LoopInfo.h"
#include <set>

namespace cuport {

/// Of a function with simplified loops, no critical edges, one return and no other end.
class LaneFlow {
public:
  /// IsDear: whether it is worth a look if any thread comes to a block.
  LaneFlow(llvm::Function &F, const Uniformity &Info, llvm::function_ref<bool(const llvm::BasicBlock &)> IsDear);

  /// How control leaves a block.
  struct Leave {
    enum {
      Return,
      On,     ///< to Targets[0]
      Branch, ///< as the block's own branch says; Targets are in the order of its successors
      Again,  ///< to Targets[0], the header of the loop, if any thread wants another iteration, else to Targets[1]
      Skip,   ///< to Targets[0], a loop or a dear block, if any thread is here, else to Targets[1]
    } Kind = Return;
    llvm::SmallVector<llvm::BasicBlock *, 2> Targets;
  };

  /// Blocks, each behind those that lead to it; those of a loop stand together.
  llvm::ArrayRef<llvm::BasicBlock *> order() const { return Order; }
  const Leave &leave(const llvm::BasicBlock &Block) const { return Leaves.find(&Block)->second; }

  /// Whether all threads run the block, or none does: it needs no mask.
  bool isFull(const llvm::BasicBlock &Block) const { return Full.contains(&Block); }
  /// Whether a value of From may stem from different iterations for the threads that use it in To.
  bool isFromOtherIterations(const llvm::BasicBlock &From, const llvm::BasicBlock &To) const;
  bool isHeader(const llvm::BasicBlock &Block) const { return Loops.isLoopHeader(&Block); }

private:
  void arrange(const llvm::Loop *In, llvm::BasicBlock &First);
  void findApart();
  void findFull();
  bool linearize(llvm::function_ref<bool(const llvm::BasicBlock &)> IsDear);

  llvm::Function &F;
  const Uniformity &Info;
  llvm::DominatorTree Tree;
  llvm::LoopInfo Loops;
  std::vector<llvm::BasicBlock *> Order;
  llvm::DenseMap<const llvm::BasicBlock *, unsigned> Index;
  llvm::DenseMap<const llvm::BasicBlock *, Leave> Leaves;
  llvm::SmallPtrSet<const llvm::BasicBlock *, 16> Full, NotFull;
  llvm::SmallPtrSet<const llvm::Loop *, 4> Apart; ///< threads may leave them in different iterations
};

} // namespace cuport

#endif
