// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Image.h"
#include "Intrinsics.h"
#include "KernelHandles.h"
#include "Names.h"
#include "Symbols.h"

#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/Transforms/Utils/ModuleUtils.h"

using namespace llvm;

namespace cuport {

namespace {

/// Values of shims/runtime/KernelImage.h.
constexpr uint32_t ImageVersion = 7;
enum VariableFlag : uint32_t { ConstantVariable = 1, ManagedVariable = 2 };

/// Adds the scalars of T at Offset to a layout; false where there are too many, or one that has no name there.
bool addScalars(const DataLayout &Data, Type *T, uint64_t Offset, unsigned &Left, std::string &Layout) {
  if (auto *Array = dyn_cast<ArrayType>(T)) {
    const uint64_t Stride = Data.getTypeAllocSize(Array->getElementType());
    for (uint64_t I = 0; I < Array->getNumElements(); ++I)
      if (!addScalars(Data, Array->getElementType(), Offset + I * Stride, Left, Layout))
        return false;
    return true;
  }
  if (auto *Struct = dyn_cast<StructType>(T)) {
    for (auto [Field, At] : zip(Struct->elements(), Data.getStructLayout(Struct)->getMemberOffsets()))
      if (!addScalars(Data, Field, Offset + At.getFixedValue(), Left, Layout))
        return false;
    return true;
  }
  if (auto *Vector = dyn_cast<FixedVectorType>(T)) {
    const uint64_t Stride = Data.getTypeAllocSize(Vector->getElementType());
    for (uint64_t I = 0; I < Vector->getNumElements(); ++I)
      if (!addScalars(Data, Vector->getElementType(), Offset + I * Stride, Left, Layout))
        return false;
    return true;
  }
  const char *Kind = T->isHalfTy() || T->isFloatTy() || T->isDoubleTy() ? "f" : T->isBFloatTy() ? "b" : T->isPointerTy() ? "p" : "i";
  const uint64_t Size = Data.getTypeStoreSize(T);
  if (Left-- == 0 || !isPowerOf2_64(Size) || Size > 8 || (!T->isIntegerTy() && *Kind == 'i'))
    return false;
  Layout += ("@" + Twine(Offset) + Kind + Twine(Size)).str();
  return true;
}

/// The layout of what repeats in a T; see KernelImage.h.
std::string layoutOf(const DataLayout &Data, Type *T) {
  while (auto *Array = dyn_cast<ArrayType>(T))
    T = Array->getElementType();
  unsigned Left = LayoutScalars;
  std::string Layout = Twine(Data.getTypeAllocSize(T).getFixedValue()).str();
  return addScalars(Data, T, 0, Left, Layout) ? Layout : "?";
}

class Writer {
public:
  Writer(Module &M, uint32_t Architecture) : M(M), Architecture(Architecture), Int32(Type::getInt32Ty(M.getContext())), Int64(Type::getInt64Ty(M.getContext())),
                               Pointer(PointerType::getUnqual(M.getContext())) {}

  Constant *number(uint32_t Value) { return ConstantInt::get(Int32, Value); }
  Constant *text(StringRef Text) { return stringConstant(M, Text); }
  Constant *functionOrNull(Function *F) { return F ? F : cast<Constant>(ConstantPointerNull::get(Pointer)); }

  Constant *array(ArrayRef<Constant *> Elements, StringRef Name) {
    if (Elements.empty())
      return ConstantPointerNull::get(Pointer);
    Constant *Data = ConstantArray::get(ArrayType::get(Elements.front()->getType(), Elements.size()), Elements);
    return new GlobalVariable(M, Data->getType(), true, GlobalValue::PrivateLinkage, Data, Name);
  }

  Constant *kernel(const CompiledKernel &K) {
    SmallVector<Constant *> Sizes, Offsets, Types;
    uint64_t Offset = 0;
    for (const KernelParameter &Parameter : K.Source.Parameters) {
      Offset = alignTo(Offset, Parameter.Alignment);
      Sizes.push_back(number(Parameter.Size));
      Offsets.push_back(number(Offset));
      Offset += Parameter.Size;
      Types.push_back(text(Parameter.Type));
    }
    const DISubprogram *Program = K.Source.Body->getSubprogram();
    return ConstantStruct::getAnon({text(K.Source.Name), text(Program ? Program->getFilename() : ""),
                                    number(Program ? Program->getLine() : 0), number(K.Flags), functionOrNull(K.Thread),
                                    functionOrNull(K.Block), array(Sizes, "cuport.parameters"),
                                    array(Offsets, "cuport.offsets"), number(Sizes.size()),
                                    number(K.Source.SharedSize), number(K.Frame), number(K.Source.MaxThreads), number(Architecture),
                                    array(Types, "cuport.types")});
  }

