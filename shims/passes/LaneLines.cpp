// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "LaneLines.h"
#include "LaneDivision.h"

#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InstIterator.h"

using namespace llvm;

namespace cuport {

static bool dividesAlike(const Instruction &A, const Instruction &B) {
  return A.getOperand(0) == B.getOperand(0) && A.getOperand(1) == B.getOperand(1) &&
         isSigned(A) == isSigned(B);
}

bool LaneLines::find(const Uniformity &Info, const LaneShapes &Shapes) {
  const unsigned Before = Strides.size();
  for (Instruction &I : instructions(*S.Body)) {
    if (!I.isIntDivRem() || !I.getType()->isIntegerTy() || Info.isUniform(I) ||
        Strides.contains(&I))
      continue;
    const Use &Dividend = I.getOperandUse(0), &Divisor = I.getOperandUse(1);
    const Shape Is = Shapes.at(Dividend);
    auto *Rest = dyn_cast<Instruction>(Dividend.get());
    if (Is.Is != Shape::Strided || Is.Stride <= 0 || Is.Stride > INT32_MAX / Threads ||
        !Info.isUniform(Divisor) || !CanCheck(*Divisor) ||
        !(Strides.lookup(Rest) || CanCheck(*Dividend)) || !Shapes.isLinear(*Dividend, isSigned(I)))
      continue;
    if (none_of(Divisions, [&](const Division &One) { return dividesAlike(*One.Of, I); }))
      Divisions.push_back({&I, Is.Stride * (Threads - 1)});
    Strides[&I] = isRemainder(I) ? Is.Stride : 0;
  }
  return Strides.size() > Before;
}

Value *LaneLines::areOne(IRBuilder<> &B, function_ref<Value *(Value &)> Copy) const {
  Value *All = B.getTrue();
  SmallVector<Value *> Rests;
  for (const Division &One : Divisions) {
    Value *Dividend = One.Of->getOperand(0), *N = nullptr;
    // What an earlier one leaves.
    for (auto [Earlier, Rest] : zip(Divisions, Rests))
      if (auto *I = dyn_cast<Instruction>(Dividend);
          I && Strides.lookup(I) && dividesAlike(*Earlier.Of, *I))
        N = Rest;
    if (!N)
      N = B.CreateFreeze(Copy(*Dividend));
    Value *D = B.CreateFreeze(Copy(*One.Of->getOperand(1)));
    Type *Number = N->getType();
    // A remainder that nobody may take for a negative number.
    Value *Positive = isSigned(*One.Of) ? B.CreateOr(N, D) : D;
    All = B.CreateAnd(All, B.CreateICmpSGE(Positive, Constant::getNullValue(Number)));
    Value *Width = B.CreateBinaryIntrinsic(llvm::Intrinsic::umax, D, ConstantInt::get(Number, 1));
    Rests.push_back(B.CreateURem(N, Width));
    All = B.CreateAnd(
        All, B.CreateICmpUGT(B.CreateSub(Width, Rests.back()), ConstantInt::get(Number, One.Span)));
  }
  return All;
}

} // namespace cuport
