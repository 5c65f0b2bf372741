// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Widen.h"
#include "LaneAtomics.h"
#include "LaneCost.h"
#include "LaneDivision.h"
#include "LaneShapes.h"
#include "MathForms.h"
#include "ScalarStep.h"
#include "Simplify.h"

#include "llvm/Analysis/OptimizationRemarkEmitter.h"
#include "llvm/Analysis/TargetTransformInfo.h"
#include "llvm/Analysis/VectorUtils.h"
#include "llvm/IR/CFG.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/MDBuilder.h"
#include "llvm/IR/ProfDataUtils.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Transforms/Utils/PromoteMemToReg.h"

using namespace llvm;

enum class Widening { Gains, Always, Never };

static cl::opt<Widening> When("cuport-widen", cl::desc("Run threads of a kernel with loops side by side, in vectors"),
                              cl::values(clEnumValN(Widening::Gains, "gains", "where it is faster"),
                                         clEnumValN(Widening::Always, "always", "where it can be done"),
                                         clEnumValN(Widening::Never, "never", "nowhere")),
                              cl::init(Widening::Gains));

namespace cuport {

namespace {

constexpr uint64_t MostInstructions = 30000;

class Widener {
public:
  Widener(const Kernel &K, const Step &From, const LaneFlow &Flow, const LaneShapes &Shapes, const TargetTransformInfo &Target,
          unsigned Threads)
      : F(*From.Body), Flow(Flow), Shapes(Shapes), Target(Target), Threads(Threads), B(F.getContext()) {
    SmallVector<Type *> Types(F.getFunctionType()->params());
    Wide = createAround(K, ".wide", F.getReturnType(), Types);
    for (Argument &Formal : F.args()) {
      Formals[&Formal] = Wide->getArg(Formal.getArgNo());
      for (Attribute A : F.getAttributes().getParamAttrs(Formal.getArgNo()))
        Wide->getArg(Formal.getArgNo())->addAttr(A);
    }
  }

  Function *run() {
    BasicBlock *Entry = BasicBlock::Create(F.getContext(), "entry", Wide);
    Slots.emplace(Entry);
    for (BasicBlock *Block : Flow.order())
      Begins[Block] = BasicBlock::Create(F.getContext(), Block->getName(), Wide);
    for (BasicBlock *Block : Flow.order())
      if (!Flow.isFull(*Block)) {
        MaskSlots[Block] = slot(maskType());
        Slots->CreateStore(Constant::getNullValue(maskType()), MaskSlots[Block]);
      }
    Harmless = Slots->CreateAlloca(Slots->getInt64Ty());
    Slots->CreateStore(Slots->getInt64(0), Harmless);
    findWhatCrosses();
    for (BasicBlock *Block : Flow.order())
      write(*Block);
    Slots->CreateBr(Begins[&F.getEntryBlock()]);
    DominatorTree Tree(*Wide);
    SmallVector<AllocaInst *> Kept;
    for (Instruction &I : *Entry)
      if (auto *Slot = dyn_cast<AllocaInst>(&I); Slot && isAllocaPromotable(Slot))
        Kept.push_back(Slot);
    PromoteMemToReg(Kept, Tree);
    return Wide;
  }

private:
  // Types and constants

  VectorType *wide(Type *Lane) const { return FixedVectorType::get(Lane, Threads); }
  /// All bits of a lane or none: bits of vectors of i1 would be packed and unpacked all the time.
  VectorType *maskType() { return wide(B.getInt32Ty()); }
  AllocaInst *slot(Type *Of) { return Slots->CreateAlloca(Of); }

  /// Base, Base + Stride, Base + 2 * Stride ...
  Value *ramp(Value *Base, int64_t Stride) {
    Type *T = Base->getType();
    SmallVector<Constant *> Steps;
    Type *Number = T->isPointerTy() ? static_cast<Type *>(B.getInt64Ty()) : T;
    for (unsigned Lane = 0; Lane < Threads; ++Lane)
      Steps.push_back(ConstantInt::get(Number, static_cast<uint64_t>(Stride) * Lane, false, true));
    Constant *All = ConstantVector::get(Steps);
    if (T->isPointerTy())
      return B.CreateGEP(B.getInt8Ty(), Base, All);
    return B.CreateAdd(B.CreateVectorSplat(Threads, Base), All);
  }

  // Values: of the first thread where they are uniform or strided, else of all

  /// Which values other blocks use, and how.
  void findWhatCrosses() {
    for (Instruction &I : instructions(F))
      for (Use &U : I.uses()) {
        auto *User = cast<Instruction>(U.getUser());
        auto *Phi = dyn_cast<PHINode>(User);
        const BasicBlock &To = Phi ? *Phi->getIncomingBlock(U) : *User->getParent();
        if (&To == I.getParent())
          continue;
        if (Shapes.at(U).Is == Shape::Varying) {
          if (!AllSlots.count(&I))
            AllSlots[&I] = slot(wide(I.getType()));
          if (Flow.isFromOtherIterations(*I.getParent(), To))
            Lasting.insert(&I);
        } else if (!FirstSlots.count(&I)) {
          FirstSlots[&I] = slot(I.getType());
        }
      }
  }

