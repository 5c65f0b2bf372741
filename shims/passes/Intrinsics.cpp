// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Intrinsics.h"
#include "Names.h"

#include "llvm/Demangle/Demangle.h"
#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace cuport {

namespace {

/// Offsets in shims/backends/cpu/Block.h.
enum BlockOffset : unsigned {
  BlockIdxOffset = 0,
  BlockDimOffset = 12,
  GridDimOffset = 24,
  ThreadCountOffset = 36,
  WarpSizeOffset = 40,
  DynamicSharedSizeOffset = 44,
  SharedOffset = 48,
  DynamicSharedOffset = 56,
  SchedulerOffset = 64,
  FramesOffset = 80,
};
/// Indices in cuport_scheduler that no intrinsic has.
enum ScheduledForBlock : unsigned { YieldIndex = 10, RegionsIndex = 14, SettleIndex = 15 };
enum ThreadOffset : unsigned { ThreadIdxOffset = 0, LaneOffset = 16, BlockOffset = 24 };

struct Row {
  Intrinsic Id;
  StringLiteral Name;
  const char *Signature; ///< result, then parameters: v void, i i32, l i64, p pointer
  int Scheduled;         ///< index in cuport_scheduler; -1: none
  bool HasPlace;         ///< the scheduler's function begins with the place
};

constexpr Row Table[] = {
    {Intrinsic::ThreadIdx, "thread_idx", "ii", -1, false},
    {Intrinsic::BlockIdx, "block_idx", "ii", -1, false},
    {Intrinsic::BlockDim, "block_dim", "ii", -1, false},
    {Intrinsic::GridDim, "grid_dim", "ii", -1, false},
    {Intrinsic::WarpSize, "warp_size", "i", -1, false},
    {Intrinsic::Lane, "lane", "i", -1, false},
    {Intrinsic::DynamicSharedSize, "dynamic_shared_size", "i", -1, false},
    {Intrinsic::DynamicShared, "dynamic_shared", "p", -1, false},
    {Intrinsic::SharedBase, "shared_base", "p", -1, false},
    {Intrinsic::Barrier, "barrier", "vii", 0, true},
    {Intrinsic::BarrierReduce, "barrier_reduce", "iii", 1, true},
    {Intrinsic::GridBarrier, "grid_barrier", "v", 2, true},
    {Intrinsic::WarpBarrier, "warp_barrier", "vl", 3, true},
    {Intrinsic::Shuffle, "shuffle", "llliii", 4, true},
    {Intrinsic::ShuffleInside, "shuffle_inside", "iiii", 5, false},
    {Intrinsic::Vote, "vote", "llii", 6, true},
    {Intrinsic::Match, "match", "llli", 7, true},
    {Intrinsic::Reduce, "reduce", "llli", 8, true},
    {Intrinsic::ActiveMask, "active_mask", "l", 9, true},
    {Intrinsic::Sleep, "nanosleep", "vi", -1, false},
    {Intrinsic::SharedVariable, "shared_variable", "pp", 16, false},
    {Intrinsic::AddressSpace, "address_space", "ip", 17, false},
    {Intrinsic::Exit, "exit", "v", 11, false},
    {Intrinsic::Trap, "trap", "v", 12, true},
    {Intrinsic::AssertFailed, "assert_failed", "vppip", 13, false},
};

const Row &rowOf(Intrinsic Id) {
  const Row &R = Table[static_cast<unsigned>(Id)];
  assert(R.Id == Id && "the table is in the order of the enum");
  return R;
}

Type *typeOf(LLVMContext &Context, char Letter) {
  switch (Letter) {
  case 'i':
    return Type::getInt32Ty(Context);
  case 'l':
    return Type::getInt64Ty(Context);
  case 'p':
    return PointerType::getUnqual(Context);
  default:
    return Type::getVoidTy(Context);
  }
}

FunctionType *signatureOf(LLVMContext &Context, const Row &R, bool WithPlace) {
  SmallVector<Type *> Parameters;
  if (WithPlace)
    Parameters.push_back(PointerType::getUnqual(Context));
  for (const char *Letter = R.Signature + 1; *Letter; ++Letter)
    Parameters.push_back(typeOf(Context, *Letter));
  return FunctionType::get(typeOf(Context, R.Signature[0]), Parameters, false);
}

Value *loadConstant(IRBuilder<> &Builder, Type *T, Value *Base, uint64_t Offset) {
  LoadInst *Load = Builder.CreateLoad(T, Builder.CreateConstInBoundsGEP1_64(Builder.getInt8Ty(), Base, Offset));
  Load->setMetadata(LLVMContext::MD_invariant_load, MDNode::get(Builder.getContext(), {}));
  return Load;
}

} // namespace

std::optional<Intrinsic> intrinsicOf(const Function &F) {
  StringRef Name = F.getName();
  if (!Name.consume_front(IntrinsicPrefix))
    return std::nullopt;
  for (const Row &R : Table)
    if (R.Name == Name)
      return R.Id;
  return std::nullopt;
}

