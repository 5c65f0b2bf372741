// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Symbols.h"
#include "Kernels.h"
#include "Names.h"

#include "llvm/IR/Constants.h"
#include "llvm/Transforms/Utils/ModuleUtils.h"

using namespace llvm;

namespace cuport {

static constexpr StringLiteral UnitPrefix = "__hip_cuid_";

/// Mangled names that libstdc++ and the C++ runtime define: namespace std, operators new and delete, type information.
static bool isRuntimeName(StringRef Name) {
  for (StringRef Prefix : {"_ZSt", "_ZNSt", "_ZNKSt", "_Zna", "_Znw", "_Zda", "_Zdl", "_ZTVN10__cxxabiv1", "_ZTISt", "_ZTVSt",
                           "_ZTSSt", "_ZTINSt", "_ZTVNSt", "_ZTSNSt"})
    if (Name.starts_with(Prefix))
      return true;
  // Type information of built-in types: _ZTI and one letter, perhaps behind P and K.
  if (Name.consume_front("_ZTI") || Name.consume_front("_ZTS"))
    return Name.ltrim("PK").size() == 1;
  return false;
}

static bool isForeignDeclaration(const GlobalValue &Value) {
  const StringRef Name = Value.getName();
  if (Name.starts_with("llvm.") || Name.starts_with(IntrinsicPrefix))
    return false;
  if (const auto *Object = dyn_cast<GlobalObject>(&Value); Object && Object->getSection() == DeviceSection)
    return true;
  if (Name.starts_with("_Z"))
    return !isRuntimeName(Name);
  // A variable of the host cannot be used by device code, so one that is declared is the device's.
  return isa<GlobalVariable>(Value) && !Name.starts_with("cuport_");
}

static void internalize(GlobalValue &Value) {
  Value.setLinkage(GlobalValue::InternalLinkage);
  Value.setVisibility(GlobalValue::DefaultVisibility);
  Value.setDSOLocal(true);
  if (auto *Object = dyn_cast<GlobalObject>(&Value))
    Object->setComdat(nullptr);
}

static void renameDefinition(GlobalValue &Value, bool Relocatable) {
  auto *F = dyn_cast<Function>(&Value);
  if (F && F->hasFnAttribute(KernelAttribute)) {
    // Kept until the image refers to it; then it becomes internal.
    F->setComdat(nullptr);
    F->setLinkage(GlobalValue::ExternalLinkage);
    F->setVisibility(GlobalValue::HiddenVisibility);
  } else if (!Value.hasLocalLinkage() &&
             (!Relocatable || Value.hasAvailableExternallyLinkage() || (F && Value.hasLinkOnceLinkage()))) {
    // A function that each file has for itself need not be the linker's business even with -rdc.
    internalize(Value);
  }
  Value.setName(Value.getName() + DeviceSuffix);
  if (auto *Object = dyn_cast<GlobalObject>(&Value); Object && Object->hasComdat()) {
    Comdat *Old = Object->getComdat();
    Comdat *New = Object->getParent()->getOrInsertComdat((Old->getName() + DeviceSuffix).str());
    New->setSelectionKind(Old->getSelectionKind());
    Object->setComdat(New);
  }
}

/// The host writes it: no pass may believe its initialiser, or drop it.
static void openToHost(GlobalVariable &Variable, SmallVectorImpl<GlobalValue *> &Used) {
  if (Variable.isConstant())
    Variable.addAttribute(ConstantAttribute);
  Variable.setConstant(false);
  Used.push_back(&Variable);
}

/// Clang leaves them undefined, and those that are static to this half alone.
static void takeTextures(Module &M) {
  for (GlobalVariable &Variable : M.globals()) {
    if (Variable.getSection() != TextureSection)
      continue;
    Variable.setSection("");
    if (Variable.isDeclaration())
      continue;
    Variable.setExternallyInitialized(true);
    Variable.setInitializer(Constant::getNullValue(Variable.getValueType()));
  }
}

/// A managed variable is a pointer in device code. On a CPU it points to the data from the beginning.
static void bindManaged(Module &M) {
  for (GlobalVariable &Data : M.globals()) {
    StringRef Name = Data.getName();
    if (!Name.consume_back(".managed"))
      continue;
    if (GlobalVariable *Pointer = M.getNamedGlobal(Name); Pointer && Pointer->isExternallyInitialized())
      Pointer->setInitializer(&Data);
  }
}

/// Clang keeps alive what the host half of some file names; the image does that for kernels and openToHost for variables.
static void dropUsedByHost(Module &M) {
  GlobalVariable *List = M.getNamedGlobal("__clang_gpu_used_external");
  if (!List)
    return;
  removeFromUsedLists(M, [&](Constant *C) { return C->stripPointerCasts() == List; });
  List->eraseFromParent();
}

/// With -rdc clang names a static variable X that the host uses X.static.<unit>, but uses that come before the host's have been
/// given an X that nobody defines.
static void joinStaticVariables(Module &M) {
  for (GlobalVariable &Variable : M.globals()) {
    auto [Name, Unit] = Variable.getName().split(".static.");
    if (Unit.empty() || Variable.isDeclaration())
      continue;
    GlobalVariable *Early = M.getNamedGlobal(Name);
    if (Early && Early->isDeclaration())
      Early->replaceAllUsesWith(&Variable);
  }
}

void spellAsHostHalf(Module &M, StringRef Unit) {
  for (auto [Cuda, Hip] : {std::pair<StringRef, StringRef>{"__static__", ".static."}, {"__intern__", ".intern."}})
    for (GlobalValue &Value : M.global_values())
      if (StringRef Name = Value.getName(); !Unit.empty() && Name.consume_back(Unit) && Name.consume_back(Cuda))
        Value.setName(Name + Hip + Unit);
}

void renameSymbols(Module &M, bool Relocatable) {
  joinStaticVariables(M);
  dropUsedByHost(M);
  bindManaged(M);
  takeTextures(M);
  SmallVector<GlobalValue *> Used;
  for (GlobalVariable &Variable : M.globals())
    if (Variable.isExternallyInitialized())
      openToHost(Variable, Used);
  for (GlobalValue &Value : M.global_values()) {
    if (Value.getName().starts_with("llvm.") || !Value.hasName())
      continue;
    if (!Value.isDeclaration())
      renameDefinition(Value, Relocatable);
    else if (isForeignDeclaration(Value))
      Value.setName(Value.getName() + DeviceSuffix);
    if (auto *Object = dyn_cast<GlobalObject>(&Value); Object && Object->getSection() == DeviceSection)
      Object->setSection("");
  }
  appendToCompilerUsed(M, Used);
}

std::string takeUnitName(Module &M) {
  for (GlobalVariable &Variable : M.globals()) {
    StringRef Name = Variable.getName();
    if (!Name.consume_front(UnitPrefix))
      continue;
    const std::string Unit = Name.str();
    removeFromUsedLists(M, [&](Constant *C) { return C->stripPointerCasts() == &Variable; });
    Variable.eraseFromParent();
    return Unit;
  }
  return "";
}

} // namespace cuport
