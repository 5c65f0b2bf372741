// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "LoopCuts.h"
#include "Intrinsics.h"

#include "llvm/Analysis/AssumptionCache.h"
#include "llvm/Analysis/LoopInfo.h"
#include "llvm/Analysis/ScalarEvolution.h"
#include "llvm/Analysis/ScalarEvolutionExpressions.h"
#include "llvm/Analysis/TargetLibraryInfo.h"
#include "llvm/IR/Dominators.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/Instructions.h"

using namespace llvm;

namespace cuport {

namespace {

/// How an address moves, in bytes: small constants, or Far.
struct Strides {
  static constexpr int64_t Far = int64_t(1) << 32;
  int64_t Thread = 0;    ///< from one thread in x to the next
  int64_t Iteration = 0; ///< from one iteration to the next
};

int64_t clamp(int64_t Bytes) { return std::abs(Bytes) < Strides::Far ? Bytes : Strides::Far; }

class Measure {
public:
  Measure(ScalarEvolution &Evolution, Loop &L, const Value *ThreadX) : Evolution(Evolution), L(L), ThreadX(ThreadX) {}

  Strides operator()(const SCEV *S) {
    if (const auto *Unknown = dyn_cast<SCEVUnknown>(S))
      return {Unknown->getValue() == ThreadX, Evolution.isLoopInvariant(S, &L) ? 0 : Strides::Far};
    if (isa<SCEVConstant>(S))
      return {};
    if (const auto *Cast = dyn_cast<SCEVCastExpr>(S))
      return (*this)(Cast->getOperand());
    if (const auto *Sum = dyn_cast<SCEVAddExpr>(S)) {
      Strides Total;
      for (const SCEV *Operand : Sum->operands()) {
        const Strides Part = (*this)(Operand);
        Total = {clamp(Total.Thread + Part.Thread), clamp(Total.Iteration + Part.Iteration)};
      }
      return Total;
    }
    if (const auto *Recurrence = dyn_cast<SCEVAddRecExpr>(S)) {
      Strides Start = (*this)(Recurrence->getStart());
      const SCEV *Step = Recurrence->getStepRecurrence(Evolution);
      if ((*this)(Step).Thread != 0)
        Start.Thread = Strides::Far;
      if (Recurrence->getLoop() != &L)
        return Start;
      const auto *Constant = dyn_cast<SCEVConstant>(Step);
      const bool Near = Constant && Constant->getAPInt().getSignificantBits() <= 32;
      return {Start.Thread, Near ? Constant->getAPInt().getSExtValue() : Strides::Far};
    }
    if (const auto *Product = dyn_cast<SCEVMulExpr>(S); Product && Product->getNumOperands() == 2)
      if (const auto *Factor = dyn_cast<SCEVConstant>(Product->getOperand(0));
          Factor && Factor->getAPInt().getSignificantBits() <= 24) {
        const Strides Part = (*this)(Product->getOperand(1));
        const int64_t Times = Factor->getAPInt().getSExtValue();
        return {clamp(Part.Thread * Times), clamp(Part.Iteration * Times)};
      }
    const bool Depends = SCEVExprContains(S, [&](const SCEV *Part) {
      const auto *Unknown = dyn_cast<SCEVUnknown>(Part);
      return Unknown && Unknown->getValue() == ThreadX;
    });
    return {Depends ? Strides::Far : 0, Evolution.isLoopInvariant(S, &L) ? 0 : Strides::Far};
  }

private:
  ScalarEvolution &Evolution;
  Loop &L;
  const Value *ThreadX;
};

/// Whether the access jumps from iteration to iteration and not from thread to thread.
bool prefersThreads(ScalarEvolution &Evolution, Loop &L, Value *Pointer, const Value *ThreadX) {
  constexpr int64_t Near = 16, CacheLine = 64;
  const SCEV *Address = Evolution.getSCEV(Pointer);
  if (Evolution.isLoopInvariant(Address, &L) || isa<SCEVUnknown>(Address))
    return false;
  const Strides Moves = Measure(Evolution, L, ThreadX)(Address);
  return Moves.Thread != 0 && std::abs(Moves.Thread) <= Near && std::abs(Moves.Iteration) >= CacheLine;
}

bool prefersThreads(ScalarEvolution &Evolution, Loop &L, const Value *ThreadX) {
  bool Prefers = false;
  for (BasicBlock *Block : L.blocks())
    for (Instruction &I : *Block) {
      if (std::optional<Intrinsic> Id = intrinsicOf(I); Id && isCollective(*Id))
        return false;
      if (Value *Pointer = getLoadStorePointerOperand(&I))
        Prefers = Prefers || prefersThreads(Evolution, L, Pointer, ThreadX);
    }
  return Prefers;
}

} // namespace

SmallVector<BasicBlock *> loopsToCut(Function &Step, Value *ThreadX) {
  DominatorTree Tree(Step);
  LoopInfo Loops(Tree);
  AssumptionCache Assumptions(Step);
  TargetLibraryInfoImpl Libraries(Step.getParent()->getTargetTriple());
  TargetLibraryInfo Library(Libraries);
  ScalarEvolution Evolution(Step, Library, Assumptions, Tree, Loops);
  SmallVector<BasicBlock *> Headers;
  for (Loop *L : Loops.getLoopsInPreorder())
    if (L->isInnermost() && prefersThreads(Evolution, *L, ThreadX))
      Headers.push_back(L->getHeader());
  return Headers;
}

static bool hasCollective(const Loop &L) {
  return any_of(L.blocks(), [](const BasicBlock *Block) {
    return any_of(*Block, [](const Instruction &I) {
      const std::optional<Intrinsic> Id = intrinsicOf(I);
      return Id && isCollective(*Id);
    });
  });
}

static void separateInduction(PHINode &Index, const Loop &L) {
  BasicBlock *Before = L.getLoopPreheader(), *Latch = L.getLoopLatch();
  auto *Next = dyn_cast<BinaryOperator>(Index.getIncomingValueForBlock(Latch));
  if (!Next || Next->getOpcode() != Instruction::Add || !is_contained(Next->operands(), &Index))
    return;
  Value *Begin = Index.getIncomingValueForBlock(Before);
  Value *Step = Next->getOperand(Next->getOperand(0) == &Index);
  if (!L.isLoopInvariant(Step) || isa<Constant>(Begin))
    return;
  IRBuilder<> B(&Index);
  PHINode *Way = B.CreatePHI(Index.getType(), 2, Index.getName() + ".way");
  B.SetInsertPoint(&*L.getHeader()->getFirstInsertionPt());
  Value *Sum = B.CreateAdd(Begin, Way, Index.getName());
  Index.replaceAllUsesWith(Sum);
  B.SetInsertPoint(Next);
  Way->addIncoming(Constant::getNullValue(Index.getType()), Before);
  Way->addIncoming(B.CreateAdd(Way, Step), Latch);
  Index.eraseFromParent();
}

void separateInductions(Function &Step, ArrayRef<BasicBlock *> Headers) {
  DominatorTree Tree(Step);
  LoopInfo Loops(Tree);
  for (Loop *L : Loops.getLoopsInPreorder()) {
    if (!L->getLoopPreheader() || !L->getLoopLatch() || !(is_contained(Headers, L->getHeader()) || hasCollective(*L)))
      continue;
    for (PHINode &Index : make_early_inc_range(L->getHeader()->phis()))
      if (Index.getType()->isIntegerTy())
        separateInduction(Index, *L);
  }
}

} // namespace cuport
