// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// `table[i]` of bytes, where i has few bits, as of ciphers and of what is done to pixels: the table is loaded whole, and each thread takes
// its byte of registers. LLVM would load for one thread after another.

#include "LaneMemory.h"
#include "Kernels.h"

#include "llvm/Analysis/ValueTracking.h"
#include "llvm/Analysis/VectorUtils.h"
#include "llvm/IR/GlobalVariable.h"
#include "llvm/IR/IntrinsicsX86.h"
#include "llvm/Support/KnownBits.h"

using namespace llvm;

namespace cuport {

namespace {

/// Bits of an index into what one instruction takes bytes of: pshufb of a quarter of a register, vpermb of one, vpermi2b of two.
constexpr unsigned BitsOfQuarter = 4, BitsOfRegister = 6, BitsOfTwo = 7;
/// Up to so many bits quarters do it, and with AVX-512's byte permutations registers: each more would double what has to be done.
constexpr unsigned MostOfQuarters = 5, MostOfRegisters = 8;

unsigned mostIndexBits(const Function &F) {
  return hasFeature(F, "+avx512vbmi") ? MostOfRegisters : hasFeature(F, "+ssse3") ? MostOfQuarters : 0;
}

/// Width elements from Begin on, as far as there are so many.
Value *part(IRBuilder<> &B, Value *Vector, unsigned Begin, unsigned Width) {
  const unsigned Count = std::min(cast<FixedVectorType>(Vector->getType())->getNumElements() - Begin, Width);
  return B.CreateShuffleVector(Vector, createSequentialMask(Begin, Count, Width - Count));
}

/// Of those at Index, whose bit Bit is set: Set, else Clear.
Value *chosen(IRBuilder<> &B, Value *Index, unsigned Bit, Value *Set, Value *Clear) {
  Value *Asked = B.CreateAnd(Index, ConstantInt::get(Index->getType(), 1U << Bit));
  return B.CreateSelect(B.CreateIsNotNull(Asked), Set, Clear);
}

/// The bytes of Table, which has 1 << Bits of them, at each Index.
Value *lookUp(IRBuilder<> &B, Value *Table, Value *Index, unsigned Bits) {
  auto piece = [&](unsigned Begin, unsigned BitsOfPiece) { return part(B, Table, Begin, 1U << BitsOfPiece); };
  if (Bits > MostOfQuarters) {
    auto two = [&](unsigned Begin) -> Value * {
      Value *Low = piece(Begin, BitsOfRegister);
      if (Bits == BitsOfRegister)
        return B.CreateIntrinsic(llvm::Intrinsic::x86_avx512_permvar_qi_512, {Low, Index});
      return B.CreateIntrinsic(llvm::Intrinsic::x86_avx512_vpermi2var_qi_512, {Low, Index, piece(Begin + (1U << BitsOfRegister), BitsOfRegister)});
    };
    return Bits > BitsOfTwo ? chosen(B, Index, BitsOfTwo, two(1U << BitsOfTwo), two(0)) : two(0);
  }
  Value *Within = B.CreateAnd(Index, ConstantInt::get(Index->getType(), (1U << BitsOfQuarter) - 1));
  auto quarter = [&](unsigned Begin) -> Value * {
    return B.CreateIntrinsic(llvm::Intrinsic::x86_ssse3_pshuf_b_128, {piece(Begin, BitsOfQuarter), Within});
  };
  return Bits > BitsOfQuarter ? chosen(B, Index, BitsOfQuarter, quarter(1U << BitsOfQuarter), quarter(0)) : quarter(0);
}

/// Whether so many bytes from there on belong to one variable.
bool isKnownToBeThere(const Value &Begin, uint64_t Bytes, const DataLayout &Layout) {
  APInt Offset(Layout.getIndexTypeSizeInBits(Begin.getType()), 0);
  auto *Variable = dyn_cast<GlobalVariable>(Begin.stripAndAccumulateConstantOffsets(Layout, Offset, true));
  return Variable && !Variable->hasExternalWeakLinkage() && Offset.isNonNegative() && Variable->getValueType()->isSized() &&
         Offset.getZExtValue() + Bytes <= Layout.getTypeAllocSize(Variable->getValueType());
}

} // namespace

bool LaneMemory::writeLookup(LoadInst &Load) {
  const Use &Address = Load.getOperandUse(0);
  const Index Of = indexOf(Load, Address);
  if (!Load.getType()->isIntegerTy(8) || !Of.Place || Shapes.at(Address).Is != Shape::Varying ||
      !Of.Place->getSourceElementType()->isIntegerTy(8))
    return false;
  const DataLayout &Layout = F.getDataLayout();
  const unsigned Bits = computeKnownBits(Of.Place->getOperand(1), Layout).countMaxActiveBits(), Bytes = 1U << Bits;
  const Use &Base = Of.Place->getOperandUse(0);
  const bool IsThere = isKnownToBeThere(*Base, Bytes, Layout);
  if (Bits == 0 || Bits > mostIndexBits(F) || !(IsThere || mayReadPast(*Base)))
    return false;
  if (Bits > MostOfQuarters) {
    Wide->removeFnAttr("min-legal-vector-width");
    Wide->addFnAttr("min-legal-vector-width", "512");
  }
  Value *Begin = first(Base), *Numbers = B.CreateZExtOrTrunc(all(*Of.Number), wide(B.getInt8Ty()));
  auto fromTable = [&] {
    LoadInst *Table = B.CreateAlignedLoad(FixedVectorType::get(B.getInt8Ty(), Bytes), Begin, Align(1));
    copyMetadata(Load, *Table);
    return part(B, lookUp(B, Table, part(B, Numbers, 0, Bits > MostOfQuarters ? 64 : 16), Bits), 0, Threads);
  };
  if (IsThere) {
    All[&Load] = fromTable();
    return true;
  }
  Value *IsReadable = isOnOnePage(Begin, Bytes);
  writeIf(Mask ? B.CreateAnd(any(), IsReadable) : IsReadable, Load, fromTable);
  return true;
}

} // namespace cuport
