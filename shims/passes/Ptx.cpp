// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Ptx.h"
#include "Intrinsics.h"
#include "PtxText.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/IR/DiagnosticInfo.h"
#include "llvm/IR/InlineAsm.h"
#include "llvm/IR/InstIterator.h"

using namespace llvm;

namespace cuport {

namespace {

/// One asm statement.
class Statement {
public:
  explicit Statement(CallInst &Call) : Call(Call), M(*Call.getModule()), B(&Call) {}

  /// The instruction that has no meaning here; "" when all have been written.
  std::string run() {
    auto &Asm = *cast<InlineAsm>(Call.getCalledOperand());
    if (!takeOperands(Asm))
      return "operands in memory";
    for (const PtxInstruction &I : parsePtx(Asm.getAsmString())) {
      At = &I;
      Refused = false;
      write(I);
      if (Refused)
        return I.Name;
    }
    giveResults();
    return "";
  }

private:
  bool takeOperands(InlineAsm &Asm) {
    unsigned Number = 0, Argument = 0;
    for (const InlineAsm::ConstraintInfo &Constraint : Asm.ParseConstraints()) {
      if (Constraint.Type == InlineAsm::isClobber)
        continue;
      if (Constraint.isIndirect || Constraint.Type == InlineAsm::isLabel)
        return false;
      const std::string Name = "$" + utostr(Number++);
      if (Constraint.Type == InlineAsm::isOutput) {
        Outputs.push_back(Name);
        continue;
      }
      Value *Given = Call.getArgOperand(Argument++);
      Values[Name] = Given;
      // "+r" comes as an output and an input that is tied to it.
      unsigned Tied = 0;
      if (!Constraint.Codes.empty() && !StringRef(Constraint.Codes.front()).getAsInteger(10, Tied) && Tied < Outputs.size())
        Values[Outputs[Tied]] = Given;
    }
    return true;
  }

  void giveResults() {
    if (Outputs.empty())
      return;
    auto *Struct = dyn_cast<StructType>(Call.getType());
    Value *Result = Struct ? PoisonValue::get(Struct) : nullptr;
    for (auto [Index, Name] : enumerate(Outputs)) {
      Type *T = Struct ? Struct->getElementType(Index) : Call.getType();
      Value *Given = Values.lookup(Name) ? as(Values.lookup(Name), T) : UndefValue::get(T);
      Result = Struct ? B.CreateInsertValue(Result, Given, Index) : Given;
    }
    Call.replaceAllUsesWith(Result);
  }

  Type *typeOf(StringRef Name) {
    const unsigned Bits = bitsOfPtxType(Name);
    if (Name.starts_with("f") && Bits == 16)
      return B.getHalfTy();
    if (Name.starts_with("f") && Bits >= 32)
      return Bits == 32 ? B.getFloatTy() : B.getDoubleTy();
    return B.getIntNTy(Bits ? Bits : 32);
  }
  static bool isSigned(StringRef Type) { return Type.starts_with("s"); }
  static bool isFloat(StringRef Type) { return Type.starts_with("f"); }

  /// The same bits as a T; wider or narrower by zeros.
  Value *as(Value *V, Type *T) {
    if (V->getType() == T)
      return V;
    auto bits = [](Type *Of) { return Of->isPointerTy() ? 64u : unsigned(Of->getPrimitiveSizeInBits()); };
    Type *From = B.getIntNTy(bits(V->getType())), *To = B.getIntNTy(bits(T));
    V = V->getType()->isPointerTy() ? B.CreatePtrToInt(V, From) : B.CreateBitCast(V, From);
    V = B.CreateZExtOrTrunc(V, To);
    return T->isPointerTy() ? B.CreateIntToPtr(V, T) : B.CreateBitCast(V, T);
  }

  Value *refuse() {
    Refused = true;
    return B.getInt32(0);
  }

  Value *intrinsic(Intrinsic Id, ArrayRef<Value *> Operands = {}) { return B.CreateCall(getIntrinsic(M, Id), Operands); }
  Value *runtime(StringRef Name, Type *Result) { return B.CreateCall(M.getOrInsertFunction(Name, Result)); }

