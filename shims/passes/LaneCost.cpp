// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "LaneCost.h"
#include "MathForms.h"

#include "llvm/Analysis/BlockFrequencyInfo.h"
#include "llvm/Analysis/BranchProbabilityInfo.h"
#include "llvm/Analysis/LoopInfo.h"
#include "llvm/IR/CFG.h"
#include "llvm/IR/Dominators.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/ProfDataUtils.h"

using namespace llvm;

namespace cuport {

namespace {

/// The target's measure, but of divisions, which it takes for cheap one by one and for very dear in vectors, of the C library's
/// functions, which it takes for nothing but a call, and of atomics, which it takes for a load and a store.
InstructionCost costOf(const Instruction &I, const TargetTransformInfo &Target) {
  constexpr int Division = 8, MovingLane = 2, OfLibrary = 64, Atomic = 20;
  if (I.isAtomic() && !isa<LoadInst, StoreInst, FenceInst>(I))
    return Atomic;
  if (hasDoubleForm(I, Target))
    return OfLibrary * (is_contained({Intrinsic::pow, Intrinsic::sin, Intrinsic::cos}, cast<IntrinsicInst>(I).getIntrinsicID()) ? 2 : 1);
  if (!I.isIntDivRem() || isa<Constant>(I.getOperand(1)))
    return Target.getInstructionCost(&I, TargetTransformInfo::TCK_RecipThroughput);
  auto *Lanes = dyn_cast<FixedVectorType>(I.getType());
  return Lanes ? Lanes->getNumElements() * (Division + MovingLane) : Division;
}

/// How often blocks are taken to run: a loop eight times, however many ways lead out of it, unless it is said to run less often, and of
/// branches the ways as LLVM expects.
class Frequencies {
public:
  explicit Frequencies(Function &F) : Tree(F), Loops(Tree), Probabilities(F, Loops), InLoops(F, Probabilities, Loops) {}

  double of(const BasicBlock &Block) {
    const Loop *L = Loops.getLoopFor(&Block);
    const BasicBlock &First = L ? *L->getHeader() : Block.getParent()->getEntryBlock();
    const double Here = InLoops.getBlockFreq(&Block).getFrequency(), There = InLoops.getBlockFreq(&First).getFrequency();
    return Tree.isReachableFromEntry(&Block) && There > 0 ? of(L) * Here / There : 0;
  }

private:
  double of(const Loop *L) {
    if (!L)
      return 1;
    if (auto Known = OfLoop.find(L); Known != OfLoop.end())
      return Known->second;
    double Entered = 0;
    for (const BasicBlock *Before : predecessors(L->getHeader()))
      if (!L->contains(Before)) {
        const BranchProbability Way = Probabilities.getEdgeProbability(Before, L->getHeader());
        Entered += of(*Before) * Way.getNumerator() / Way.getDenominator();
      }
    double Times = 8;
    if (const BasicBlock *Latch = L->getLoopLatch(); Latch && hasBranchWeightMD(*Latch->getTerminator())) {
      const BranchProbability Leaves = Probabilities.getEdgeProbability(Latch, L->getHeader()).getCompl();
      Times = std::min(Times, static_cast<double>(Leaves.getDenominator()) / std::max(Leaves.getNumerator(), 1u));
    }
    return OfLoop[L] = Times * Entered;
  }

  DominatorTree Tree;
  LoopInfo Loops;
  BranchProbabilityInfo Probabilities;
  BlockFrequencyInfo InLoops;
  DenseMap<const Loop *, double> OfLoop;
};

} // namespace

std::optional<double> costOf(Function &F, const TargetTransformInfo &Target) {
  Frequencies Runs(F);
  double Sum = 0;
  for (BasicBlock &Block : F) {
    InstructionCost Once = 0;
    for (Instruction &I : Block)
      Once += costOf(I, Target);
    if (!Once.isValid())
      return std::nullopt;
    Sum += Once.getValue() * Runs.of(Block);
  }
  return Sum;
}

} // namespace cuport
