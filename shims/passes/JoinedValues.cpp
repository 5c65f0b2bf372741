// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "JoinedValues.h"

#include "llvm/ADT/PostOrderIterator.h"
#include "llvm/IR/Dominators.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/Instructions.h"
#include "llvm/Transforms/Utils/Local.h"

using namespace llvm;

namespace cuport {

namespace {

/// What a phi's values have in common.
class Common {
public:
  Common(const PHINode &Phi, const DominatorTree &Tree) : Block(Phi.getParent()), Tree(Tree) {}

  bool same(const Value *A, const Value *B, unsigned Depth = 6) const {
    if (A == B && isBefore(A))
      return true;
    auto *I = dyn_cast<Instruction>(A), *J = dyn_cast<Instruction>(B);
    if (!I || !J || Depth == 0 || !isArithmetic(*I) || !(I->isSameOperationAs(J) || (isSExt(*I) && isSExt(*J))))
      return false;
    return all_of(zip(I->operands(), J->operands()),
                  [&](auto Pair) { return same(std::get<0>(Pair).get(), std::get<1>(Pair).get(), Depth - 1); });
  }

  /// What same() found the same, anew.
  Value *make(IRBuilder<> &B, Value *A, Value *Other) const {
    if (A == Other && isBefore(A))
      return A;
    auto *I = cast<Instruction>(A), *J = cast<Instruction>(Other);
    SmallVector<Value *, 4> Operands;
    for (auto [Of, OfOther] : zip(I->operands(), J->operands()))
      Operands.push_back(make(B, Of.get(), OfOther.get()));
    if (I->getOpcode() != J->getOpcode())
      return B.CreateSExt(Operands.front(), I->getType());
    Instruction *New = B.Insert(I->clone());
    for (auto [Index, Operand] : enumerate(Operands))
      New->setOperand(Index, Operand);
    New->andIRFlags(J);
    New->dropLocation();
    return New;
  }

private:
  /// A value of the block itself would be another iteration's.
  bool isBefore(const Value *V) const {
    auto *I = dyn_cast<Instruction>(V);
    return !I || Tree.properlyDominates(I->getParent(), Block);
  }

  static bool isArithmetic(const Instruction &I) {
    return isa<BinaryOperator, CastInst, GetElementPtrInst, ICmpInst>(I) && !I.isIntDivRem() &&
           (I.getType()->isIntegerTy() || I.getType()->isPointerTy());
  }

  /// An extension of what is not negative is one by the sign, too.
  static bool isSExt(const Instruction &I) { return isa<SExtInst>(I) || (isa<ZExtInst>(I) && I.hasNonNeg()); }

  const BasicBlock *Block;
  const DominatorTree &Tree;
};

} // namespace

static void join(PHINode &Phi, const DominatorTree &Tree) {
  const Common Values(Phi, Tree);
  // More than two ways are seldom.
  if (Phi.getNumIncomingValues() != 2 || !Values.same(Phi.getIncomingValue(0), Phi.getIncomingValue(1)))
    return;
  IRBuilder<> B(&*Phi.getParent()->getFirstInsertionPt());
  Value *Joined = Values.make(B, Phi.getIncomingValue(0), Phi.getIncomingValue(1));
  SmallVector<WeakTrackingVH, 4> Given(Phi.operands());
  Phi.replaceAllUsesWith(Joined);
  Phi.eraseFromParent();
  RecursivelyDeleteTriviallyDeadInstructionsPermissive(Given);
}

void joinValues(Function &F) {
  const DominatorTree Tree(F);
  for (BasicBlock *Block : ReversePostOrderTraversal<Function *>(&F)) {
    SmallVector<WeakVH> Phis;
    for (PHINode &Phi : Block->phis())
      Phis.push_back(&Phi);
    for (const WeakVH &Phi : Phis)
      if (Phi)
        join(*cast<PHINode>(Phi), Tree);
  }
}

} // namespace cuport
