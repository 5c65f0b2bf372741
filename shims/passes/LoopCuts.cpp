// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "LoopCuts.h"
#include "Intrinsics.h"
#include "LaneDivision.h"
#include "Uniformity.h"

#include "llvm/Analysis/AssumptionCache.h"
#include "llvm/Analysis/LoopInfo.h"
#include "llvm/Analysis/PostDominators.h"
#include "llvm/Analysis/ScalarEvolution.h"
#include "llvm/Analysis/ScalarEvolutionExpressions.h"
#include "llvm/Analysis/TargetLibraryInfo.h"
#include "llvm/IR/Dominators.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Instructions.h"

using namespace llvm;

namespace cuport {

namespace {

bool isAStop(const Instruction &I) {
  const std::optional<Intrinsic> Id = intrinsicOf(I);
  return Id && isStop(*Id);
}

/// How an address moves, in bytes: small constants, or Far.
struct Strides {
  static constexpr int64_t Far = int64_t(1) << 32;
  int64_t Thread = 0;    ///< from one thread in x to the next
  int64_t Iteration = 0; ///< from one iteration to the next
  bool Foreseen = true;  ///< it moves by the same in each
};

int64_t clamp(int64_t Bytes) { return std::abs(Bytes) < Strides::Far ? Bytes : Strides::Far; }

class Measure {
public:
  Measure(ScalarEvolution &Evolution, Loop &L, const Value *ThreadX) : Evolution(Evolution), L(L), ThreadX(ThreadX) {}