  Value *special(StringRef Name) {
    auto [Base, Dimension] = Name.split('.');
    const int Index = Dimension == "x" ? 0 : Dimension == "y" ? 1 : Dimension == "z" ? 2 : -1;
    auto place = [&](Intrinsic Id) { return Index < 0 ? refuse() : intrinsic(Id, {B.getInt32(Index)}); };
    if (Base == "%tid")
      return place(Intrinsic::ThreadIdx);
    if (Base == "%ntid")
      return place(Intrinsic::BlockDim);
    if (Base == "%ctaid")
      return place(Intrinsic::BlockIdx);
    if (Base == "%nctaid")
      return place(Intrinsic::GridDim);
    if (Base == "%laneid")
      return intrinsic(Intrinsic::Lane);
    if (Base == "WARP_SZ")
      return intrinsic(Intrinsic::WarpSize);
    if (Base == "%warpid" || Base == "%nwarpid")
      return warp(Base == "%nwarpid");
    if (Base == "%smid")
      return B.getInt32(0);
    if (Base == "%nsmid")
      return B.getInt32(1);
    if (Base == "%clock" || Base == "%clock64" || Base == "%globaltimer" || Base == "%globaltimer_lo")
      return runtime("__cuport_clock", B.getInt64Ty());
    if (Base == "%clock_hi" || Base == "%globaltimer_hi")
      return B.CreateLShr(runtime("__cuport_clock", B.getInt64Ty()), 32);
    if (Base == "%dynamic_smem_size")
      return intrinsic(Intrinsic::DynamicSharedSize);
    if (!Base.consume_front("%lanemask_"))
      return refuse();
    Value *Bit = B.CreateShl(B.getInt64(1), B.CreateZExt(intrinsic(Intrinsic::Lane), B.getInt64Ty()));
    Value *Less = B.CreateSub(Bit, B.getInt64(1));
    Value *All = B.getInt64(0xffffffffu);
    return Base == "eq"   ? Bit
           : Base == "lt" ? Less
           : Base == "le" ? B.CreateOr(Less, Bit)
           : Base == "gt" ? B.CreateAnd(B.CreateNot(B.CreateOr(Less, Bit)), All)
           : Base == "ge" ? B.CreateAnd(B.CreateNot(Less), All)
                          : refuse();
  }

  Value *warp(bool Count) {
    Value *X = intrinsic(Intrinsic::ThreadIdx, {B.getInt32(0)}), *Y = intrinsic(Intrinsic::ThreadIdx, {B.getInt32(1)}),
          *Z = intrinsic(Intrinsic::ThreadIdx, {B.getInt32(2)});
    Value *Width = intrinsic(Intrinsic::BlockDim, {B.getInt32(0)}), *Height = intrinsic(Intrinsic::BlockDim, {B.getInt32(1)}),
          *Depth = intrinsic(Intrinsic::BlockDim, {B.getInt32(2)});
    Value *Warp = intrinsic(Intrinsic::WarpSize);
    if (Count)
      return B.CreateUDiv(B.CreateAdd(B.CreateMul(Width, B.CreateMul(Height, Depth)), B.CreateSub(Warp, B.getInt32(1))), Warp);
    return B.CreateUDiv(B.CreateAdd(X, B.CreateMul(Width, B.CreateAdd(Y, B.CreateMul(Height, Z)))), Warp);
  }

  /// An operand's value, as the type says.
  Value *read(StringRef Operand, Type *T) {
    if (Value *V = Values.lookup(Operand))
      return as(V, T);
    bool Negated = Operand.consume_front("-");
    if (Operand.consume_front("0f") || Operand.consume_front("0F") || Operand.consume_front("0d") || Operand.consume_front("0D")) {
      uint64_t Bits = 0;
      if (Operand.getAsInteger(16, Bits))
        return as(refuse(), T);
      return as(B.getIntN(Operand.size() * 4, Bits), T);
    }
    uint64_t Number = 0;
    StringRef Digits = Operand;
    Digits.consume_back("U");
    if (!Digits.getAsInteger(0, Number))
      return as(B.getInt64(Negated ? -Number : Number), T);
    double Decimal = 0;
    if (T->isFloatingPointTy() && !Operand.getAsDouble(Decimal))
      return ConstantFP::get(T, Negated ? -Decimal : Decimal);
    if (Operand.starts_with("%") || Operand == "WARP_SZ")
      return as(special(Operand), T);
    return as(refuse(), T);
  }
  Value *operand(unsigned Index, Type *T) {
    return Index < At->Operands.size() ? read(At->Operands[Index], T) : as(refuse(), T);
  }

  void set(unsigned Index, Value *V) {
    if (Index >= At->Operands.size()) {
      Refused = true;
      return;
    }
    const std::string &Name = At->Operands[Index];
    if (!At->Guard.empty()) {
      Value *Old = Values.lookup(Name);
      V = B.CreateSelect(guard(), V, Old ? as(Old, V->getType()) : Constant::getNullValue(V->getType()));
    }
    Values[Name] = V;
  }
  Value *guard() {
    Value *P = read(At->Guard, B.getInt1Ty());
    return At->GuardNegated ? B.CreateNot(P) : P;
  }

