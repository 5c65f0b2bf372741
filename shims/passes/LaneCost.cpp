// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "LaneCost.h"
#include "BlockMode.h"
#include "MathForms.h"
#include "ScalarStep.h"

#include "llvm/Analysis/BlockFrequencyInfo.h"
#include "llvm/Analysis/BranchProbabilityInfo.h"
#include "llvm/Analysis/LoopInfo.h"
#include "llvm/Analysis/ScalarEvolutionExpressions.h"
#include "llvm/Analysis/VectorUtils.h"
#include "llvm/IR/CFG.h"
#include "llvm/IR/Dominators.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/ProfDataUtils.h"

using namespace llvm;

namespace cuport {

namespace {

bool isDivision(const Instruction &I) { return I.isIntDivRem() && !isa<Constant>(I.getOperand(1)); }

/// The target's measure, but of divisions, which it takes for cheap one by one and for very dear in vectors, of the C library's
/// functions, which it takes for nothing but a call, and of atomics, which it takes for a load and a store.
InstructionCost costOf(const Instruction &I, const TargetTransformInfo &Target) {
  // A long one takes nearly twice as long (Emerald Rapids: 5.6 and 3.1 ns).
  const int Division = I.getType()->getScalarSizeInBits() > 32 ? 16 : 8;
  constexpr int MovingLane = 2, OfLibrary = 64, Atomic = 20, AtomicOfBlock = 3;
  if (auto *Update = dyn_cast<AtomicRMWInst>(&I); Update && isOfBlock(*Update))
    return AtomicOfBlock;
  if (I.isAtomic() && !isa<LoadInst, StoreInst, FenceInst>(I))
    return Atomic;
  if (hasDoubleForm(I, Target)) {
    const auto Id = cast<IntrinsicInst>(I).getIntrinsicID();
    return OfLibrary * (Id == llvm::Intrinsic::pow || Id == llvm::Intrinsic::sin || Id == llvm::Intrinsic::cos ? 2 : 1);
  }
  if (!isDivision(I))
    return Target.getInstructionCost(&I, TargetTransformInfo::TCK_RecipThroughput);
  auto *Lanes = dyn_cast<FixedVectorType>(I.getType());
  return Lanes ? Lanes->getNumElements() * (Division + MovingLane) : Division;
}

/// Whether V asks whether any lane, or all, are so.
bool asksAllLanes(const Value &V) {
  constexpr unsigned Steps = 4;
  const Value *From = &V;
  for (unsigned Step = 0; Step < Steps; ++Step) {
    auto *I = dyn_cast<Instruction>(From);
    if (!I)
      return false;
    if (auto *Call = dyn_cast<IntrinsicInst>(I))
      return Call->getIntrinsicID() == llvm::Intrinsic::vector_reduce_or || Call->getIntrinsicID() == llvm::Intrinsic::vector_reduce_and;
    if (isa<BitCastInst>(I) && I->getOperand(0)->getType()->isVectorTy())
      return true;
    if (!isa<CmpInst, CastInst>(I))
      return false;
    From = I->getOperand(0);
  }
  return false;
}

/// How often blocks are taken to run: a loop eight times, however many ways lead out of it, unless it is said to run less often, and twice as
/// often where it lies in another and goes on for the last of threads side by side, but once for a nest of such loops; and of branches the
/// ways as LLVM expects.
class Frequencies {
public:
  Frequencies(Function &F, FunctionAnalysisManager &Analyses)
      : Tree(Analyses.getResult<DominatorTreeAnalysis>(F)), Loops(Analyses.getResult<LoopAnalysis>(F)),
        Probabilities(Analyses.getResult<BranchProbabilityAnalysis>(F)), InLoops(Analyses.getResult<BlockFrequencyAnalysis>(F)) {}

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
    const Loop *Outer = L->getParentLoop();
    if (Outer && isForLast(*L) && !(Outer->getParentLoop() && isForLast(*Outer)))
      Times *= 2;
    return OfLoop[L] = Times * Entered;
  }

  static bool isForLast(const Loop &L) {
    SmallVector<BasicBlock *, 4> Exiting;
    L.getExitingBlocks(Exiting);
    return any_of(Exiting, [](const BasicBlock *Block) {
      auto *Branch = dyn_cast<BranchInst>(Block->getTerminator());
      return Branch && Branch->isConditional() && asksAllLanes(*Branch->getCondition());
    });
  }