  /// The first thread's.
  Value *first(const Value &V) {
    if (isa<Constant>(V))
      return const_cast<Value *>(&V);
    if (Value *Known = First.lookup(&V))
      return Known;
    return First[&V] = B.CreateLoad(V.getType(), FirstSlots.lookup(&V));
  }
  Value *first(const Use &U) { return first(*U.get()); }

  /// All threads'.
  Value *all(const Use &U) {
    const Shape Is = Shapes.at(U);
    switch (Is.Is) {
    case Shape::Uniform:
      if (auto *Same = dyn_cast<Constant>(U.get()))
        return ConstantVector::getSplat(ElementCount::getFixed(Threads), Same);
      return B.CreateVectorSplat(Threads, first(U));
    case Shape::Strided:
      return ramp(first(U), Is.Stride);
    case Shape::Varying:
      break;
    }
    if (Value *Known = All.lookup(U.get()))
      return Known;
    return All[U.get()] = B.CreateLoad(wide(U->getType()), AllSlots.lookup(U.get()));
  }

  /// Number at To's width, if that is exact for threads that come here. Where some do not, the first may be among these, and what
  /// it would have computed may have wrapped: then it is computed again, in To.
  Value *extended(const Value &Number, bool Signed, Type *To) {
    auto *I = dyn_cast<Instruction>(&Number);
    if (!I || Shapes.of(Number).Is == Shape::Uniform || Shapes.isLinearAnyway(Number, Signed))
      return Signed ? B.CreateSExt(first(Number), To) : B.CreateZExt(first(Number), To);
    auto operand = [&](unsigned Index) { return extended(*I->getOperand(Index), Signed, To); };
    switch (I->getOpcode()) {
    case Instruction::Add:
    case Instruction::Or:
      return B.CreateAdd(operand(0), operand(1));
    case Instruction::Sub:
      return B.CreateSub(operand(0), operand(1));
    case Instruction::Mul:
      return B.CreateMul(operand(0), operand(1));
    case Instruction::Shl:
      return B.CreateShl(operand(0), extended(*I->getOperand(1), false, To));
    case Instruction::ZExt:
      return extended(*I->getOperand(0), false, To);
    case Instruction::SExt:
      return extended(*I->getOperand(0), true, To);
    default:
      llvm_unreachable("not linear");
    }
  }

  // Masks

  /// An i1: whether any thread comes here; null for a full block.
  Value *any() {
    if (Mask && !Any)
      Any = B.CreateICmpNE(B.CreateOrReduce(Mask), B.getInt32(0));
    return Any;
  }
  /// Lanes of i1: which threads come here; null for a full block.
  Value *comes() {
    if (Mask && !Comes)
      Comes = B.CreateICmpSLT(Mask, Constant::getNullValue(maskType()));
    return Comes;
  }
  Value *comesOrAll() { return Mask ? comes() : ConstantInt::getTrue(wide(B.getInt1Ty())); }
  Value *maskOrAll() { return Mask ? Mask : Constant::getAllOnesValue(maskType()); }

  /// Of an access that may be made where nothing is harmed.
  template <typename T> Align alignment(const T &Access) { return Mask ? std::min(Access.getAlign(), Align(8)) : Access.getAlign(); }
  /// Pointer, or where nothing is harmed if no thread comes here.
  Value *ifAny(Value *Pointer) { return Mask ? B.CreateSelect(any(), Pointer, Harmless) : Pointer; }

  // Blocks

  void write(BasicBlock &Block) {
    B.SetInsertPoint(Begins[&Block]);
    First = Formals;
    All.clear();
    Mask = Comes = Any = nullptr;
    if (AllocaInst *Slot = MaskSlots.lookup(&Block)) {
      Mask = B.CreateLoad(maskType(), Slot);
      B.CreateStore(Constant::getNullValue(maskType()), Slot);
    }
    for (PHINode &Phi : Block.phis()) {
      const bool IsFirst = Shapes.of(Phi).Is != Shape::Varying;
      AllocaInst *Slot = phiSlot(Phi);
      Value *Here = B.CreateLoad(Slot->getAllocatedType(), Slot);
      B.CreateStore(PoisonValue::get(Slot->getAllocatedType()), Slot);
      (IsFirst ? First : All)[&Phi] = Here;
      keep(Phi);
    }
    for (Instruction &I : Block) {
      if (isa<PHINode>(I) || I.isTerminator() || isDropped(I))
        continue;
      B.SetCurrentDebugLocation(I.getDebugLoc());
      write(I);
      if (!I.getType()->isVoidTy())
        keep(I);
    }
    B.SetCurrentDebugLocation(Block.getTerminator()->getDebugLoc());
    leave(Block);
  }

