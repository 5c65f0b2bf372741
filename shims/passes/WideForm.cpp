// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "WideForm.h"
#include "LaneArrays.h"
#include "LaneAtomics.h"
#include "LaneDivision.h"
#include "LaneMemory.h"
#include "ScalarStep.h"

#include "llvm/Analysis/VectorUtils.h"
#include "llvm/IR/CFG.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/MDBuilder.h"
#include "llvm/IR/ProfDataUtils.h"
#include "llvm/Transforms/Utils/PromoteMemToReg.h"

using namespace llvm;

namespace cuport {

namespace {

constexpr uint64_t CacheLine = 64;

class Widener : LaneMemory {
public:
  Widener(const Kernel &K, const Step &From, const LaneFlow &Flow, const LaneShapes &Shapes, const TargetTransformInfo &Target,
          unsigned Threads, bool PartsThreads)
      : LaneMemory(*From.Body, Flow, Shapes, Target, Threads), Flow(Flow) {
    SmallVector<Type *> Types(F.getFunctionType()->params());
    Wide = createAround(K, ".wide", PartsThreads ? wide(F.getReturnType()) : F.getReturnType(), Types);
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
    Harmless = Slots->CreateAlloca(wide(Slots->getInt64Ty()));
    Slots->CreateStore(Constant::getNullValue(Harmless->getAllocatedType()), Harmless);
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
  /// Which values other blocks use, and how.
  void findWhatCrosses() {
    for (Instruction &I : instructions(F))
      for (Use &U : I.uses()) {
        auto *User = cast<Instruction>(U.getUser());
        auto *Phi = dyn_cast<PHINode>(User);
        const BasicBlock &To = Phi ? *Phi->getIncomingBlock(U) : *User->getParent();
        if (Shapes.of(*User).Is == Shape::Strided && isa<ZExtInst, SExtInst>(User))
          findWhatIsExtended(I, isa<SExtInst>(User), To);
        if (&To == I.getParent())
          continue;
        if (Shapes.at(U).Is == Shape::Varying) {
          if (!AllSlots.count(&I))
            AllSlots[&I] = slot(wide(I.getType()));
          if (Flow.isFromOtherIterations(*I.getParent(), To))
            Lasting.insert(&I);
        } else {
          findFirst(I);
        }
      }
  }

  void findFirst(const Instruction &I) {
    if (!FirstSlots.count(&I))
      FirstSlots[&I] = slot(I.getType());
  }

  /// What `extended` asks for in To.
  void findWhatIsExtended(const Value &Number, bool Signed, const BasicBlock &To) {
    auto *I = dyn_cast<Instruction>(&Number);
    if (!I)
      return;
    if (isComputedAgain(*I, Signed)) {
      for (const Use &U : I->operands())
        findWhatIsExtended(*U.get(), isa<SExtInst>(I) || (Signed && !isa<ZExtInst>(I)), To);
    } else if (I->getParent() != &To) {
      findFirst(*I);
    }
  }

  bool isComputedAgain(const Instruction &Number, bool Signed) const {
    return Shapes.of(Number).Is != Shape::Uniform && !Shapes.isLinearAnyway(Number, Signed);
  }

  /// Number at To's width, if that is exact for threads that come here. Where some do not, the first may be among these, and what
  /// it would have computed may have wrapped: then it is computed again, in To.
  Value *extended(const Value &Number, bool Signed, Type *To) {
    auto *I = dyn_cast<Instruction>(&Number);
    if (!I || !isComputedAgain(*I, Signed))
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
    case Instruction::Xor:
      return B.CreateXor(operand(0), Signed ? Constant::getAllOnesValue(To)
                                            : ConstantInt::get(To, APInt::getLowBitsSet(To->getScalarSizeInBits(),
                                                                                        Number.getType()->getScalarSizeInBits())));
    case Instruction::ZExt:
      return extended(*I->getOperand(0), false, To);
    case Instruction::SExt:
      return extended(*I->getOperand(0), true, To);
    default:
      llvm_unreachable("not linear");
    }
  }

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
      if (!Return->getReturnValue())
        B.CreateRetVoid();
      else
        B.CreateRet(Wide->getReturnType()->isVectorTy() ? all(Return->getOperandUse(0)) : first(Return->getOperandUse(0)));
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
      AllocaInst *Copies = Slots->CreateAlloca(ArrayType::get(B.getInt8Ty(), sizeOf(*Variable) * Threads));
      Copies->setAlignment(std::max(Variable->getAlign(), Align(elementSize(*Variable) ? CacheLine : 1)));
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
    // By what may be 0 where no thread comes.
    if (Mask && I.isIntDivRem())
      Copy->setOperand(1, B.CreateSelect(any(), Copy->getOperand(1), ConstantInt::get(I.getType(), 1)));
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

  const LaneFlow &Flow;
  DenseMap<const BasicBlock *, BasicBlock *> Begins;
  DenseMap<const Value *, Value *> Formals;
  DenseMap<const Value *, AllocaInst *> PhiSlots;
  DenseMap<const BasicBlock *, AllocaInst *> MaskSlots;
  SmallPtrSet<const Value *, 8> Lasting; ///< used when the loop goes on for other threads
};

} // namespace

Function *writeWideForm(const Kernel &K, const Step &From, const LaneFlow &Flow, const LaneShapes &Shapes,
                        const TargetTransformInfo &Target, unsigned Threads, bool PartsThreads) {
  return Widener(K, From, Flow, Shapes, Target, Threads, PartsThreads).run();
}

} // namespace cuport