  /// [register + offset]
  Value *address(StringRef Operand) {
    if (!Operand.consume_front("[") || !Operand.consume_back("]"))
      return as(refuse(), B.getPtrTy());
    auto [Base, Offset] = Operand.split('+');
    Value *Pointer = read(Base.trim(), B.getPtrTy());
    int64_t Bytes = 0;
    if (!Offset.empty() && Offset.trim().getAsInteger(0, Bytes))
      return as(refuse(), B.getPtrTy());
    return Bytes ? B.CreatePtrAdd(Pointer, B.getInt64(Bytes)) : Pointer;
  }

  SmallVector<std::string> elements(StringRef Operand) {
    SmallVector<StringRef> Parts;
    Operand.trim("{} ").split(Parts, ',');
    SmallVector<std::string> Names;
    for (StringRef Part : Parts)
      Names.push_back(Part.trim().str());
    return Names;
  }

  void memory(const PtxInstruction &I, bool IsLoad) {
    if (!I.Guard.empty() || I.Operands.size() != 2 || I.has("shared") || I.has("const") || I.has("param")) {
      Refused = true; // an address in shared memory is 32 bits wide in PTX, and no pointer here
      return;
    }
    Type *T = typeOf(I.type());
    Value *Pointer = address(I.Operands[IsLoad ? 1 : 0]);
    const bool Volatile = I.has("volatile") || I.has("relaxed") || I.has("acquire") || I.has("release") || I.has("cv") || I.has("wt");
    const Align Alignment(std::max<uint64_t>(1, T->getPrimitiveSizeInBits() / 8));
    for (auto [Index, Name] : enumerate(elements(I.Operands[IsLoad ? 0 : 1]))) {
      Value *Element = Index ? B.CreateConstInBoundsGEP1_64(T, Pointer, Index) : Pointer;
      if (IsLoad)
        Values[Name] = B.CreateAlignedLoad(T, Element, Alignment, Volatile);
      else
        B.CreateAlignedStore(read(Name, T), Element, Alignment, Volatile);
    }
  }

  Value *convert(Value *V, StringRef From, StringRef To) {
    Type *T = typeOf(To);
    if (isFloat(From) && isFloat(To))
      return B.CreateFPCast(V, T);
    if (isFloat(From)) {
      const StringRef Rounding = At->has("rni") ? "rni" : At->has("rmi") ? "rmi" : At->has("rpi") ? "rpi" : "rzi";
      using ID = llvm::Intrinsic::ID;
      const ID Round = Rounding == "rni"   ? ID(llvm::Intrinsic::roundeven)
                       : Rounding == "rmi" ? ID(llvm::Intrinsic::floor)
                       : Rounding == "rpi" ? ID(llvm::Intrinsic::ceil)
                                           : ID(llvm::Intrinsic::trunc);
      return B.CreateIntrinsic(isSigned(To) ? llvm::Intrinsic::fptosi_sat : llvm::Intrinsic::fptoui_sat, {T, V->getType()},
                               {B.CreateUnaryIntrinsic(Round, V)});
    }
    if (isFloat(To))
      return isSigned(From) ? B.CreateSIToFP(V, T) : B.CreateUIToFP(V, T);
    return isSigned(From) ? B.CreateSExtOrTrunc(V, T) : B.CreateZExtOrTrunc(V, T);
  }

  Value *lookUp(Value *A, Value *X, Value *C, unsigned Table) {
    Value *Result = Constant::getNullValue(A->getType());
    for (unsigned Row = 0; Row < 8; ++Row)
      if (Table >> Row & 1) {
        Value *Term = B.CreateAnd(Row & 4 ? A : B.CreateNot(A), Row & 2 ? X : B.CreateNot(X));
        Result = B.CreateOr(Result, B.CreateAnd(Term, Row & 1 ? C : B.CreateNot(C)));
      }
    return Result;
  }

  Value *permute(Value *A, Value *X, Value *Selector) {
    Value *Bytes = B.CreateOr(B.CreateZExt(A, B.getInt64Ty()), B.CreateShl(B.CreateZExt(X, B.getInt64Ty()), 32));
    Value *Result = B.getInt32(0);
    for (unsigned Byte = 0; Byte < 4; ++Byte) {
      Value *Control = B.CreateAnd(B.CreateLShr(Selector, 4 * Byte), 15);
      Value *Shift = B.CreateZExt(B.CreateShl(B.CreateAnd(Control, 7), 3), B.getInt64Ty());
      Value *Taken = B.CreateTrunc(B.CreateLShr(Bytes, Shift), B.getInt8Ty());
      // Bit 3 of the selector spreads the byte's sign.
      Value *Spread = B.CreateICmpNE(B.CreateAnd(Control, 8), B.getInt32(0));
      Taken = B.CreateSelect(Spread, B.CreateAShr(Taken, 7), Taken);
      Result = B.CreateOr(Result, B.CreateShl(B.CreateZExt(Taken, B.getInt32Ty()), 8 * Byte));
    }
    return Result;
  }