  AllocaInst *phiSlot(const PHINode &Phi) {
    AllocaInst *&Slot = PhiSlots[&Phi];
    if (!Slot)
      Slot = slot(Shapes.of(Phi).Is == Shape::Varying ? static_cast<Type *>(wide(Phi.getType())) : Phi.getType());
    return Slot;
  }

  /// For other blocks.
  void keep(Instruction &I) {
    if (AllocaInst *Slot = FirstSlots.lookup(&I))
      B.CreateStore(first(I), Slot);
    if (AllocaInst *Slot = AllSlots.lookup(&I)) {
      const Shape Is = Shapes.of(I);
      Value *Here = Is.Is == Shape::Varying ? All.lookup(&I)
                    : Is.Is == Shape::Strided ? ramp(first(I), Is.Stride)
                                              : B.CreateVectorSplat(Threads, first(I));
      // Threads that have left the loop keep what they had.
      if (Mask && Lasting.contains(&I))
        Here = B.CreateSelect(comes(), Here, B.CreateLoad(Here->getType(), Slot));
      B.CreateStore(Here, Slot);
    }
  }

  void leave(BasicBlock &Block) {
    for (BasicBlock *To : SmallSetVector<BasicBlock *, 4>(succ_begin(&Block), succ_end(&Block))) {
      if (AllocaInst *Slot = MaskSlots.lookup(To)) {
        Value *Going = wayMask(Block, *To);
        const bool Adds = !Flow.isHeader(*To) && (!To->getSinglePredecessor() || Flow.isFromOtherIterations(Block, *To));
        B.CreateStore(Adds ? B.CreateOr(B.CreateLoad(maskType(), Slot), Going) : Going, Slot);
      }
      for (PHINode &Phi : To->phis())
        give(Phi, Block);
    }
    const LaneFlow::Leave &How = Flow.leave(Block);
    auto target = [&](unsigned Index) { return Begins[How.Targets[Index]]; };
    switch (How.Kind) {
    case LaneFlow::Leave::Return: {
      auto *Return = cast<ReturnInst>(Block.getTerminator());
      if (Return->getReturnValue())
        B.CreateRet(first(Return->getOperandUse(0)));
      else
        B.CreateRetVoid();
      return;
    }
    case LaneFlow::Leave::On:
      B.CreateBr(target(0));
      return;
    case LaneFlow::Leave::Again:
    case LaneFlow::Leave::Skip:
      B.CreateCondBr(any(), target(0), target(1),
                     isUnlikely(Block) ? MDBuilder(B.getContext()).createUnlikelyBranchWeights() : nullptr);
      return;
    case LaneFlow::Leave::Branch:
      break;
    }
    Instruction *End = Block.getTerminator()->clone();
    // Where no thread comes, what it depends on may be nothing.
    Value *Condition = first(Block.getTerminator()->getOperandUse(0));
    End->setOperand(0, Mask ? B.CreateFreeze(Condition) : Condition);
    for (auto [Index, To] : enumerate(How.Targets))
      End->setSuccessor(Index, Begins[To]);
    B.Insert(End);
  }

  /// Whether the source's branch to the block says so.
  static bool isUnlikely(const BasicBlock &Block) {
    const BasicBlock *Before = Block.getSinglePredecessor();
    auto *Branch = Before ? dyn_cast<BranchInst>(Before->getTerminator()) : nullptr;
    uint64_t Taken, Other;
    if (!Branch || !Branch->isConditional() || !extractBranchWeights(*Branch, Taken, Other))
      return false;
    if (Branch->getSuccessor(1) == &Block)
      std::swap(Taken, Other);
    return Taken < Other / 64;
  }

  /// Which of the threads that come here go on to To.
  Value *wayMask(BasicBlock &Block, BasicBlock &To) {
    Instruction *End = Block.getTerminator();
    if (Block.getSingleSuccessor())
      return maskOrAll();
    const Use &Condition = End->getOperandUse(0);
    const bool Same = Shapes.at(Condition).Is == Shape::Uniform;
    Value *Asked = Same ? first(Condition) : all(Condition), *Goes = nullptr;
    if (isa<BranchInst>(End)) {
      Goes = End->getSuccessor(0) == &To ? Asked : B.CreateNot(Asked);
    } else {
      auto *Switch = cast<SwitchInst>(End);
      const bool IsDefault = Switch->getDefaultDest() == &To;
      for (auto &Case : Switch->cases()) {
        if ((Case.getCaseSuccessor() == &To) == IsDefault)
          continue;
        Constant *Number = Case.getCaseValue();
        if (!Same)
          Number = ConstantVector::getSplat(ElementCount::getFixed(Threads), Number);
        Value *Equal = B.CreateICmpEQ(Asked, Number);
        Goes = Goes ? B.CreateOr(Goes, Equal) : Equal;
      }
      if (IsDefault)
        Goes = Goes ? B.CreateNot(Goes) : ConstantInt::getTrue(Asked->getType()->getWithNewBitWidth(1));
    }
    if (Same)
      return B.CreateSelect(Goes, maskOrAll(), Constant::getNullValue(maskType()));
    // Of those that do not come here the condition may be poison.
    return Mask ? B.CreateAnd(Mask, B.CreateSExt(B.CreateFreeze(Goes), maskType())) : B.CreateSExt(Goes, maskType());
  }

