// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// PTX's video instructions.
//
//   vadd.u32.u32.u32 d, a.b0, b.h1       one byte, half or word picked from each operand; then
//   .add, .min, .max with a third vadd4.u32.u32.u32 d, a, b, c         each byte (2: each half) by
//   itself; with .add the sum of the results and c

#include "PtxStatement.h"


using namespace llvm;

namespace cuport {

namespace {

/// What is done to the picked values, in 64 bits.
Value *combine(IRBuilder<> &B, StringRef Op, const ptx::Instruction &I, Value *A, Value *X) {
  if (Op == "add")
    return B.CreateAdd(A, X);
  if (Op == "sub")
    return B.CreateSub(A, X);
  if (Op == "avrg") {
    // Rounded away from 0.
    Value *Sum = B.CreateAdd(A, X);
    return B.CreateAShr(
        B.CreateAdd(Sum, B.CreateZExt(B.CreateICmpSGE(Sum, B.getInt64(0)), B.getInt64Ty())), 1);
  }
  if (Op == "absdiff")
    return B.CreateBinaryIntrinsic(llvm::Intrinsic::abs, B.CreateSub(A, X), B.getFalse());
  if (Op == "min")
    return B.CreateBinaryIntrinsic(llvm::Intrinsic::smin, A, X);
  if (Op == "max")
    return B.CreateBinaryIntrinsic(llvm::Intrinsic::smax, A, X);
  if (Op == "set") {
    const CmpInst::Predicate P = signedRelation(
        I.Parts.back() == "add" ? I.Parts[I.Parts.size() - 2] : I.Parts.back());
    return P == CmpInst::BAD_ICMP_PREDICATE ? nullptr
                                            : B.CreateZExt(B.CreateICmp(P, A, X), B.getInt64Ty());
  }
  return nullptr;
}

Value *clamp(IRBuilder<> &B, Value *V, unsigned Bits, bool Signed) {
  const int64_t Low = Signed ? -(int64_t(1) << (Bits - 1)) : 0,
                High = Signed ? (int64_t(1) << (Bits - 1)) - 1 : (int64_t(1) << Bits) - 1;
  V = B.CreateBinaryIntrinsic(llvm::Intrinsic::smax, V, B.getInt64(Low));
  return B.CreateBinaryIntrinsic(llvm::Intrinsic::smin, V, B.getInt64(High));
}

} // namespace

bool PtxStatement::video(const ptx::Instruction &I) {
  StringRef Op = I.opcode();
  if (!Op.consume_front("v") || Op == "ote" || I.Parts.size() < 3)
    return false;
  unsigned Lanes = 1;
  if (Op.ends_with("2") || Op.ends_with("4")) {
    Lanes = Op.back() - '0';
    Op = Op.drop_back();
  }
  const bool Shifts = Lanes == 1 && (Op == "shl" || Op == "shr");
  if (Op == "set" && Lanes == 1)
    return false;
  // Types of the result and the sources; vset has those of the sources only.
  std::vector<ptx::Type> Types;
  for (StringRef Part : drop_begin(I.Parts))
    if (auto T = ptx::parseType(Part))
      Types.push_back(*T);
  if (Types.size() != (Op == "set" ? 2u : 3u) || I.Operands.size() < 3 ||
      !I.Operands[0].Selector.empty())
    return false;
  const bool ASigned = Types[Types.size() - 2].What == ptx::Type::Signed,
             XSigned = Types.back().What == ptx::Type::Signed;
  const bool DSigned = Op != "set" && Types[0].What == ptx::Type::Signed;
  const unsigned Bits = 32 / Lanes;
  Type *Int32 = B.getInt32Ty(), *Int64 = B.getInt64Ty();

  auto pick = [&](unsigned Index, unsigned Lane, bool Signed) -> Value * {
    ptx::Operand O = I.Operands[Index];
    StringRef Selector = O.Selector;
    unsigned From = Lane * Bits, Width = Bits;
    if (!Selector.empty()) {
      unsigned Number = 0;
      const bool Byte = Selector.consume_front("b");
      // .b0, .h1 of one value; orders of several such as .b3210 only where they change nothing.
      if (Lanes > 1 ? Selector != "3210" && Selector != "10" && Selector != "h10"
                    : (!Byte && !Selector.consume_front("h")) ||
                          Selector.getAsInteger(10, Number) || Number > 3)
        return refuse(Int64);
      if (Lanes == 1) {
        Width = Byte ? 8 : 16;
        From = Number * Width;
      }
      O.Selector.clear();
    }
    Value *Part = B.CreateTrunc(B.CreateLShr(read(O, Int32), From), B.getIntNTy(Width));
    return Signed ? B.CreateSExt(Part, Int64) : B.CreateZExt(Part, Int64);
  };

  if (Lanes == 1) {
    Value *A = pick(1, 0, ASigned), *X = pick(2, 0, XSigned), *V = nullptr;
    if (Shifts) {
      Value *Count = I.has("wrap")
                         ? B.CreateAnd(X, 31)
                         : B.CreateBinaryIntrinsic(llvm::Intrinsic::umin, X, B.getInt64(32));
      V = Op == "shl" ? B.CreateShl(A, Count) : B.CreateAShr(A, Count);
    } else {
      V = combine(B, Op, I, A, X);
    }
    if (!V)
      return false;
    if (I.has("sat"))
      V = clamp(B, V, 32, DSigned);
    V = B.CreateTrunc(V, Int32);
    const StringRef Second = I.Parts.back();
    if (Second == "add" || Second == "min" || Second == "max") {
      Value *C = operand(3, Int32);
      V = Second == "add" ? B.CreateAdd(V, C)
          : Second == "min"
              ? B.CreateBinaryIntrinsic(DSigned ? llvm::Intrinsic::smin : llvm::Intrinsic::umin, V,
                                        C)
              : B.CreateBinaryIntrinsic(DSigned ? llvm::Intrinsic::smax : llvm::Intrinsic::umax, V,
                                        C);
    } else if (I.Operands.size() != 3) {
      return false;
    }
    set(I.Operands[0], V);
    return true;
  }

  const bool Adds = I.Parts.back() == "add";
  if (I.Operands.size() != 4)
    return false;
  Value *Result = Adds ? operand(3, Int32) : B.getInt32(0);
  for (unsigned Lane = 0; Lane < Lanes; ++Lane) {
    Value *V = combine(B, Op, I, pick(1, Lane, ASigned), pick(2, Lane, XSigned));
    if (!V)
      return false;
    if (I.has("sat"))
      V = clamp(B, V, Bits, DSigned);
    if (Adds) {
      Result = B.CreateAdd(Result, B.CreateTrunc(V, Int32));
      continue;
    }
    Value *Kept = B.CreateZExt(B.CreateTrunc(V, B.getIntNTy(Bits)), Int32);
    Result = B.CreateOr(Result, B.CreateShl(Kept, Lane * Bits));
  }
  set(I.Operands[0], Result);
  return true;
}

} // namespace cuport