  /// Shifts by the width or more give 0, or the sign.
  Value *shift(Instruction::BinaryOps Way, Value *V, Value *Count) {
    const unsigned Bits = V->getType()->getIntegerBitWidth();
    Value *Inside = B.CreateICmpULT(Count, B.getInt32(Bits));
    Value *Kept = B.CreateZExtOrTrunc(B.CreateSelect(Inside, Count, B.getInt32(Bits - 1)), V->getType());
    Value *Shifted = B.CreateBinOp(Way, V, Kept);
    return Way == Instruction::AShr ? Shifted : B.CreateSelect(Inside, Shifted, Constant::getNullValue(V->getType()));
  }

  Value *multiply(StringRef Type, bool Wide, bool High) {
    llvm::Type *T = typeOf(Type);
    Value *A = operand(1, T), *X = operand(2, T);
    if (isFloat(Type))
      return B.CreateFMul(A, X);
    if (!Wide && !High)
      return B.CreateMul(A, X);
    llvm::Type *Double = B.getIntNTy(T->getIntegerBitWidth() * 2);
    Value *Product = isSigned(Type) ? B.CreateMul(B.CreateSExt(A, Double), B.CreateSExt(X, Double))
                                    : B.CreateMul(B.CreateZExt(A, Double), B.CreateZExt(X, Double));
    return Wide ? Product : B.CreateTrunc(B.CreateLShr(Product, T->getIntegerBitWidth()), T);
  }

  /// a + b with the carry register that .cc and addc share.
  Value *carrying(const PtxInstruction &I, bool Subtracts, bool TakesCarry) {
    Type *T = typeOf(I.type()), *Wide = B.getIntNTy(T->getIntegerBitWidth() + 1);
    Value *A = B.CreateZExt(operand(1, T), Wide), *X = B.CreateZExt(operand(2, T), Wide);
    Value *Carry = B.CreateZExt(TakesCarry ? (CarryBit ? CarryBit : B.getFalse()) : B.getFalse(), Wide);
    Value *Sum = Subtracts ? B.CreateSub(B.CreateSub(A, X), Carry) : B.CreateAdd(B.CreateAdd(A, X), Carry);
    if (I.has("cc"))
      CarryBit = B.CreateTrunc(B.CreateLShr(Sum, T->getIntegerBitWidth()), B.getInt1Ty());
    return B.CreateTrunc(Sum, T);
  }

  Value *compare(const PtxInstruction &I) {
    const StringRef Type = I.type();
    Value *A = operand(1, typeOf(Type)), *X = operand(2, typeOf(Type));
    const StringRef Relation = I.Parts.size() > 1 ? I.Parts[1] : "";
    const int Index = StringSwitch<int>(Relation).Case("eq", 0).Case("ne", 1).Cases({"lt", "lo"}, 2).Cases({"le", "ls"}, 3)
                          .Cases({"gt", "hi"}, 4).Cases({"ge", "hs"}, 5).Default(-1);
    if (Index < 0)
      return as(refuse(), B.getInt1Ty());
    static constexpr CmpInst::Predicate Signed[] = {CmpInst::ICMP_EQ,  CmpInst::ICMP_NE,  CmpInst::ICMP_SLT,
                                                    CmpInst::ICMP_SLE, CmpInst::ICMP_SGT, CmpInst::ICMP_SGE};
    static constexpr CmpInst::Predicate Unsigned[] = {CmpInst::ICMP_EQ,  CmpInst::ICMP_NE,  CmpInst::ICMP_ULT,
                                                      CmpInst::ICMP_ULE, CmpInst::ICMP_UGT, CmpInst::ICMP_UGE};
    static constexpr CmpInst::Predicate Floating[] = {CmpInst::FCMP_OEQ, CmpInst::FCMP_ONE, CmpInst::FCMP_OLT,
                                                      CmpInst::FCMP_OLE, CmpInst::FCMP_OGT, CmpInst::FCMP_OGE};
    return B.CreateCmp((isFloat(Type) ? Floating : isSigned(Type) ? Signed : Unsigned)[Index], A, X);
  }