  /// What a phi of a successor gets from here.
  void give(PHINode &Phi, BasicBlock &Block) {
    const Use &Given = Phi.getOperandUse(Phi.getBasicBlockIndex(&Block));
    if (isa<UndefValue>(Given.get()))
      return;
    const bool IsFirst = Shapes.of(Phi).Is != Shape::Varying;
    AllocaInst *Slot = phiSlot(Phi);
    Value *Here = IsFirst ? first(Given) : all(Given);
    // Nobody comes to a header by two ways at once.
    if (Mask && !Flow.isHeader(*Phi.getParent()))
      Here = B.CreateSelect(IsFirst ? any() : comes(), Here, B.CreateLoad(Here->getType(), Slot));
    B.CreateStore(Here, Slot);
  }

  // Instructions

  void write(Instruction &I) {
    if (auto *Store = dyn_cast<StoreInst>(&I))
      return writeStore(*Store);
    if (auto *Variable = dyn_cast<AllocaInst>(&I)) {
      AllocaInst *Copies = Slots->CreateAlloca(ArrayType::get(B.getInt8Ty(), Shapes.of(I).Stride * Threads));
      Copies->setAlignment(Variable->getAlign());
      First[&I] = Copies;
      return;
    }
    if (auto *Atomic = dyn_cast<AtomicRMWInst>(&I); Atomic && isOnOne(*Atomic))
      return writeOnOne(*Atomic);
    const Shape Is = Shapes.of(I);
    if (Is.Is == Shape::Uniform)
      return writeUniform(I);
    if (Is.Is == Shape::Strided)
      return writeFirst(I);
    if (auto *Load = dyn_cast<LoadInst>(&I))
      return writeLoad(*Load);
    if (isLaneByLane(I))
      return writeLanes(I);
    if (auto *Call = dyn_cast<CallInst>(&I))
      return writeIntrinsic(*Call);
    All[&I] = widened(I);
  }

  /// One copy for all.
  void writeUniform(Instruction &I) {
    if (isa<AtomicRMWInst>(I) || isa<MemIntrinsic>(I))
      return writeLanes(I);
    Instruction *Copy = copyFirst(I);
    if (auto *Load = dyn_cast<LoadInst>(Copy); Load && Mask) {
      Load->setOperand(0, ifAny(Load->getPointerOperand()));
      Load->setAlignment(alignment(*Load));
      // A harmless value is not one of those promised.
      Load->dropUnknownNonDebugMetadata({LLVMContext::MD_access_group, LLVMContext::MD_tbaa});
    } else if (Mask && I.isIntDivRem()) {
      Copy->setOperand(1, B.CreateSelect(any(), Copy->getOperand(1), ConstantInt::get(I.getType(), 1)));
    }
    B.Insert(Copy);
    if (!I.getType()->isVoidTy())
      First[&I] = Copy;
  }

  Instruction *copyFirst(Instruction &I) {
    Instruction *Copy = I.clone();
    for (Use &U : Copy->operands())
      if (!isa<Constant, MetadataAsValue, InlineAsm>(U.get()))
        U.set(first(*U.get()));
    if (Mask || Shapes.of(I).Is == Shape::Strided)
      Copy->dropPoisonGeneratingFlags();
    return Copy;
  }

  /// The first thread's, which tells the others'.
  void writeFirst(Instruction &I) {
    if (isa<ZExtInst, SExtInst>(I)) {
      First[&I] = extended(*I.getOperand(0), isa<SExtInst>(I), I.getType());
    } else if (I.getOpcode() == Instruction::Or) {
      First[&I] = B.CreateAdd(first(I.getOperandUse(0)), first(I.getOperandUse(1)));
    } else {
      First[&I] = B.Insert(copyFirst(I));
    }
  }

