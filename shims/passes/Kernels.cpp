// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Kernels.h"
#include "GridConstants.h"
#include "Intrinsics.h"
#include "Names.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Instructions.h"
#include "llvm/Support/ErrorHandling.h"

using namespace llvm;

namespace cuport {

static StringRef textOf(Constant *C) {
  auto *Text = dyn_cast<GlobalVariable>(C->stripPointerCasts());
  auto *Data = Text && Text->hasInitializer() ? dyn_cast<ConstantDataSequential>(Text->getInitializer()) : nullptr;
  return Data && Data->isCString() ? Data->getAsCString() : StringRef();
}

void takeMarks(Module &M) {
  GlobalVariable *Annotations = M.getNamedGlobal("llvm.global.annotations");
  if (!Annotations)
    return;
  if (auto *Entries = dyn_cast<ConstantArray>(Annotations->getInitializer()))
    for (const Use &Entry : Entries->operands()) {
      auto *Fields = cast<ConstantStruct>(Entry);
      const StringRef Text = textOf(Fields->getOperand(1));
      if (auto *Variable = dyn_cast<GlobalVariable>(Fields->getOperand(0)->stripPointerCasts()); Variable && Text == ManagedMark)
        Variable->addAttribute(ManagedAttribute);
      auto *F = dyn_cast<Function>(Fields->getOperand(0)->stripPointerCasts());
      if (!F || !Text.starts_with(KernelMark))
        continue;
      F->addFnAttr(KernelAttribute, Text.drop_front(KernelMark.size()).trim());
      F->addFnAttr(NameAttribute, F->getName());
      F->setCallingConv(CallingConv::C);
    }
  // Nobody reads them any more, and they would keep shared variables.
  Annotations->eraseFromParent();
}

static KernelParameter parseParameter(StringRef Text) {
  KernelParameter Parameter;
  auto [Size, Rest] = Text.split(':');
  auto [Alignment, More] = Rest.split(':');
  auto [Way, Type] = More.split(':');
  uint64_t Bytes = 1;
  if (Size.getAsInteger(10, Parameter.Size) || Alignment.getAsInteger(10, Bytes) || !isPowerOf2_64(Bytes))
    reportFatalUsageError("cuport: a kernel's annotation is damaged");
  Parameter.Alignment = Align(Bytes);
  Parameter.InMemory = Way == "m";
  Parameter.Type = Type;
  return Parameter;
}

std::vector<Kernel> findKernels(Module &M) {
  std::vector<Kernel> Kernels;
  for (Function &F : M) {
    if (F.isDeclaration() || !F.hasFnAttribute(KernelAttribute))
      continue;
    Kernel &K = Kernels.emplace_back();
    K.Body = &F;
    K.Name = F.getFnAttribute(NameAttribute).getValueAsString();
    F.getFnAttribute(SharedAttribute).getValueAsString().getAsInteger(10, K.SharedSize);
    SmallVector<StringRef> Words;
    F.getFnAttribute(KernelAttribute).getValueAsString().split(Words, ' ', -1, false);
    Words.front().getAsInteger(10, K.MaxThreads);
    for (StringRef Word : drop_begin(Words))
      K.Parameters.push_back(parseParameter(Word));
    if (K.Parameters.size() != F.arg_size())
      reportFatalUsageError(Twine("cuport: kernel ") + K.Name + ": parameters differ from its annotation");
    // The frontend part goes by size; long double is large and yet a value.
    for (auto [Parameter, Formal] : zip(K.Parameters, F.args())) {
      Parameter.GridConstant = Formal.getParent()->getAttributes().hasParamAttr(Formal.getArgNo(), GridConstantAttribute);
      Parameter.InMemory = (Parameter.InMemory && Formal.getType()->isPointerTy()) || Parameter.GridConstant;
    }
  }
  return Kernels;
}

FunctionSet reachableFrom(Function &Root) {
  FunctionSet Reached;
  SmallPtrSet<const Constant *, 32> Seen;
  SmallVector<Function *> Work{&Root};
  Reached.insert(&Root);
  bool AddedTaken = false;
  auto reach = [&](Function &F) {
    if (Reached.insert(&F).second)
      Work.push_back(&F);
  };
  auto visit = [&](auto &Self, Constant &C) -> void {
    if (!Seen.insert(&C).second)
      return;
    if (auto *F = dyn_cast<Function>(&C))
      return reach(*F);
    if (auto *Variable = dyn_cast<GlobalVariable>(&C)) {
      if (Variable->hasInitializer())
        Self(Self, *Variable->getInitializer());
      return;
    }
    for (Use &Operand : C.operands())
      if (auto *Part = dyn_cast<Constant>(Operand))
        Self(Self, *Part);
  };
  while (!Work.empty()) {
    Function &F = *Work.pop_back_val();
    for (Instruction &I : instructions(F)) {
      if (auto *Call = dyn_cast<CallBase>(&I); Call && Call->isIndirectCall() && !AddedTaken) {
        AddedTaken = true;
        for (Function &Other : *F.getParent())
          if (!Other.isDeclaration() && !Other.hasFnAttribute(KernelAttribute) && Other.hasAddressTaken())
            reach(Other);
      }
      for (Use &Operand : I.operands())
        if (auto *C = dyn_cast<Constant>(Operand))
          visit(visit, *C);
    }
  }
  return Reached;
}

uint32_t collectiveFlags(const Kernel &K) {
  enum : uint32_t { Barriers = 1, Warp = 2, GridBarrier = 4, DynamicShared = 8, Waits = 16 };
  uint32_t Flags = 0;
  for (const Function *F : reachableFrom(*K.Body)) {
    const std::optional<Intrinsic> Id = intrinsicOf(*F);
    if (!Id)
      continue;
    if (*Id == Intrinsic::Barrier || *Id == Intrinsic::BarrierReduce)
      Flags |= Barriers;
    else if (*Id == Intrinsic::GridBarrier)
      Flags |= GridBarrier;
    else if (*Id == Intrinsic::Sleep)
      Flags |= Waits;
    else if (isCollective(*Id))
      Flags |= Warp;
    else if (*Id == Intrinsic::DynamicShared)
      Flags |= DynamicShared;
  }
  return Flags;
}

bool hasFeature(const Function &F, StringRef Feature) {
  return is_contained(split(F.getFnAttribute("target-features").getValueAsString(), ','), Feature);
}

bool isSanitized(const Function &F) {
  return F.hasFnAttribute(Attribute::SanitizeAddress) || F.hasFnAttribute(Attribute::SanitizeThread) ||
         F.hasFnAttribute(Attribute::SanitizeMemory);
}

} // namespace cuport
