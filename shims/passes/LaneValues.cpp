// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "LaneValues.h"

#include "llvm/IR/InlineAsm.h"

using namespace llvm;

namespace cuport {

Value *LaneValues::ramp(Value *Base, int64_t Stride) {
  Type *T = Base->getType();
  SmallVector<Constant *> Steps;
  Type *Number = T->isPointerTy() ? static_cast<Type *>(B.getInt64Ty()) : T;
  for (unsigned Lane = 0; Lane < Threads; ++Lane)
    Steps.push_back(ConstantInt::get(Number, static_cast<uint64_t>(Stride) * Lane, false, true));
  Constant *All = ConstantVector::get(Steps);
  if (T->isPointerTy())
    return B.CreateGEP(B.getInt8Ty(), Base, All);
  return B.CreateAdd(B.CreateVectorSplat(Threads, Base), All);
}

Value *LaneValues::first(const Value &V) {
  if (isa<Constant>(V))
    return const_cast<Value *>(&V);
  if (Value *Known = First.lookup(&V))
    return Known;
  return First[&V] = B.CreateLoad(V.getType(), FirstSlots.lookup(&V));
}

Value *LaneValues::all(const Use &U) {
  const Shape Is = Shapes.at(U);
  switch (Is.Is) {
  case Shape::Uniform:
    if (auto *Same = dyn_cast<Constant>(U.get()))
      return ConstantVector::getSplat(ElementCount::getFixed(Threads), Same);
    return B.CreateVectorSplat(Threads, first(U));
  case Shape::Strided:
    return ramp(first(U), Is.Stride);
  case Shape::Varying:
    break;
  }
  if (Value *Known = All.lookup(U.get()))
    return Known;
  return All[U.get()] = B.CreateLoad(wide(U->getType()), AllSlots.lookup(U.get()));
}

Value *LaneValues::any() {
  if (Mask && !Any)
    Any = B.CreateICmpNE(B.CreateOrReduce(Mask), B.getInt32(0));
  return Any;
}

Value *LaneValues::comes() {
  if (Mask && !Comes)
    Comes = B.CreateICmpSLT(Mask, Constant::getNullValue(maskType()));
  return Comes;
}

Value *LaneValues::unknownHarmless() {
  if (!Unknown) {
    auto *Type = FunctionType::get(B.getPtrTy(), {B.getPtrTy()}, false);
    Unknown = Slots->CreateCall(InlineAsm::get(Type, "", "=r,0", false), {Slots->CreateAlloca(Harmless->getAllocatedType())});
  }
  return Unknown;
}

} // namespace cuport