  /// Operand by operand.
  Value *widened(Instruction &I) {
    auto operand = [&](unsigned Index) { return all(I.getOperandUse(Index)); };
    Instruction *New = nullptr;
    if (isLaneDivision(I)) {
      const Use &Divisor = I.getOperandUse(1);
      return divideLanes(B, I, operand(0), Shapes.at(Divisor).Is == Shape::Uniform ? first(Divisor) : all(Divisor));
    }
    if (auto *Binary = dyn_cast<BinaryOperator>(&I)) {
      Value *Right = operand(1);
      if (Mask && I.isIntDivRem())
        Right = B.CreateSelect(comes(), Right, ConstantInt::get(Right->getType(), 1));
      New = BinaryOperator::Create(Binary->getOpcode(), operand(0), Right);
    } else if (auto *Unary = dyn_cast<UnaryOperator>(&I)) {
      New = UnaryOperator::Create(Unary->getOpcode(), operand(0));
    } else if (auto *Cast = dyn_cast<CastInst>(&I)) {
      New = CastInst::Create(Cast->getOpcode(), operand(0), wide(I.getType()));
    } else if (auto *Compare = dyn_cast<CmpInst>(&I)) {
      New = CmpInst::Create(Compare->getOpcode(), Compare->getPredicate(), operand(0), operand(1));
    } else if (isa<SelectInst>(I)) {
      const Use &Condition = I.getOperandUse(0);
      Value *Which = Shapes.at(Condition).Is == Shape::Uniform ? first(Condition) : all(Condition);
      New = SelectInst::Create(Which, operand(1), operand(2));
    } else if (isa<FreezeInst>(I)) {
      New = new FreezeInst(operand(0));
    } else {
      auto &Address = cast<GetElementPtrInst>(I);
      SmallVector<Value *> Parts;
      for (const Use &U : Address.operands())
        Parts.push_back(Shapes.at(U).Is == Shape::Uniform ? first(U) : all(U));
      New = GetElementPtrInst::Create(Address.getSourceElementType(), Parts.front(), ArrayRef(Parts).drop_front());
    }
    New->copyIRFlags(&I);
    return B.Insert(New);
  }

  void writeIntrinsic(CallInst &Call) {
    const llvm::Intrinsic::ID Id = Call.getIntrinsicID();
    SmallVector<Type *> Overloads;
    SmallVector<Value *> Operands;
    if (isVectorIntrinsicWithOverloadTypeAtArg(Id, -1, nullptr))
      Overloads.push_back(wide(Call.getType()));
    for (auto [Index, U] : enumerate(Call.args())) {
      Operands.push_back(isVectorIntrinsicWithScalarOpAtArg(Id, Index, nullptr) ? first(U) : all(U));
      if (isVectorIntrinsicWithOverloadTypeAtArg(Id, Index, nullptr))
        Overloads.push_back(Operands.back()->getType());
    }
    CallInst *New = B.CreateIntrinsic(Id, Overloads, Operands);
    New->copyIRFlags(&Call);
    All[&Call] = New;
  }

  /// Whether an access of Lane at the address is one of a vector.
  bool isRow(const Use &Address, Type *Lane) const {
    const Shape Is = Shapes.at(Address);
    const DataLayout &Layout = F.getDataLayout();
    return Is.Is == Shape::Strided && Is.Stride == static_cast<int64_t>(Layout.getTypeStoreSize(Lane)) &&
           Layout.getTypeSizeInBits(Lane) == 8 * Layout.getTypeStoreSize(Lane);
  }

  void writeLoad(LoadInst &Load) {
    const Use &Address = Load.getOperandUse(0);
    Type *Lane = Load.getType();
    Instruction *New;
    if (isRow(Address, Lane) && (!Mask || Target.isLegalMaskedLoad(wide(Lane), Load.getAlign(), 0)))
      New = Mask ? static_cast<Instruction *>(B.CreateMaskedLoad(wide(Lane), first(Address), Load.getAlign(), comes()))
                 : B.CreateAlignedLoad(wide(Lane), first(Address), Load.getAlign());
    else if (isRowUsually(Address, Lane))
      return writeUsualRow(Load);
    else
      return writeLoads(Load);
    copyMetadata(Load, *New);
    All[&Load] = New;
  }

  bool isRowUsually(const Use &Address, Type *Lane) const {
    const DataLayout &Layout = F.getDataLayout();
    return Shapes.at(Address).Is == Shape::Varying && Layout.getTypeSizeInBits(Lane) == 8 * Layout.getTypeStoreSize(Lane) &&
           Shapes.usualStride(*Address) == static_cast<int64_t>(Layout.getTypeStoreSize(Lane));
  }

