// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Simplify.h"

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

void splitVectors(Function &F, FunctionAnalysisManager &Analyses) {
  ScalarizerPassOptions Parts;
  Parts.ScalarizeLoadStore = true;
  Analyses.invalidate(F, ScalarizerPass(Parts).run(F, Analyses));
}

void simplifyWide(Function &F, FunctionAnalysisManager &Analyses) {
  FunctionPassManager Passes;
  Passes.addPass(EarlyCSEPass());
  Passes.addPass(InstCombinePass());
  Passes.addPass(SimplifyCFGPass());
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
