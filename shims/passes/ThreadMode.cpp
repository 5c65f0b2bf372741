// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "ThreadMode.h"
#include "Intrinsics.h"

#include "llvm/IR/DIBuilder.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"
#include "llvm/Transforms/Utils/Cloning.h"
#include "llvm/Transforms/Utils/Local.h"

using namespace llvm;

namespace cuport {

void attachSubprogram(Function &Around, const Function &Body) {
  DISubprogram *Program = Body.getSubprogram();
  if (!Program)
    return;
  DIBuilder Builder(*Around.getParent(), true, Program->getUnit());
  DISubprogram *New = Builder.createFunction(
      Program->getFile(), Program->getName(), Around.getName(), Program->getFile(), Program->getLine(),
      Builder.createSubroutineType(Builder.getOrCreateTypeArray({})), Program->getScopeLine(), DINode::FlagArtificial,
      DISubprogram::toSPFlags(true, true, Program->isOptimized()));
  Around.setSubprogram(New);
  Builder.finalizeSubprogram(New);
}

/// Whether a parameter in memory is only read, and no pointer to it stays.
static bool isReadOnly(const Argument &Formal) { return Formal.onlyReadsMemory() && Formal.hasNoCaptureAttr(); }

bool isThreadsOwn(const Kernel &K, unsigned Index) {
  return K.Parameters[Index].InMemory && !K.Parameters[Index].GridConstant && !isReadOnly(*K.Body->getArg(Index));
}

SmallVector<Value *> loadArguments(IRBuilder<> &Builder, const Kernel &K, Value *Arguments, ParameterCopy Wanted) {
  SmallVector<Value *> Values;
  for (auto [Index, Parameter] : enumerate(K.Parameters)) {
    Value *Slot = Builder.CreateConstInBoundsGEP1_64(Builder.getPtrTy(), Arguments, Index);
    Value *Address = Builder.CreateLoad(Builder.getPtrTy(), Slot);
    Argument *Formal = K.Body->getArg(Index);
    if (!Parameter.InMemory) {
      Values.push_back(Builder.CreateAlignedLoad(Formal->getType(), Address, Align(1), Formal->getName()));
      continue;
    }
    const bool Copied =
        isReadOnly(*Formal) ? Wanted != ParameterCopy::None : Wanted == ParameterCopy::All && !Parameter.GridConstant;
    if (!Copied) {
      Values.push_back(Address);
      continue;
    }
    Type *Bytes = ArrayType::get(Builder.getInt8Ty(), Parameter.Size);
    AllocaInst *Copy = Builder.CreateAlloca(Bytes, nullptr, Formal->getName());
    Copy->setAlignment(Parameter.Alignment);
    Builder.CreateMemCpy(Copy, Parameter.Alignment, Address, Align(1), Parameter.Size);
    Values.push_back(Copy);
  }
  return Values;
}

Function *makeThreadFunction(const Kernel &K) {
  Module &M = *K.Body->getParent();
  LLVMContext &Context = M.getContext();
  auto *Type = FunctionType::get(Type::getVoidTy(Context), {PointerType::getUnqual(Context)}, false);
  Function *Thread = Function::Create(Type, GlobalValue::InternalLinkage, K.Body->getName() + ".thread", M);
  AttrBuilder Attributes(Context, K.Body->getAttributes().getFnAttrs());
  Attributes.removeAttribute(KernelAttribute).removeAttribute(NameAttribute).removeAttribute(SharedAttribute);
  Thread->addFnAttrs(Attributes);
  // Where nothing is inlined, a debugger shall stop in the kernel and not around it.
  if (!K.Body->hasOptNone())
    attachSubprogram(*Thread, *K.Body);
  IRBuilder<> Builder(BasicBlock::Create(Context, "entry", Thread));
  if (DISubprogram *Program = Thread->getSubprogram())
    Builder.SetCurrentDebugLocation(DILocation::get(Context, 0, 0, Program));
  CallInst *Call = Builder.CreateCall(K.Body, loadArguments(Builder, K, Thread->getArg(0), ParameterCopy::All));
  Call->setDoesNotThrow();
  Builder.CreateRetVoid();
  if (!K.Body->hasOptNone()) {
    InlineFunctionInfo Info;
    InlineFunction(*Call, Info);
  }
  return Thread;
}

/// Returns what follows the call.
static Instruction *lowerCall(CallBase &Call, Value *Thread, Value *Block) {
  const Intrinsic Id = *intrinsicOf(Call);
  IRBuilder<> Builder(&Call);
  Value *Result = isPlace(Id) ? loadPlace(Builder, Id, Call, Thread, Block) : callScheduler(Builder, Id, Call, Block);
  Call.replaceAllUsesWith(Result);
  Instruction *Next = Call.getNextNode();
  Call.eraseFromParent();
  return Next;
}

static void lowerIn(Function &F) {
  SmallVector<CallBase *> Calls, Ends;
  for (Instruction &I : instructions(F))
    if (std::optional<Intrinsic> Id = intrinsicOf(I); Id && *Id != Intrinsic::Sleep)
      (*Id >= Intrinsic::Exit ? Ends : Calls).push_back(cast<CallBase>(&I));
  if (Calls.empty() && Ends.empty())
    return;
  IRBuilder<> Builder(&*F.getEntryBlock().getFirstNonPHIOrDbgOrAlloca());
  if (DISubprogram *Program = F.getSubprogram())
    Builder.SetCurrentDebugLocation(DILocation::get(F.getContext(), 0, 0, Program));
  Value *Thread = loadThread(Builder);
  Value *Block = loadBlock(Builder, Thread);
  for (CallBase *Call : Calls)
    lowerCall(*Call, Thread, Block);
  // What follows an end goes away, another end perhaps among it.
  SmallVector<WeakTrackingVH> Handles(Ends.begin(), Ends.end());
  for (WeakTrackingVH &Handle : Handles)
    if (auto *Call = dyn_cast_or_null<CallBase>(Handle))
      changeToUnreachable(lowerCall(*Call, Thread, Block));
  if (!Ends.empty())
    removeUnreachableBlocks(F);
}

void lowerIntrinsics(Module &M) {
  for (Function &F : M)
    if (!F.isDeclaration())
      lowerIn(F);
  for (Function &F : make_early_inc_range(M))
    if (intrinsicOf(F) && F.use_empty())
      F.eraseFromParent();
}

} // namespace cuport