  /// One of a vector where all threads come here and their addresses turn out to be a row's, as those of `a[min(x + i, n)]` are but at the
  /// end.
  void writeUsualRow(LoadInst &Load) {
    const auto [IsRow, Start] = findRow(Load);
    // What both ways, and what comes behind them, may need.
    all(Load.getOperandUse(0));
    comes();
    BasicBlock *Row = BasicBlock::Create(F.getContext(), "row", Wide), *Apart = BasicBlock::Create(F.getContext(), "apart", Wide),
               *Next = BasicBlock::Create(F.getContext(), "next", Wide);
    B.CreateCondBr(IsRow, Row, Apart, MDBuilder(F.getContext()).createLikelyBranchWeights());
    B.SetInsertPoint(Row);
    LoadInst *AtOnce = B.CreateAlignedLoad(wide(Load.getType()), Start, Load.getAlign());
    copyMetadata(Load, *AtOnce);
    B.CreateBr(Next);
    B.SetInsertPoint(Apart);
    writeLoads(Load);
    Value *OneByOne = All.lookup(&Load);
    B.CreateBr(Next);
    B.SetInsertPoint(Next);
    PHINode *Loaded = B.CreatePHI(AtOnce->getType(), 2);
    Loaded->addIncoming(AtOnce, Row);
    Loaded->addIncoming(OneByOne, Apart);
    All[&Load] = Loaded;
  }

  /// Whether all threads come and load from a row, and where that begins. What is compared is the index where the address has one: it is
  /// narrower.
  std::pair<Value *, Value *> findRow(LoadInst &Load) {
    const Use &Address = Load.getOperandUse(0);
    auto isHere = [&](const Instruction *I) { return I && I->getParent() == Load.getParent(); };
    const DataLayout &Layout = F.getDataLayout();
    const int64_t Size = Layout.getTypeStoreSize(Load.getType()).getFixedValue();
    auto *Place = dyn_cast<GetElementPtrInst>(Address.get());
    const bool HasIndex = isHere(Place) && Place->getNumIndices() == 1 && Shapes.at(Place->getOperandUse(0)).Is == Shape::Uniform &&
                          Place->getOperand(1)->getType()->isIntegerTy(64) &&
                          Layout.getTypeAllocSize(Place->getSourceElementType()) == static_cast<uint64_t>(Size);
    const Use *Number = HasIndex ? &Place->getOperandUse(1) : &Address;
    auto *Extension = HasIndex ? dyn_cast<CastInst>(Number->get()) : nullptr;
    if (!isHere(Extension) || !isa<SExtInst, ZExtInst>(Extension) || Extension->getSrcTy()->getIntegerBitWidth() < 32)
      Extension = nullptr;
    else
      Number = &Extension->getOperandUse(0);
    // Of threads that do not come it may be poison.
    Value *Numbers = B.CreateFreeze(all(*Number)), *Start = B.CreateExtractElement(Numbers, uint64_t(0));
    Value *Follow = B.CreateICmpEQ(Numbers, ramp(Start, HasIndex ? 1 : Size));
    Value *IsRow = B.CreateAndReduce(Mask ? B.CreateAnd(Follow, comes()) : Follow);
    if (Extension) {
      const bool Signed = isa<SExtInst>(Extension);
      IsRow = B.CreateAnd(IsRow, B.CreateICmp(Signed ? CmpInst::ICMP_SLE : CmpInst::ICMP_ULE, Start,
                                              B.CreateExtractElement(Numbers, Threads - 1)));
      Start = Signed ? B.CreateSExt(Start, Extension->getType()) : B.CreateZExt(Start, Extension->getType());
    }
    return {IsRow, HasIndex ? B.CreateGEP(Place->getSourceElementType(), first(Place->getOperandUse(0)), Start) : Start};
  }

  /// Addresses of an access, lane by lane; harmless ones for threads that do not come here.
  SmallVector<Value *> addresses(const Use &Address) {
    SmallVector<Value *> Each;
    const Shape Is = Shapes.at(Address);
    Value *Vector = Mask || Is.Is == Shape::Varying ? all(Address) : nullptr;
    if (Mask)
      Vector = B.CreateSelect(comes(), Vector, B.CreateVectorSplat(Threads, Harmless));
    for (unsigned Lane = 0; Lane < Threads; ++Lane)
      Each.push_back(Vector ? B.CreateExtractElement(Vector, Lane)
                            : B.CreateConstGEP1_64(B.getInt8Ty(), first(Address), Lane * static_cast<uint64_t>(Is.Stride)));
    return Each;
  }

  void writeLoads(LoadInst &Load) {
    if (Target.isLegalMaskedGather(wide(Load.getType()), Load.getAlign())) {
      CallInst *New = B.CreateMaskedGather(wide(Load.getType()), all(Load.getOperandUse(0)), Load.getAlign(), comesOrAll());
      copyMetadata(Load, *New);
      All[&Load] = New;
      return;
    }
    Value *Result = PoisonValue::get(wide(Load.getType()));
    for (auto [Lane, Address] : enumerate(addresses(Load.getOperandUse(0)))) {
      LoadInst *One = B.CreateAlignedLoad(Load.getType(), Address, alignment(Load));
      copyMetadata(Load, *One);
      Result = B.CreateInsertElement(Result, One, Lane);
    }
    All[&Load] = Result;
  }

