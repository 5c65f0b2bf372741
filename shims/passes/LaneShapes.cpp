// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "LaneShapes.h"
#include "LaneArrays.h"
#include "Regions.h"

#include "llvm/Analysis/ValueTracking.h"
#include "llvm/IR/CFG.h"
#include "llvm/IR/GetElementPtrTypeIterator.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/Operator.h"
#include "llvm/IR/PatternMatch.h"

using namespace llvm;

namespace cuport {

LaneShapes::LaneShapes(const Step &S, const Uniformity &Info, const LaneFlow &Flow, const LaneTiles &Tiles, unsigned Threads,
                       function_ref<bool(const Value &)> CanCheck)
    : S(S), Info(Info), Flow(Flow), Tiles(Tiles), Threads(Threads), CanCheck(CanCheck) {
  // From knowing nothing down: a shape changes at most twice.
  for (bool Changed = true; Changed;) {
    Changed = false;
    Ramps.clear();
    // Its step holds where no warp ends between the threads.
    if (Argument *Lane = S.place(LaneParameter); !Lane->use_empty())
      isRamp(*Lane, false);
    for (BasicBlock *Block : Flow.order())
      for (Instruction &I : *Block) {
        if (I.getType()->isVoidTy() || Info.isUniform(I))
          continue;
        auto Old = Shapes.find(&I);
        std::optional<Shape> Now = compute(I);
        if (!Now || (Old != Shapes.end() && (Old->second == *Now || Old->second.Is == Shape::Varying)))
          continue;
        if (Old != Shapes.end())
          Now = Shape{Shape::Varying};
        Shapes[&I] = *Now;
        Changed = true;
      }
  }
}

Shape LaneShapes::of(const Value &V) const {
  if (auto *Formal = dyn_cast<Argument>(&V)) {
    const unsigned Place = Formal->getArgNo() - S.FirstPlace;
    const bool Grows = Place == ThreadXParameter || Place == LinearParameter || Place == LaneParameter;
    return Formal->getArgNo() >= S.FirstPlace && Grows ? Shape{Shape::Strided, 1} : Shape{};
  }
  auto *I = dyn_cast<Instruction>(&V);
  if (!I || Info.isUniform(*I))
    return {};
  auto Found = Shapes.find(I);
  // What no thread can reach.
  return Found == Shapes.end() ? Shape{Shape::Varying} : Found->second;
}

Shape LaneShapes::at(const Use &U) const { return known(U).value_or(Shape{Shape::Varying}); }

std::optional<Shape> LaneShapes::known(const Use &U) const {
  auto *I = dyn_cast<Instruction>(U.get());
  if (!I)
    return of(*U.get());
  if (Info.isUniform(U))
    return Shape{};
  auto *User = cast<Instruction>(U.getUser());
  auto *Phi = dyn_cast<PHINode>(User);
  if (Flow.isFromOtherIterations(*I->getParent(), Phi ? *Phi->getIncomingBlock(U) : *User->getParent()))
    return Shape{Shape::Varying};
  if (Info.isUniform(*I))
    return Shape{};
  auto Found = Shapes.find(I);
  return Found == Shapes.end() ? std::nullopt : std::optional(Found->second);
}

/// What falls as its operand grows.
static bool isNot(const Instruction &I) { return PatternMatch::match(&I, PatternMatch::m_Xor(PatternMatch::m_Value(), PatternMatch::m_AllOnes())); }

std::optional<Shape> LaneShapes::compute(const Instruction &I) const {
  const Shape Varying = {Shape::Varying};
  if (auto *Variable = dyn_cast<AllocaInst>(&I))
    return Shape{Shape::Strided, static_cast<int64_t>(pitchOf(*Variable))};
  if (auto *Phi = dyn_cast<PHINode>(&I))
    return computePhi(*Phi);
  if (!I.getType()->isIntegerTy() && !I.getType()->isPointerTy())
    return Varying;
  SmallVector<Shape, 4> Of;
  for (const Use &U : I.operands()) {
    const std::optional<Shape> Known = known(U);
    if (!Known)
      return std::nullopt;
    if (Known->Is == Shape::Varying)
      return Varying;
    Of.push_back(*Known);
  }
  auto strided = [](int64_t Stride) { return Shape{Shape::Strided, Stride}; };
  auto times = [&](int64_t Factor) {
    int64_t Product;
    return MulOverflow(Of[0].Stride, Factor, Product) ? Varying : strided(Product);
  };
  if (const std::optional<int64_t> Stride = Tiles.strideOf(I))
    return strided(*Stride);
  switch (I.getOpcode()) {
  case Instruction::Or:
    if (!cast<PossiblyDisjointInst>(I).isDisjoint())
      return Varying;
    [[fallthrough]];
  case Instruction::Add:
    return strided(Of[0].Stride + Of[1].Stride);
  case Instruction::Sub:
    return strided(Of[0].Stride - Of[1].Stride);
  case Instruction::Xor:
    return isNot(I) ? times(-1) : Varying;
  case Instruction::Mul:
    if (auto *Factor = dyn_cast<ConstantInt>(I.getOperand(1)); Factor && Factor->getValue().isSignedIntN(32))
      return times(Factor->getSExtValue());
    return Varying;
  case Instruction::Shl:
    if (auto *Bits = dyn_cast<ConstantInt>(I.getOperand(1)); Bits && Bits->getValue().ult(31))
      return times(int64_t(1) << Bits->getZExtValue());
    return Varying;
  case Instruction::SExt:
  case Instruction::ZExt:
    return isLinear(*I.getOperand(0), I.getOpcode() == Instruction::SExt) ? Of[0] : Varying;
  case Instruction::Trunc:
  case Instruction::Freeze:
    return Of[0];
  case Instruction::PtrToInt:
  case Instruction::IntToPtr:
    return I.getDataLayout().getTypeSizeInBits(I.getType()) == I.getDataLayout().getTypeSizeInBits(I.getOperand(0)->getType()) ? Of[0]
                                                                                                                              : Varying;
  case Instruction::Select:
    return Of[0].Is == Shape::Uniform && Of[1] == Of[2] ? Of[1] : Varying;
  case Instruction::GetElementPtr:
    break;
  default:
    return Varying;
  }
  const auto &Address = cast<GetElementPtrInst>(I);
  int64_t Sum = Of[0].Stride;
  unsigned Operand = 1;
  for (auto Index = gep_type_begin(Address); Index != gep_type_end(Address); ++Index, ++Operand) {
    if (Of[Operand].Stride == 0)
      continue;
    // A narrower index would be extended.
    if (Index.isStruct() || Index.getOperand()->getType()->getScalarSizeInBits() < 64)
      return Varying;
    Sum += Of[Operand].Stride * static_cast<int64_t>(Index.getSequentialElementStride(I.getDataLayout()).getFixedValue());
  }
  return strided(Sum);
}

/// Threads that run side by side come to the header of a loop in the same iteration. Elsewhere they may come by different ways.
std::optional<Shape> LaneShapes::computePhi(const PHINode &Phi) const {
  const BasicBlock &Block = *Phi.getParent();
  const bool Together = Flow.isHeader(Block) || (Flow.isFull(Block) && all_of(predecessors(&Block), [&](const BasicBlock *Before) {
                                                   return Flow.isFull(*Before);
                                                 }));
  std::optional<Shape> All;
  for (const Use &U : Phi.incoming_values()) {
    const std::optional<Shape> One = isa<UndefValue>(U.get()) ? std::nullopt : known(U);
    if (!One)
      continue;
    if (One->Is == Shape::Varying || !Together || Phi.getType()->isFloatingPointTy() || (All && One->Stride != All->Stride))
      return Shape{Shape::Varying};
    All = Shape{Shape::Strided, One->Stride};
  }
  return All;
}

/// Of a loop's value while it is asked what it gets from the loop: like what it came in with.
static constexpr int64_t AsBefore = std::numeric_limits<int64_t>::min();

std::optional<int64_t> LaneShapes::usualStride(const Value &V) const {
  const std::optional<int64_t> Stride = findUsualStride(V);
  // The answer to a part of a question is none to the part alone.
  SmallVector<const Instruction *> Parts;
  for (const auto &[I, Known] : UsualStrides)
    if (Known == AsBefore)
      Parts.push_back(I);
  for (const Instruction *I : Parts)
    UsualStrides.erase(I);
  return Stride == AsBefore ? std::nullopt : Stride;
}

std::optional<int64_t> LaneShapes::findUsualStride(const Value &V) const {
  const Shape Is = of(V);
  if (Is.Is != Shape::Varying)
    return Is.Stride;
  auto &I = cast<Instruction>(V);
  if (auto [Known, First] = UsualStrides.try_emplace(&I, AsBefore); !First)
    return Known->second;
  const std::optional<int64_t> Stride = computeUsualStride(I);
  return UsualStrides[&I] = Stride;
}

std::optional<int64_t> LaneShapes::computeUsualStride(const Instruction &I) const {
  auto of = [&](unsigned Operand) { return findUsualStride(*I.getOperand(Operand)); };
  // The one that is not the same for all: bounds are.
  auto either = [](std::optional<int64_t> A, std::optional<int64_t> B) {
    return A == AsBefore || A == B ? B : B == AsBefore ? A : !A || !B ? std::nullopt : *A == 0 ? B : *B == 0 ? A : std::nullopt;
  };
  auto scaled = [](std::optional<int64_t> A, int64_t Factor) {
    int64_t Product;
    return A == AsBefore ? A : A && !MulOverflow(*A, Factor, Product) ? std::optional(Product) : std::nullopt;
  };
  auto sum = [](std::optional<int64_t> A, std::optional<int64_t> B) {
    int64_t Sum;
    if (A == AsBefore || B == AsBefore)
      return A && B ? std::optional(AsBefore) : std::nullopt;
    return A && B && !AddOverflow(*A, *B, Sum) ? std::optional(Sum) : std::nullopt;
  };
  if (isa<MinMaxIntrinsic>(I))
    return either(of(0), of(1));
  switch (I.getOpcode()) {
  case Instruction::Select:
    return either(of(1), of(2));
  case Instruction::PHI: {
    std::optional<int64_t> All = AsBefore;
    for (const Value *Given : cast<PHINode>(I).incoming_values())
      if (!isa<UndefValue>(Given))
        All = either(All, findUsualStride(*Given));
    return All;
  }
  case Instruction::Add:
    return sum(of(0), of(1));
  case Instruction::Sub:
    return sum(of(0), scaled(of(1), -1));
  case Instruction::Xor:
    return isNot(I) ? scaled(of(0), -1) : std::nullopt;
  case Instruction::Mul:
    if (of(0) == 0 && of(1) == 0)
      return 0;
    if (auto *Factor = dyn_cast<ConstantInt>(I.getOperand(1)); Factor && Factor->getValue().isSignedIntN(32))
      return scaled(of(0), Factor->getSExtValue());
    return std::nullopt;
  case Instruction::Shl:
    if (auto *Bits = dyn_cast<ConstantInt>(I.getOperand(1)); Bits && Bits->getValue().ult(31))
      return scaled(of(0), int64_t(1) << Bits->getZExtValue());
    return std::nullopt;
  case Instruction::URem:
  case Instruction::SRem:
  case Instruction::ZExt:
  case Instruction::SExt:
  case Instruction::Trunc:
  case Instruction::Freeze:
    return of(0);
  case Instruction::GetElementPtr: {
    std::optional<int64_t> All = of(0);
    unsigned Operand = 1;
    const auto &Address = cast<GetElementPtrInst>(I);
    for (auto Index = gep_type_begin(Address); Index != gep_type_end(Address); ++Index, ++Operand)
      if (!Index.isStruct())
        All = sum(All, scaled(of(Operand), static_cast<int64_t>(Index.getSequentialElementStride(I.getDataLayout()).getFixedValue())));
    return All;
  }
  default:
    return std::nullopt;
  }
}

bool LaneShapes::isOwnMemory(const Value &Address) const {
  auto *Formal = dyn_cast<Argument>(getUnderlyingObject(&Address, 0));
  return isInterleaved(Address) || (Formal && Formal->getArgNo() == S.FirstPlace + PlaceParameters + FramesParameter);
}

bool LaneShapes::isRamp(const Value &Number, bool Signed) const {
  const Shape Is = of(Number);
  if (Is.Is != Shape::Strided || Number.getType()->getScalarSizeInBits() < 32 ||
      std::abs(Is.Stride) > (int64_t(1) << 30) / Threads || !CanCheck(Number))
    return false;
  const CmpInst::Predicate Rises = Signed ? CmpInst::ICMP_SLE : CmpInst::ICMP_ULE;
  const Ramp New = {const_cast<Value *>(&Number), Is.Stride > 0 ? Rises : CmpInst::getSwappedPredicate(Rises)};
  if (!is_contained(Ramps, New))
    Ramps.push_back(New);
  return true;
}

bool LaneShapes::isLinearAnyway(const Value &Number, bool Signed) const {
  auto *I = dyn_cast<Instruction>(&Number);
  return isLinear(Number, Signed) && (!I || Flow.isFull(*I->getParent()) || Tiles.isLinear(Number) || isRamp(Number, Signed));
}

bool LaneShapes::isLinear(const Value &Number, bool Signed) const {
  SmallDenseMap<const Value *, bool> Asked;
  return isLinear(Number, Signed, Asked);
}

bool LaneShapes::isLinear(const Value &Number, bool Signed, SmallDenseMap<const Value *, bool> &Asked) const {
  const Shape Is = of(Number);
  if (Is.Is != Shape::Strided)
    return Is.Is == Shape::Uniform;
  auto *I = dyn_cast<Instruction>(&Number);
  // Thread indices, or lanes that have been checked.
  if (!I)
    return true;
  // A loop's value is linear if it is wherever else it comes from.
  if (auto [Answer, First] = Asked.try_emplace(I, true); !First)
    return Answer->second;
  auto operands = [&] {
    return all_of(I->operands(), [&](const Use &U) {
      return at(U).Is != Shape::Varying && isLinear(*U.get(), Signed, Asked);
    });
  };
  bool Holds = false;
  if (auto *Sum = dyn_cast<OverflowingBinaryOperator>(I))
    Holds = (Signed ? Sum->hasNoSignedWrap() : Sum->hasNoUnsignedWrap()) && operands();
  else if (isa<PossiblyDisjointInst>(I) && I->getOpcode() == Instruction::Or)
    Holds = operands();
  else if (isNot(*I))
    Holds = operands();
  else if (isa<PHINode>(I))
    Holds = Flow.isFull(*I->getParent()) && operands();
  else if (auto *Wider = dyn_cast<ZExtInst>(I))
    Holds = isLinear(*Wider->getOperand(0), false, Asked);
  else if (auto *Wider = dyn_cast<SExtInst>(I))
    Holds = Signed && isLinear(*Wider->getOperand(0), true, Asked);
  return Asked[I] = Holds || Tiles.isLinear(Number) || isRamp(Number, Signed);
}

} // namespace cuport
