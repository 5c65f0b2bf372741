// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Uniformity.h"
#include "Intrinsics.h"
#include "Symbols.h"

#include "llvm/ADT/GenericUniformityImpl.h"
#include "llvm/ADT/SmallSet.h"
#include "llvm/Analysis/PostDominators.h"
#include "llvm/Analysis/TargetTransformInfoImpl.h"
#include "llvm/Analysis/ValueTracking.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/IntrinsicInst.h"

using namespace llvm;

namespace cuport {

/// Memory that no thread changes while the kernel runs.
static bool isConstantMemory(const Kernel &K, const Step &S, const Value *Pointer) {
  const Value *Base = getUnderlyingObject(Pointer, 24);
  if (auto *Variable = dyn_cast<GlobalVariable>(Base))
    return Variable->isConstant() || Variable->hasAttribute(ConstantAttribute);
  auto *Formal = dyn_cast<Argument>(Base);
  if (!Formal || Formal->getArgNo() >= S.FirstPlace)
    return false;
  // A parameter in memory that the kernel writes to has become a variable of the thread.
  return K.Parameters[Formal->getArgNo()].InMemory || (Formal->hasNoAliasAttr() && Formal->onlyReadsMemory());
}

static InstructionUniformity ofThreads(const Kernel &K, const Step &S, Running How, const Value &V) {
  if (auto *Formal = dyn_cast<Argument>(&V)) {
    const unsigned Place = Formal->getArgNo() - S.FirstPlace;
    const bool OfThread = Formal->getArgNo() >= S.FirstPlace && Place >= BlockParameters && Place < PlaceParameters;
    // Those that run side by side stand in one row.
    const bool OfRow = How == Running::SideBySide && (Place == ThreadYParameter || Place == ThreadZParameter);
    return OfThread && !OfRow ? InstructionUniformity::NeverUniform : InstructionUniformity::Default;
  }
  if (auto *Load = dyn_cast<LoadInst>(&V)) {
    // In turn, another thread of the group may have written there since.
    const bool Same = How == Running::SideBySide || isConstantMemory(K, S, Load->getPointerOperand());
    return Load->isSimple() && Same ? InstructionUniformity::Default : InstructionUniformity::NeverUniform;
  }
  if (auto *Call = dyn_cast<CallBase>(&V))
    return Call->doesNotAccessMemory() && !Call->isInlineAsm() ? InstructionUniformity::Default
                                                               : InstructionUniformity::NeverUniform;
  if (auto *I = dyn_cast<Instruction>(&V))
    return I->mayReadOrWriteMemory() || isa<AllocaInst>(I) ? InstructionUniformity::NeverUniform
                                                           : InstructionUniformity::Default;
  return InstructionUniformity::Default;
}

namespace {

/// The threads of a block, to LLVM a target on which branches diverge.
class Threads final : public TargetTransformInfoImplBase {
public:
  Threads(const Kernel &K, const Step &S, Running How, KnownUniformity Known)
      : TargetTransformInfoImplBase(S.Body->getDataLayout()), K(K), S(S), How(How), Known(Known) {}

  InstructionUniformity getInstructionUniformity(const Value *V) const override {
    const InstructionUniformity Told = Known(*V);
    return Told == InstructionUniformity::Default ? ofThreads(K, S, How, *V) : Told;
  }

private:
  const Kernel &K;
  const Step &S;
  const Running How;
  KnownUniformity Known;
};

CycleInfo cyclesOf(Function &F) {
  CycleInfo Cycles;
  Cycles.compute(F);
  return Cycles;
}

} // namespace

Uniformity::Uniformity(const Kernel &K, const Step &S, Running How, KnownUniformity Known)
    : F(*S.Body), Tree(F), Cycles(cyclesOf(F)), Target(std::make_unique<Threads>(K, S, How, Known)), Info(Tree, Cycles, &Target) {
  Info.compute();
}

SmallSetVector<BasicBlock *, 32> blocksBehind(BasicBlock &From, OneWay Only) {
  SmallSetVector<BasicBlock *, 32> Seen;
  Seen.insert(&From);
  for (unsigned Next = 0; Next < Seen.size(); ++Next)
    if (Seen[Next] == Only.At)
      Seen.insert(Only.To);
    else
      Seen.insert_range(successors(Seen[Next]));
  return Seen;
}

bool Uniformity::agree(BasicBlock &From) {
  PostDominatorTree Joins(F);
  for (BasicBlock *Block : blocksBehind(From)) {
    if (!Info.hasDivergentTerminator(*Block))
      continue;
    // Where all ways from here meet, threads are together again.
    const auto *Join = Joins.getNode(Block)->getIDom();
    if (Join && Join->getBlock())
      continue;
    SmallSet<const Value *, 8> Returned;
    for (BasicBlock *Ahead : blocksBehind(*Block))
      if (auto *Return = dyn_cast<ReturnInst>(Ahead->getTerminator()))
        Returned.insert(Return->getReturnValue());
    if (Returned.size() > 1)
      return false;
  }
  return true;
}

} // namespace cuport
