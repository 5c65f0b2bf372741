// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "BlockMode.h"
#include "JoinedValues.h"
#include "LaneLoop.h"
#include "Names.h"
#include "Regions.h"
#include "Simplify.h"
#include "ThreadMode.h"

#include "llvm/ADT/SCCIterator.h"
#include "llvm/Analysis/CallGraph.h"
#include "llvm/Analysis/ValueTracking.h"
#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/Transforms/Utils/Cloning.h"
#include "llvm/Transforms/Utils/Local.h"
#include "llvm/Transforms/Utils/LowerAtomic.h"

using namespace llvm;

namespace cuport {

/// Whether F's own code has something that is cut away from a step: then it must not be a call.
static bool hasCut(const Function &F) {
  return any_of(instructions(F), [](const Instruction &I) {
    const std::optional<Intrinsic> Id = intrinsicOf(I);
    return Id && (isStop(*Id) || *Id == Intrinsic::Exit);
  });
}

void inlineCollectives(Module &M) {
  FunctionSet Cut;
  CallGraph Graph(M);
  for (scc_iterator<CallGraph *> Group = scc_begin(&Graph); !Group.isAtEnd(); ++Group)
    for (CallGraphNode *Node : *Group) {
      Function *F = Node->getFunction();
      if (!F || F->isDeclaration())
        continue;
      const bool Reaches = hasCut(*F) || any_of(*Node, [&](auto &Callee) {
                             return Callee.second->getFunction() && Cut.contains(Callee.second->getFunction());
                           });
      if (!Reaches)
        continue;
      Cut.insert(F);
      if (F->hasFnAttribute(KernelAttribute) || Group.hasCycle() || F->hasOptNone())
        continue;
      F->removeFnAttr(Attribute::NoInline);
      F->addFnAttr(Attribute::AlwaysInline);
    }
}

/// Whether some code behind a call in the kernel stops for other threads, or could.
static bool waitsElsewhere(const Kernel &K) {
  for (Function *F : reachableFrom(*K.Body)) {
    if (F == K.Body || intrinsicOf(*F))
      continue;
    if (F->isDeclaration() ? F->getName().ends_with(DeviceSuffix) : hasCut(*F))
      return true;
  }
  return false;
}

Function *createAround(const Kernel &K, StringRef Suffix, Type *Result, ArrayRef<Type *> Parameters) {
  auto *Type = FunctionType::get(Result, Parameters, false);
  Function *F = Function::Create(Type, GlobalValue::InternalLinkage, K.Body->getName() + Suffix, K.Body->getParent());
  AttrBuilder Attributes(F->getContext(), K.Body->getAttributes().getFnAttrs());
  for (StringRef Name : {KernelAttribute, NameAttribute, SharedAttribute})
    Attributes.removeAttribute(Name);
  // What held of one thread's run need not hold of a block's.
  for (Attribute::AttrKind Kind : {Attribute::Memory, Attribute::Convergent, Attribute::NoInline, Attribute::AlwaysInline,
                                   Attribute::WillReturn, Attribute::NoSync, Attribute::NoFree, Attribute::NoReturn})
    Attributes.removeAttribute(Kind);
  F->addFnAttrs(Attributes);
  F->addFnAttr(SimplifyAttribute);
  attachSubprogram(*F, *K.Body);
  return F;
}

static Value *placeValue(const Step &S, Intrinsic Id, const CallBase &Call) {
  auto dimensional = [&](unsigned First) {
    return S.place(First + cast<ConstantInt>(Call.getArgOperand(0))->getZExtValue());
  };
  switch (Id) {
  case Intrinsic::ThreadIdx:
    return dimensional(ThreadXParameter);
  case Intrinsic::BlockIdx:
    return dimensional(BlockIdxParameter);
  case Intrinsic::BlockDim:
    return dimensional(BlockDimParameter);
  case Intrinsic::GridDim:
    return dimensional(GridDimParameter);
  case Intrinsic::WarpSize:
    return S.place(WarpSizeParameter);
  case Intrinsic::Lane:
    return S.place(LaneParameter);
  case Intrinsic::DynamicSharedSize:
    return S.place(DynamicSharedSizeParameter);
  case Intrinsic::DynamicShared:
    return S.place(DynamicSharedParameter);
  case Intrinsic::SharedBase:
    return S.place(SharedBaseParameter);
  default:
    llvm_unreachable("not a place");
  }
}

static bool hasConstantDimensions(Function &F) {
  return all_of(instructions(F), [](Instruction &I) {
    const std::optional<Intrinsic> Id = intrinsicOf(I);
    if (!Id || *Id > Intrinsic::GridDim)
      return true;
    auto *Dimension = dyn_cast<ConstantInt>(cast<CallBase>(I).getArgOperand(0));
    return Dimension && Dimension->getZExtValue() < 3;
  });
}

static void privatizeParameters(const Kernel &K, Function &Body) {
  for (auto [Index, Parameter] : enumerate(K.Parameters)) {
    if (!isThreadsOwn(K, Index))
      continue;
    Argument *Formal = Body.getArg(Index);
    IRBuilder<> Builder(&*Body.getEntryBlock().getFirstNonPHIOrDbgOrAlloca());
    AllocaInst *Copy = Builder.CreateAlloca(ArrayType::get(Builder.getInt8Ty(), Parameter.Size));
    Copy->setAlignment(Parameter.Alignment);
    Formal->replaceAllUsesWith(Copy);
    Builder.CreateMemCpy(Copy, Parameter.Alignment, Formal, Align(1), Parameter.Size);
  }
}

/// Code behind the call may ask where it is, by cuport_self.
static bool mayAsk(const CallBase &Call) {
  if (isa<IntrinsicInst>(Call) || Call.isInlineAsm() || Call.doesNotAccessMemory())
    return false;
  const std::optional<Intrinsic> Id = intrinsicOf(Call);
  return !Id || *Id >= Intrinsic::Trap;
}

static void setSelfBeforeCalls(const Step &S) {
  SmallVector<CallBase *> Calls;
  for (Instruction &I : instructions(*S.Body))
    if (auto *Call = dyn_cast<CallBase>(&I); Call && mayAsk(*Call))
      Calls.push_back(Call);
  for (CallBase *Call : Calls) {
    IRBuilder<> Builder(Call);
    Value *Thread = loadThread(Builder);
    unsigned Offset = 0;
    for (unsigned Parameter = ThreadXParameter; Parameter < PlaceParameters; ++Parameter, Offset += 4)
      Builder.CreateStore(S.place(Parameter), Builder.CreateConstInBoundsGEP1_64(Builder.getInt8Ty(), Thread, Offset));
  }
}

static const Value *baseOf(const Value *Pointer) { return getUnderlyingObject(Pointer, 24); }

bool isShared(const Step &S, const Value *Address) {
  const Value *Base = baseOf(Address);
  return Base == S.place(SharedBaseParameter) || Base == S.place(DynamicSharedParameter);
}

/// On an atomic of which nobody but the block sees anything.
constexpr StringLiteral OfBlockMetadata = "cuport.of-block";

bool isOfBlock(const AtomicRMWInst &I) { return I.hasMetadata(OfBlockMetadata); }

/// A block runs on one thread of the operating system, and so nobody else sees its shared memory.
static void findSharedAtomics(const Step &S) {
  for (Instruction &I : make_early_inc_range(instructions(*S.Body))) {
    if (auto *Update = dyn_cast<AtomicRMWInst>(&I); Update && isShared(S, Update->getPointerOperand()))
      Update->setMetadata(OfBlockMetadata, MDNode::get(I.getContext(), {}));
    else if (auto *Exchange = dyn_cast<AtomicCmpXchgInst>(&I); Exchange && isShared(S, Exchange->getPointerOperand()))
      lowerAtomicCmpXchgInst(Exchange);
  }
}

void lowerAtomicsOfBlocks(Module &M) {
  for (Function &F : M)
    for (Instruction &I : make_early_inc_range(instructions(F)))
      if (auto *Update = dyn_cast<AtomicRMWInst>(&I); Update && isOfBlock(*Update))
        lowerAtomicRMWInst(Update);
}

bool isOwnVariable(const Value *Address) { return isa<AllocaInst>(baseOf(Address)); }

void markParallel(Instruction &Access, MDNode *Group) {
  if (!isOwnVariable(getLoadStorePointerOperand(&Access)))
    Access.setMetadata(LLVMContext::MD_access_group, Group);
}

static void markParallel(Step &S) {
  S.Parallel = MDNode::getDistinct(S.Body->getContext(), {});
  for (Instruction &I : instructions(*S.Body)) {
    auto *Load = dyn_cast<LoadInst>(&I);
    auto *Store = dyn_cast<StoreInst>(&I);
    if ((Load && Load->isSimple()) || (Store && Store->isSimple()))
      markParallel(I, S.Parallel);
  }
}

/// Whether the source of a shuffle lies inside the section is arithmetic: nobody waits.
static void expandShuffleInside(const Step &S) {
  for (Instruction &I : make_early_inc_range(instructions(*S.Body))) {
    if (intrinsicOf(I) != Intrinsic::ShuffleInside)
      continue;
    auto &Call = cast<CallBase>(I);
    IRBuilder<> B(&Call);
    Value *Kind = Call.getArgOperand(0), *Operand = Call.getArgOperand(1), *Lane = S.place(LaneParameter);
    Value *Last = B.CreateSub(Call.getArgOperand(2), B.getInt32(1));
    Value *Place = B.CreateAnd(Lane, Last);
    enum { Index, Up, Down, Xor };
    Value *Xored = B.CreateICmpULE(B.CreateXor(Lane, Operand), B.CreateOr(Lane, Last));
    Value *Inside = B.CreateSelect(B.CreateICmpEQ(Kind, B.getInt32(Xor)), Xored, B.getTrue());
    Inside = B.CreateSelect(B.CreateICmpEQ(Kind, B.getInt32(Down)), B.CreateICmpULE(B.CreateAdd(Place, Operand), Last), Inside);
    Inside = B.CreateSelect(B.CreateICmpEQ(Kind, B.getInt32(Up)), B.CreateICmpUGE(Place, Operand), Inside);
    Call.replaceAllUsesWith(B.CreateZExt(Inside, B.getInt32Ty()));
    Call.eraseFromParent();
  }
}

Step makeStep(const Kernel &K, Type *Result, ArrayRef<Type *> More) {
  LLVMContext &Context = K.Body->getContext();
  SmallVector<Type *> Types(K.Body->getFunctionType()->params());
  const unsigned FirstPlace = Types.size();
  for (unsigned Parameter = 0; Parameter < PlaceParameters; ++Parameter) {
    const bool IsPointer = Parameter == DynamicSharedParameter || Parameter == SharedBaseParameter;
    Types.push_back(IsPointer ? static_cast<Type *>(PointerType::getUnqual(Context)) : Type::getInt32Ty(Context));
  }
  append_range(Types, More);
  Step S;
  S.FirstPlace = FirstPlace;
  S.Body = createAround(K, ".step", Result, Types);
  ValueToValueMapTy Map;
  for (Argument &Formal : K.Body->args()) {
    Map[&Formal] = S.Body->getArg(Formal.getArgNo());
    S.Body->getArg(Formal.getArgNo())->setName(Formal.getName());
  }
  SmallVector<ReturnInst *> Returns;
  CloneFunctionInto(S.Body, K.Body, Map, CloneFunctionChangeType::LocalChangesOnly, Returns);
  S.Body->setSubprogram(nullptr);
  for (Instruction &I : instructions(*S.Body))
    I.dropDbgRecords();
  for (StringRef Name : {KernelAttribute, NameAttribute, SharedAttribute})
    S.Body->removeFnAttr(Name);
  for (Attribute::AttrKind Kind : {Attribute::Memory, Attribute::WillReturn, Attribute::NoSync, Attribute::NoFree,
                                   Attribute::NoReturn})
    S.Body->removeFnAttr(Kind);
  for (unsigned Parameter : {DynamicSharedParameter, SharedBaseParameter})
    S.place(Parameter)->addAttr(Attribute::getWithAlignment(Context, Align(128)));
  for (Instruction &I : make_early_inc_range(instructions(*S.Body))) {
    const std::optional<Intrinsic> Id = intrinsicOf(I);
    if (!Id || !isPlace(*Id))
      continue;
    I.replaceAllUsesWith(placeValue(S, *Id, cast<CallBase>(I)));
    I.eraseFromParent();
  }
  expandShuffleInside(S);
  SmallVector<Instruction *> Exits;
  for (Instruction &I : instructions(*S.Body))
    if (intrinsicOf(I) == Intrinsic::Exit)
      Exits.push_back(&I);
  for (Instruction *Exit : Exits) {
    changeToUnreachable(Exit->getNextNode());
    ReturnInst::Create(Context, nullptr, Exit->getParent()->getTerminator()->getIterator());
    Exit->getParent()->getTerminator()->eraseFromParent();
    Exit->eraseFromParent();
  }
  removeUnreachableBlocks(*S.Body);
  privatizeParameters(K, *S.Body);
  setSelfBeforeCalls(S);
  markParallel(S);
  // Behind the marks: these do depend on each other.
  findSharedAtomics(S);
  if (!Result->isVoidTy())
    for (BasicBlock &Block : *S.Body)
      if (auto *Return = dyn_cast<ReturnInst>(Block.getTerminator())) {
        ReturnInst::Create(Context, ConstantInt::getAllOnesValue(Result), Return->getIterator());
        Return->eraseFromParent();
      }
  return S;
}

BlockValues loadBlockValues(IRBuilder<> &Builder, const Kernel &K, const Step &S, Value *Arguments, Value *Block, bool Copy) {
  BlockValues Values;
  Values.Arguments = loadArguments(Builder, K, Arguments, Copy ? ParameterCopy::ReadOnly : ParameterCopy::None);
  Module &M = *K.Body->getParent();
  auto place = [&](Intrinsic Id, int Dimension) -> Value * {
    SmallVector<Value *, 1> Operands;
    if (Dimension >= 0)
      Operands.push_back(Builder.getInt32(Dimension));
    CallInst *Call = Builder.CreateCall(getIntrinsic(M, Id), Operands);
    Value *Result = loadPlace(Builder, Id, *Call, nullptr, Block);
    Call->eraseFromParent();
    return Result;
  };
  for (int Dimension = 0; Dimension < 3; ++Dimension) {
    Values.Places[BlockIdxParameter + Dimension] = place(Intrinsic::BlockIdx, Dimension);
    Values.Places[BlockDimParameter + Dimension] = place(Intrinsic::BlockDim, Dimension);
    Values.Places[GridDimParameter + Dimension] = place(Intrinsic::GridDim, Dimension);
    Values.Box[Dimension] = Values.Places[BlockDimParameter + Dimension];
  }
  Values.Places[WarpSizeParameter] = place(Intrinsic::WarpSize, -1);
  Values.Places[DynamicSharedSizeParameter] = place(Intrinsic::DynamicSharedSize, -1);
  Values.Places[DynamicSharedParameter] = place(Intrinsic::DynamicShared, -1);
  Values.Places[SharedBaseParameter] = place(Intrinsic::SharedBase, -1);
  return Values;
}

SmallVector<Value *> operandsOf(const BlockValues &Values, const ThreadValues &Thread, ArrayRef<Value *> More) {
  SmallVector<Value *> Operands(Values.Arguments);
  append_range(Operands, Values.Places);
  append_range(Operands, std::initializer_list<Value *>{Thread.X, Thread.Y, Thread.Z, Thread.Linear, Thread.Lane});
  append_range(Operands, More);
  return Operands;
}

Value *inlineCall(IRBuilder<> &Builder, Function &Callee, ArrayRef<Value *> Operands) {
  CallInst *Call = Builder.CreateCall(&Callee, Operands);
  if (DISubprogram *Program = Call->getFunction()->getSubprogram())
    Call->setDebugLoc(DILocation::get(Call->getContext(), 0, 0, Program));
  // Follows the result through inlining.
  Instruction *Follower = Call->getType()->isVoidTy() ? nullptr : cast<Instruction>(Builder.CreateFreeze(Call));
  Instruction *Next = Call->getNextNode();
  InlineFunctionInfo Info;
  InlineFunction(*Call, Info, /*MergeAttributes=*/true);
  Value *Result = nullptr;
  if (Follower) {
    Result = Follower->getOperand(0);
    Next = Follower->getNextNode();
    Follower->eraseFromParent();
  }
  Builder.SetInsertPoint(Next);
  return Result;
}

Value *inlineStep(IRBuilder<> &Builder, const Step &S, const BlockValues &Values, const ThreadValues &Thread,
                  ArrayRef<Value *> More) {
  return inlineCall(Builder, *S.Body, operandsOf(Values, Thread, More));
}

void makeBlockFunction(CompiledKernel &C, FunctionAnalysisManager &Analyses) {
  const Kernel &K = C.Source;
  if (K.Body->hasOptNone() || isSanitized(*K.Body) || waitsElsewhere(K) || !hasConstantDimensions(*K.Body))
    return;
  joinValues(*K.Body);
  spellAccesses(*K.Body, Analyses);
  makeRegions(C, Analyses);
}

} // namespace cuport
