// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "LaneAtomics.h"
#include "BlockMode.h"

#include "llvm/IR/Instructions.h"
#include "llvm/IR/MDBuilder.h"

using namespace llvm;

namespace cuport {

static bool isOfFloats(const AtomicRMWInst &I) {
  return is_contained({AtomicRMWInst::FAdd, AtomicRMWInst::FSub}, I.getOperation()) &&
         (I.getType()->isFloatTy() || I.getType()->isDoubleTy());
}

bool canUnite(const AtomicRMWInst &I) {
  if (I.isVolatile())
    return false;
  switch (I.getOperation()) {
  case AtomicRMWInst::Add:
  case AtomicRMWInst::Sub:
    return true;
  case AtomicRMWInst::And:
  case AtomicRMWInst::Or:
  case AtomicRMWInst::Xor:
  case AtomicRMWInst::Max:
  case AtomicRMWInst::Min:
  case AtomicRMWInst::UMax:
  case AtomicRMWInst::UMin:
    return I.use_empty();
  default:
    return isOfFloats(I);
  }
}

/// What changes nothing. Of floats that is the zero with the sign that keeps -0 as it is.
static Constant *neutral(const AtomicRMWInst &I) {
  Type *T = I.getType();
  const unsigned Bits = T->getScalarSizeInBits();
  switch (I.getOperation()) {
  case AtomicRMWInst::FAdd:
    return ConstantFP::getNegativeZero(T);
  case AtomicRMWInst::And:
  case AtomicRMWInst::UMin:
    return Constant::getAllOnesValue(T);
  case AtomicRMWInst::Max:
    return ConstantInt::get(T, APInt::getSignedMinValue(Bits));
  case AtomicRMWInst::Min:
    return ConstantInt::get(T, APInt::getSignedMaxValue(Bits));
  default:
    return Constant::getNullValue(T);
  }
}

static Value *reduced(IRBuilder<> &B, const AtomicRMWInst &I, Value *What) {
  const AtomicRMWInst::BinOp Operation = I.getOperation();
  switch (Operation) {
  case AtomicRMWInst::And:
    return B.CreateAndReduce(What);
  case AtomicRMWInst::Or:
    return B.CreateOrReduce(What);
  case AtomicRMWInst::Xor:
    return B.CreateXorReduce(What);
  case AtomicRMWInst::Max:
  case AtomicRMWInst::UMax:
    return B.CreateIntMaxReduce(What, Operation == AtomicRMWInst::Max);
  case AtomicRMWInst::Min:
  case AtomicRMWInst::UMin:
    return B.CreateIntMinReduce(What, Operation == AtomicRMWInst::Min);
  default:
    return B.CreateAddReduce(What);
  }
}

/// Sums of each lane and those before it.
static Value *sums(IRBuilder<> &B, Value *What) {
  const int Lanes = cast<FixedVectorType>(What->getType())->getNumElements();
  Value *None = Constant::getNullValue(What->getType());
  for (int Distance = 1; Distance < Lanes; Distance *= 2) {
    SmallVector<int> From;
    for (int Lane = 0; Lane < Lanes; ++Lane)
      From.push_back(Lane < Distance ? Lane : Lanes + Lane - Distance);
    What = B.CreateAdd(What, B.CreateShuffleVector(None, What, From));
  }
  return What;
}

static Value *uniteIntegers(IRBuilder<> &B, const AtomicRMWInst &I, Value *Address, Value *What) {
  auto makeOne = [&](Value *All) {
    AtomicRMWInst *One = B.CreateAtomicRMW(I.getOperation(), Address, All, I.getAlign(), I.getOrdering(), I.getSyncScopeID());
    One->copyMetadata(I);
    return One;
  };
  if (I.use_empty()) {
    makeOne(reduced(B, I, What));
    return nullptr;
  }
  const unsigned Lanes = cast<FixedVectorType>(What->getType())->getNumElements();
  Value *Sums = sums(B, What), *Before = B.CreateSub(Sums, What);
  Value *Old = B.CreateVectorSplat(Lanes, makeOne(B.CreateExtractElement(Sums, Lanes - 1)));
  return I.getOperation() == AtomicRMWInst::Add ? B.CreateAdd(Old, Before) : B.CreateSub(Old, Before);
}

/// Old with What of each lane, one after the other, and what each has found. Sums are rounded, so that their order matters: here it is the
/// threads'.
static std::pair<Value *, Value *> sumInTurn(IRBuilder<> &B, const AtomicRMWInst &I, Value *Old, Value *What) {
  Value *Sum = Old, *Found = I.use_empty() ? nullptr : PoisonValue::get(What->getType());
  for (unsigned Lane = 0; Lane < cast<FixedVectorType>(What->getType())->getNumElements(); ++Lane) {
    if (Found)
      Found = B.CreateInsertElement(Found, Sum, Lane);
    Value *One = B.CreateExtractElement(What, Lane);
    Sum = I.getOperation() == AtomicRMWInst::FAdd ? B.CreateFAdd(Sum, One) : B.CreateFSub(Sum, One);
  }
  return {Sum, Found};
}

static Value *uniteFloats(IRBuilder<> &B, const AtomicRMWInst &I, Value *Address, Value *What) {
  if (isOfBlock(I)) {
    const auto [Sum, Found] = sumInTurn(B, I, B.CreateAlignedLoad(I.getType(), Address, I.getAlign()), What);
    B.CreateAlignedStore(Sum, Address, I.getAlign());
    return Found;
  }
  LLVMContext &Context = B.getContext();
  Function *F = B.GetInsertBlock()->getParent();
  BasicBlock *Before = B.GetInsertBlock(), *Try = BasicBlock::Create(Context, "try", F), *Done = BasicBlock::Create(Context, "done", F);
  Type *Bits = B.getIntNTy(I.getType()->getScalarSizeInBits());
  LoadInst *Seen = B.CreateAlignedLoad(Bits, Address, I.getAlign());
  Seen->setAtomic(AtomicOrdering::Monotonic, I.getSyncScopeID());
  B.CreateBr(Try);
  B.SetInsertPoint(Try);
  PHINode *Old = B.CreatePHI(Bits, 2);
  Old->addIncoming(Seen, Before);
  const auto [Sum, Found] = sumInTurn(B, I, B.CreateBitCast(Old, I.getType()), What);
  AtomicCmpXchgInst *Exchange =
      B.CreateAtomicCmpXchg(Address, Old, B.CreateBitCast(Sum, Bits), I.getAlign(), I.getOrdering(),
                            AtomicCmpXchgInst::getStrongestFailureOrdering(I.getOrdering()), I.getSyncScopeID());
  Exchange->setWeak(true);
  Exchange->setDebugLoc(I.getDebugLoc());
  Old->addIncoming(B.CreateExtractValue(Exchange, 0), Try);
  B.CreateCondBr(B.CreateExtractValue(Exchange, 1), Done, Try, MDBuilder(Context).createLikelyBranchWeights());
  B.SetInsertPoint(Done);
  return Found;
}

Value *unite(IRBuilder<> &B, const AtomicRMWInst &I, Value *Address, Value *What, Value *Comes) {
  if (Comes)
    What = B.CreateSelect(Comes, What, ConstantVector::getSplat(cast<VectorType>(What->getType())->getElementCount(), neutral(I)));
  return isOfFloats(I) ? uniteFloats(B, I, Address, What) : uniteIntegers(B, I, Address, What);
}

} // namespace cuport