std::optional<Intrinsic> intrinsicOf(const Instruction &I) {
  const auto *Call = dyn_cast<CallBase>(&I);
  const Function *Callee = Call ? Call->getCalledFunction() : nullptr;
  return Callee ? intrinsicOf(*Callee) : std::nullopt;
}

bool isPlace(Intrinsic Id) { return Id <= Intrinsic::SharedBase; }

bool isCollective(Intrinsic Id) {
  return Id >= Intrinsic::Barrier && Id <= Intrinsic::ActiveMask && Id != Intrinsic::ShuffleInside;
}

bool isStop(Intrinsic Id) { return isCollective(Id) || Id == Intrinsic::Sleep; }

static void setAttributes(Function &F, Intrinsic Id) {
  F.setDoesNotThrow();
  if (isPlace(Id)) {
    F.setDoesNotAccessMemory();
    F.addFnAttr(Attribute::WillReturn);
    F.addFnAttr(Attribute::Speculatable);
    F.addFnAttr(Attribute::NoCallback);
    F.addFnAttr(Attribute::NoFree);
    F.addFnAttr(Attribute::NoSync);
    F.setNotConvergent();
    if (F.getReturnType()->isPointerTy()) {
      F.addRetAttr(Attribute::NonNull);
      F.addRetAttr(Attribute::getWithAlignment(F.getContext(), Align(128)));
    }
  } else if (Id == Intrinsic::SharedVariable || Id == Intrinsic::AddressSpace) {
    // The answers stay the same as long as the block lives.
    F.setDoesNotAccessMemory();
    F.addFnAttr(Attribute::WillReturn);
    F.setNotConvergent();
  } else if (Id == Intrinsic::Exit || Id == Intrinsic::Trap || Id == Intrinsic::AssertFailed) {
    F.setDoesNotReturn();
  } else {
    F.setConvergent();
  }
}

Function *getIntrinsic(Module &M, Intrinsic Id) {
  const Row &R = rowOf(Id);
  const std::string Name = (IntrinsicPrefix + R.Name).str();
  Function *F = M.getFunction(Name);
  if (!F) {
    F = Function::Create(signatureOf(M.getContext(), R, false), GlobalValue::ExternalLinkage, Name, M);
    setAttributes(*F, Id);
  }
  return F;
}

void prepareIntrinsics(Module &M) {
  for (Function &F : M) {
    const std::optional<Intrinsic> Id = intrinsicOf(F);
    if (!Id)
      continue;
    setAttributes(F, *Id);
    if (isPlace(*Id))
      for (User *U : F.users())
        if (auto *Call = dyn_cast<CallBase>(U)) {
          Call->setNotConvergent();
          Call->setDoesNotAccessMemory();
        }
  }
}

Constant *stringConstant(Module &M, StringRef Text) {
  const std::string Name = ("cuport.text." + Text).str();
  if (GlobalVariable *Old = M.getNamedGlobal(Name))
    return Old;
  Constant *Data = ConstantDataArray::getString(M.getContext(), Text);
  auto *Variable = new GlobalVariable(M, Data->getType(), true, GlobalValue::PrivateLinkage, Data, Name);
  Variable->setUnnamedAddr(GlobalValue::UnnamedAddr::Global);
  return Variable;
}

/// Headers of ours are between the user's call and the intrinsic; what people want to read is their own line.
static bool isOwnHeader(const DILocation &Location) {
  return (Location.getDirectory() + "/" + Location.getFilename()).str().find("include/cuport/") != std::string::npos;
}

Constant *placeOf(const Instruction &I) {
  Module &M = *const_cast<Module *>(I.getModule());
  std::string File, Name;
  unsigned Line = 0;
  const DILocation *Location = I.getDebugLoc().get();
  while (Location && Location->getInlinedAt() && isOwnHeader(*Location))
    Location = Location->getInlinedAt();
  if (Location) {
    File = Location->getFilename().str();
    Line = Location->getLine();
    if (const DISubprogram *Program = Location->getScope()->getSubprogram())
      Name = demangle(Program->getLinkageName().empty() ? Program->getName() : Program->getLinkageName());
  }
  LLVMContext &Context = M.getContext();
  Constant *Fields[] = {stringConstant(M, File), stringConstant(M, Name),
                        ConstantInt::get(Type::getInt32Ty(Context), Line)};
  Constant *Place = ConstantStruct::getAnon(Fields);
  auto *Variable = new GlobalVariable(M, Place->getType(), true, GlobalValue::PrivateLinkage, Place, "cuport.place");
  Variable->setUnnamedAddr(GlobalValue::UnnamedAddr::Global);
  return Variable;
}

Value *loadThread(IRBuilder<> &Builder) {
  Module &M = *Builder.GetInsertBlock()->getModule();
  GlobalVariable *Self = M.getNamedGlobal("cuport_self");
  if (!Self)
    Self = new GlobalVariable(M, Builder.getPtrTy(), false, GlobalValue::ExternalLinkage, nullptr, "cuport_self", nullptr,
                              GlobalValue::InitialExecTLSModel);
  return Builder.CreateLoad(Builder.getPtrTy(), Builder.CreateThreadLocalAddress(Self), "self");
}

