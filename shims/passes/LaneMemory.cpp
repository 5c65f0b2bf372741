// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "LaneMemory.h"

#include "llvm/Analysis/ValueTracking.h"
#include "llvm/Analysis/VectorUtils.h"
#include "llvm/IR/MDBuilder.h"

using namespace llvm;

namespace cuport {

void LaneMemory::copyMetadata(const Instruction &From, Instruction &To) {
  To.copyMetadata(From, {LLVMContext::MD_access_group, LLVMContext::MD_tbaa, LLVMContext::MD_alias_scope, LLVMContext::MD_noalias});
}

LaneMemory::Row LaneMemory::rowOf(const Use &Address, Type *Lane) const {
  const Shape Is = Shapes.at(Address);
  const DataLayout &Layout = F.getDataLayout();
  const int64_t Size = Layout.getTypeStoreSize(Lane);
  if (Is.Is != Shape::Strided || !Layout.typeSizeEqualsStoreSize(Lane))
    return Row::None;
  return Is.Stride == Size ? Row::Forward : Is.Stride == -Size ? Row::Backward : Row::None;
}

Value *LaneMemory::beginOf(Row Is, const Use &Address, Type *Lane) {
  const int64_t Last = (Threads - 1) * F.getDataLayout().getTypeStoreSize(Lane).getFixedValue();
  return Is == Row::Forward ? first(Address) : B.CreateGEP(B.getInt8Ty(), first(Address), B.getInt64(-Last));
}

Value *LaneMemory::inOrder(Row Is, Value *Lanes) { return Is == Row::Forward ? Lanes : B.CreateVectorReverse(Lanes); }

bool LaneMemory::isOwnRow(const Use &Address, Type *Lane) const {
  return rowOf(Address, Lane) == Row::Forward && Shapes.isOwnMemory(*Address);
}

void LaneMemory::writeLoad(LoadInst &Load) {
  if (const LaneGroup *Group = Groups.of(Load))
    return writeLoadOf(*Group, Load);
  const Use &Address = Load.getOperandUse(0);
  Type *Lane = Load.getType();
  const Row Is = rowOf(Address, Lane);
  Instruction *New;
  if (isOwnRow(Address, Lane)) {
    New = B.CreateAlignedLoad(wide(Lane), ifAny(first(Address)), alignment(Load));
  } else if (Is != Row::None && !Mask) {
    New = B.CreateAlignedLoad(wide(Lane), beginOf(Is, Address, Lane), Load.getAlign());
  } else if (Is != Row::None && canLeaveOut(Load)) {
    New = B.CreateMaskedLoad(wide(Lane), beginOf(Is, Address, Lane), Load.getAlign(), inOrder(Is, comes()));
  } else if (Is != Row::None && mayReadPast(*Address)) {
    Value *Begin = ifAny(beginOf(Is, Address, Lane));
    return writeRowIf(isOnOnePage(Begin, Threads * F.getDataLayout().getTypeStoreSize(Lane)), Begin, Is, Load);
  } else if (isRowUsually(Address, Lane)) {
    const auto [IsRow, Begin] = findRow(Load);
    return writeRowIf(IsRow, Begin, Row::Forward, Load);
  } else if (writeLookup(Load)) {
    return;
  } else {
    return writeLoads(Load);
  }
  copyMetadata(Load, *New);
  All[&Load] = inOrder(Is, New);
}

/// Each half of the threads by one vector: the first from where the first thread's elements begin, the second to where the last one's
/// end, so that nothing is read but what lies between them.
void LaneMemory::writeLoadOf(const LaneGroup &Group, LoadInst &Load) {
  if (!Group.Pitch)
    return writeLoadOfRuns(Group, Load);
  const unsigned Half = Threads / 2, Elements = Half * Group.Pitch, Place = Group.placeOf(Load);
  const unsigned Second = Elements - (Group.Pitch - Group.Span);
  auto &Halves = LoadedGroups[&Group];
  if (Group.Members.front().first == &Load) {
    Halves.resize(2);
    const uint64_t Size = F.getDataLayout().getTypeStoreSize(Group.Lane);
    for (auto [Index, Begin] : enumerate(ArrayRef{0U, Second})) {
      Value *Address = B.CreateGEP(B.getInt8Ty(), first(Load.getOperandUse(0)), B.getInt64((int64_t(Begin) - Place) * Size));
      LoadInst *New = B.CreateAlignedLoad(FixedVectorType::get(Group.Lane, Elements), Address, commonAlignment(Load.getAlign(), Size));
      New->copyMetadata(Load, {LLVMContext::MD_access_group});
      Halves[Index] = New;
    }
  }
  auto half = [&](unsigned Index, unsigned From) {
    return B.CreateShuffleVector(Halves[Index], createStrideMask(From, Group.Pitch, Half));
  };
  All[&Load] = concatenateVectors(B, {half(0, Place), half(1, Place + Group.Pitch - Group.Span)});
}

/// Of as many vectors as squares have sides, in each square after square: rows become columns. Done by putting the elements of a vector of
/// the one half between those of one of the other, as often as halving the side leads to 1.
void LaneMemory::transpose(SmallVectorImpl<Value *> &Vectors) {
  const unsigned Side = Vectors.size();
  SmallVector<int> Masks[2];
  for (unsigned Lane = 0; Lane < Threads; ++Lane)
    for (unsigned Half : {0, 1})
      Masks[Half].push_back(Lane / Side * Side + (Half * Side + Lane % Side) / 2 + (Lane % 2 ? Threads : 0));
  for (unsigned Left = Side; Left > 1; Left /= 2) {
    SmallVector<Value *> Next;
    for (unsigned Index = 0; Index < Side / 2; ++Index)
      for (const SmallVector<int> &Mask : Masks)
        Next.push_back(B.CreateShuffleVector(Vectors[Index], Vectors[Index + Side / 2], Mask));
    Vectors.assign(Next.begin(), Next.end());
  }
}

/// Thread `Side * n + m` has row m of square n.
void LaneMemory::writeLoadOfRuns(const LaneGroup &Group, LoadInst &Load) {
  const unsigned Side = PowerOf2Ceil(Group.Span);
  auto &Columns = LoadedGroups[&Group];
  if (Group.Members.front().first == &Load) {
    const int64_t Size = F.getDataLayout().getTypeStoreSize(Group.Lane), Place = Group.placeOf(Load);
    const SmallVector<int> Widen = createSequentialMask(0, Group.Span, Side - Group.Span);
    SmallVector<Value *> Runs;
    for (Value *Address : addresses(Load, Load.getOperandUse(0), -Place * Size)) {
      LoadInst *New = B.CreateAlignedLoad(FixedVectorType::get(Group.Lane, Group.Span), Address, commonAlignment(alignment(Load), Size));
      New->copyMetadata(Load, {LLVMContext::MD_access_group});
      Runs.push_back(Side == Group.Span ? static_cast<Value *>(New) : B.CreateShuffleVector(New, Widen));
    }
    for (unsigned Row = 0; Row < Side; ++Row) {
      SmallVector<Value *> Squares;
      for (unsigned Thread = Row; Thread < Threads; Thread += Side)
        Squares.push_back(Runs[Thread]);
      Columns.push_back(concatenateVectors(B, Squares));
    }
    transpose(Columns);
  }
  All[&Load] = Columns[Group.placeOf(Load)];
}

void LaneMemory::writeStoreOfRuns(const LaneGroup &Group, StoreInst &Store) {
  const unsigned Side = Group.Span;
  SmallVector<Value *, 8> Rows(Side);
  for (auto [Member, Place] : Group.Members)
    Rows[Place] = all(Member->getOperandUse(0));
  transpose(Rows);
  const int64_t Size = F.getDataLayout().getTypeStoreSize(Group.Lane), Place = Group.placeOf(Store);
  for (auto [Thread, Address] : enumerate(addresses(Store, Store.getOperandUse(1), -Place * Size))) {
    const SmallVector<int> Run = createSequentialMask(Thread / Side * Side, Side, 0);
    StoreInst *New =
        B.CreateAlignedStore(B.CreateShuffleVector(Rows[Thread % Side], Run), Address, commonAlignment(alignment(Store), Size));
    New->copyMetadata(Store, {LLVMContext::MD_access_group});
  }
}

/// At the last of them.
void LaneMemory::writeStoreOf(const LaneGroup &Group, StoreInst &Store) {
  if (Group.Members.back().first != &Store)
    return;
  if (!Group.Pitch)
    return writeStoreOfRuns(Group, Store);
  SmallVector<Value *> Members(Group.Pitch);
  for (auto [Member, Place] : Group.Members)
    Members[Place] = all(Member->getOperandUse(0));
  const uint64_t Size = F.getDataLayout().getTypeStoreSize(Group.Lane);
  Value *Begin = B.CreateGEP(B.getInt8Ty(), first(Store.getOperandUse(1)), B.getInt64(-int64_t(Group.placeOf(Store)) * Size));
  Value *Elements = B.CreateShuffleVector(concatenateVectors(B, Members), createInterleaveMask(Threads, Group.Pitch));
  StoreInst *New = B.CreateAlignedStore(Elements, Begin, commonAlignment(Store.getAlign(), Size));
  New->copyMetadata(Store, {LLVMContext::MD_access_group});
}

bool LaneMemory::isRowUsually(const Use &Address, Type *Lane) const {
  const DataLayout &Layout = F.getDataLayout();
  return Shapes.at(Address).Is == Shape::Varying && Layout.typeSizeEqualsStoreSize(Lane) &&
         Shapes.usualStride(*Address) == static_cast<int64_t>(Layout.getTypeStoreSize(Lane));
}

/// Of what has no name, LLVM does not know where it ends.
bool LaneMemory::mayReadPast(const Value &Address) { return !isa<AllocaInst, GlobalVariable>(getUnderlyingObject(&Address)); }

/// Where one thread may read one of them, all can be read: a page is there or it is not.
Value *LaneMemory::isOnOnePage(Value *Begin, uint64_t Bytes) {
  constexpr uint64_t Page = 4096;
  Value *Offset = B.CreateAnd(B.CreatePtrToInt(Begin, B.getInt64Ty()), Page - 1);
  return B.CreateICmpULE(Offset, B.getInt64(Page - Bytes));
}

/// If Condition holds, which is likely, Whole, else Apart. Returns the blocks in which they end.
std::pair<BasicBlock *, BasicBlock *> LaneMemory::writeEither(Value *Condition, function_ref<void()> Whole, function_ref<void()> Apart) {
  auto block = [&](StringRef Name) { return BasicBlock::Create(F.getContext(), Name, Wide); };
  BasicBlock *AtOnce = block("row"), *OneByOne = block("apart"), *Next = block("next");
  B.CreateCondBr(Condition, AtOnce, OneByOne, MDBuilder(F.getContext()).createLikelyBranchWeights());
  auto write = [&](BasicBlock *Way, function_ref<void()> Body) {
    B.SetInsertPoint(Way);
    Body();
    BasicBlock *End = B.GetInsertBlock();
    B.CreateBr(Next);
    return End;
  };
  BasicBlock *EndOfWhole = write(AtOnce, Whole), *EndOfApart = write(OneByOne, Apart);
  B.SetInsertPoint(Next);
  return {EndOfWhole, EndOfApart};
}

/// What AtOnce returns, if Condition holds, which is likely; else thread by thread.
void LaneMemory::writeIf(Value *Condition, LoadInst &Load, function_ref<Value *()> AtOnce) {
  // What both ways, and what comes behind them, may need.
  all(Load.getOperandUse(0));
  comes();
  Value *Together = nullptr, *OneByOne = nullptr;
  const auto [Whole, Apart] = writeEither(
      Condition, [&] { Together = AtOnce(); },
      [&] {
        writeLoads(Load);
        OneByOne = All.lookup(&Load);
      });
  PHINode *Loaded = B.CreatePHI(Together->getType(), 2);
  Loaded->addIncoming(Together, Whole);
  Loaded->addIncoming(OneByOne, Apart);
  All[&Load] = Loaded;
}

/// Whether the target can load a row but for threads that do not come.
bool LaneMemory::canLeaveOut(const LoadInst &Load) { return Target.isLegalMaskedLoad(wide(Load.getType()), Load.getAlign(), 0); }

/// One of a vector, if IsRow.
void LaneMemory::writeRowIf(Value *IsRow, Value *Begin, Row Is, LoadInst &Load) {
  writeIf(IsRow, Load, [&] {
    Instruction *AtOnce = nullptr;
    if (Mask && canLeaveOut(Load))
      AtOnce = B.CreateMaskedLoad(wide(Load.getType()), Begin, Load.getAlign(), inOrder(Is, comes()));
    else
      AtOnce = B.CreateAlignedLoad(wide(Load.getType()), Begin, alignment(Load));
    copyMetadata(Load, *AtOnce);
    return inOrder(Is, AtOnce);
  });
}

LaneMemory::Index LaneMemory::indexOf(const Instruction &Access, const Use &Address) const {
  auto isHere = [&](const Instruction *I) { return I && I->getParent() == Access.getParent(); };
  auto *Place = dyn_cast<GetElementPtrInst>(Address.get());
  if (!isHere(Place) || Place->getNumIndices() != 1 || Shapes.at(Place->getOperandUse(0)).Is != Shape::Uniform ||
      !Place->getOperand(1)->getType()->isIntegerTy(64))
    return {};
  const Use &Number = Place->getOperandUse(1);
  auto *Extension = dyn_cast<CastInst>(Number.get());
  return isHere(Extension) && isa<SExtInst, ZExtInst>(Extension) ? Index{Place, &Extension->getOperandUse(0), Extension}
                                                                 : Index{Place, &Number, nullptr};
}

Value *LaneMemory::addressOf(const Index &Is, Value *Number) {
  if (Is.Extension)
    Number = B.CreateCast(Is.Extension->getOpcode(), Number, Is.Extension->getType());
  return B.CreateGEP(Is.Place->getSourceElementType(), first(Is.Place->getOperandUse(0)), Number);
}

/// Whether all threads load from a row, as they do of `a[min(x + i, n)]` but at the end, and where that begins. Those that do not come may
/// be left out; if the target cannot, all have to come. What is compared is the index where the address has one: it is narrower.
std::pair<Value *, Value *> LaneMemory::findRow(LoadInst &Load) {
  const Use &Address = Load.getOperandUse(0);
  const DataLayout &Layout = F.getDataLayout();
  const int64_t Size = Layout.getTypeStoreSize(Load.getType()).getFixedValue();
  Index Of = indexOf(Load, Address);
  if (Of.Place && Layout.getTypeAllocSize(Of.Place->getSourceElementType()) != static_cast<uint64_t>(Size))
    Of = {};
  if (Of.Extension && Of.Extension->getSrcTy()->getIntegerBitWidth() < 32)
    Of = {Of.Place, &Of.Place->getOperandUse(1), nullptr};
  // Of threads that do not come it may be poison.
  Value *Numbers = B.CreateFreeze(all(Of.Place ? *Of.Number : Address)), *Start = B.CreateExtractElement(Numbers, uint64_t(0));
  Value *Follow = B.CreateICmpEQ(Numbers, ramp(Start, Of.Place ? 1 : Size));
  if (Mask)
    Follow = canLeaveOut(Load) ? B.CreateOr(Follow, B.CreateNot(comes())) : B.CreateAnd(Follow, comes());
  Value *IsRow = B.CreateAndReduce(Follow);
  if (Of.Extension) {
    // So far from the greatest number that none of them has begun anew.
    const bool Signed = isa<SExtInst>(Of.Extension);
    const unsigned Bits = Start->getType()->getIntegerBitWidth();
    const APInt Last = (Signed ? APInt::getSignedMaxValue(Bits) : APInt::getMaxValue(Bits)) - (Threads - 1);
    IsRow = B.CreateAnd(IsRow, B.CreateICmp(Signed ? CmpInst::ICMP_SLE : CmpInst::ICMP_ULE, Start, B.getInt(Last)));
  }
  return {IsRow, Of.Place ? addressOf(Of, Start) : Start};
}

/// Addresses of an access, lane by lane, and so many bytes further; for threads that do not come here a harmless one. LLVM is not to know
/// the one for stores: it would leave them out, by a branch for each thread.
SmallVector<Value *> LaneMemory::addresses(const Instruction &Access, const Use &Address, int64_t Offset) {
  SmallVector<Value *> Each;
  const Shape Is = Shapes.at(Address);
  Value *Elsewhere = !Mask ? nullptr : isa<StoreInst>(Access) ? unknownHarmless() : Harmless;
  if (const Index Of = indexOf(Access, Address); Of.Place && !Mask && Is.Is == Shape::Varying) {
    // Fewer bits to take out of vectors than those of addresses, and a processor adds the rest as it loads.
    Value *Numbers = all(*Of.Number);
    for (unsigned Lane = 0; Lane < Threads; ++Lane)
      Each.push_back(B.CreatePtrAdd(addressOf(Of, B.CreateExtractElement(Numbers, Lane)), B.getInt64(Offset)));
    return Each;
  }
  if (Is.Is == Shape::Varying) {
    Value *Vector = all(Address);
    if (Offset)
      Vector = B.CreateGEP(B.getInt8Ty(), Vector, B.getInt64(Offset));
    if (Mask)
      Vector = B.CreateSelect(comes(), Vector, B.CreateVectorSplat(Threads, Elsewhere));
    for (unsigned Lane = 0; Lane < Threads; ++Lane)
      Each.push_back(B.CreateExtractElement(Vector, Lane));
    return Each;
  }
  Value *Bits = Mask ? B.CreateBitCast(comes(), B.getIntNTy(Threads)) : nullptr;
  for (unsigned Lane = 0; Lane < Threads; ++Lane) {
    Value *Own = B.CreateConstGEP1_64(B.getInt8Ty(), first(Address), Lane * static_cast<uint64_t>(Is.Stride) + Offset);
    Each.push_back(Bits ? B.CreateSelect(B.CreateTrunc(B.CreateLShr(Bits, Lane), B.getInt1Ty()), Own, Elsewhere) : Own);
  }
  return Each;
}

void LaneMemory::writeLoads(LoadInst &Load) {
  if (Target.isLegalMaskedGather(wide(Load.getType()), Load.getAlign())) {
    CallInst *New = B.CreateMaskedGather(wide(Load.getType()), all(Load.getOperandUse(0)), Load.getAlign(), comesOrAll());
    copyMetadata(Load, *New);
    All[&Load] = New;
    return;
  }
  Value *Result = PoisonValue::get(wide(Load.getType()));
  for (auto [Lane, Address] : enumerate(addresses(Load, Load.getOperandUse(0)))) {
    LoadInst *One = B.CreateAlignedLoad(Load.getType(), Address, alignment(Load));
    copyMetadata(Load, *One);
    Result = B.CreateInsertElement(Result, One, Lane);
  }
  All[&Load] = Result;
}

void LaneMemory::writeStores(StoreInst &Store) {
  Value *What = all(Store.getOperandUse(0));
  for (auto [Lane, Address] : enumerate(addresses(Store, Store.getOperandUse(1))))
    copyMetadata(Store, *B.CreateAlignedStore(B.CreateExtractElement(What, Lane), Address, alignment(Store)));
}

void LaneMemory::writeStore(StoreInst &Store) {
  if (const LaneGroup *Group = Groups.of(Store))
    return writeStoreOf(*Group, Store);
  const Use &What = Store.getOperandUse(0), &Address = Store.getOperandUse(1);
  Type *Lane = What->getType();
  const bool SameAddress = Shapes.at(Address).Is == Shape::Uniform;
  const Row Is = rowOf(Address, Lane);
  Instruction *New;
  if (isOwnRow(Address, Lane))
    return storeToOwnRow(all(What), first(Address), alignment(Store));
  if (SameAddress && (!Mask || Shapes.at(What).Is == Shape::Uniform)) {
    // Of several values one wins: the last thread's.
    Value *Won = Shapes.at(What).Is == Shape::Uniform ? first(What) : B.CreateExtractElement(all(What), Threads - 1);
    New = B.CreateAlignedStore(Won, ifAny(first(Address)), alignment(Store));
  } else if (Is != Row::None && (!Mask || leavesOutElements(Store))) {
    Value *Lanes = inOrder(Is, all(What)), *Begin = beginOf(Is, Address, Lane);
    New = Mask ? static_cast<Instruction *>(B.CreateMaskedStore(Lanes, Begin, Store.getAlign(), inOrder(Is, comes())))
               : B.CreateAlignedStore(Lanes, Begin, Store.getAlign());
  } else if (Is != Row::None) {
    return writeRowIfAllCome(Is, Store);
  } else if (Target.isLegalMaskedScatter(wide(Lane), Store.getAlign())) {
    New = B.CreateMaskedScatter(all(What), all(Address), Store.getAlign(), comesOrAll());
  } else {
    return writeStores(Store);
  }
  copyMetadata(Store, *New);
}

/// As AVX-512 does. With AVX2 it is not done for bytes, and takes AMD's processors longer than elements one by one (Zen 3: eight floats 4.3
/// ns and 2.8).
bool LaneMemory::leavesOutElements(const StoreInst &Store) {
  Type *Lane = Store.getValueOperand()->getType();
  return Target.isLegalMaskedStore(wide(Lane), Store.getAlign(), 0) && Target.isLegalMaskedStore(wide(B.getInt8Ty()), Align(1), 0);
}

/// Of the row as a whole where all threads come, else one by one: a vector with what was there for those that do not come would undo what
/// others store.
void LaneMemory::writeRowIfAllCome(Row Is, StoreInst &Store) {
  const Use &What = Store.getOperandUse(0), &Address = Store.getOperandUse(1);
  Value *Lanes = inOrder(Is, all(What)), *Begin = beginOf(Is, Address, What->getType());
  writeEither(
      B.CreateAndReduce(comes()), [&] { copyMetadata(Store, *B.CreateAlignedStore(Lanes, Begin, Store.getAlign())); },
      [&] { writeStores(Store); });
}

/// As a whole: what is stored in part is waited for by the next load. (LLVM would make that of it, but does not look through a freeze.)
void LaneMemory::storeToOwnRow(Value *What, Value *Address, Align A) {
  Value *To = ifAny(Address);
  if (Mask)
    What = B.CreateSelect(comes(), What, B.CreateFreeze(B.CreateAlignedLoad(What->getType(), To, A)));
  B.CreateAlignedStore(What, To, A);
}

} // namespace cuport