  Constant *variable(GlobalVariable &Variable) {
    StringRef Name = Variable.getName();
    Name.consume_back(DeviceSuffix);
    GlobalVariable *Data = &Variable;
    uint32_t Flags = Variable.hasAttribute(ConstantAttribute) ? ConstantVariable : 0;
    if (GlobalVariable *Managed = M.getNamedGlobal((Name + ".managed" + DeviceSuffix).str())) {
      Data = Managed;
      Flags |= ManagedVariable;
    } else if (Variable.hasAttribute(ManagedAttribute)) {
      Flags |= ManagedVariable;
    }
    const uint64_t Size = M.getDataLayout().getTypeAllocSize(Data->getValueType());
    return ConstantStruct::getAnon({text(Name), Data, ConstantInt::get(Int64, Size), number(Flags),
                                    text(layoutOf(M.getDataLayout(), Data->getValueType()))});
  }

  Constant *image(Constant *KernelTable, size_t KernelCount, ArrayRef<Constant *> Variables, StringRef Unit) {
    Constant *Fields[] = {number(ImageVersion), number(KernelCount), number(Variables.size()), KernelTable,
                          array(Variables, "cuport.variables"), text(Unit)};
    Constant *Data = ConstantStruct::getAnon(Fields);
    return new GlobalVariable(M, Data->getType(), true, GlobalValue::InternalLinkage, Data, "cuport.image");
  }

  Function *caller(StringRef Name, StringRef Callee, Constant *Image) {
    auto *Type = FunctionType::get(Type::getVoidTy(M.getContext()), false);
    Function *F = Function::Create(Type, GlobalValue::InternalLinkage, Name, M);
    F->setDoesNotThrow();
    IRBuilder<> Builder(BasicBlock::Create(M.getContext(), "entry", F));
    Builder.CreateCall(M.getOrInsertFunction(Callee, Builder.getVoidTy(), Pointer), {Image});
    Builder.CreateRetVoid();
    return F;
  }

private:
  Module &M;
  const uint32_t Architecture;
  Type *Int32;
  Type *Int64;
  PointerType *Pointer;
};

} // namespace

void writeImage(Module &M, ArrayRef<CompiledKernel> Kernels, StringRef Unit, uint32_t Architecture, bool Relocatable) {
  Writer W(M, Architecture);
  SmallVector<Constant *> KernelRows, VariableRows;
  for (const CompiledKernel &K : Kernels)
    KernelRows.push_back(W.kernel(K));
  Constant *KernelTable = W.array(KernelRows, "cuport.kernels");
  for (auto [Index, K] : enumerate(Kernels))
    defineHandle(M, K.Source.Name,
                 ConstantExpr::getInBoundsGetElementPtr(KernelRows[Index]->getType(), KernelTable, W.number(Index)),
                 Relocatable);
  SmallVector<GlobalVariable *> Variables;
  for (GlobalVariable &Variable : M.globals()) {
    StringRef Name = Variable.getName();
    if (Variable.isExternallyInitialized() && !Variable.isDeclaration() && Name.consume_back(DeviceSuffix) &&
        !Name.ends_with(".managed"))
      Variables.push_back(&Variable);
  }
  for (GlobalVariable *Variable : Variables)
    VariableRows.push_back(W.variable(*Variable));
  if (KernelRows.empty() && VariableRows.empty())
    return;
  Constant *Image = W.image(KernelTable, KernelRows.size(), VariableRows, Unit);
  // Before the host half's registration, which has the default priority and asks for the image.
  constexpr int Priority = 1000;
  appendToGlobalCtors(M, W.caller("cuport.register", "cuport_register_image", Image), Priority);
  appendToGlobalDtors(M, W.caller("cuport.unregister", "cuport_unregister_image", Image), Priority);
}

} // namespace cuport