  void writeStores(StoreInst &Store) {
    Value *What = all(Store.getOperandUse(0));
    for (auto [Lane, Address] : enumerate(addresses(Store.getOperandUse(1))))
      copyMetadata(Store, *B.CreateAlignedStore(B.CreateExtractElement(What, Lane), Address, alignment(Store)));
  }

  void writeStore(StoreInst &Store) {
    const Use &What = Store.getOperandUse(0), &Address = Store.getOperandUse(1);
    Type *Lane = What->getType();
    const bool SameAddress = Shapes.at(Address).Is == Shape::Uniform;
    Instruction *New;
    if (SameAddress && (!Mask || Shapes.at(What).Is == Shape::Uniform)) {
      // Of several values one wins: the last thread's.
      Value *Won = Shapes.at(What).Is == Shape::Uniform ? first(What) : B.CreateExtractElement(all(What), Threads - 1);
      New = B.CreateAlignedStore(Won, ifAny(first(Address)), alignment(Store));
    } else if (isRow(Address, Lane) && (!Mask || Target.isLegalMaskedStore(wide(Lane), Store.getAlign(), 0))) {
      New = Mask ? static_cast<Instruction *>(B.CreateMaskedStore(all(What), first(Address), Store.getAlign(), comes()))
                 : B.CreateAlignedStore(all(What), first(Address), Store.getAlign());
    } else if (Target.isLegalMaskedScatter(wide(Lane), Store.getAlign())) {
      New = B.CreateMaskedScatter(all(What), all(Address), Store.getAlign(), comesOrAll());
    } else {
      return writeStores(Store);
    }
    copyMetadata(Store, *New);
  }

  void copyMetadata(const Instruction &From, Instruction &To) {
    To.copyMetadata(From, {LLVMContext::MD_access_group, LLVMContext::MD_tbaa, LLVMContext::MD_alias_scope, LLVMContext::MD_noalias});
  }

  bool isOnOne(const AtomicRMWInst &I) const { return Shapes.at(I.getOperandUse(0)).Is == Shape::Uniform && canUnite(I); }

  void writeOnOne(AtomicRMWInst &I) {
    Value *Address = ifAny(first(I.getOperandUse(0))), *What = all(I.getOperandUse(1));
    if (Value *Result = unite(B, I, Address, What, comes()))
      All[&I] = Result;
  }

  /// As it was, for one thread after another.
  void writeLanes(Instruction &I) {
    SmallDenseMap<const Use *, Value *> Operands;
    for (const Use &U : I.operands())
      if (!isa<Constant, MetadataAsValue>(U.get()))
        Operands[&U] = Shapes.at(U).Is == Shape::Uniform ? first(U) : all(U);
    AllocaInst *Result = I.getType()->isVoidTy() ? nullptr : slot(wide(I.getType()));
    if (Result)
      B.CreateStore(PoisonValue::get(Result->getAllocatedType()), Result);
    for (unsigned Lane = 0; Lane < Threads; ++Lane) {
      BasicBlock *Next = nullptr;
      if (Mask) {
        BasicBlock *Here = BasicBlock::Create(F.getContext(), "lane", Wide);
        Next = BasicBlock::Create(F.getContext(), "next", Wide);
        B.CreateCondBr(B.CreateExtractElement(comes(), Lane), Here, Next);
        B.SetInsertPoint(Here);
      }
      Instruction *Copy = I.clone();
      for (auto [Of, To] : zip(I.operands(), Copy->operands()))
        if (Value *Given = Operands.lookup(&Of))
          To.set(Given->getType()->isVectorTy() ? B.CreateExtractElement(Given, Lane) : Given);
      B.Insert(Copy);
      if (Result)
        B.CreateStore(B.CreateInsertElement(B.CreateLoad(Result->getAllocatedType(), Result), Copy, Lane), Result);
      if (Next) {
        B.CreateBr(Next);
        B.SetInsertPoint(Next);
      }
    }
    if (!Result)
      return;
    if (Shapes.of(I).Is == Shape::Uniform)
      First[&I] = B.CreateExtractElement(B.CreateLoad(Result->getAllocatedType(), Result), uint64_t(0));
    else
      All[&I] = B.CreateLoad(Result->getAllocatedType(), Result);
  }

