// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "LaneFetch.h"
#include "LoopCuts.h"

#include "llvm/Analysis/LoopInfo.h"
#include "llvm/Analysis/ScalarEvolutionExpressions.h"
#include "llvm/Transforms/Utils/ScalarEvolutionExpander.h"

using namespace llvm;

namespace cuport {

void fetchLine(IRBuilder<> &B, Value *Address) {
  B.CreateIntrinsic(llvm::Intrinsic::prefetch, {Address->getType()}, {Address, B.getInt32(0), B.getInt32(3), B.getInt32(1)});
}

/// By how much the address moves from iteration to iteration, if that is far, or may be; else null.
static const SCEV *farStep(Value *Address, const Loop &L, ScalarEvolution &Evolution) {
  auto *Ramp = dyn_cast<SCEVAddRecExpr>(Evolution.getSCEV(Address));
  if (!Ramp || Ramp->getLoop() != &L || !Ramp->isAffine())
    return nullptr;
  const SCEV *Step = Ramp->getStepRecurrence(Evolution);
  auto *Known = dyn_cast<SCEVConstant>(Step);
  return Known && Known->getAPInt().abs().ult(LoopCut::Far) ? nullptr : Step;
}

static int64_t costOf(const Loop &L, const TargetTransformInfo &Target) {
  InstructionCost Sum = 0;
  for (const BasicBlock *Block : L.blocks())
    for (const Instruction &I : *Block)
      Sum += Target.getInstructionCost(&I, TargetTransformInfo::TCK_RecipThroughput);
  return Sum.isValid() ? Sum.getValue() : 0;
}

void fetchRowsAhead(Function &Wide, const TargetTransformInfo &Target, FunctionAnalysisManager &Analyses) {
  // What comes from memory is there when about that much has been done: 300 cycles, of which each does three of what costs 1.
  constexpr int64_t Waits = 900;
  constexpr int64_t LeastForRow = 48, MostIterations = 8;
  const auto &Loops = Analyses.getResult<LoopAnalysis>(Wide);
  auto &Evolution = Analyses.getResult<ScalarEvolutionAnalysis>(Wide);
  SCEVExpander Expander(Evolution, "ahead");
  for (const Loop *L : Loops.getLoopsInPreorder()) {
    if (!L->isInnermost() || !L->getLoopPreheader())
      continue;
    SmallVector<std::pair<LoadInst *, const SCEV *>> Far;
    for (BasicBlock *Block : L->blocks())
      for (Instruction &I : *Block)
        if (auto *Load = dyn_cast<LoadInst>(&I); Load && Load->getType()->isVectorTy())
          if (const SCEV *Step = farStep(Load->getPointerOperand(), *L, Evolution))
            Far.push_back({Load, Step});
    const int64_t Cost = costOf(*L, Target);
    if (Far.empty() || Cost < LeastForRow * static_cast<int64_t>(Far.size()))
      continue;
    const int64_t Iterations = std::clamp<int64_t>(Waits / Cost, 1, MostIterations);
    for (auto [Load, Step] : Far) {
      const SCEV *Distance = Evolution.getMulExpr(Step, Evolution.getConstant(Step->getType(), Iterations));
      Instruction *Before = L->getLoopPreheader()->getTerminator();
      if (!Expander.isSafeToExpandAt(Distance, Before))
        continue;
      Value *Further = Expander.expandCodeFor(Distance, Step->getType(), Before);
      IRBuilder<> B(Load);
      fetchLine(B, B.CreatePtrAdd(Load->getPointerOperand(), Further));
    }
  }
  Analyses.clear(Wide, Wide.getName());
}

} // namespace cuport
