// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "ByteLoads.h"

#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/PatternMatch.h"
#include "llvm/IR/ValueHandle.h"
#include "llvm/Transforms/Utils/Local.h"

using namespace llvm;
using namespace llvm::PatternMatch;

namespace cuport {

namespace {

/// What was loaded, at so many bits above a word's lowest one.
struct Part {
  LoadInst *Load;
  uint64_t Shift;

  uint64_t end() const { return Shift + Load->getType()->getIntegerBitWidth(); }
};

/// The parts of V, of which the lowest Room bits, Shift bits up, are in the word. False where it is made of anything else.
bool takeApart(Value *V, uint64_t Shift, uint64_t Room, SmallVectorImpl<Part> &Parts) {
  constexpr size_t Most = 8;
  Value *X, *Y;
  uint64_t By;
  if (match(V, m_Or(m_Value(X), m_Value(Y))))
    return takeApart(X, Shift, Room, Parts) && takeApart(Y, Shift, Room, Parts);
  if (match(V, m_Shl(m_Value(X), m_ConstantInt(By))))
    return By < Room && takeApart(X, Shift + By, Room - By, Parts);
  if (match(V, m_ZExt(m_Value(X))))
    return takeApart(X, Shift, std::min<uint64_t>(Room, X->getType()->getScalarSizeInBits()), Parts);
  auto *Load = dyn_cast<LoadInst>(V);
  if (!Load || !Load->isSimple() || !Load->getType()->isIntegerTy() || Load->getType()->getIntegerBitWidth() > Room || Parts.size() == Most)
    return false;
  Parts.push_back({Load, Shift});
  return true;
}

/// Whether the parts, in their order, are neighbours in memory as they are in the word.
bool areNeighbours(ArrayRef<Part> Parts, const DataLayout &Layout) {
  auto place = [&](const Part &P) {
    APInt Offset(Layout.getIndexTypeSizeInBits(P.Load->getPointerOperandType()), 0);
    const Value *Base = P.Load->getPointerOperand()->stripAndAccumulateConstantOffsets(Layout, Offset, /*AllowNonInbounds=*/true);
    return std::pair(Base, Offset.getSExtValue());
  };
  const auto [Base, Offset] = place(Parts.front());
  uint64_t End = 0;
  for (const Part &P : Parts) {
    const uint64_t Bits = P.end() - P.Shift;
    if (P.Shift != End || Bits % 8 != 0 || place(P) != std::pair(Base, Offset + int64_t(End / 8)))
      return false;
    End = P.end();
  }
  return true;
}

/// The last of the loads, all in one block, if nothing is written between the first of them and it.
LoadInst *lastUnwritten(ArrayRef<Part> Parts) {
  const BasicBlock *Block = Parts.front().Load->getParent();
  if (!all_of(Parts, [&](const Part &P) { return P.Load->getParent() == Block; }))
    return nullptr;
  auto isEarlier = [](const Part &A, const Part &B) { return A.Load->comesBefore(B.Load); };
  auto [First, Last] = std::minmax_element(Parts.begin(), Parts.end(), isEarlier);
  for (const Instruction *I = First->Load; I != Last->Load; I = I->getNextNode())
    if (I->mayWriteToMemory())
      return nullptr;
  return Last->Load;
}

} // namespace

void loadWordsWhole(Function &F) {
  const DataLayout &Layout = F.getDataLayout();
  if (!Layout.isLittleEndian())
    return;
  SmallVector<WeakTrackingVH> Words;
  for (Instruction &I : instructions(F))
    if (I.getOpcode() == Instruction::Or && I.getType()->isIntegerTy())
      Words.push_back(&I);
  // The largest come last.
  for (const WeakTrackingVH &Handle : reverse(Words)) {
    auto *Word = dyn_cast_or_null<Instruction>(Handle);
    SmallVector<Part> Parts;
    if (!Word || !takeApart(Word, 0, Word->getType()->getIntegerBitWidth(), Parts))
      continue;
    sort(Parts, [](const Part &A, const Part &B) { return A.Shift < B.Shift; });
    const uint64_t Bits = Parts.back().end();
    if (!is_contained({16u, 32u, 64u}, Bits) || !areNeighbours(Parts, Layout))
      continue;
    LoadInst *Last = lastUnwritten(Parts);
    if (!Last)
      continue;
    IRBuilder<> B(Last);
    LoadInst *Lowest = Parts.front().Load;
    Value *Whole = B.CreateAlignedLoad(B.getIntNTy(Bits), Lowest->getPointerOperand(), Lowest->getAlign());
    Word->replaceAllUsesWith(B.CreateZExt(Whole, Word->getType()));
    RecursivelyDeleteTriviallyDeadInstructions(Word);
  }
}

} // namespace cuport
