// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Simplify.h"
#include "ByteLoads.h"

#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/Module.h"
#include "llvm/Transforms/InstCombine/InstCombine.h"
#include "llvm/Transforms/Scalar/ADCE.h"
#include "llvm/Transforms/Scalar/CorrelatedValuePropagation.h"
#include "llvm/Transforms/Scalar/DeadStoreElimination.h"
#include "llvm/Transforms/Scalar/EarlyCSE.h"
#include "llvm/Transforms/Scalar/GVN.h"
#include "llvm/Transforms/Scalar/IndVarSimplify.h"
#include "llvm/Transforms/Scalar/LICM.h"
#include "llvm/Transforms/Scalar/LoopPassManager.h"
#include "llvm/Transforms/Scalar/SROA.h"
#include "llvm/Transforms/Scalar/Scalarizer.h"
#include "llvm/Transforms/Scalar/SimpleLoopUnswitch.h"
#include "llvm/Transforms/Scalar/SimplifyCFG.h"

using namespace llvm;

namespace cuport {

static FunctionPassManager passes() {
  FunctionPassManager Passes;
  Passes.addPass(SROAPass(SROAOptions::ModifyCFG));
  Passes.addPass(EarlyCSEPass(true));
  Passes.addPass(InstCombinePass());
  Passes.addPass(SimplifyCFGPass());
  LoopPassManager Loops;
  Loops.addPass(LICMPass(LICMOptions()));
  Loops.addPass(SimpleLoopUnswitchPass(/*NonTrivial=*/false));
  Passes.addPass(createFunctionToLoopPassAdaptor(std::move(Loops), /*UseMemorySSA=*/true));
  Passes.addPass(SimplifyCFGPass());
  Passes.addPass(InstCombinePass());
  Passes.addPass(GVNPass());
  Passes.addPass(InstCombinePass());
  Passes.addPass(DSEPass());
  Passes.addPass(ADCEPass());
  Passes.addPass(createFunctionToLoopPassAdaptor(IndVarSimplifyPass()));
  Passes.addPass(SimplifyCFGPass());
  return Passes;
}

Value *wordOf(IRBuilder<> &B, const MemSetInst &Fill, Type *Word) {
  return B.CreateMul(B.CreateZExt(Fill.getValue(), Word), ConstantInt::get(Word, APInt::getSplat(Word->getIntegerBitWidth(), APInt(8, 1))));
}

/// memset and memcpy of so few bytes become a store, or a load and a store, for each word.
constexpr uint64_t MostBytes = 64;

static void splitCopy(MemIntrinsic &Copy) {
  auto *Length = dyn_cast<ConstantInt>(Copy.getLength());
  if (!Length || Length->isZero() || Length->getValue().ugt(MostBytes) || Copy.isVolatile() || isa<MemMoveInst>(Copy))
    return;
  const uint64_t Bytes = Length->getZExtValue();
  auto *Transfer = dyn_cast<MemCpyInst>(&Copy);
  Align Known = Copy.getDestAlign().valueOrOne();
  if (Transfer)
    Known = std::min(Known, Transfer->getSourceAlign().valueOrOne());
  // The largest words that divide the length; of what is aligned to words, such as the floats of a float3, these.
  uint64_t Word = std::min<uint64_t>(Bytes & -Bytes, 8);
  if (Known >= Align(4))
    Word = std::min(Word, Known.value());
  IRBuilder<> B(&Copy);
  Type *Int = B.getIntNTy(8 * Word);
  auto at = [&](Value *Base, uint64_t Offset) { return B.CreateConstInBoundsGEP1_64(B.getInt8Ty(), Base, Offset); };
  SmallVector<Value *> Words;
  for (uint64_t Offset = 0; Offset < Bytes; Offset += Word)
    if (Transfer)
      Words.push_back(B.CreateAlignedLoad(Int, at(Transfer->getRawSource(), Offset), commonAlignment(Known, Offset)));
    else
      Words.push_back(wordOf(B, cast<MemSetInst>(Copy), Int));
  for (auto [Index, What] : enumerate(Words))
    B.CreateAlignedStore(What, at(Copy.getRawDest(), Index * Word), commonAlignment(Known, Index * Word));
  Copy.eraseFromParent();
}

void spellAccesses(Function &F, FunctionAnalysisManager &Analyses) {
  for (Instruction &I : make_early_inc_range(instructions(F)))
    if (auto *Copy = dyn_cast<MemIntrinsic>(&I))
      splitCopy(*Copy);
  ScalarizerPassOptions Parts;
  Parts.ScalarizeLoadStore = true;
  FunctionPassManager Passes;
  Passes.addPass(ScalarizerPass(Parts));
  Passes.addPass(EarlyCSEPass()); // one address for what is one
  Passes.run(F, Analyses);
  loadWordsWhole(F);
  Analyses.invalidate(F, PreservedAnalyses::none());
}

void simplifyWide(Function &F, FunctionAnalysisManager &Analyses) {
  FunctionPassManager Passes;
  Passes.addPass(EarlyCSEPass());
  Passes.addPass(InstCombinePass());
  Passes.addPass(SimplifyCFGPass());
  Passes.addPass(createFunctionToLoopPassAdaptor(LICMPass(LICMOptions()), /*UseMemorySSA=*/true));
  Passes.run(F, Analyses);
  // It lives on only inside of others.
  Analyses.clear(F, F.getName());
}

void simplifyBlockFunctions(Module &M, ModuleAnalysisManager &Analyses) {
  FunctionAnalysisManager &PerFunction = Analyses.getResult<FunctionAnalysisManagerModuleProxy>(M).getManager();
  FunctionPassManager Passes = passes();
  for (Function &F : M) {
    if (!F.hasFnAttribute(SimplifyAttribute))
      continue;
    F.removeFnAttr(SimplifyAttribute);
    PerFunction.invalidate(F, PreservedAnalyses::none());
    PerFunction.invalidate(F, Passes.run(F, PerFunction));
  }
}

} // namespace cuport
