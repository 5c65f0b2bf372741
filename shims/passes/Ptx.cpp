// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Ptx.h"
#include "PtxStatement.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/IR/DiagnosticInfo.h"
#include "llvm/IR/InstIterator.h"

using namespace llvm;

namespace cuport {

AllocaInst *PtxStatement::makeSlot(Type *T) {
  BasicBlock &Entry = Call.getFunction()->getEntryBlock();
  IRBuilder<> AtEntry(&Entry, Entry.getFirstNonPHIOrDbgOrAlloca());
  return AtEntry.CreateAlloca(T);
}

bool PtxStatement::takeOperands(InlineAsm &Asm) {
  unsigned Given = 0;
  auto *Struct = dyn_cast<StructType>(Call.getType());
  for (const InlineAsm::ConstraintInfo &Constraint : Asm.ParseConstraints()) {
    if (Constraint.Type == InlineAsm::isClobber)
      continue;
    if (Constraint.isIndirect || Constraint.Type == InlineAsm::isLabel)
      return false;
    if (Constraint.Type == InlineAsm::isOutput) {
      Type *T = Struct ? Struct->getElementType(OutputCount) : Call.getType();
      AllocaInst *Slot = makeSlot(T);
      // What a predicate leaves unwritten has no value in PTX; here it is 0 every time.
      B.CreateStore(Constant::getNullValue(T), Slot);
      Arguments.push_back({Slot, T});
      ++OutputCount;
      continue;
    }
    Value *V = Call.getArgOperand(Given++);
    // "+r" comes as an output and an input that is tied to it.
    unsigned Tied = 0;
    if (!Constraint.Codes.empty() && !StringRef(Constraint.Codes.front()).getAsInteger(10, Tied) &&
        Tied < OutputCount) {
      B.CreateStore(as(V, Arguments[Tied].Holds), Arguments[Tied].Slot);
      Arguments.push_back({Arguments[Tied].Slot, Arguments[Tied].Holds});
      continue;
    }
    AllocaInst *Slot = makeSlot(V->getType());
    B.CreateStore(V, Slot);
    Arguments.push_back({Slot, V->getType(), isa<Constant>(V) ? V : nullptr});
  }
  return true;
}

void PtxStatement::giveResults() {
  B.SetInsertPoint(&Call);
  if (OutputCount == 0)
    return;
  auto *Struct = dyn_cast<StructType>(Call.getType());
  Value *Result = Struct ? PoisonValue::get(Struct) : nullptr;
  for (unsigned Index = 0; Index < OutputCount; ++Index) {
    Value *Given = B.CreateLoad(Arguments[Index].Holds, Arguments[Index].Slot);
    Result = Struct ? B.CreateInsertValue(Result, Given, Index) : Given;
  }
  Call.replaceAllUsesWith(Result);
}

std::string PtxStatement::run() {
  if (!takeOperands(*cast<InlineAsm>(Call.getCalledOperand())))
    return "operands in memory";
  for (const ptx::Register &R : Program.Registers) {
    Type *T = B.getIntNTy(R.Holds.totalBits());
    Registers.push_back(makeSlot(T));
    B.CreateStore(Constant::getNullValue(T), Registers.back());
  }
  // The statement gets blocks of its own, between what is before and behind it.
  BasicBlock *Before = Call.getParent();
  Rest = Before->splitBasicBlock(&Call, "ptx.end");
  Before->getTerminator()->eraseFromParent();
  B.SetInsertPoint(Before);
  B.SetCurrentDebugLocation(Call.getDebugLoc());
  for (const ptx::Label &L : Program.Labels)
    Labels[L.Name] = BasicBlock::Create(M.getContext(), "ptx." + L.Name, Call.getFunction(), Rest);
  size_t Next = 0;
  auto begin = [&](size_t Index) {
    for (; Next < Program.Labels.size() && Program.Labels[Next].Before == Index; ++Next)
      branch(Labels[Program.Labels[Next].Name]);
  };
  std::string Bad;
  for (const auto &[Index, I] : enumerate(Program.Instructions)) {
    begin(Index);
    At = &I;
    writeGuarded(I);
    if (Refused) {
      Bad = I.Name;
      break;
    }
  }
  if (Bad.empty())
    begin(Program.Instructions.size());
  else
    for (auto &Unwritten : Labels) // the module is given up, but has to be well-formed until then
      if (Unwritten.second->empty() && Unwritten.second != B.GetInsertBlock())
        BranchInst::Create(Rest, Unwritten.second);
  B.CreateBr(Rest);
  giveResults();
  return Bad;
}

/// Goes on in To.
void PtxStatement::branch(BasicBlock *To) {
  B.CreateBr(To);
  B.SetInsertPoint(To);
}

void PtxStatement::writeGuarded(const ptx::Instruction &I) {
  BasicBlock *Behind = nullptr;
  if (I.Guard) {
    Value *P = read(*I.Guard, B.getInt1Ty());
    BasicBlock *Then = BasicBlock::Create(M.getContext(), "ptx.then", Call.getFunction(), Rest);
    Behind = BasicBlock::Create(M.getContext(), "ptx.behind", Call.getFunction(), Rest);
    B.CreateCondBr(P, Then, Behind);
    B.SetInsertPoint(Then);
  }
  if (!write(I))
    Refused = true;
  if (Behind)
    branch(Behind);
}

Type *PtxStatement::typeOf(ptx::Type T) {
  Type *Element = T.What == ptx::Type::Float && T.Bits == 16   ? B.getHalfTy()
                  : T.What == ptx::Type::Float && T.Bits == 32 ? B.getFloatTy()
                  : T.What == ptx::Type::Float ? B.getDoubleTy()
                                               : static_cast<Type *>(B.getIntNTy(T.Bits));
  return T.Lanes == 1 ? Element : FixedVectorType::get(Element, T.Lanes);
}
Type *PtxStatement::typeOr32(const ptx::Instruction &I, unsigned Behind) {
  auto T = I.type(Behind);
  return T ? typeOf(*T) : B.getInt32Ty();
}

Value *PtxStatement::as(Value *V, Type *T) {
  if (V->getType() == T)
    return V;
  auto bits = [](Type *Of) {
    return Of->isPointerTy() ? 64u : unsigned(Of->getPrimitiveSizeInBits());
  };
  Type *From = B.getIntNTy(bits(V->getType())), *To = B.getIntNTy(bits(T));
  V = V->getType()->isPointerTy() ? B.CreatePtrToInt(V, From) : B.CreateBitCast(V, From);
  V = B.CreateZExtOrTrunc(V, To);
  return T->isPointerTy() ? B.CreateIntToPtr(V, T) : B.CreateBitCast(V, T);
}

AllocaInst *PtxStatement::slotOf(const ptx::Operand &O) {
  if (!O.Selector.empty())
    return nullptr;
  if (O.What == ptx::Operand::Register)
    return Registers[O.Value];
  if (O.What == ptx::Operand::Argument && O.Text.empty() && O.Value < Arguments.size())
    return Arguments[O.Value].Slot;
  return nullptr;
}

Value *PtxStatement::read(const ptx::Operand &O, Type *T) {
  Value *V = nullptr;
  if (AllocaInst *Slot = slotOf(O)) {
    const bool Known = O.What == ptx::Operand::Argument && Arguments[O.Value].Given;
    V = as(Known ? Arguments[O.Value].Given : B.CreateLoad(Slot->getAllocatedType(), Slot), T);
  } else if (O.What == ptx::Operand::Integer) {
    V = T->isFloatingPointTy() ? nullptr : as(B.getInt64(O.Value), T);
  } else if (O.What == ptx::Operand::Float) {
    const APFloat Number = O.Bits == 64 ? APFloat(APFloat::IEEEdouble(), APInt(64, O.Value))
                                        : APFloat(APFloat::IEEEsingle(), APInt(32, O.Value));
    if (T->isFloatingPointTy()) {
      APFloat Rounded = Number;
      bool Lost = false;
      Rounded.convert(T->getFltSemantics(), APFloat::rmNearestTiesToEven, &Lost);
      V = ConstantFP::get(T, Rounded);
    } else {
      V = as(B.getIntN(O.Bits, O.Value), T);
    }
  } else if (O.What == ptx::Operand::Special) {
    if (Value *Register = special(O.Text))
      V = as(Register, T);
  } else if (O.What == ptx::Operand::Name) {
    // The frontend's part writes %laneid, with one %, as $laneid.
    if (Value *Register = special("%" + O.Text))
      V = as(Register, T);
  }
  if (!V)
    return refuse(T);
  return O.Negated ? B.CreateNot(V) : V;
}

Value *PtxStatement::operand(unsigned Index, Type *T) {
  return Index < At->Operands.size() ? read(At->Operands[Index], T) : refuse(T);
}

std::optional<uint64_t> PtxStatement::constant(unsigned Index) {
  auto *Number = dyn_cast<ConstantInt>(operand(Index, B.getInt64Ty()));
  return Number ? std::optional(Number->getZExtValue()) : std::nullopt;
}

void PtxStatement::set(const ptx::Operand &O, Value *V) {
  if (O.What == ptx::Operand::Sink)
    return;
  if (AllocaInst *Slot = slotOf(O))
    B.CreateStore(as(V, Slot->getAllocatedType()), Slot);
  else
    Refused = true;
}

Value *PtxStatement::special(StringRef Name) {
  auto [Base, Dimension] = Name.split('.');
  const int Index = Dimension == "x" ? 0 : Dimension == "y" ? 1 : Dimension == "z" ? 2 : -1;
  auto place = [&](Intrinsic Id) -> Value * {
    return Index < 0 ? nullptr : intrinsic(Id, {B.getInt32(Index)});
  };
  if (Base == "%tid")
    return place(Intrinsic::ThreadIdx);
  if (Base == "%ntid")
    return place(Intrinsic::BlockDim);
  if (Base == "%ctaid")
    return place(Intrinsic::BlockIdx);
  if (Base == "%nctaid")
    return place(Intrinsic::GridDim);
  if (Base == "%laneid")
    return lane();
  if (Base == "WARP_SZ" || Base == "%WARP_SZ")
    return intrinsic(Intrinsic::WarpSize);
  if (Base == "%warpid" || Base == "%nwarpid")
    return warpNumber(Base == "%nwarpid");
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
    return nullptr;
  Value *Bit = B.CreateShl(B.getInt64(1), B.CreateZExt(lane(), B.getInt64Ty()));
  Value *Less = B.CreateSub(Bit, B.getInt64(1));
  Value *All = B.getInt64(0xffffffffu);
  return Base == "eq"   ? Bit
         : Base == "lt" ? Less
         : Base == "le" ? B.CreateOr(Less, Bit)
         : Base == "gt" ? B.CreateAnd(B.CreateNot(B.CreateOr(Less, Bit)), All)
         : Base == "ge" ? B.CreateAnd(B.CreateNot(Less), All)
                        : nullptr;
}

Value *PtxStatement::warpNumber(bool Count) {
  auto place = [&](Intrinsic Id, unsigned Dimension) {
    return intrinsic(Id, {B.getInt32(Dimension)});
  };
  Value *Width = place(Intrinsic::BlockDim, 0), *Height = place(Intrinsic::BlockDim, 1),
        *Warp = intrinsic(Intrinsic::WarpSize);
  if (Count) {
    Value *Threads = B.CreateMul(Width, B.CreateMul(Height, place(Intrinsic::BlockDim, 2)));
    return B.CreateUDiv(B.CreateAdd(Threads, B.CreateSub(Warp, B.getInt32(1))), Warp);
  }
  Value *Rows = B.CreateAdd(place(Intrinsic::ThreadIdx, 1),
                            B.CreateMul(Height, place(Intrinsic::ThreadIdx, 2)));
  return B.CreateUDiv(B.CreateAdd(place(Intrinsic::ThreadIdx, 0), B.CreateMul(Width, Rows)), Warp);
}

/// An address in shared memory is the distance from the begin of the block's, as
/// __cvta_generic_to_shared gives it.
Value *PtxStatement::sharedPointer(Value *Address) {
  return B.CreatePtrAdd(intrinsic(Intrinsic::SharedBase),
                        B.CreateSExtOrTrunc(as(Address, B.getInt32Ty()), B.getInt64Ty()));
}

Value *PtxStatement::address(const ptx::Operand &O, bool Shared) {
  if (O.What != ptx::Operand::Address || O.Elements.empty())
    return refuse(B.getPtrTy());
  Value *Pointer = Shared ? sharedPointer(read(O.Elements[0], B.getInt32Ty()))
                          : read(O.Elements[0], B.getPtrTy());
  // [%0 + %1], the second a constant.
  if (O.Elements.size() == 2 && O.Elements[1].What == ptx::Operand::Argument)
    Pointer = B.CreatePtrAdd(Pointer, read(O.Elements[1], B.getInt64Ty()));
  else if (O.Elements.size() > 1)
    return refuse(B.getPtrTy());
  return O.Value ? B.CreatePtrAdd(Pointer, B.getInt64(O.Value)) : Pointer;
}

bool PtxStatement::memory(const ptx::Instruction &I) {
  const bool Loads = I.opcode() != "st";
  auto Holds = I.type();
  if (I.Operands.size() < 2 || !Holds || Holds->Lanes != 1 || I.has("const") || I.has("param") ||
      I.has("mmio") || I.has("async") || I.has("bulk"))
    return false;
  Type *T = typeOf(*Holds);
  Value *Pointer = address(I.Operands[Loads ? 1 : 0], I.has("shared"));
  const bool Volatile = I.has("volatile") || I.has("relaxed") || I.has("acquire") ||
                        I.has("release") || I.has("cv") || I.has("wt");
  const Align Alignment(std::max<uint64_t>(1, T->getPrimitiveSizeInBits() / 8));
  const ptx::Operand &What = I.Operands[Loads ? 0 : 1];
  const ArrayRef<ptx::Operand> Values =
      What.What == ptx::Operand::Vector ? ArrayRef(What.Elements) : ArrayRef(What);
  if (I.has("release"))
    B.CreateFence(AtomicOrdering::Release);
  for (auto [Index, V] : enumerate(Values)) {
    Value *Element = Index ? B.CreateConstInBoundsGEP1_64(T, Pointer, Index) : Pointer;
    if (!Loads) {
      B.CreateAlignedStore(read(V, T), Element, Alignment, Volatile);
      continue;
    }
    Value *Loaded = B.CreateAlignedLoad(T, Element, Alignment, Volatile);
    // A register is filled with the sign of a narrower load.
    if (Holds->What == ptx::Type::Signed && Holds->Bits < 64)
      Loaded = B.CreateSExt(Loaded, B.getInt64Ty());
    set(V, Loaded);
  }
  if (I.has("acquire"))
    B.CreateFence(AtomicOrdering::Acquire);
  return true;
}

/// cp.async: nothing is asynchronous here, so the copy is made at once, and there is nothing to
/// wait for.
bool PtxStatement::asyncCopy(const ptx::Instruction &I) {
  if (I.has("commit_group") || I.has("wait_group") || I.has("wait_all"))
    return !I.has("bulk");
  if (!I.has("async") || I.has("bulk") || I.has("mbarrier") || I.Operands.size() < 3)
    return false;
  auto Bytes = constant(2);
  if (!Bytes || (*Bytes != 4 && *Bytes != 8 && *Bytes != 16))
    return false;
  Value *To = address(I.Operands[0], true), *From = address(I.Operands[1], false);
  const Align Alignment(*Bytes);
  if (I.Operands.size() == 3 || I.has("L2")) {
    if (I.Operands.size() == 3) {
      B.CreateMemCpy(To, Alignment, From, Alignment, *Bytes);
      return true;
    }
    if (I.has("cache_hint"))
      return false;
  }
  // The fourth is the number of bytes to read; what is left is filled with 0.
  Value *Size = operand(3, B.getInt64Ty());
  B.CreateMemSet(To, B.getInt8(0), *Bytes, Alignment);
  B.CreateMemCpy(To, Alignment, From, Align(1),
                 B.CreateBinaryIntrinsic(llvm::Intrinsic::umin, Size, B.getInt64(*Bytes)));
  return true;
}

bool PtxStatement::atomic(const ptx::Instruction &I) {
  const bool Gives = I.opcode() == "atom";
  auto Holds = I.type();
  const unsigned First = Gives ? 1 : 0;
  if (!Holds || Holds->Lanes != 1 || Holds->Bits < 32 || I.Operands.size() < First + 2 ||
      I.has("async") || I.has("vec"))
    return false;
  Type *T = typeOf(*Holds);
  Value *Pointer = address(I.Operands[First], I.has("shared")), *V = operand(First + 1, T);
  const Align Alignment(Holds->Bits / 8);
  // The order that a statement does not name is relaxed; fences are cheap here.
  const AtomicOrdering Order = I.has("acquire") || I.has("release") || I.has("acq_rel")
                                   ? AtomicOrdering::AcquireRelease
                                   : AtomicOrdering::Monotonic;
  Value *Old = nullptr;
  if (I.has("cas")) {
    if (I.Operands.size() != First + 3)
      return false;
    Type *Bits = B.getIntNTy(Holds->Bits);
    Value *Pair = B.CreateAtomicCmpXchg(Pointer, as(V, Bits), operand(First + 2, Bits), Alignment,
                                        Order, AtomicOrdering::Monotonic);
    Old = B.CreateExtractValue(Pair, 0);
  } else {
    const bool Signed = Holds->What == ptx::Type::Signed, Float = Holds->isFloat();
    using Op = AtomicRMWInst;
    const Op::BinOp What = I.has("add")    ? (Float ? Op::FAdd : Op::Add)
                           : I.has("exch") ? Op::Xchg
                           : I.has("min")  ? (Signed ? Op::Min : Op::UMin)
                           : I.has("max")  ? (Signed ? Op::Max : Op::UMax)
                           : I.has("and")  ? Op::And
                           : I.has("or")   ? Op::Or
                           : I.has("xor")  ? Op::Xor
                           : I.has("inc")  ? Op::UIncWrap
                           : I.has("dec")  ? Op::UDecWrap
                                           : Op::BAD_BINOP;
    if (What == Op::BAD_BINOP || (Float && What != Op::FAdd && What != Op::Xchg))
      return false;
    Old = B.CreateAtomicRMW(What, Pointer, V, Alignment, Order);
  }
  if (Gives)
    set(I.Operands[0], Old);
  return true;
}

/// cvta: between a generic address and one in a space. Only shared memory has others here.
bool PtxStatement::addresses(const ptx::Instruction &I) {
  if (I.Operands.size() != 2)
    return false;
  Type *Int64 = B.getInt64Ty();
  if (!I.has("shared"))
    set(I.Operands[0], operand(1, Int64));
  else if (I.has("to"))
    set(I.Operands[0], B.CreateSub(operand(1, Int64), as(intrinsic(Intrinsic::SharedBase), Int64)));
  else
    set(I.Operands[0], sharedPointer(operand(1, Int64)));
  return true;
}

/// isspacep: whether a generic address is in a space.
bool PtxStatement::isInSpace(const ptx::Instruction &I) {
  if (I.Operands.size() != 2)
    return false;
  Value *Pointer = operand(1, B.getPtrTy()), *Space = intrinsic(Intrinsic::AddressSpace, {Pointer});
  auto Is = [&](AddressSpace S) { return B.CreateICmpEQ(Space, B.getInt32(static_cast<unsigned>(S))); };
  auto IsConstant = [&] {
    return B.CreateIsNotNull(
        B.CreateCall(M.getOrInsertFunction("__cuport_is_constant", B.getInt32Ty(), B.getPtrTy()), {Pointer}));
  };
  if (I.has("shared"))
    set(I.Operands[0], Is(AddressSpace::Shared));
  else if (I.has("local"))
    set(I.Operands[0], Is(AddressSpace::Local));
  else if (I.has("param"))
    set(I.Operands[0], Is(AddressSpace::Parameter));
  else if (I.has("const"))
    set(I.Operands[0], IsConstant());
  else if (I.has("global"))
    set(I.Operands[0], B.CreateAnd(Is(AddressSpace::Other), B.CreateNot(IsConstant())));
  else
    return false;
  return true;
}

/// mov between a register and its parts.
bool PtxStatement::moveParts(const ptx::Instruction &I) {
  const bool Splits = I.Operands[0].What == ptx::Operand::Vector;
  const auto &Parts = I.Operands[Splits ? 0 : 1].Elements;
  auto Holds = I.type();
  if (!Holds || Parts.empty() || Holds->totalBits() % Parts.size())
    return false;
  const unsigned Bits = Holds->totalBits() / Parts.size();
  Type *Whole = B.getIntNTy(Holds->totalBits()), *Part = B.getIntNTy(Bits);
  if (Splits) {
    Value *V = operand(1, Whole);
    for (auto [Index, P] : enumerate(Parts))
      set(P, B.CreateTrunc(B.CreateLShr(V, Index * Bits), Part));
    return true;
  }
  Value *V = Constant::getNullValue(Whole);
  for (auto [Index, P] : enumerate(Parts))
    V = B.CreateOr(V, B.CreateShl(B.CreateZExt(read(P, Part), Whole), Index * Bits));
  set(I.Operands[0], V);
  return true;
}

/// Branches, ends, fences, barriers of the block, and hints.
bool PtxStatement::control(const ptx::Instruction &I) {
  const StringRef Op = I.opcode();
  if (Op == "bra") {
    BasicBlock *To = I.Operands.size() == 1 ? Labels.lookup(I.Operands[0].Text) : nullptr;
    if (!To)
      return false;
    B.CreateBr(To);
    // Nobody comes here but over a label.
    B.SetInsertPoint(
        BasicBlock::Create(M.getContext(), "ptx.unreachable", Call.getFunction(), Rest));
    return true;
  }
  if (Op == "membar" || Op == "fence") {
    if (I.has("proxy") || I.has("mbarrier_init") || I.has("sync_restrict"))
      return false;
    B.CreateFence(AtomicOrdering::SequentiallyConsistent);
    return true;
  }
  // Caches need no advice, and launches of a stream run one after the other.
  if (Op == "prefetch" || Op == "prefetchu" || Op == "discard" || Op == "applypriority" ||
      Op == "griddepcontrol")
    return !I.has("tensormap");
  if (Op == "createpolicy" && !I.Operands.empty()) {
    set(I.Operands[0], B.getInt64(0));
    return true;
  }
  if (Op == "trap" || Op == "brkpt" || Op == "exit") {
    intrinsic(Op == "exit" ? Intrinsic::Exit : Intrinsic::Trap);
    return true;
  }
  if (Op == "nanosleep") {
    intrinsic(Intrinsic::Sleep, {operand(0, B.getInt32Ty())});
    return true;
  }
  if ((Op != "bar" && Op != "barrier") || I.has("cluster") || I.has("arrive"))
    return false;
  if (I.has("warp")) {
    intrinsic(Intrinsic::WarpBarrier, {lanes(operand(0, B.getInt32Ty()))});
    return true;
  }
  if (I.has("red")) {
    if (I.Operands.size() != 3)
      return false;
    const int Operation = I.has("popc") ? 0 : I.has("and") ? 1 : 2;
    Value *P = B.CreateZExt(operand(2, B.getInt1Ty()), B.getInt32Ty());
    Value *Result = intrinsic(Intrinsic::BarrierReduce, {B.getInt32(Operation), P});
    set(I.Operands[0], Operation ? B.CreateICmpNE(Result, B.getInt32(0)) : Result);
    return constant(1) == 0;
  }
  Value *Count = I.Operands.size() > 1 ? operand(1, B.getInt32Ty()) : B.getInt32(0);
  intrinsic(Intrinsic::Barrier,
            {I.Operands.empty() ? B.getInt32(0) : operand(0, B.getInt32Ty()), Count});
  return true;
}

bool PtxStatement::write(const ptx::Instruction &I) {
  const StringRef Op = I.opcode();
  if (Op == "ld" || Op == "ldu" || Op == "st")
    return memory(I);
  if (Op == "cp")
    return asyncCopy(I);
  if (Op == "atom" || Op == "red")
    return atomic(I);
  if (control(I))
    return true;
  if (Refused || I.Operands.empty())
    return false;
  if (Op == "cvta")
    return addresses(I);
  if (Op == "isspacep")
    return isInSpace(I);
  if (Op == "mov" && I.Operands.size() == 2) {
    if (I.Operands[0].What == ptx::Operand::Vector || I.Operands[1].What == ptx::Operand::Vector)
      return moveParts(I);
    set(I.Operands[0], operand(1, typeOr32(I)));
    return true;
  }
  if (warp(I) || matrix(I) || video(I) || compare(I))
    return true;
  Value *Result = Refused ? nullptr : arithmetic(I);
  if (!Result)
    return false;
  set(I.Operands[0], Result);
  return true;
}

/// The host's own assembly, which cuport's headers use, does not read as PTX, or has no modifiers
/// that are types.
static bool isPtx(const ptx::Program &Program) {
  return any_of(Program.Instructions, [](const ptx::Instruction &I) {
    return I.Parts.size() > 1 || I.Name == "trap" || I.Name == "exit" || I.Name == "brkpt" ||
           I.Name == "ret" || I.Name == "bra";
  });
}

void lowerPtx(Module &M) {
  SmallVector<CallInst *> Calls;
  for (Function &F : M)
    for (Instruction &I : instructions(F))
      if (auto *Call = dyn_cast<CallInst>(&I); Call && Call->isInlineAsm())
        Calls.push_back(Call);
  for (CallInst *Call : Calls) {
    const StringRef Text = cast<InlineAsm>(Call->getCalledOperand())->getAsmString();
    auto refuse = [&](const Twine &What) {
      M.getContext().diagnose(DiagnosticInfoInlineAsm(*Call, What));
    };
    auto Program = ptx::parse(Text, ptx::Dialect::Llvm);
    if (!Program) {
      std::string Why = toString(Program.takeError());
      if (ptx::mentionsType(Text))
        refuse("inline PTX cannot be read: " + Why);
      continue;
    }
    if (!isPtx(*Program))
      continue;
    const std::string Refused = PtxStatement(*Call, *Program).run();
    if (!Refused.empty())
      refuse("inline PTX '" + Refused + "' has no meaning on this target");
    if (!Call->use_empty())
      Call->replaceAllUsesWith(PoisonValue::get(Call->getType()));
    Call->eraseFromParent();
  }
}

} // namespace cuport
