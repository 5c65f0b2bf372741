// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// PTX's arithmetic, bits, comparisons and conversions, as the PTX ISA defines them for every input.

#include "Ptx.h"
#include "PtxStatement.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"

using namespace llvm;

namespace cuport {

static bool isSigned(const ptx::Type &T) { return T.What == ptx::Type::Signed; }

/// bfloat16 in the upper half of a float, rounded to the nearest; every NaN becomes one.
Value *PtxStatement::toBFloat(Value *Float) {
  Value *Bits = B.CreateBitCast(Float, B.getInt32Ty());
  Value *Odd = B.CreateAnd(B.CreateLShr(Bits, 16), 1);
  Value *Rounded = B.CreateTrunc(
      B.CreateLShr(B.CreateAdd(Bits, B.CreateAdd(Odd, B.getInt32(0x7fff))), 16), B.getInt16Ty());
  return B.CreateSelect(B.CreateFCmpUNO(Float, Float), B.getInt16(0x7fff), Rounded);
}
/// half, rounded to the nearest; every NaN becomes one.
Value *PtxStatement::toHalf(Value *Float) {
  Value *Rounded = B.CreateBitCast(B.CreateFPCast(Float, B.getHalfTy()), B.getInt16Ty());
  return B.CreateSelect(B.CreateFCmpUNO(Float, Float), B.getInt16(0x7fff), Rounded);
}
Value *PtxStatement::fromBFloat(Value *Bits) {
  return B.CreateBitCast(B.CreateShl(B.CreateZExt(Bits, B.getInt32Ty()), 16), B.getFloatTy());
}

/// .sat of a float: NaN becomes 0.
Value *PtxStatement::clampToOne(Value *V) {
  Type *T = V->getType();
  V = B.CreateMaxNum(V, ConstantFP::get(T, 0.0));
  return B.CreateMinNum(V, ConstantFP::get(T, 1.0));
}

Value *PtxStatement::minMax(bool Min, bool Nan, Value *A, Value *X) {
  return B.CreateBinaryIntrinsic(Nan ? (Min ? llvm::Intrinsic::minimum : llvm::Intrinsic::maximum)
                                     : (Min ? llvm::Intrinsic::minnum : llvm::Intrinsic::maxnum),
                                 A, X);
}

Value *PtxStatement::unaryMath(StringRef Op) {
  Type *T = typeOr32(*At);
  if (!T->isFloatingPointTy())
    return nullptr;
  auto unary = [&](llvm::Intrinsic::ID Id) { return B.CreateUnaryIntrinsic(Id, operand(1, T)); };
  auto inverse = [&](Value *V) { return B.CreateFDiv(ConstantFP::get(T, 1), V); };
  if (Op == "sqrt")
    return unary(llvm::Intrinsic::sqrt);
  if (Op == "rsqrt")
    return inverse(unary(llvm::Intrinsic::sqrt));
  if (Op == "rcp")
    return inverse(operand(1, T));
  if (Op == "ex2")
    return unary(llvm::Intrinsic::exp2);
  if (Op == "lg2")
    return unary(llvm::Intrinsic::log2);
  if (Op == "sin")
    return unary(llvm::Intrinsic::sin);
  if (Op == "cos")
    return unary(llvm::Intrinsic::cos);
  if (Op == "tanh")
    return unary(llvm::Intrinsic::tanh);
  return nullptr;
}

/// Directed roundings have no counterpart in LLVM without a change of the processor's mode.
Value *PtxStatement::floating(const ptx::Instruction &I) {
  const StringRef Op = I.opcode();
  const ptx::Type Holds = *I.type();
  if (I.has("rz") || I.has("rm") || I.has("rp"))
    return nullptr;
  const bool BFloat = Holds.What == ptx::Type::BFloat;
  const bool Half = Holds.What == ptx::Type::Float && Holds.Bits == 16;
  Type *T = typeOf(Holds), *Bits = T;
  if (BFloat)
    T = Holds.Lanes == 1 ? B.getFloatTy()
                         : static_cast<Type *>(FixedVectorType::get(B.getFloatTy(), Holds.Lanes));
  // The lanes of bfloat16 are computed one by one, in float.
  auto source = [&](unsigned Index) -> Value * {
    Value *V = operand(Index, Bits);
    if (!BFloat)
      return V;
    if (Holds.Lanes == 1)
      return fromBFloat(V);
    Value *Floats = PoisonValue::get(T);
    for (unsigned Lane = 0; Lane < Holds.Lanes; ++Lane)
      Floats = B.CreateInsertElement(Floats, fromBFloat(B.CreateExtractElement(V, Lane)), Lane);
    return Floats;
  };
  Value *Result = nullptr;
  if (Op == "add")
    Result = B.CreateFAdd(source(1), source(2));
  else if (Op == "sub")
    Result = B.CreateFSub(source(1), source(2));
  else if (Op == "mul")
    Result = B.CreateFMul(source(1), source(2));
  else if (Op == "fma" || Op == "mad")
    Result = B.CreateIntrinsic(llvm::Intrinsic::fma, {T}, {source(1), source(2), source(3)});
  else if (Op == "div")
    Result = B.CreateFDiv(source(1), source(2));
  else if ((Op == "min" || Op == "max") && !I.has("xorsign"))
    Result = minMax(Op == "min", I.has("NaN"), source(1), source(2));
  else if (Op == "neg")
    Result = B.CreateFNeg(source(1));
  else if (Op == "abs")
    Result = B.CreateUnaryIntrinsic(llvm::Intrinsic::fabs, source(1));
  else if (Op == "copysign")
    Result = B.CreateCopySign(source(2), source(1));
  else if (!BFloat && !Half)
    Result = unaryMath(Op);
  if (!Result)
    return nullptr;
  if (I.has("relu")) {
    // NaN stays.
    Value *Zero = Constant::getNullValue(T);
    Result = B.CreateSelect(B.CreateFCmpOLT(Result, Zero), Zero, Result);
  }
  if (I.has("sat"))
    Result = Holds.Lanes == 1 && !BFloat ? clampToOne(Result) : nullptr;
  if (!Result || !BFloat)
    return Result;
  if (Holds.Lanes == 1)
    return toBFloat(Result);
  Value *Packed = PoisonValue::get(Bits);
  for (unsigned Lane = 0; Lane < Holds.Lanes; ++Lane)
    Packed = B.CreateInsertElement(Packed, toBFloat(B.CreateExtractElement(Result, Lane)), Lane);
  return Packed;
}

/// mul and mad of integers, .lo, .hi, .wide and of 24 bits.
Value *PtxStatement::product(const ptx::Instruction &I) {
  const StringRef Op = I.opcode();
  const ptx::Type Holds = *I.type();
  Type *T = typeOf(Holds), *Double = B.getIntNTy(Holds.Bits * 2);
  Value *A = operand(1, T), *X = operand(2, T);
  const bool Short = Op.ends_with("24");
  if (Short) {
    // The low 24 bits, with their sign.
    auto low = [&](Value *V) {
      return isSigned(Holds) ? B.CreateAShr(B.CreateShl(V, 8), 8) : B.CreateAnd(V, 0xffffff);
    };
    A = low(A);
    X = low(X);
  }
  auto widen = [&](Value *V) {
    return isSigned(Holds) ? B.CreateSExt(V, Double) : B.CreateZExt(V, Double);
  };
  Value *Product = B.CreateMul(widen(A), widen(X));
  // mul24.hi gives bits 47 to 16.
  if (!I.has("wide"))
    Product =
        B.CreateTrunc(I.has("hi") ? B.CreateLShr(Product, Short ? 16 : Holds.Bits) : Product, T);
  if (!Op.starts_with("mad"))
    return Product;
  Value *Third = operand(3, Product->getType());
  if (I.has("sat"))
    return B.CreateBinaryIntrinsic(llvm::Intrinsic::sadd_sat, Product, Third);
  return B.CreateAdd(Product, Third);
}

/// Sums with the carry that .cc leaves and addc, subc, madc take.
Value *PtxStatement::carrying(const ptx::Instruction &I) {
  const StringRef Op = I.opcode();
  const bool Takes = Op.ends_with("c"), Subtracts = Op.starts_with("sub");
  Type *T = typeOr32(I);
  Value *A = operand(1, T), *X = operand(2, T);
  if (Op.starts_with("mad")) {
    ptx::Instruction Plain = I;
    Plain.Parts[0] = "mul";
    A = product(Plain);
    T = A->getType();
    X = operand(3, T);
  }
  GlobalVariable *Carry = carryOf(M);
  Type *Wide = B.getIntNTy(T->getIntegerBitWidth() + 1);
  Value *In =
      Takes ? B.CreateZExt(B.CreateLoad(B.getInt1Ty(), Carry), Wide) : Constant::getNullValue(Wide);
  A = B.CreateZExt(A, Wide);
  X = B.CreateZExt(X, Wide);
  Value *Sum = Subtracts ? B.CreateSub(B.CreateSub(A, X), In) : B.CreateAdd(B.CreateAdd(A, X), In);
  if (I.has("cc"))
    B.CreateStore(B.CreateTrunc(B.CreateLShr(Sum, T->getIntegerBitWidth()), B.getInt1Ty()), Carry);
  return B.CreateTrunc(Sum, T);
}

Value *PtxStatement::lookUp(Value *A, Value *X, Value *C, unsigned Table) {
  Value *Result = Constant::getNullValue(A->getType());
  for (unsigned Row = 0; Row < 8; ++Row)
    if (Table >> Row & 1) {
      Value *Term = B.CreateAnd(Row & 4 ? A : B.CreateNot(A), Row & 2 ? X : B.CreateNot(X));
      Result = B.CreateOr(Result, B.CreateAnd(Term, Row & 1 ? C : B.CreateNot(C)));
    }
  return Result;
}

/// prmt: four bytes of eight, by four selectors or by a mode that makes them out of the third
/// operand's low bits.
Value *PtxStatement::permute(StringRef Mode) {
  Type *Int32 = B.getInt32Ty(), *Int64 = B.getInt64Ty();
  Value *Selector = operand(3, Int32);
  Value *Bytes = B.CreateOr(B.CreateZExt(operand(1, Int32), Int64),
                            B.CreateShl(B.CreateZExt(operand(2, Int32), Int64), 32));
  if (!Mode.empty()) {
    // The selectors for 0, 1, 2, 3, in hexadecimal.
    static constexpr std::pair<StringLiteral, uint16_t> Modes[][4] = {
        {{"f4e", 0x3210}, {"f4e", 0x4321}, {"f4e", 0x5432}, {"f4e", 0x6543}},
        {{"b4e", 0x5670}, {"b4e", 0x6701}, {"b4e", 0x7012}, {"b4e", 0x0123}},
        {{"rc8", 0x0000}, {"rc8", 0x1111}, {"rc8", 0x2222}, {"rc8", 0x3333}},
        {{"ecl", 0x3210}, {"ecl", 0x3211}, {"ecl", 0x3222}, {"ecl", 0x3333}},
        {{"ecr", 0x0000}, {"ecr", 0x1110}, {"ecr", 0x2210}, {"ecr", 0x3210}},
        {{"rc16", 0x1010}, {"rc16", 0x3232}, {"rc16", 0x1010}, {"rc16", 0x3232}}};
    Value *Low = B.CreateAnd(Selector, 3);
    Selector = nullptr;
    for (const auto &Rows : Modes) {
      if (Rows[0].first != Mode)
        continue;
      Selector = B.getInt32(Rows[0].second);
      for (unsigned N = 1; N < 4; ++N)
        Selector = B.CreateSelect(B.CreateICmpEQ(Low, B.getInt32(N)), B.getInt32(Rows[N].second),
                                  Selector);
    }
    if (!Selector)
      return nullptr;
  }
  Value *Result = B.getInt32(0);
  for (unsigned Byte = 0; Byte < 4; ++Byte) {
    Value *Control = B.CreateAnd(B.CreateLShr(Selector, 4 * Byte), 15);
    Value *Shift = B.CreateZExt(B.CreateShl(B.CreateAnd(Control, 7), 3), Int64);
    Value *Taken = B.CreateTrunc(B.CreateLShr(Bytes, Shift), B.getInt8Ty());
    // Bit 3 of the selector spreads the byte's sign.
    Value *Spread = B.CreateICmpNE(B.CreateAnd(Control, 8), B.getInt32(0));
    Taken = B.CreateSelect(Spread, B.CreateAShr(Taken, 7), Taken);
    Result = B.CreateOr(Result, B.CreateShl(B.CreateZExt(Taken, Int32), 8 * Byte));
  }
  return Result;
}

/// Shifts by the width or more give 0, or the sign.
Value *PtxStatement::shift(Instruction::BinaryOps Way, Value *V, Value *Count) {
  const unsigned Bits = V->getType()->getIntegerBitWidth();
  Value *Inside = B.CreateICmpULT(Count, B.getInt32(Bits));
  Value *Kept =
      B.CreateZExtOrTrunc(B.CreateSelect(Inside, Count, B.getInt32(Bits - 1)), V->getType());
  Value *Shifted = B.CreateBinOp(Way, V, Kept);
  return Way == Instruction::AShr
             ? Shifted
             : B.CreateSelect(Inside, Shifted, Constant::getNullValue(V->getType()));
}

/// bfe, bfi, bmsk: start and length are taken modulo 256.
Value *PtxStatement::field(const ptx::Instruction &I) {
  const StringRef Op = I.opcode();
  const ptx::Type Holds = *I.type();
  Type *T = typeOf(Holds), *Int32 = B.getInt32Ty();
  const unsigned First = Op == "bfi" ? 3 : Op == "bfe" ? 2 : 1;
  Value *Start = operand(First, Int32), *Length = operand(First + 1, Int32);
  if (Op == "bmsk") {
    if (I.has("wrap")) {
      Start = B.CreateAnd(Start, 31);
      Length = B.CreateAnd(Length, 31);
    }
  } else {
    Start = B.CreateAnd(Start, 255);
    Length = B.CreateAnd(Length, 255);
  }
  Value *Mask = B.CreateNot(shift(Instruction::Shl, Constant::getAllOnesValue(T), Length));
  if (Op == "bmsk")
    return shift(Instruction::Shl, Mask, Start);
  if (Op == "bfi") {
    Value *Placed = shift(Instruction::Shl, Mask, Start);
    Value *New = shift(Instruction::Shl, B.CreateAnd(operand(1, T), Mask), Start);
    return B.CreateOr(New, B.CreateAnd(operand(2, T), B.CreateNot(Placed)));
  }
  Value *V = operand(1, T);
  Value *Field =
      B.CreateAnd(shift(isSigned(Holds) ? Instruction::AShr : Instruction::LShr, V, Start), Mask);
  if (!isSigned(Holds))
    return Field;
  // The sign is the field's last bit, or the value's where the field reaches beyond it.
  Value *End = B.CreateSub(B.CreateAdd(Start, Length), B.getInt32(1));
  Value *Last = B.CreateBinaryIntrinsic(llvm::Intrinsic::umin, End, B.getInt32(Holds.Bits - 1));
  Value *Sign = B.CreateTrunc(B.CreateLShr(V, B.CreateZExtOrTrunc(Last, T)), B.getInt1Ty());
  Sign = B.CreateAnd(Sign, B.CreateICmpNE(Length, B.getInt32(0)));
  return B.CreateSelect(Sign, B.CreateOr(Field, B.CreateNot(Mask)), Field);
}

/// dp4a, dp2a: products of bytes, or of halves with the low or high two bytes, plus a third
/// operand.
Value *PtxStatement::dot(const ptx::Instruction &I) {
  const bool Four = I.opcode() == "dp4a";
  auto SecondType = I.type(), FirstType = I.type(1);
  if (!SecondType || !FirstType)
    return nullptr;
  Type *Int32 = B.getInt32Ty();
  Value *A = operand(1, Int32), *X = operand(2, Int32), *Sum = operand(3, Int32);
  auto part = [&](Value *V, unsigned Bit, unsigned Bits, bool Signed) {
    Value *Part = B.CreateTrunc(B.CreateLShr(V, Bit), B.getIntNTy(Bits));
    return Signed ? B.CreateSExt(Part, Int32) : B.CreateZExt(Part, Int32);
  };
  for (unsigned N = 0; N < (Four ? 4u : 2u); ++N)
    Sum = B.CreateAdd(
        Sum, B.CreateMul(part(A, Four ? 8 * N : 16 * N, Four ? 8 : 16, isSigned(*FirstType)),
                         part(X, 8 * N + (I.has("hi") ? 16 : 0), 8, isSigned(*SecondType))));
  return Sum;
}

Value *PtxStatement::bits(const ptx::Instruction &I) {
  const StringRef Op = I.opcode();
  const ptx::Type Holds = *I.type();
  Type *T = typeOf(Holds), *Int32 = B.getInt32Ty();
  if (Op == "and")
    return B.CreateAnd(operand(1, T), operand(2, T));
  if (Op == "or")
    return B.CreateOr(operand(1, T), operand(2, T));
  if (Op == "xor")
    return B.CreateXor(operand(1, T), operand(2, T));
  if (Op == "not")
    return B.CreateNot(operand(1, T));
  if (Op == "cnot")
    return B.CreateZExt(B.CreateICmpEQ(operand(1, T), Constant::getNullValue(T)), T);
  if (Op == "shl")
    return shift(Instruction::Shl, operand(1, T), operand(2, Int32));
  if (Op == "shr")
    return shift(isSigned(Holds) ? Instruction::AShr : Instruction::LShr, operand(1, T),
                 operand(2, Int32));
  if (Op == "popc")
    return B.CreateUnaryIntrinsic(llvm::Intrinsic::ctpop, operand(1, T));
  if (Op == "brev")
    return B.CreateUnaryIntrinsic(llvm::Intrinsic::bitreverse, operand(1, T));
  if (Op == "clz")
    return B.CreateBinaryIntrinsic(llvm::Intrinsic::ctlz, operand(1, T), B.getFalse());
  if (Op == "bfind") {
    Value *V = operand(1, T);
    if (isSigned(Holds))
      V = B.CreateXor(V, B.CreateAShr(V, Holds.Bits - 1));
    Value *Zeros =
        B.CreateZExtOrTrunc(B.CreateBinaryIntrinsic(llvm::Intrinsic::ctlz, V, B.getFalse()), Int32);
    // Nothing found is -1 in both forms.
    Value *Last = B.CreateSub(B.getInt32(Holds.Bits - 1), Zeros);
    return I.has("shiftamt")
               ? B.CreateSelect(B.CreateICmpSLT(Last, B.getInt32(0)), B.getInt32(-1), Zeros)
               : Last;
  }
  if (Op == "bfe" || Op == "bfi" || Op == "bmsk")
    return field(I);
  if (Op == "lop3") {
    auto Table = constant(4);
    return Table ? lookUp(operand(1, T), operand(2, T), operand(3, T), *Table) : nullptr;
  }
  if (Op == "prmt")
    return permute(I.Parts.size() > 2 ? I.Parts[2] : "");
  if (Op == "shf") {
    Value *Low = operand(1, Int32), *High = operand(2, Int32), *Count = operand(3, Int32);
    Count = I.has("clamp") ? B.CreateBinaryIntrinsic(llvm::Intrinsic::umin, Count, B.getInt32(32))
                           : B.CreateAnd(Count, 31);
    Value *Both = B.CreateOr(B.CreateZExt(Low, B.getInt64Ty()),
                             B.CreateShl(B.CreateZExt(High, B.getInt64Ty()), 32));
    Value *Wide = B.CreateZExt(Count, B.getInt64Ty());
    return B.CreateTrunc(
        I.has("l") ? B.CreateLShr(B.CreateShl(Both, Wide), 32) : B.CreateLShr(Both, Wide), Int32);
  }
  return nullptr;
}

Value *PtxStatement::arithmetic(const ptx::Instruction &I) {
  const StringRef Op = I.opcode();
  if (Op == "cvt")
    return convert(I);
  if (Op == "dp4a" || Op == "dp2a")
    return dot(I);
  if (!I.type())
    return nullptr;
  const ptx::Type Holds = *I.type();
  if (Holds.isFloat())
    return floating(I);
  const bool Signed = isSigned(Holds);
  Type *T = typeOf(Holds);
  if (Holds.What == ptx::Type::Predicate || Holds.Lanes != 1)
    return Holds.Lanes == 1 ? bits(I) : nullptr;
  if (Op == "addc" || Op == "subc" || Op == "madc" || I.has("cc"))
    return carrying(I);
  if (Op == "add" || Op == "sub") {
    Value *A = operand(1, T), *X = operand(2, T);
    if (I.has("sat"))
      return B.CreateBinaryIntrinsic(
          Op == "add" ? llvm::Intrinsic::sadd_sat : llvm::Intrinsic::ssub_sat, A, X);
    return Op == "add" ? B.CreateAdd(A, X) : B.CreateSub(A, X);
  }
  if (Op == "mul" || Op == "mad" || Op == "mul24" || Op == "mad24")
    return product(I);
  if (Op == "div" || Op == "rem") {
    Value *A = operand(1, T), *X = operand(2, T);
    return Op == "div" ? (Signed ? B.CreateSDiv(A, X) : B.CreateUDiv(A, X))
                       : (Signed ? B.CreateSRem(A, X) : B.CreateURem(A, X));
  }
  if (Op == "min" || Op == "max") {
    const bool Min = Op == "min";
    Value *Result =
        B.CreateBinaryIntrinsic(Signed ? (Min ? llvm::Intrinsic::smin : llvm::Intrinsic::smax)
                                       : (Min ? llvm::Intrinsic::umin : llvm::Intrinsic::umax),
                                operand(1, T), operand(2, T));
    return I.has("relu")
               ? B.CreateBinaryIntrinsic(llvm::Intrinsic::smax, Result, Constant::getNullValue(T))
               : Result;
  }
  if (Op == "neg")
    return B.CreateNeg(operand(1, T));
  if (Op == "abs")
    return B.CreateBinaryIntrinsic(llvm::Intrinsic::abs, operand(1, T), B.getFalse());
  if (Op == "sad") {
    Value *A = operand(1, T), *X = operand(2, T);
    Value *More = Signed ? B.CreateICmpSGT(A, X) : B.CreateICmpUGT(A, X);
    return B.CreateAdd(B.CreateSelect(More, B.CreateSub(A, X), B.CreateSub(X, A)), operand(3, T));
  }
  return bits(I);
}

CmpInst::Predicate signedRelation(StringRef Name) {
  return StringSwitch<CmpInst::Predicate>(Name)
      .Case("eq", CmpInst::ICMP_EQ)
      .Case("ne", CmpInst::ICMP_NE)
      .Case("lt", CmpInst::ICMP_SLT)
      .Case("le", CmpInst::ICMP_SLE)
      .Case("gt", CmpInst::ICMP_SGT)
      .Case("ge", CmpInst::ICMP_SGE)
      .Default(CmpInst::BAD_ICMP_PREDICATE);
}

/// setp, selp, set, slct.
bool PtxStatement::compare(const ptx::Instruction &I) {
  const StringRef Op = I.opcode();
  auto Holds = I.type();
  if (!Holds || Holds->Lanes != 1 || Holds->What == ptx::Type::BFloat)
    return false;
  Type *T = typeOf(*Holds);
  if (Op == "selp") {
    set(I.Operands[0], B.CreateSelect(operand(3, B.getInt1Ty()), operand(1, T), operand(2, T)));
    return true;
  }
  if (Op == "slct") {
    Value *By = operand(3, T), *Zero = Constant::getNullValue(T);
    Type *Result = typeOr32(I, 1);
    set(I.Operands[0],
        B.CreateSelect(Holds->isFloat() ? B.CreateFCmpOGE(By, Zero) : B.CreateICmpSGE(By, Zero),
                       operand(1, Result), operand(2, Result)));
    return true;
  }
  if ((Op != "setp" && Op != "set") || I.Parts.size() < 3)
    return false;
  Value *A = operand(1, T), *X = operand(2, T);
  const StringRef Relation = I.Parts[1];
  CmpInst::Predicate P = CmpInst::BAD_ICMP_PREDICATE;
  if (Holds->isFloat())
    P = StringSwitch<CmpInst::Predicate>(Relation)
            .Case("eq", CmpInst::FCMP_OEQ)
            .Case("ne", CmpInst::FCMP_ONE)
            .Case("lt", CmpInst::FCMP_OLT)
            .Case("le", CmpInst::FCMP_OLE)
            .Case("gt", CmpInst::FCMP_OGT)
            .Case("ge", CmpInst::FCMP_OGE)
            .Case("equ", CmpInst::FCMP_UEQ)
            .Case("neu", CmpInst::FCMP_UNE)
            .Case("ltu", CmpInst::FCMP_ULT)
            .Case("leu", CmpInst::FCMP_ULE)
            .Case("gtu", CmpInst::FCMP_UGT)
            .Case("geu", CmpInst::FCMP_UGE)
            .Case("num", CmpInst::FCMP_ORD)
            .Case("nan", CmpInst::FCMP_UNO)
            .Default(P);
  else if (isSigned(*Holds))
    P = signedRelation(Relation);
  else
    P = StringSwitch<CmpInst::Predicate>(Relation)
            .Case("eq", CmpInst::ICMP_EQ)
            .Case("ne", CmpInst::ICMP_NE)
            .Cases({"lt", "lo"}, CmpInst::ICMP_ULT)
            .Cases({"le", "ls"}, CmpInst::ICMP_ULE)
            .Cases({"gt", "hi"}, CmpInst::ICMP_UGT)
            .Cases({"ge", "hs"}, CmpInst::ICMP_UGE)
            .Default(P);
  if (P == CmpInst::BAD_ICMP_PREDICATE)
    return false;
  // A third predicate is joined to the comparison, and to its opposite for the second result.
  const StringRef Joined = I.Parts[2];
  auto join = [&](Value *V) -> Value * {
    if (Joined != "and" && Joined != "or" && Joined != "xor")
      return V;
    Value *Third = operand(3, B.getInt1Ty());
    return Joined == "and"  ? B.CreateAnd(V, Third)
           : Joined == "or" ? B.CreateOr(V, Third)
                            : B.CreateXor(V, Third);
  };
  Value *Plain = B.CreateCmp(P, A, X), *Holding = join(Plain);
  if (Op == "set") {
    auto Gives = I.type(1);
    if (!Gives)
      return false;
    Type *Result = typeOf(*Gives);
    set(I.Operands[0], B.CreateSelect(Holding,
                                      Gives->isFloat() ? ConstantFP::get(Result, 1.0)
                                                       : Constant::getAllOnesValue(Result),
                                      Constant::getNullValue(Result)));
    return Gives->Lanes == 1;
  }
  const ptx::Operand &To = I.Operands[0];
  if (To.What != ptx::Operand::Pair) {
    set(To, Holding);
    return true;
  }
  Value *Opposite = join(B.CreateNot(Plain));
  set(To.Elements[0], Holding);
  set(To.Elements[1], Opposite);
  return true;
}

Value *PtxStatement::convert(const ptx::Instruction &I) {
  auto From = I.type(), To = I.type(1);
  // tf32 is a float whose low 13 bits are 0; .rna rounds halves away from 0, .rn to even.
  if (I.Parts.size() >= 3 && I.has("tf32")) {
    Value *V = operand(1, B.getInt32Ty());
    Value *Half = I.has("rna")
                      ? static_cast<Value *>(B.getInt32(0x1000))
                      : B.CreateAdd(B.getInt32(0xfff), B.CreateAnd(B.CreateLShr(V, 13), 1));
    if (!I.has("rna") && !I.has("rn"))
      return nullptr;
    Value *Rounded = B.CreateAnd(B.CreateAdd(V, Half), ~0x1fffu);
    Value *Number = B.CreateICmpULT(B.CreateAnd(V, 0x7fffffff), B.getInt32(0x7f800000));
    return B.CreateSelect(Number, Rounded, V);
  }
  if (!From || !To || I.has("rz") || I.has("rm") || I.has("rp") || I.has("pack") ||
      I.has("scaled") || I.has("satfinite"))
    return nullptr;
  const bool Relu = I.has("relu");
  auto narrow = [&](Value *V) -> Value * {
    if (Relu)
      V = B.CreateSelect(B.CreateFCmpOLT(V, Constant::getNullValue(V->getType())),
                         Constant::getNullValue(V->getType()), V);
    return To->What == ptx::Type::BFloat ? toBFloat(V) : toHalf(V);
  };
  if (To->Lanes == 2) {
    if (From->What != ptx::Type::Float || From->Bits != 32 || To->Bits != 16 ||
        I.Operands.size() != 3)
      return nullptr;
    // The first source is the upper half.
    Value *High = B.CreateZExt(narrow(operand(1, B.getFloatTy())), B.getInt32Ty()),
          *Low = B.CreateZExt(narrow(operand(2, B.getFloatTy())), B.getInt32Ty());
    return B.CreateOr(B.CreateShl(High, 16), Low);
  }
  if (From->Lanes != 1)
    return nullptr;
  Value *V = operand(1, typeOf(*From));
  if (From->What == ptx::Type::BFloat)
    V = fromBFloat(V);
  const bool FromFloat = From->isFloat(),
             Rounds = I.has("rni") || I.has("rzi") || I.has("rmi") || I.has("rpi");
  if (FromFloat && (Rounds || !To->isFloat())) {
    using ID = llvm::Intrinsic::ID;
    const ID Round = I.has("rni")   ? ID(llvm::Intrinsic::roundeven)
                     : I.has("rmi") ? ID(llvm::Intrinsic::floor)
                     : I.has("rpi") ? ID(llvm::Intrinsic::ceil)
                                    : ID(llvm::Intrinsic::trunc);
    V = B.CreateUnaryIntrinsic(Round, V);
  }
  if (To->isFloat()) {
    Type *T = typeOf(*To);
    if (To->What == ptx::Type::BFloat)
      T = B.getFloatTy();
    if (!FromFloat)
      V = isSigned(*From) ? B.CreateSIToFP(V, T) : B.CreateUIToFP(V, T);
    else if (To->Bits == 16 && (To->What == ptx::Type::BFloat || Relu))
      return narrow(B.CreateFPCast(V, B.getFloatTy()));
    else if (To->Bits == 16 && From->Bits > 16 && !I.has("sat"))
      return toHalf(V);
    else
      V = B.CreateFPCast(V, T);
    if (I.has("sat"))
      V = clampToOne(V);
    return To->What == ptx::Type::BFloat ? toBFloat(V) : V;
  }
  Type *T = typeOf(*To);
  // A register is wider than a byte: the rest is filled as the type says.
  auto fill = [&](Value *Narrow) {
    return isSigned(*To) && To->Bits < 64 ? B.CreateSExt(Narrow, B.getInt64Ty()) : Narrow;
  };
  if (FromFloat) {
    Value *Whole =
        B.CreateIntrinsic(isSigned(*To) ? llvm::Intrinsic::fptosi_sat : llvm::Intrinsic::fptoui_sat,
                          {T, V->getType()}, {V});
    // NaN gives 0 between 32 bits and fewer, else the highest bit alone.
    if (From->Bits == 64 || To->Bits == 64)
      Whole = B.CreateSelect(B.CreateFCmpUNO(V, V),
                             ConstantInt::get(T, APInt::getSignMask(To->Bits)), Whole);
    return fill(Whole);
  }
  if (I.has("sat")) {
    // In 128 bits every value compares.
    Type *Wide = B.getIntNTy(128);
    V = isSigned(*From) ? B.CreateSExt(V, Wide) : B.CreateZExt(V, Wide);
    const APInt Low = isSigned(*To) ? APInt::getSignedMinValue(To->Bits).sext(128) : APInt(128, 0);
    const APInt High = isSigned(*To) ? APInt::getSignedMaxValue(To->Bits).sext(128)
                                     : APInt::getMaxValue(To->Bits).zext(128);
    V = B.CreateBinaryIntrinsic(llvm::Intrinsic::smax, V, ConstantInt::get(Wide, Low));
    V = B.CreateBinaryIntrinsic(llvm::Intrinsic::smin, V, ConstantInt::get(Wide, High));
    return fill(B.CreateTrunc(V, T));
  }
  return fill(isSigned(*From) ? B.CreateSExtOrTrunc(V, T) : B.CreateZExtOrTrunc(V, T));
}

} // namespace cuport