  const DominatorTree &Tree;
  const LoopInfo &Loops;
  const BranchProbabilityInfo &Probabilities;
  const BlockFrequencyInfo &InLoops;
  DenseMap<const Loop *, double> OfLoop;
};

InstructionCost costOf(const BasicBlock &Block, const TargetTransformInfo &Target) {
  InstructionCost Once = 0;
  for (const Instruction &I : Block)
    Once += costOf(I, Target);
  return Once;
}

/// By how much the cost of an innermost loop falls as LLVM makes vectors of it: where what it loads and stores are rows, or what it loads
/// is the same each time, and no iteration needs what the one before has computed. Half of the lanes is lost before and behind it.
double gainOfVectors(const Loop &L, const TargetTransformInfo &Target, ScalarEvolution &Evolution) {
  if (!Evolution.hasLoopInvariantBackedgeTakenCount(&L))
    return 1;
  const DataLayout &Layout = L.getHeader()->getDataLayout();
  unsigned Widest = 8;
  for (PHINode &Phi : L.getHeader()->phis())
    if (!Evolution.isSCEVable(Phi.getType()) || !isa<SCEVAddRecExpr>(Evolution.getSCEV(&Phi)))
      return 1;
  for (const BasicBlock *Block : L.blocks())
    for (const Instruction &I : *Block) {
      auto *Call = dyn_cast<CallBase>(&I);
      if ((Call && !isTriviallyVectorizable(Call->getIntrinsicID()) && !isDropped(I)) || (I.isAtomic() && !isa<FenceInst>(I)))
        return 1;
      auto *Address = const_cast<Value *>(getLoadStorePointerOperand(&I));
      if (!Address)
        continue;
      const TypeSize Size = Layout.getTypeStoreSize(getLoadStoreType(&I));
      Widest = std::max<unsigned>(Widest, 8 * Size.getFixedValue());
      const SCEV *At = Evolution.getSCEV(Address);
      if (isa<LoadInst>(I) && Evolution.isLoopInvariant(At, &L))
        continue;
      auto *Ramp = dyn_cast<SCEVAddRecExpr>(At);
      auto *Step = Ramp && Ramp->getLoop() == &L ? dyn_cast<SCEVConstant>(Ramp->getStepRecurrence(Evolution)) : nullptr;
      if (!Step || Step->getAPInt().abs() != Size.getFixedValue())
        return 1;
    }
  const unsigned Bits = Target.getRegisterBitWidth(TargetTransformInfo::RGK_FixedWidthVector).getFixedValue();
  return std::max(1.0, Bits / Widest / 2.0);
}

/// Cycles from a value of the loop's header to I, by the longest way in the loop that has a load or a division on it; nothing if none leads
/// there.
class Chase {
public:
  explicit Chase(const Loop &L) : L(L) {}

  /// The most that an iteration waits for what it loads or divides to know where to load, or what to divide, next.
  unsigned longest() {
    unsigned Most = 0;
    for (PHINode &Phi : L.getHeader()->phis())
      if (auto *Next = dyn_cast<Instruction>(Phi.getIncomingValueForBlock(L.getLoopLatch())))
        Most = std::max(Most, from(*Next).Waiting);
    return Most;
  }

private:
  /// 0: there is no such way.
  struct Ways {
    unsigned Any = 0, Waiting = 0;
  };

  Ways from(const Instruction &I) {
    if (!L.contains(&I))
      return {};
    if (isa<PHINode>(I) && I.getParent() == L.getHeader())
      return {1, 0};
    if (auto [Known, First] = Seen.try_emplace(&I); !First)
      return Known->second;
    Ways Longest;
    for (const Value *Operand : I.operands())
      if (auto *Before = dyn_cast<Instruction>(Operand)) {
        const Ways Here = from(*Before);
        Longest.Any = std::max(Longest.Any, Here.Any);
        Longest.Waiting = std::max(Longest.Waiting, Here.Waiting);
      }
    const unsigned Takes = latencyOf(I);
    const unsigned Waiting = isa<LoadInst>(I) || isDivision(I) ? Longest.Any : Longest.Waiting;
    Longest = {Longest.Any ? Longest.Any + Takes : 0, Waiting ? Waiting + Takes : 0};
    return Seen[&I] = Longest;
  }

  static unsigned latencyOf(const Instruction &I) {
    if (isa<LoadInst>(I))
      return 5;
    if (isa<PHINode, GetElementPtrInst, CastInst>(I))
      return 0;
    if (isDivision(I))
      return I.getType()->getScalarSizeInBits() > 32 ? 18 : 12;
    return I.getType()->isFloatingPointTy() ? 4 : I.getOpcode() == Instruction::Mul || I.isIntDivRem() ? 3 : 1;
  }

  const Loop &L;
  DenseMap<const Instruction *, Ways> Seen;
};

} // namespace

std::optional<double> costOf(Function &F, const TargetTransformInfo &Target, FunctionAnalysisManager &Analyses) {
  Frequencies Runs(F, Analyses);
  double Sum = 0;
  for (BasicBlock &Block : F) {
    const InstructionCost Once = costOf(Block, Target);
    if (!Once.isValid())
      return std::nullopt;
    Sum += Once.getValue() * Runs.of(Block);
  }
  return Sum;
}

double costOfThread(Function &F, const TargetTransformInfo &Target, FunctionAnalysisManager &Analyses) {
  // A processor does three of what costs 1 in a cycle, and has two iterations under way, the second being another thread's.
  constexpr double WaitingCycle = 1.5;
  Frequencies Runs(F, Analyses);
  const auto &Loops = Analyses.getResult<LoopAnalysis>(F);
  auto &Evolution = Analyses.getResult<ScalarEvolutionAnalysis>(F);
  DenseMap<const Loop *, double> OfLoops;
  double Sum = 0;
  for (BasicBlock &Block : F) {
    const double Cost = costOf(Block, Target).getValue() * Runs.of(Block);
    const Loop *L = Loops.getLoopFor(&Block);
    (L && L->isInnermost() ? OfLoops[L] : Sum) += Cost;
  }
  for (auto [L, Cost] : OfLoops)
    Sum += std::max(Cost / gainOfVectors(*L, Target, Evolution), Chase(*L).longest() * WaitingCycle * Runs.of(*L->getHeader()));
  return Sum;
}

} // namespace cuport
