// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "SharedMemory.h"
#include "Intrinsics.h"
#include "Kernels.h"
#include "Names.h"

#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/ReplaceConstant.h"
#include "llvm/Transforms/Utils/ModuleUtils.h"

using namespace llvm;

namespace cuport {

using Users = SmallSetVector<Function *, 4>;

static Users functionsThatUse(GlobalVariable &Variable) {
  Users Result;
  for (User *U : Variable.users())
    if (auto *I = dyn_cast<Instruction>(U))
      Result.insert(I->getFunction());
  return Result;
}

/// Replaces Variable in F by what Make builds at F's begin.
static void replaceIn(Function &F, GlobalVariable &Variable, function_ref<Value *(IRBuilder<> &)> Make) {
  IRBuilder<> Builder(&*F.getEntryBlock().getFirstNonPHIOrDbgOrAlloca());
  Value *Address = Make(Builder);
  Variable.replaceUsesWithIf(Address, [&](Use &U) {
    auto *I = dyn_cast<Instruction>(U.getUser());
    return I && I != Address && I->getFunction() == &F;
  });
}

namespace {

struct KernelArena {
  Function *Kernel;
  FunctionSet Reached;
  uint64_t Size = 0;
};

} // namespace

static bool isReachedFromOtherFiles(Function &F, bool Relocatable) {
  return Relocatable && !F.hasLocalLinkage() && !F.hasLinkOnceLinkage() && !F.hasFnAttribute(KernelAttribute);
}

/// AddressSanitizer's red zone behind a shared variable that ends at End in Kernel's arena; returns where the next one may begin. Each
/// thread marks it, which is once too often and does no harm.
static uint64_t addRedZone(Function &Kernel, uint64_t End) {
  constexpr uint64_t Granule = 8, Least = 32;
  Module &M = *Kernel.getParent();
  const uint64_t Next = alignTo(End, Granule) + Least;
  IRBuilder<> Builder(&*Kernel.getEntryBlock().getFirstNonPHIOrDbgOrAlloca());
  if (DISubprogram *Program = Kernel.getSubprogram())
    Builder.SetCurrentDebugLocation(DILocation::get(M.getContext(), 0, 0, Program));
  Value *Base = Builder.CreateCall(getIntrinsic(M, Intrinsic::SharedBase));
  FunctionCallee Poison = M.getOrInsertFunction("__asan_poison_memory_region", Builder.getVoidTy(), Builder.getPtrTy(),
                                                Builder.getInt64Ty());
  Builder.CreateCall(Poison, {Builder.CreatePtrAdd(Base, Builder.getInt64(End)), Builder.getInt64(Next - End)});
  return Next;
}

/// The cuport_shared_variable that takes the variable's place, and its name: the same one in all files.
static GlobalVariable *recordOf(GlobalVariable &Variable) {
  Module &M = *Variable.getParent();
  auto number = [&](unsigned Bits, uint64_t Value) { return ConstantInt::get(Type::getIntNTy(M.getContext(), Bits), Value); };
  Constant *Data = ConstantStruct::getAnon({number(64, M.getDataLayout().getTypeAllocSize(Variable.getValueType())),
                                            number(64, Variable.getAlign().valueOrOne().value()), number(64, 0)});
  auto *Record = new GlobalVariable(M, Data->getType(), false, Variable.getLinkage(), Data);
  Record->takeName(&Variable);
  Record->setVisibility(Variable.getVisibility());
  Record->setComdat(Variable.getComdat());
  return Record;
}

void moveSharedVariables(Module &M, bool Relocatable) {
  SmallVector<GlobalVariable *> Shared;
  for (GlobalVariable &Variable : M.globals())
    if (Variable.getSection() == SharedSection)
      Shared.push_back(&Variable);
  if (Shared.empty())
    return;
  removeFromUsedLists(M, [&](Constant *C) { return is_contained(Shared, C->stripPointerCasts()); });
  SmallVector<Constant *> Constants(Shared.begin(), Shared.end());
  convertUsersOfConstantsToInstructions(Constants);

  std::vector<KernelArena> Arenas;
  for (Function &F : M)
    if (!F.isDeclaration() && F.hasFnAttribute(KernelAttribute))
      Arenas.push_back({&F, reachableFrom(F)});
  FunctionSet Foreign;
  for (Function &F : M)
    if (!F.isDeclaration() && isReachedFromOtherFiles(F, Relocatable))
      for (Function *Reached : reachableFrom(F))
        Foreign.insert(Reached);

  for (GlobalVariable *Variable : Shared) {
    const Users Functions = functionsThatUse(*Variable);
    if (Variable->isDeclaration()) {
      for (Function *F : Functions)
        replaceIn(*F, *Variable, [&](IRBuilder<> &B) { return B.CreateCall(getIntrinsic(M, Intrinsic::DynamicShared)); });
      Variable->eraseFromParent();
      continue;
    }
    if (any_of(Functions, [&](Function *F) { return Foreign.contains(F); })) {
      GlobalVariable *Record = recordOf(*Variable);
      for (Function *F : Functions)
        replaceIn(*F, *Variable,
                  [&](IRBuilder<> &B) { return B.CreateCall(getIntrinsic(M, Intrinsic::SharedVariable), {Record}); });
      Variable->eraseFromParent();
      continue;
    }
    SmallVector<KernelArena *> Owners;
    uint64_t Offset = 0;
    for (KernelArena &Arena : Arenas)
      if (any_of(Functions, [&](Function *F) { return Arena.Reached.contains(F); })) {
        Owners.push_back(&Arena);
        Offset = std::max(Offset, Arena.Size);
      }
    // Vector code likes rows that begin at a vector.
    const uint64_t Size = M.getDataLayout().getTypeAllocSize(Variable->getValueType());
    const Align Alignment = std::max(Variable->getAlign().valueOrOne(), Size >= 32 ? Align(32) : Align(1));
    Offset = alignTo(Offset, Alignment);
    for (KernelArena *Arena : Owners)
      Arena->Size = Arena->Kernel->hasFnAttribute(Attribute::SanitizeAddress) ? addRedZone(*Arena->Kernel, Offset + Size)
                                                                              : Offset + Size;
    for (Function *F : Functions)
      replaceIn(*F, *Variable, [&](IRBuilder<> &B) {
        Value *Base = B.CreateCall(getIntrinsic(M, Intrinsic::SharedBase));
        return B.CreateInBoundsPtrAdd(Base, B.getInt64(Offset), Variable->getName());
      });
    Variable->eraseFromParent();
  }
  for (KernelArena &Arena : Arenas)
    Arena.Kernel->addFnAttr(SharedAttribute, utostr(Arena.Size));
}

} // namespace cuport