  Strides operator()(const SCEV *S) {
    if (const auto *Unknown = dyn_cast<SCEVUnknown>(S)) {
      if (auto *Either = dyn_cast<SelectInst>(Unknown->getValue()); Either && isAlone())
        return further((*this)(Evolution.getSCEV(Either->getTrueValue())), (*this)(Evolution.getSCEV(Either->getFalseValue())));
      const bool Stays = Evolution.isLoopInvariant(S, &L);
      return {Unknown->getValue() == ThreadX, Stays ? 0 : Strides::Far, Stays};
    }
    if (const auto *Extreme = dyn_cast<SCEVMinMaxExpr>(S); Extreme && isAlone()) {
      Strides All;
      for (const SCEV *Operand : Extreme->operands())
        All = further(All, (*this)(Operand));
      return All;
    }
    if (isa<SCEVConstant>(S))
      return {};
    if (const auto *Cast = dyn_cast<SCEVCastExpr>(S))
      return (*this)(Cast->getOperand());
    if (const auto *Sum = dyn_cast<SCEVAddExpr>(S)) {
      Strides Total;
      for (const SCEV *Operand : Sum->operands()) {
        const Strides Part = (*this)(Operand);
        Total = {clamp(Total.Thread + Part.Thread), clamp(Total.Iteration + Part.Iteration), Total.Foreseen && Part.Foreseen};
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
      return {Start.Thread, Near ? Constant->getAPInt().getSExtValue() : Strides::Far, true};
    }
    if (const auto *Product = dyn_cast<SCEVMulExpr>(S); Product && Product->getNumOperands() == 2)
      if (const auto *Factor = dyn_cast<SCEVConstant>(Product->getOperand(0));
          Factor && Factor->getAPInt().getSignificantBits() <= 24) {
        const Strides Part = (*this)(Product->getOperand(1));
        const int64_t Times = Factor->getAPInt().getSExtValue();
        return {clamp(Part.Thread * Times), clamp(Part.Iteration * Times), Part.Foreseen};
      }
    const bool Depends = SCEVExprContains(S, [&](const SCEV *Part) {
      const auto *Unknown = dyn_cast<SCEVUnknown>(Part);
      return Unknown && Unknown->getValue() == ThreadX;
    });
    const bool Stays = Evolution.isLoopInvariant(S, &L);
    return {Depends ? Strides::Far : 0, Stays ? 0 : Strides::Far, Stays};
  }

private:
  /// An index that is kept within bounds moves as without them. In a nest of loops, as filters have, it is better to leave the nest to
  /// threads side by side than to cut it for that.
  bool isAlone() const { return L.getLoopDepth() == 1; }

  static Strides further(const Strides &A, const Strides &B) {
    auto more = [](int64_t One, int64_t Other) { return std::abs(One) < std::abs(Other) ? Other : One; };
    return {more(A.Thread, B.Thread), more(A.Iteration, B.Iteration), A.Foreseen && B.Foreseen};
  }

  ScalarEvolution &Evolution;
  Loop &L;
  const Value *ThreadX;
};

constexpr int64_t Near = 16, CacheLine = 64;

std::optional<Strides> stridesOf(ScalarEvolution &Evolution, Loop &L, Value *Pointer, const Value *ThreadX) {
  const SCEV *Address = Evolution.getSCEV(Pointer);
  if (Evolution.isLoopInvariant(Address, &L) || isa<SCEVUnknown>(Address))
    return std::nullopt;
  return Measure(Evolution, L, ThreadX)(Address);
}

/// Null if the loop has a collective or no access that is known to jump from iteration to iteration and not from thread to thread; also
/// where it divides whole numbers, of which LLVM makes no vectors: threads go through it side by side (Widen.h).
std::optional<LoopCut> cutOf(ScalarEvolution &Evolution, Loop &L, const Step &S) {
  LoopCut Cut = {L.getHeader(), {}};
  bool PrefersThreads = false;
  for (BasicBlock *Block : L.blocks())
    for (Instruction &I : *Block) {
      if (isAStop(I) || isLaneDivision(I))
        return std::nullopt;
      Value *Pointer = getLoadStorePointerOperand(&I);
      const auto Moves =
          Pointer && !isShared(S, Pointer) ? stridesOf(Evolution, L, Pointer, S.place(ThreadXParameter)) : std::nullopt;
      if (!Moves || !Moves->Foreseen || Moves->Thread == 0 || std::abs(Moves->Thread) > Near || std::abs(Moves->Iteration) < CacheLine)
        continue;
      PrefersThreads = true;
      if (isa<LoadInst>(I) && Moves->Thread > 0 && std::abs(Moves->Iteration) >= LoopCut::Far)
        Cut.FarLoads.push_back({Pointer, Moves->Thread});
    }
  return PrefersThreads ? std::optional(std::move(Cut)) : std::nullopt;
}

/// Whether V differs from thread to thread by what they read, not by their places alone.
bool differsByData(const Value &V, const Uniformity &Info, SmallPtrSetImpl<const Value *> &Seen) {
  auto *I = dyn_cast<Instruction>(&V);
  if (!I || Info.isUniform(*I) || !Seen.insert(I).second)
    return false;
  return isa<LoadInst, CallBase, AtomicRMWInst, AtomicCmpXchgInst>(I) ||
         any_of(I->operands(), [&](const Use &U) { return differsByData(*U, Info, Seen); });
}

/// Takes out the loops to which not all threads come, for what they have read, while others go on to another point: they would be apart
/// from there on, and one by one. An exit of a loop parts them only in its last iterations, and is none of these.
void takeOutParted(SmallVectorImpl<LoopCut> &Cuts, Function &Step, const LoopInfo &Loops, const Uniformity &Info) {
  SmallPtrSet<const BasicBlock *, 8> Points;
  for (const LoopCut &Cut : Cuts)
    Points.insert(Cut.Header);
  for (const Instruction &I : instructions(Step))
    if (isAStop(I))
      Points.insert(I.getParent());
  PostDominatorTree Tree(Step);
  SmallPtrSet<const BasicBlock *, 8> Parted;
  for (BasicBlock &Block : Step) {
    auto *Branch = dyn_cast<BranchInst>(Block.getTerminator());
    const Loop *Around = Loops.getLoopFor(&Block);
    SmallPtrSet<const Value *, 16> Seen;
    if (!Branch || Branch->isUnconditional() || (Around && Around->isLoopExiting(&Block)) ||
        !differsByData(*Branch->getCondition(), Info, Seen))
      continue;
    const auto One = blocksBehind(*Branch->getSuccessor(0)), Other = blocksBehind(*Branch->getSuccessor(1));
    auto isPoint = [&](const BasicBlock *Reached) { return Points.contains(Reached); };
    if (none_of(One, isPoint) || none_of(Other, isPoint))
      continue;
    for (const LoopCut &Cut : Cuts)
      if ((One.contains(Cut.Header) || Other.contains(Cut.Header)) && !Tree.dominates(Cut.Header, &Block))
        Parted.insert(Cut.Header);
  }
  erase_if(Cuts, [&](const LoopCut &Cut) { return Parted.contains(Cut.Header); });
}

} // namespace

SmallVector<LoopCut> loopsToCut(const Kernel &K, const Step &S) {
  Function &Step = *S.Body;
  DominatorTree Tree(Step);
  LoopInfo Loops(Tree);
  AssumptionCache Assumptions(Step);
  TargetLibraryInfoImpl Libraries(Step.getParent()->getTargetTriple());
  TargetLibraryInfo Library(Libraries);
  ScalarEvolution Evolution(Step, Library, Assumptions, Tree, Loops);
  // Where nothing else takes a kernel apart, a loop beside deeper ones is not worth it: these would not be run side by side any more.
  unsigned Deepest = 0;
  if (none_of(instructions(Step), isAStop))
    for (Loop *L : Loops.getLoopsInPreorder())
      Deepest = std::max(Deepest, L->getLoopDepth());
  SmallVector<LoopCut> Cuts;
  for (Loop *L : Loops.getLoopsInPreorder())
    if (L->isInnermost() && L->getLoopDepth() >= Deepest)
      if (std::optional<LoopCut> Cut = cutOf(Evolution, *L, S))
        Cuts.push_back(std::move(*Cut));
  if (!Cuts.empty())
    takeOutParted(Cuts, Step, Loops,
                  Uniformity(K, S, Running::SideBySide, [](const Value &) { return InstructionUniformity::Default; }));
  return Cuts;
}

static bool hasStop(const Loop &L) {
  return any_of(L.blocks(), [](const BasicBlock *Block) { return any_of(*Block, isAStop); });
}

static std::optional<Induction> separateInduction(PHINode &Index, const Loop &L) {
  BasicBlock *Before = L.getLoopPreheader(), *Latch = L.getLoopLatch();
  auto *Next = dyn_cast<BinaryOperator>(Index.getIncomingValueForBlock(Latch));
  if (!Next || Next->getOpcode() != Instruction::Add || !is_contained(Next->operands(), &Index))
    return std::nullopt;
  Value *Begin = Index.getIncomingValueForBlock(Before);
  Value *Step = Next->getOperand(Next->getOperand(0) == &Index);
  if (!L.isLoopInvariant(Step))
    return std::nullopt;
  if (isa<Constant>(Begin))
    return Induction{&Index, Step};
  IRBuilder<> B(&Index);
  PHINode *Way = B.CreatePHI(Index.getType(), 2, Index.getName() + ".way");
  B.SetInsertPoint(&*L.getHeader()->getFirstInsertionPt());
  Value *Sum = B.CreateAdd(Begin, Way, Index.getName());
  Index.replaceAllUsesWith(Sum);
  B.SetInsertPoint(Next);
  Way->addIncoming(Constant::getNullValue(Index.getType()), Before);
  Way->addIncoming(B.CreateAdd(Way, Step), Latch);
  Index.eraseFromParent();
  return Induction{Sum, Step};
}

Inductions separateInductions(Function &Step, ArrayRef<LoopCut> Cuts) {
  DominatorTree Tree(Step);
  LoopInfo Loops(Tree);
  Inductions Found;
  for (Loop *L : Loops.getLoopsInPreorder()) {
    const bool IsCut = any_of(Cuts, [&](const LoopCut &Cut) { return Cut.Header == L->getHeader(); });
    if (!L->getLoopPreheader() || !L->getLoopLatch() || !(IsCut || hasStop(*L)))
      continue;
    for (PHINode &Index : make_early_inc_range(L->getHeader()->phis()))
      if (Index.getType()->isIntegerTy())
        if (std::optional<Induction> I = separateInduction(Index, *L))
          Found[L->getHeader()].push_back(*I);
  }
  return Found;
}

namespace {

/// Computes at the end of a loop's header what stands anywhere in the loop, with other values of its inductions.
class Ahead {
public:
  Ahead(const Step &S, const Loop &L, int64_t Stride) : L(L), B(L.getHeader()->getTerminator()) {
    // Four kilobytes of the block's: what memory delivers while that much is worked on is there in time.
    constexpr unsigned Bytes = 4096;
    Value *Threads = S.place(BlockDimParameter);
    for (unsigned Dimension = 1; Dimension < 3; ++Dimension)
      Threads = B.CreateMul(Threads, S.place(BlockDimParameter + Dimension));
    Iterations = B.CreateAdd(B.CreateUDiv(B.getInt32(Bytes / Stride), Threads), B.getInt32(1));
  }

