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

SmallVector<Value *> loadArguments(IRBuilder<> &Builder, const Kernel &K, Value *Arguments) {
  SmallVector<Value *> Values;
  for (auto [Index, Parameter] : enumerate(K.Parameters)) {
    Value *Slot = Builder.CreateConstInBoundsGEP1_64(Builder.getPtrTy(), Arguments, Index);
    Value *Address = Builder.CreateLoad(Builder.getPtrTy(), Slot);
    Argument *Formal = K.Body->getArg(Index);
    if (!Parameter.InMemory) {
      Values.push_back(Builder.CreateAlignedLoad(Formal->getType(), Address, Align(1), Formal->getName()));
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
  attachSubprogram(*Thread, *K.Body);
  IRBuilder<> Builder(BasicBlock::Create(Context, "entry", Thread));
  if (DISubprogram *Program = Thread->getSubprogram())
    Builder.SetCurrentDebugLocation(DILocation::get(Context, 0, 0, Program));
  CallInst *Call = Builder.CreateCall(K.Body, loadArguments(Builder, K, Thread->getArg(0)));
  Call->setDoesNotThrow();
  Builder.CreateRetVoid();
  if (!K.Body->hasOptNone()) {
    InlineFunctionInfo Info;
    InlineFunction(*Call, Info);
  }
  return Thread;
}

static bool lowerCall(CallBase &Call, Intrinsic Id, Value *Thread, Value *Block) {
  IRBuilder<> Builder(&Call);
  Value *Result = isPlace(Id) ? loadPlace(Builder, Id, Call, Thread, Block) : callScheduler(Builder, Id, Call, Block);
  Call.replaceAllUsesWith(Result);
  const bool Ends = Id >= Intrinsic::Exit;
  Call.eraseFromParent();
  if (Ends)
    changeToUnreachable(&*Builder.GetInsertPoint());
  return Ends;
}

static void lowerIn(Function &F) {
  SmallVector<std::pair<CallBase *, Intrinsic>> Calls;
  for (Instruction &I : instructions(F))
    if (std::optional<Intrinsic> Id = intrinsicOf(I))
      Calls.push_back({cast<CallBase>(&I), *Id});
  if (Calls.empty())
    return;
  IRBuilder<> Builder(&*F.getEntryBlock().getFirstNonPHIOrDbgOrAlloca());
  if (DISubprogram *Program = F.getSubprogram())
    Builder.SetCurrentDebugLocation(DILocation::get(F.getContext(), 0, 0, Program));
  Value *Thread = loadThread(Builder);
  Value *Block = loadBlock(Builder, Thread);
  bool Ended = false;
  // Those that end come last: what follows them goes away.
  stable_sort(Calls, [](auto &A, auto &B) { return (A.second >= Intrinsic::Exit) < (B.second >= Intrinsic::Exit); });
  SmallVector<WeakTrackingVH> Handles;
  for (auto &[Call, Id] : Calls)
    Handles.push_back(Call);
  for (auto [Handle, Entry] : zip(Handles, Calls))
    if (Handle)
      Ended |= lowerCall(*cast<CallBase>(Handle), Entry.second, Thread, Block);
  if (Ended)
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