Value *loadBlock(IRBuilder<> &Builder, Value *Thread) {
  return loadConstant(Builder, Builder.getPtrTy(), Thread, BlockOffset);
}

Value *loadSchedulerFunction(IRBuilder<> &Builder, Value *Block, unsigned Index) {
  Value *Scheduler = loadConstant(Builder, Builder.getPtrTy(), Block, SchedulerOffset);
  return loadConstant(Builder, Builder.getPtrTy(), Scheduler, Index * 8);
}

Value *loadPlace(IRBuilder<> &Builder, Intrinsic Id, const CallBase &Call, Value *Thread, Value *Block) {
  auto dimensional = [&](Value *Base, unsigned Offset) -> Value * {
    auto *Dimension = dyn_cast<ConstantInt>(Call.getArgOperand(0));
    if (Dimension && Dimension->getZExtValue() < 3)
      return loadConstant(Builder, Builder.getInt32Ty(), Base, Offset + 4 * Dimension->getZExtValue());
    // At -O0 the dimension is an argument of a header's function.
    Value *Field = Builder.CreateConstInBoundsGEP1_64(Builder.getInt8Ty(), Base, Offset);
    return Builder.CreateLoad(Builder.getInt32Ty(),
                              Builder.CreateGEP(Builder.getInt32Ty(), Field, Call.getArgOperand(0)));
  };
  switch (Id) {
  case Intrinsic::ThreadIdx:
    return dimensional(Thread, ThreadIdxOffset);
  case Intrinsic::BlockIdx:
    return dimensional(Block, BlockIdxOffset);
  case Intrinsic::BlockDim:
    return dimensional(Block, BlockDimOffset);
  case Intrinsic::GridDim:
    return dimensional(Block, GridDimOffset);
  case Intrinsic::WarpSize:
    return loadConstant(Builder, Builder.getInt32Ty(), Block, WarpSizeOffset);
  case Intrinsic::Lane:
    return loadConstant(Builder, Builder.getInt32Ty(), Thread, LaneOffset);
  case Intrinsic::DynamicSharedSize:
    return loadConstant(Builder, Builder.getInt32Ty(), Block, DynamicSharedSizeOffset);
  case Intrinsic::DynamicShared:
    return loadConstant(Builder, Builder.getPtrTy(), Block, DynamicSharedOffset);
  case Intrinsic::SharedBase:
    return loadConstant(Builder, Builder.getPtrTy(), Block, SharedOffset);
  default:
    llvm_unreachable("not a place");
  }
}

CallInst *callScheduler(IRBuilder<> &Builder, Intrinsic Id, CallBase &Call, Value *Block) {
  const Row &R = rowOf(Id);
  SmallVector<Value *> Arguments;
  if (R.HasPlace)
    Arguments.push_back(placeOf(Call));
  append_range(Arguments, Call.args());
  CallInst *New = Builder.CreateCall(signatureOf(Builder.getContext(), R, R.HasPlace),
                                     loadSchedulerFunction(Builder, Block, R.Scheduled), Arguments);
  New->setDoesNotThrow();
  New->setDebugLoc(Call.getDebugLoc());
  if (Call.doesNotReturn() || Id >= Intrinsic::Exit)
    New->setDoesNotReturn();
  return New;
}

Value *loadFrames(IRBuilder<> &Builder, Value *Block) {
  return loadConstant(Builder, Builder.getPtrTy(), Block, FramesOffset);
}

Value *loadThreadCount(IRBuilder<> &Builder, Value *Block) {
  return loadConstant(Builder, Builder.getInt32Ty(), Block, ThreadCountOffset);
}

void callRegions(IRBuilder<> &Builder, Constant *Regions, Value *Arguments, Value *Block) {
  Type *Pointer = Builder.getPtrTy();
  Builder.CreateCall(FunctionType::get(Builder.getVoidTy(), {Pointer, Pointer, Pointer}, false),
                     loadSchedulerFunction(Builder, Block, RegionsIndex), {Regions, Arguments, Block});
}

void callSettle(IRBuilder<> &Builder, Value *Block, Value *Point, Value *First, Value *Count) {
  Type *Pointer = Builder.getPtrTy(), *Int32 = Builder.getInt32Ty();
  Builder.CreateCall(FunctionType::get(Builder.getVoidTy(), {Pointer, Pointer, Int32, Int32}, false),
                     loadSchedulerFunction(Builder, Block, SettleIndex), {Block, Point, First, Count});
}

void callYield(IRBuilder<> &Builder, Value *Block) {
  Builder.CreateCall(FunctionType::get(Builder.getVoidTy(), false), loadSchedulerFunction(Builder, Block, YieldIndex));
}

} // namespace cuport