  void add(const Induction &I) {
    Value *Further = B.CreateMul(B.CreateZExtOrTrunc(Iterations, I.Number->getType()), I.Step);
    Map[I.Number] = B.CreateAdd(I.Number, Further);
  }

  Value *of(Value *V) {
    auto *I = dyn_cast<Instruction>(V);
    if (!I || !L.contains(I))
      return V;
    if (Value *Known = Map.lookup(I))
      return Known;
    if (!isa<BinaryOperator, CastInst, GetElementPtrInst, FreezeInst>(I) || I->isIntDivRem() || Map.size() > Most)
      return nullptr;
    SmallVector<Value *, 4> Operands;
    for (Value *Operand : I->operands()) {
      Operands.push_back(of(Operand));
      if (!Operands.back())
        return nullptr;
    }
    Instruction *Copy = B.Insert(I->clone());
    for (auto [Index, Operand] : enumerate(Operands))
      Copy->setOperand(Index, Operand);
    Copy->dropPoisonGeneratingFlags();
    return Map[I] = Copy;
  }

private:
  static constexpr unsigned Most = 16;
  const Loop &L;
  IRBuilder<> B;
  Value *Iterations = nullptr;
  DenseMap<Value *, Value *> Map;
};

} // namespace

SmallVector<LoopCut::Load, 2> loadsAhead(const Step &S, const LoopCut &Cut, ArrayRef<Induction> Inductions) {
  if (Cut.FarLoads.empty())
    return {};
  DominatorTree Tree(*S.Body);
  LoopInfo Loops(Tree);
  SmallVector<LoopCut::Load, 2> Found;
  for (const LoopCut::Load &Far : Cut.FarLoads) {
    Ahead There(S, *Loops.getLoopFor(Cut.Header), Far.Stride);
    for (const Induction &I : Inductions)
      There.add(I);
    if (auto *Address = dyn_cast_or_null<Instruction>(There.of(Far.Address)))
      Found.push_back({Address, Far.Stride});
  }
  return Found;
}

} // namespace cuport