  void write(const PtxInstruction &I);
  bool collective(const PtxInstruction &I, StringRef Op);
  bool moveVector(const PtxInstruction &I);
  Value *video(const PtxInstruction &I, StringRef Op);
  Value *arithmetic(const PtxInstruction &I, StringRef Op, StringRef Type);
  Value *bits(const PtxInstruction &I, StringRef Op, StringRef Type);
  bool effect(const PtxInstruction &I, StringRef Op);

  CallInst &Call;
  Module &M;
  IRBuilder<> B;
  StringMap<Value *> Values;
  SmallVector<std::string> Outputs;
  Value *CarryBit = nullptr;
  const PtxInstruction *At = nullptr;
  bool Refused = false;
};

Value *Statement::arithmetic(const PtxInstruction &I, StringRef Op, StringRef Type) {
  llvm::Type *T = typeOf(Type);
  const bool Float = isFloat(Type), Signed = isSigned(Type);
  auto unary = [&](llvm::Intrinsic::ID Id) { return B.CreateUnaryIntrinsic(Id, operand(1, T)); };
  if ((Op == "add" || Op == "sub" || Op == "addc" || Op == "subc") && !Float && (I.has("cc") || Op.ends_with("c")))
    return carrying(I, Op.starts_with("sub"), Op.ends_with("c"));
  if (Op == "add")
    return Float ? B.CreateFAdd(operand(1, T), operand(2, T)) : B.CreateAdd(operand(1, T), operand(2, T));
  if (Op == "sub")
    return Float ? B.CreateFSub(operand(1, T), operand(2, T)) : B.CreateSub(operand(1, T), operand(2, T));
  if (Op == "mul")
    return multiply(Type, I.has("wide"), I.has("hi"));
  if ((Op == "mad" || Op == "fma") && !I.has("cc")) {
    if (Float)
      return B.CreateIntrinsic(llvm::Intrinsic::fma, {T}, {operand(1, T), operand(2, T), operand(3, T)});
    Value *Product = multiply(Type, I.has("wide"), I.has("hi"));
    return B.CreateAdd(Product, operand(3, Product->getType()));
  }
  if (Op == "div" || Op == "rem") {
    Value *A = operand(1, T), *X = operand(2, T);
    if (Float)
      return Op == "div" ? B.CreateFDiv(A, X) : refuse();
    return Op == "div" ? (Signed ? B.CreateSDiv(A, X) : B.CreateUDiv(A, X)) : (Signed ? B.CreateSRem(A, X) : B.CreateURem(A, X));
  }
  if (Op == "min" || Op == "max") {
    const bool Min = Op == "min";
    const llvm::Intrinsic::ID Id = Float    ? (Min ? llvm::Intrinsic::minnum : llvm::Intrinsic::maxnum)
                                   : Signed ? (Min ? llvm::Intrinsic::smin : llvm::Intrinsic::smax)
                                            : (Min ? llvm::Intrinsic::umin : llvm::Intrinsic::umax);
    return B.CreateBinaryIntrinsic(Id, operand(1, T), operand(2, T));
  }
  if (Op == "neg")
    return Float ? B.CreateFNeg(operand(1, T)) : B.CreateNeg(operand(1, T));
  if (Op == "abs")
    return Float ? unary(llvm::Intrinsic::fabs) : B.CreateBinaryIntrinsic(llvm::Intrinsic::abs, operand(1, T), B.getFalse());
  if (Op == "sqrt")
    return unary(llvm::Intrinsic::sqrt);
  if (Op == "rsqrt")
    return B.CreateFDiv(ConstantFP::get(T, 1), unary(llvm::Intrinsic::sqrt));
  if (Op == "rcp")
    return B.CreateFDiv(ConstantFP::get(T, 1), operand(1, T));
  if (Op == "ex2")
    return unary(llvm::Intrinsic::exp2);
  if (Op == "lg2")
    return unary(llvm::Intrinsic::log2);
  if (Op == "sin")
    return unary(llvm::Intrinsic::sin);
  if (Op == "cos")
    return unary(llvm::Intrinsic::cos);
  return nullptr;
}

Value *Statement::bits(const PtxInstruction &I, StringRef Op, StringRef Type) {
  llvm::Type *T = typeOf(Type), *Int32 = B.getInt32Ty();
  if (Op == "and")
    return B.CreateAnd(operand(1, T), operand(2, T));
  if (Op == "or")
    return B.CreateOr(operand(1, T), operand(2, T));
  if (Op == "xor")
    return B.CreateXor(operand(1, T), operand(2, T));
  if (Op == "not")
    return B.CreateNot(operand(1, T));
  if (Op == "shl")
    return shift(Instruction::Shl, operand(1, T), operand(2, Int32));
  if (Op == "shr")
    return shift(isSigned(Type) ? Instruction::AShr : Instruction::LShr, operand(1, T), operand(2, Int32));
  if (Op == "popc")
    return B.CreateUnaryIntrinsic(llvm::Intrinsic::ctpop, operand(1, T));
  if (Op == "brev")
    return B.CreateUnaryIntrinsic(llvm::Intrinsic::bitreverse, operand(1, T));
  if (Op == "clz")
    return B.CreateBinaryIntrinsic(llvm::Intrinsic::ctlz, operand(1, T), B.getFalse());
  if (Op == "bfind") {
    Value *V = operand(1, T);
    if (isSigned(Type))
      V = B.CreateXor(V, B.CreateAShr(V, T->getIntegerBitWidth() - 1));
    Value *Zeros = B.CreateZExtOrTrunc(B.CreateBinaryIntrinsic(llvm::Intrinsic::ctlz, V, B.getFalse()), Int32);
    // Nothing found is -1 in both forms.
    Value *Last = B.CreateSub(B.getInt32(T->getIntegerBitWidth() - 1), Zeros);
    return I.has("shiftamt") ? B.CreateSelect(B.CreateICmpSLT(Last, B.getInt32(0)), B.getInt32(-1), Zeros) : Last;
  }
  if (Op == "bfe" || Op == "bfi") {
    const bool Insert = Op == "bfi";
    const unsigned First = Insert ? 3 : 2, Bits = T->getIntegerBitWidth();
    Value *Start = B.CreateAnd(operand(First, Int32), 255), *Length = B.CreateAnd(operand(First + 1, Int32), 255);
    Value *Mask = B.CreateNot(shift(Instruction::Shl, Constant::getAllOnesValue(T), Length));
    if (Insert) {
      Value *Placed = shift(Instruction::Shl, Mask, Start);
      Value *New = shift(Instruction::Shl, B.CreateAnd(operand(1, T), Mask), Start);
      return B.CreateOr(New, B.CreateAnd(operand(2, T), B.CreateNot(Placed)));
    }
    Value *V = operand(1, T);
    Value *Field = B.CreateAnd(shift(isSigned(Type) ? Instruction::AShr : Instruction::LShr, V, Start), Mask);
    if (!isSigned(Type))
      return Field;
    // The sign is the field's last bit, or the value's where the field reaches beyond it.
    Value *End = B.CreateSub(B.CreateAdd(Start, Length), B.getInt32(1));
    Value *Last = B.CreateBinaryIntrinsic(llvm::Intrinsic::umin, End, B.getInt32(Bits - 1));
    Value *Sign = B.CreateTrunc(B.CreateLShr(V, B.CreateZExtOrTrunc(Last, T)), B.getInt1Ty());
    Sign = B.CreateAnd(Sign, B.CreateICmpNE(Length, B.getInt32(0)));
    return B.CreateSelect(Sign, B.CreateOr(Field, B.CreateNot(Mask)), Field);
  }
  if (Op == "lop3") {
    auto *Table = dyn_cast<ConstantInt>(operand(4, Int32));
    return Table ? lookUp(operand(1, T), operand(2, T), operand(3, T), Table->getZExtValue()) : refuse();
  }
  if (Op == "prmt" && I.Parts.size() == 2)
    return permute(operand(1, Int32), operand(2, Int32), operand(3, Int32));
  if (Op == "shf") {
    Value *Low = operand(1, Int32), *High = operand(2, Int32), *Count = operand(3, Int32);
    Count = I.has("clamp") ? B.CreateBinaryIntrinsic(llvm::Intrinsic::umin, Count, B.getInt32(32)) : B.CreateAnd(Count, 31);
    Value *Both = B.CreateOr(B.CreateZExt(Low, B.getInt64Ty()), B.CreateShl(B.CreateZExt(High, B.getInt64Ty()), 32));
    Value *Wide = B.CreateZExt(Count, B.getInt64Ty());
    return B.CreateTrunc(I.has("l") ? B.CreateLShr(B.CreateShl(Both, Wide), 32) : B.CreateLShr(Both, Wide), Int32);
  }
  return nullptr;
}

/// PTX's mask of all 32 lanes is all lanes of a warp, however wide that is.
static Value *lanes(IRBuilder<> &B, Value *Mask) {
  Value *All = B.CreateICmpEQ(Mask, B.getInt32(-1));
  return B.CreateSelect(All, B.getInt64(-1), B.CreateZExt(Mask, B.getInt64Ty()));
}

/// shfl and vote, with and without .sync. The lanes of the old forms are those that are there.
bool Statement::collective(const PtxInstruction &I, StringRef Op) {
  if ((Op != "shfl" && Op != "vote") || !I.Guard.empty())
    return false;
  const bool Sync = I.has("sync"), Shuffle = Op == "shfl";
  const unsigned Plain = (Shuffle ? 4 : 2) + Sync, First = I.Operands.size() - Plain; // one more result: the predicate
  if (I.Operands.size() < Plain || First > Shuffle)
    return false;
  Type *Int32 = B.getInt32Ty(), *Int64 = B.getInt64Ty();
  Value *Mask = Sync ? lanes(B, operand(First + Plain - 1, Int32)) : intrinsic(Intrinsic::ActiveMask);
  if (!Shuffle) {
    const int Kind = I.has("ballot") ? 0 : I.has("all") ? 1 : I.has("any") ? 2 : 3; // CUPORT_VOTE_*
    Value *Voted = intrinsic(Intrinsic::Vote, {Mask, B.getInt32(Kind), B.CreateZExt(operand(1, B.getInt1Ty()), Int32)});
    set(0, Kind ? B.CreateICmpNE(Voted, B.getInt64(0)) : B.CreateTrunc(Voted, Int32));
    return true;
  }
  // The lane that is read, as PTX defines it: the third operand cuts the warp in segments and bounds the lane.
  Value *Lane = B.CreateAnd(intrinsic(Intrinsic::Lane), 31);
  Value *Given = operand(First + 2, Int32), *Control = operand(First + 3, Int32);
  Value *Segment = B.CreateAnd(B.CreateLShr(Control, 8), 31), *Outside = B.CreateXor(Segment, B.getInt32(31));
  Value *Bound = B.CreateOr(B.CreateAnd(Lane, Segment), B.CreateAnd(B.CreateAnd(Control, 31), Outside));
  Given = B.CreateAnd(Given, 31);
  Value *Source = I.has("up")     ? B.CreateSub(Lane, Given)
                  : I.has("down") ? B.CreateAdd(Lane, Given)
                  : I.has("bfly") ? B.CreateXor(Lane, Given)
                                  : B.CreateOr(B.CreateAnd(Lane, Segment), B.CreateAnd(Given, Outside));
  Value *Inside = I.has("up") ? B.CreateICmpSGE(Source, Bound) : B.CreateICmpSLE(Source, Bound);
  Source = B.CreateSelect(Inside, Source, Lane);
  Value *Read = intrinsic(Intrinsic::Shuffle, {Mask, as(operand(First + 1, Int32), Int64), B.getInt32(0) /* by index */, Source,
                                               B.getInt32(32)});
  set(0, B.CreateTrunc(Read, Int32));
  if (First)
    set(1, Inside);
  return true;
}

/// mov.b64 {low, high}, x and mov.b64 x, {low, high}
bool Statement::moveVector(const PtxInstruction &I) {
  if (I.Operands.size() != 2 || !I.Guard.empty())
    return false;
  const bool Takes = StringRef(I.Operands[0]).starts_with("{");
  const SmallVector<std::string> Names = elements(I.Operands[Takes ? 0 : 1]);
  Type *Whole = typeOf(I.type());
  const unsigned Bits = Whole->getPrimitiveSizeInBits() / Names.size();
  Type *Part = B.getIntNTy(Bits), *Integer = B.getIntNTy(Bits * Names.size());
  if (Takes) {
    Value *V = as(operand(1, Whole), Integer);
    for (auto [Index, Name] : enumerate(Names))
      Values[Name] = B.CreateTrunc(B.CreateLShr(V, Bits * Index), Part);
    return true;
  }
  Value *Sum = Constant::getNullValue(Integer);
  for (auto [Index, Name] : enumerate(Names))
    Sum = B.CreateOr(Sum, B.CreateShl(B.CreateZExt(read(Name, Part), Integer), Bits * Index));
  set(0, Sum);
  return true;
}

/// The video instructions over whole words: vadd.u32.u32.u32.add d, a, b, c = (a + b) + c.
Value *Statement::video(const PtxInstruction &I, StringRef Op) {
  if ((Op != "vadd" && Op != "vshl" && Op != "vshr") || I.has("sat") || I.Operands.size() != (I.has("add") ? 4u : 3u))
    return nullptr;
  for (StringRef Part : drop_begin(I.Parts))
    if (Part != "u32" && Part != "add" && Part != "clamp" && Part != "wrap")
      return nullptr;
  Type *T = B.getInt32Ty();
  Value *A = operand(1, T), *X = operand(2, T);
  if (I.has("wrap"))
    X = B.CreateAnd(X, 31);
  Value *Result = Op == "vadd" ? B.CreateAdd(A, X) : shift(Op == "vshl" ? Instruction::Shl : Instruction::LShr, A, X);
  return I.has("add") ? B.CreateAdd(Result, operand(3, T)) : Result;
}

/// Instructions without a result.
bool Statement::effect(const PtxInstruction &I, StringRef Op) {
  if (Op == "membar" || Op == "fence") {
    if (!I.has("proxy"))
      B.CreateFence(AtomicOrdering::SequentiallyConsistent);
    return true;
  }
  // Nothing is asynchronous here, and caches need no advice.
  if (Op == "prefetch" || Op == "prefetchu" || (Op == "cp" && (I.has("commit_group") || I.has("wait_group") || I.has("wait_all"))))
    return true;
  if (Op == "ld" || Op == "ldu" || Op == "st") {
    memory(I, Op != "st");
    return true;
  }
  if (!I.Guard.empty())
    return false;
  if ((Op == "bar" || Op == "barrier") && I.has("sync") && !I.has("warp")) {
    Value *Count = I.Operands.size() > 1 ? operand(1, B.getInt32Ty()) : B.getInt32(0);
    intrinsic(Intrinsic::Barrier, {I.Operands.empty() ? B.getInt32(0) : operand(0, B.getInt32Ty()), Count});
    return true;
  }
  if (Op == "bar" && I.has("warp")) {
    intrinsic(Intrinsic::WarpBarrier, {operand(0, B.getInt64Ty())});
    return true;
  }
  if (Op == "trap" || Op == "exit") {
    intrinsic(Op == "trap" ? Intrinsic::Trap : Intrinsic::Exit);
    return true;
  }
  return false;
}

void Statement::write(const PtxInstruction &I) {
  const StringRef Op = I.Parts.empty() ? StringRef() : I.Parts.front(), Type = I.type();
  if (effect(I, Op) || collective(I, Op))
    return;
  Value *Result = nullptr;
  if (Op == "setp" || Op == "selp" || Op == "mov" || Op == "cvt" || Op == "cvta") {
    if (Op == "mov" && I.Operands.size() != 2)
      Refused = true;
    else if (Op == "mov" && any_of(I.Operands, [](StringRef Operand) { return Operand.starts_with("{"); })) {
      Refused |= !moveVector(I);
      return;
    }
    else if (Op == "setp")
      Result = I.Operands.size() == 3 ? compare(I) : refuse();
    else if (Op == "selp")
      Result = B.CreateSelect(operand(3, B.getInt1Ty()), operand(1, typeOf(Type)), operand(2, typeOf(Type)));
    else if (Op == "cvt" && !I.has("sat"))
      Result = convert(operand(1, typeOf(Type)), Type, I.type(1));
    else if (Op == "cvt" || (Op == "cvta" && I.has("shared")))
      Refused = true;
    else
      Result = operand(1, typeOf(Type));
  } else if (!Type.empty() && !I.has("sat") && !I.has("f16x2") && !I.has("bf16")) {
    Result = arithmetic(I, Op, Type);
    if (!Result)
      Result = bits(I, Op, Type);
    if (!Result)
      Result = video(I, Op);
  }
  if (!Result)
    Refused = true;
  else
    set(0, Result);
}

} // namespace

/// The host's own assembly, which cuport's headers use, has constraints that PTX knows nothing of: x, v, m ...
static bool isPtx(const InlineAsm &Asm) {
  for (const InlineAsm::ConstraintInfo &Constraint : Asm.ParseConstraints())
    if (Constraint.Type != InlineAsm::isClobber)
      for (const std::string &Code : Constraint.Codes)
        if (Code.size() != 1 || !StringRef("hrlfdniqC0123456789").contains(Code.front()))
          return false;
  // An empty statement keeps the compiler from moving code.
  return !StringRef(Asm.getAsmString()).trim().empty();
}

void lowerPtx(Module &M) {
  SmallVector<CallInst *> Calls;
  for (Function &F : M)
    for (Instruction &I : instructions(F))
      if (auto *Call = dyn_cast<CallInst>(&I); Call && Call->isInlineAsm())
        Calls.push_back(Call);
  for (CallInst *Call : Calls) {
    if (!isPtx(*cast<InlineAsm>(Call->getCalledOperand())))
      continue;
    const std::string Refused = Statement(*Call).run();
    if (!Refused.empty())
      M.getContext().diagnose(
          DiagnosticInfoInlineAsm(*Call, "inline PTX '" + Refused + "' has no meaning on this target"));
    if (!Call->use_empty())
      Call->replaceAllUsesWith(PoisonValue::get(Call->getType()));
    Call->eraseFromParent();
  }
}

} // namespace cuport
