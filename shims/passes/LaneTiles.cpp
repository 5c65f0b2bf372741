// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "LaneTiles.h"

#include "llvm/ADT/PostOrderIterator.h"
#include "llvm/Analysis/ValueTracking.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Instructions.h"

using namespace llvm;

namespace cuport {

static constexpr unsigned MostZeros = 32;

/// What can have threads' own bits of its operand, and others.
static bool isRemainder(const Instruction &I) {
  return I.getOpcode() == Instruction::And || I.getOpcode() == Instruction::Xor || I.getOpcode() == Instruction::URem ||
         I.getOpcode() == Instruction::SRem;
}

LaneTiles::LaneTiles(const Step &S, unsigned Threads, bool WholeRows, Strides Known)
    : S(S), ThreadBits(Log2_32(Threads)), WholeRows(WholeRows), Known(std::move(Known)), Tree(*S.Body), Loops(Tree) {
  ReversePostOrderTraversal<Function *> Order(S.Body);
  // From the best down: of what a loop gives its next iteration nothing is known at first.
  for (bool Changed = true; Changed;) {
    Changed = false;
    for (BasicBlock *Block : Order)
      for (Instruction &I : *Block) {
        if (!I.getType()->isIntegerTy() || I.getType()->getIntegerBitWidth() > 64)
          continue;
        const MaybeTile Now = compute(I);
        auto [Old, First] = Tiles.try_emplace(&I, Now);
        if (!First && Old->second == Now)
          continue;
        Old->second = Old->second && Now && Old->second->Stride == Now->Stride ? Now : std::nullopt;
        Changed = true;
      }
  }
}

std::optional<unsigned> LaneTiles::bitsOf(const MaybeTile &Of, const Value &V) const {
  if (!Of || Of->Stride <= 0 || !isPowerOf2_64(Of->Stride))
    return std::nullopt;
  const unsigned Bits = ThreadBits + Log2_64(Of->Stride);
  // The sign is none of them.
  return Of->Zeros >= Bits && Bits < std::min(MostZeros, V.getType()->getIntegerBitWidth()) ? std::optional(Bits) : std::nullopt;
}

LaneTiles::MaybeTile LaneTiles::of(const Value &V) const {
  if (auto *Number = dyn_cast<ConstantInt>(&V))
    return Number->getBitWidth() > 64 ? std::nullopt : MaybeTile({0, std::min(Number->getValue().countr_zero(), MostZeros), 0});
  if (auto *Formal = dyn_cast<Argument>(&V)) {
    const unsigned Place = Formal->getArgNo() - S.FirstPlace;
    if (Formal->getArgNo() < S.FirstPlace || Place >= PlaceParameters)
      return Tile{};
    if (Place == ThreadXParameter || Place == LinearParameter || Place == LaneParameter)
      return Tile{1, ThreadBits, 1u << Place};
    if (Place == BlockDimParameter && WholeRows)
      return Tile{0, ThreadBits, 1u << Place};
    // 32, 64 or 128.
    return Tile{0, Place == WarpSizeParameter ? 5u : 0u, 0};
  }
  auto *I = dyn_cast<Instruction>(&V);
  auto Known = I ? Tiles.find(I) : Tiles.end();
  return Known == Tiles.end() ? std::nullopt : Known->second;
}

LaneTiles::MaybeTile LaneTiles::of(const Use &U) const {
  auto *From = dyn_cast<Instruction>(U.get());
  if (!From)
    return of(*U.get());
  // Threads may have left a loop in different iterations.
  auto *User = cast<Instruction>(U.getUser());
  auto *Phi = dyn_cast<PHINode>(User);
  const Loop *Of = Loops.getLoopFor(From->getParent());
  return Of && !Of->contains(Phi ? Phi->getIncomingBlock(U) : User->getParent()) ? std::nullopt : of(*From);
}

LaneTiles::MaybeTile LaneTiles::compute(const Instruction &I) const {
  if (auto *Phi = dyn_cast<PHINode>(&I))
    return computePhi(*Phi);
  SmallVector<Tile, 2> Of;
  for (const Use &U : I.operands()) {
    const MaybeTile One = of(U);
    if (!One)
      return std::nullopt;
    Of.push_back(*One);
  }
  const uint32_t Relied = Of.empty() ? 0 : Of.size() == 1 ? Of[0].Multiples : Of[0].Multiples | Of[1].Multiples;
  auto *Number = Of.size() == 2 ? dyn_cast<ConstantInt>(I.getOperand(1)) : nullptr;
  auto times = [&](int64_t Factor, unsigned Zeros) -> MaybeTile {
    int64_t Stride;
    if (MulOverflow(Of[0].Stride, Factor, Stride) || !isInt<32>(Stride))
      return std::nullopt;
    return Tile{Stride, std::min(Of[0].Zeros + Zeros, MostZeros), Relied};
  };
  switch (I.getOpcode()) {
  case Instruction::Or:
    if (!cast<PossiblyDisjointInst>(I).isDisjoint())
      return std::nullopt;
    [[fallthrough]];
  case Instruction::Add:
  case Instruction::Sub: {
    const int64_t Sum = I.getOpcode() == Instruction::Sub ? Of[0].Stride - Of[1].Stride : Of[0].Stride + Of[1].Stride;
    return isInt<32>(Sum) ? MaybeTile({Sum, std::min(Of[0].Zeros, Of[1].Zeros), Relied}) : std::nullopt;
  }
  case Instruction::Mul:
    if (Of[0].Stride == 0 && Of[1].Stride == 0)
      return Tile{0, std::min(Of[0].Zeros + Of[1].Zeros, MostZeros), Relied};
    return Number && Number->getValue().isSignedIntN(32) ? times(Number->getSExtValue(), Of[1].Zeros) : std::nullopt;
  case Instruction::Shl:
    return Number && Number->getValue().ult(31) ? times(int64_t(1) << Number->getZExtValue(), Number->getZExtValue()) : std::nullopt;
  case Instruction::Xor: {
    // Of bits that all threads share.
    const std::optional<unsigned> Bits = bitsOf(Of[0], *I.getOperand(0));
    return Of[1].Stride == 0 && (Of[0].Stride == 0 || (Bits && Of[1].Zeros >= *Bits))
               ? MaybeTile({Of[0].Stride, std::min(Of[0].Zeros, Of[1].Zeros), Relied})
               : std::nullopt;
  }
  case Instruction::And:
    return Number ? keepBits(Of[0], *I.getOperand(0), Number->getValue()) : std::nullopt;
  case Instruction::LShr:
  case Instruction::AShr: {
    if (!Number || Number->getValue().uge(I.getType()->getIntegerBitWidth()))
      return std::nullopt;
    const unsigned Shift = Number->getZExtValue();
    if (const std::optional<unsigned> Bits = bitsOf(Of[0], *I.getOperand(0)); Of[0].Stride != 0 && (!Bits || Shift < *Bits))
      return std::nullopt;
    return Tile{0, Of[0].Zeros - std::min(Of[0].Zeros, Shift), Relied};
  }
  case Instruction::SDiv:
  case Instruction::SRem:
    if (!isKnownNonNegative(I.getOperand(0), I.getDataLayout()) || !isKnownNonNegative(I.getOperand(1), I.getDataLayout()))
      return std::nullopt;
    [[fallthrough]];
  case Instruction::UDiv:
  case Instruction::URem: {
    // No multiple of the divisor lies between the threads.
    const std::optional<unsigned> Bits = bitsOf(Of[0], *I.getOperand(0));
    if (Of[1].Stride != 0 || (Of[0].Stride != 0 && (!Bits || Of[1].Zeros < *Bits)))
      return std::nullopt;
    const bool IsQuotient = I.getOpcode() == Instruction::UDiv || I.getOpcode() == Instruction::SDiv;
    return IsQuotient ? Tile{0, 0, Relied} : Tile{Of[0].Stride, std::min(Of[0].Zeros, Of[1].Zeros), Relied};
  }
  case Instruction::ZExt:
  case Instruction::SExt:
    return Of[0].Stride == 0 || bitsOf(Of[0], *I.getOperand(0)) ? MaybeTile(Of[0]) : std::nullopt;
  case Instruction::Trunc:
  case Instruction::Freeze:
    return Of[0];
  default:
    return std::nullopt;
  }
}

/// Threads come to a loop's header together; elsewhere they may come by different ways.
LaneTiles::MaybeTile LaneTiles::computePhi(const PHINode &Phi) const {
  if (!Loops.isLoopHeader(Phi.getParent()))
    return std::nullopt;
  MaybeTile All;
  for (const Use &U : Phi.incoming_values()) {
    auto *From = dyn_cast<Instruction>(U.get());
    if (From && !Tiles.contains(From))
      continue;
    const MaybeTile One = of(U);
    if (!One || (All && One->Stride != All->Stride))
      return std::nullopt;
    All = All ? Tile{All->Stride, std::min(All->Zeros, One->Zeros), All->Multiples | One->Multiples} : One;
  }
  return All;
}

LaneTiles::MaybeTile LaneTiles::keepBits(const Tile &Number, const Value &V, const APInt &Mask) const {
  const unsigned Zeros = std::min(std::max<unsigned>(Number.Zeros, Mask.countr_zero()), MostZeros);
  if (Number.Stride == 0)
    return Tile{0, Zeros, Number.Multiples};
  const std::optional<unsigned> Bits = bitsOf(Number, V);
  if (!Bits)
    return std::nullopt;
  const APInt OfThreads = APInt::getBitsSet(Mask.getBitWidth(), *Bits - ThreadBits, *Bits), Kept = Mask & OfThreads;
  if (!Kept.isZero() && Kept != OfThreads)
    return std::nullopt;
  return Tile{Kept.isZero() ? 0 : Number.Stride, Zeros, Number.Multiples};
}

/// Whether a comparison with a bound has one result for all, and on what that relies.
bool LaneTiles::isSame(const ICmpInst &Compare, uint32_t &Relied) const {
  const MaybeTile Left = of(Compare.getOperandUse(0)), Right = of(Compare.getOperandUse(1));
  const std::optional<unsigned> Bits = bitsOf(Left, *Compare.getOperand(0));
  if (!Bits || !Right || Right->Stride != 0 || Compare.isEquality())
    return false;
  Relied = Left->Multiples | Right->Multiples;
  unsigned Zeros = Right->Zeros;
  // x > 31 is x >= 32.
  if (ICmpInst::isGT(Compare.getPredicate()) || ICmpInst::isLE(Compare.getPredicate())) {
    auto *Bound = dyn_cast<ConstantInt>(Compare.getOperand(1));
    Zeros = Bound ? (Bound->getValue() + 1).countr_zero() : 0;
  }
  return Zeros >= *Bits;
}

bool LaneTiles::isUniform(const Value &V) const {
  auto *I = dyn_cast<Instruction>(&V);
  if (auto Found = Known.find(I); Found != Known.end() && Found->second == 0)
    return true;
  if (auto *Compare = dyn_cast_or_null<ICmpInst>(I)) {
    uint32_t Relied = 0;
    const bool Same = isSame(*Compare, Relied);
    Multiples |= Same ? Relied : 0;
    return Same;
  }
  const MaybeTile Of = I ? of(*I) : std::nullopt;
  // What is made of uniform values is so in any case.
  if (!Of || Of->Stride != 0 || isa<PHINode>(I) || none_of(I->operands(), [&](const Use &U) {
        const MaybeTile From = of(U);
        return From && From->Stride != 0;
      }))
    return false;
  Multiples |= Of->Multiples;
  return true;
}

std::optional<int64_t> LaneTiles::strideOf(const Instruction &I) const {
  if (auto Found = Known.find(&I); Found != Known.end())
    return Found->second;
  const MaybeTile Of = isRemainder(I) ? of(I) : std::nullopt;
  if (!Of || Of->Stride == 0)
    return std::nullopt;
  Multiples |= Of->Multiples;
  return Of->Stride;
}

bool LaneTiles::isLinear(const Value &V) const {
  auto *I = dyn_cast<Instruction>(&V);
  if (Known.contains(I))
    return true;
  const MaybeTile Of = I ? of(V) : std::nullopt;
  if (!Of || !bitsOf(Of, V))
    return false;
  Multiples |= Of->Multiples;
  return true;
}

bool LaneTiles::empty() const {
  return none_of(instructions(*S.Body), [&](const Instruction &I) { return isUniform(I) || strideOf(I); });
}

} // namespace cuport
