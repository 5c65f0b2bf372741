// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Which values of a cut step are the same in all threads of a group that goes from point to point in lockstep.
//
//   for (int tile = 0; tile < side; tile += 16) { ...; __syncthreads(); ... }
//
// `tile` is such a value: kept once for the group, and the loop's branch is taken by all or by none. LLVM's analysis of
// uniformity answers for what happens between two points; whether a value that lives across a point is uniform is asked again
// and again, from all of them being so, until no answer changes.

#ifndef CUPORT_PASSES_UNIFORMITY_H
#define CUPORT_PASSES_UNIFORMITY_H

#include "BlockMode.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/Analysis/TargetTransformInfo.h"
#include "llvm/Analysis/UniformityAnalysis.h"
#include "llvm/IR/CycleInfo.h"
#include "llvm/IR/Dominators.h"

namespace cuport {

/// What is known of a value without looking at what it is computed from.
using KnownUniformity = llvm::function_ref<llvm::InstructionUniformity(const llvm::Value &)>;

/// A block, and the only one of its successors that control goes on to; null: to any.
struct OneWay {
  llvm::BasicBlock *At = nullptr, *To = nullptr;
};

/// From and what can be reached from it; what is nearer comes first.
llvm::SmallSetVector<llvm::BasicBlock *, 32> blocksBehind(llvm::BasicBlock &From, OneWay Only = {});

/// How the threads of a group run: each through all of its code before the next, or side by side, instruction by instruction. What a
/// load finds at one address is then the same for all.
enum class Running { InTurn, SideBySide };

class Uniformity {
public:
  /// Of the function as it stands now.
  Uniformity(const Kernel &K, const Step &S, Running How, KnownUniformity Known);

  bool isUniform(const llvm::Use &U) const { return !Info.isDivergentUse(U); }
  bool isUniform(const llvm::Value &V) const { return !Info.isDivergent(&V); }
  /// Whether threads that come to the end of Block may part there.
  bool isDivergentAtEnd(const llvm::BasicBlock &Block) const { return const_cast<llvm::UniformityInfo &>(Info).hasDivergentTerminator(Block); }

  /// Whether all threads that begin at From return the same number.
  bool agree(llvm::BasicBlock &From);

private:
  llvm::Function &F;
  llvm::DominatorTree Tree;
  llvm::CycleInfo Cycles;
  llvm::TargetTransformInfo Target;
  llvm::UniformityInfo Info;
};

} // namespace cuport

#endif
