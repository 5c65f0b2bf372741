// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A plugin of its own, for all that cuport-cc compiles: a fault of LLVM 22's loop vectoriser (github.com/llvm/llvm-project/issues/191382,
// mended in April 2026 for LLVM 23; 22.1.8 has it) that gives wrong results without a word from -O2 on.
//
//   for (unsigned i = 0; i < n; ++i)
//     out[i + c] = in[i & 3];
//
// To LLVM `i & 3` is an index of two bits that counts up and begins anew; of an index that may begin anew it makes vectors behind a check
// at run time that it does not. It asks for that of `i + c`, of 32 bits, and takes the answer for the one of two bits, too: in[0..n) is
// read. Here such an index is hidden from it (`freeze`) where the loop has a wider one.

#include "llvm/Analysis/LoopInfo.h"
#include "llvm/Analysis/LoopIterator.h"
#include "llvm/Analysis/ScalarEvolution.h"
#include "llvm/Analysis/ScalarEvolutionExpressions.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/IR/Instructions.h"
#include "llvm/Passes/PassBuilder.h"
#include "llvm/Plugins/PassPlugin.h"

using namespace llvm;

namespace cuport {

namespace {

/// The indices of one loop that may begin anew, by their bits.
class Indices {
  ScalarEvolution &SE;
  const Loop &L;

  /// Whether S counts with the loop: a recurrence, or what one is made of behind a check.
  bool counts(const SCEV *S) const {
    return SCEVExprContains(S, [&](const SCEV *Part) {
      if (const auto *Recurrence = dyn_cast<SCEVAddRecExpr>(Part))
        return Recurrence->getLoop() == &L;
      const auto *Unknown = dyn_cast<SCEVUnknown>(Part);
      const auto *Phi = Unknown ? dyn_cast<PHINode>(Unknown->getValue()) : nullptr;
      return Phi && Phi->getParent() == L.getHeader();
    });
  }

public:
  Indices(ScalarEvolution &SE, const Loop &L) : SE(SE), L(L) {}

  /// The bits of those that I's value is made of: the fewest, and the most; 0 where there is none.
  std::pair<unsigned, unsigned> bits(Instruction &I) const {
    unsigned Fewest = 0, Most = 0;
    if (!SE.isSCEVable(I.getType()))
      return {0, 0};
    SCEVExprContains(SE.getSCEV(&I), [&](const SCEV *Part) {
      if (!isa<SCEVZeroExtendExpr, SCEVSignExtendExpr>(Part))
        return false;
      const SCEV *Narrow = cast<SCEVCastExpr>(Part)->getOperand();
      if (!counts(Narrow))
        return false;
      const unsigned Bits = SE.getTypeSizeInBits(Narrow->getType());
      Fewest = Fewest ? std::min(Fewest, Bits) : Bits;
      Most = std::max(Most, Bits);
      return false;
    });
    return {Fewest, Most};
  }
};

bool hideNarrowIndices(Loop &L, LoopInfo &LI, ScalarEvolution &SE) {
  LoopBlocksRPO Blocks(&L);
  Blocks.perform(&LI);
  const Indices Found(SE, L);
  unsigned Widest = 0;
  for (BasicBlock *Block : Blocks)
    for (Instruction &I : *Block)
      Widest = std::max(Widest, Found.bits(I).second);
  bool Changed = false;
  for (BasicBlock *Block : Blocks)
    for (Instruction &I : make_early_inc_range(*Block)) {
      if (isa<PHINode>(I))
        continue;
      // What is made of a hidden one has none any more.
      const unsigned Fewest = Found.bits(I).first;
      if (!Fewest || Fewest == Widest)
        continue;
      SE.forgetValue(&I);
      auto *Hidden = new FreezeInst(&I, I.getName() + ".hidden", std::next(I.getIterator()));
      I.replaceUsesWithIf(Hidden, [&](const Use &U) { return U.getUser() != Hidden; });
      Changed = true;
    }
  return Changed;
}

struct NarrowIndicesPass : PassInfoMixin<NarrowIndicesPass> {
  PreservedAnalyses run(Function &F, FunctionAnalysisManager &Analyses) {
    LoopInfo &LI = Analyses.getResult<LoopAnalysis>(F);
    if (LI.empty())
      return PreservedAnalyses::all();
    ScalarEvolution &SE = Analyses.getResult<ScalarEvolutionAnalysis>(F);
    bool Changed = false;
    for (Loop *L : LI.getLoopsInPreorder())
      if (L->isInnermost()) // the loops that it vectorises
        Changed |= hideNarrowIndices(*L, LI, SE);
    if (!Changed)
      return PreservedAnalyses::all();
    PreservedAnalyses Kept;
    Kept.preserveSet<CFGAnalyses>();
    return Kept;
  }
};

} // namespace

} // namespace cuport

extern "C" __attribute__((visibility("default"))) PassPluginLibraryInfo llvmGetPassPluginInfo() {
  return {LLVM_PLUGIN_API_VERSION, "cuport-indices", LLVM_VERSION_STRING, [](PassBuilder &Builder) {
            Builder.registerVectorizerStartEPCallback(
                [](FunctionPassManager &Passes, OptimizationLevel) { Passes.addPass(cuport::NarrowIndicesPass()); });
          }};
}