  Function &F;
  const LaneFlow &Flow;
  const LaneShapes &Shapes;
  const TargetTransformInfo &Target;
  const unsigned Threads;
  IRBuilder<> B;
  Function *Wide = nullptr;
  std::optional<IRBuilder<>> Slots; ///< in the entry
  AllocaInst *Harmless = nullptr;
  DenseMap<const BasicBlock *, BasicBlock *> Begins;
  DenseMap<const Value *, Value *> Formals;
  DenseMap<const Value *, Value *> First, All; ///< as the block that is being written has them
  DenseMap<const Value *, AllocaInst *> FirstSlots, AllSlots, PhiSlots;
  DenseMap<const BasicBlock *, AllocaInst *> MaskSlots;
  SmallPtrSet<const Value *, 8> Lasting; ///< used when the loop goes on for other threads
  Value *Mask = nullptr, *Comes = nullptr, *Any = nullptr; ///< of the block that is being written
};

/// About how many instructions the wide form has.
uint64_t sizeOf(const Function &F, const LaneShapes &Shapes, unsigned Threads) {
  uint64_t Sum = 0;
  for (const Instruction &I : instructions(F)) {
    const Value *Address = getLoadStorePointerOperand(&I);
    Sum += isLaneByLane(I) || (Address && Shapes.of(*Address).Is != Shape::Uniform) ? 3 * Threads : 1;
  }
  return Sum;
}

/// Whether most of what is computed in floating point is in double precision.
bool usesDoubles(const Function &F) {
  int More = 0;
  for (const Instruction &I : instructions(F))
    if (I.getType()->isFloatingPointTy())
      More += I.getType()->isDoubleTy() ? 1 : -1;
  return More > 0;
}

/// -Rpass=cuport-lanes, -Rpass-missed=cuport-lanes
void tell(const Kernel &K, const WideStep &W, bool Gains, double Before, double After) {
  OptimizationRemarkEmitter Remarks(K.Body);
  const DiagnosticLocation At(K.Body->getSubprogram());
  auto text = [&](DiagnosticInfoOptimizationBase &&Remark) {
    Remark << ore::NV("Threads", W.Threads) << " threads of " << ore::NV("Kernel", K.Name)
           << (Gains ? " run side by side: cost " : " would gain nothing side by side: cost ") << ore::NV("After", int64_t(After))
           << " instead of " << ore::NV("Before", int64_t(Before));
    Remarks.emit(Remark);
  };
  if (Gains)
    text(OptimizationRemark("cuport-lanes", "Widened", At, &K.Body->getEntryBlock()));
  else
    text(OptimizationRemarkMissed("cuport-lanes", "NotWidened", At, &K.Body->getEntryBlock()));
}

} // namespace

WideStep widen(const Kernel &K, const Step &S, unsigned Assume, FunctionAnalysisManager &Analyses) {
  if (S.Body->hasOptSize() || When == Widening::Never)
    return {};
  const TargetTransformInfo &Target = Analyses.getResult<TargetIRAnalysis>(*K.Body);
  ScalarStep From(S, Assume);
  if (!From.prepare(Target))
    return {};
  Function &F = *From.step().Body;
  const unsigned Bits = Target.getRegisterBitWidth(TargetTransformInfo::RGK_FixedWidthVector).getFixedValue();
  if (Bits < 128)
    return {};
  WideStep W;
  // Two registers, and of the widest one: more would be less often as many as a row has.
  W.Threads = std::min(Bits, 256u) / (usesDoubles(F) ? 32 : 16);
  // Where the caller can compute what it has to check.
  BasicBlock *Begin = &S.Body->getEntryBlock();
  if (BasicBlock *Next = Begin->getSingleSuccessor(); Next && Next->getSinglePredecessor())
    Begin = Next;
  auto canCheck = [&](const Value &Number) {
    Value *Original = From.original(Number);
    return Original && canCopy(Original, *Begin);
  };
  const Uniformity Info(K, From.step(), Running::SideBySide, [](const Value &) { return InstructionUniformity::Default; });
  const Instruction *Return = nullptr;
  for (BasicBlock &Block : F)
    if (isa<ReturnInst>(Block.getTerminator()))
      Return = Block.getTerminator();
  if (!Return || (Return->getNumOperands() && !Info.isUniform(Return->getOperandUse(0))))
    return {};
  const LaneFlow Flow(F, Info, [](const BasicBlock &Block) { return any_of(Block, isLaneByLane); });
  const LaneShapes Shapes(From.step(), Info, Flow, W.Threads, canCheck);
  if (sizeOf(F, Shapes, W.Threads) > MostInstructions)
    return {};
  W.Body = Widener(K, From.step(), Flow, Shapes, Target, W.Threads).run();
  writeOutVectorMath(*W.Body, Target);
  simplifyWide(*W.Body, Analyses);
  const double Before = costOf(F, Target).value_or(0) * W.Threads;
  const std::optional<double> After = costOf(*W.Body, Target);
  // Less than this is lost to threads that wait for the last one.
  constexpr double Enough = 0.7;
  const bool Gains = After && (When == Widening::Always || *After < Enough * Before);
  tell(K, W, Gains, Before, After.value_or(0));
  if (!Gains) {
    W.Body->eraseFromParent();
    return {};
  }
  W.Check.Body = Begin;
  for (const Ramp &R : Shapes.ramps())
    W.Check.Ramps.push_back({From.original(*R.Number), R.Order});
  return W;
}

} // namespace cuport
