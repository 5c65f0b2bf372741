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

/// The bits of the indices of one loop that may begin anew and that a value is made of: the fewest and the most; 0 where there is none.
struct Bits {
  unsigned Fewest = 0, Most = 0;

  void add(const Bits &Other) {
    if (Other.Fewest)
      Fewest = Fewest ? std::min(Fewest, Other.Fewest) : Other.Fewest;
    Most = std::max(Most, Other.Most);
  }
};

/// What values of one loop are made of. Each part is looked at once: in loops of thousands of instructions they have thousands in common.
class Indices {
  ScalarEvolution &SE;
  const Loop &L;

  struct Part {
    bool Counts = false; ///< with the loop: has a recurrence, or what one is made of behind a check
    Bits Narrow;
  };
  DenseMap<const SCEV *, Part> Parts;

  /// Of S, when those that it is made of are known.
  Part made(const SCEV *S) const {
    Part Whole;
    for (const SCEV *Operand : S->operands()) {
      const Part &Known = Parts.find(Operand)->second;
      Whole.Counts |= Known.Counts;
      Whole.Narrow.add(Known.Narrow);
    }
    if (isa<SCEVZeroExtendExpr, SCEVSignExtendExpr>(S) && Whole.Counts) {
      const unsigned Here = SE.getTypeSizeInBits(cast<SCEVCastExpr>(S)->getOperand()->getType());
      Whole.Narrow.add({Here, Here});
    }
    if (const auto *Recurrence = dyn_cast<SCEVAddRecExpr>(S))
      Whole.Counts |= Recurrence->getLoop() == &L;
    const auto *Unknown = dyn_cast<SCEVUnknown>(S);
    const auto *Phi = Unknown ? dyn_cast<PHINode>(Unknown->getValue()) : nullptr;
    Whole.Counts |= Phi && Phi->getParent() == L.getHeader();
    return Whole;
  }

public:
  Indices(ScalarEvolution &SE, const Loop &L) : SE(SE), L(L) {}

  Bits of(Instruction &I) {
    if (!SE.isSCEVable(I.getType()))
      return {};
    const SCEV *Value = SE.getSCEV(&I);
    SmallVector<const SCEV *> Todo = {Value};
    while (!Todo.empty()) {
      const SCEV *S = Todo.back();
      const size_t Before = Todo.size();
      if (!Parts.contains(S))
        for (const SCEV *Operand : S->operands())
          if (!Parts.contains(Operand))
            Todo.push_back(Operand);
      if (Todo.size() > Before)
        continue;
      Todo.pop_back();
      if (!Parts.contains(S)) {
        const Part Whole = made(S);
        Parts[S] = Whole;
      }
    }
    return Parts.lookup(Value).Narrow;
  }
};

/// What addresses in the loop, and conditions to leave it, are computed from: the vectoriser asks ScalarEvolution for no more, which of long
/// arithmetic may take minutes.
SmallPtrSet<const Instruction *, 32> findAsked(const Loop &L) {
  SmallPtrSet<const Instruction *, 32> Asked;
  SmallVector<const Value *> Todo;
  for (const BasicBlock *Block : L.blocks()) {
    for (const Instruction &I : *Block)
      if (const Value *Address = getLoadStorePointerOperand(&I))
        Todo.push_back(Address);
    if (L.isLoopExiting(Block))
      append_range(Todo, Block->getTerminator()->operand_values());
  }
  while (!Todo.empty()) {
    const auto *I = dyn_cast<Instruction>(Todo.pop_back_val());
    if (I && L.contains(I) && Asked.insert(I).second && !I->mayReadFromMemory())
      append_range(Todo, I->operand_values());
  }
  return Asked;
}

bool hideNarrowIndices(Loop &L, LoopInfo &LI, ScalarEvolution &SE) {
  LoopBlocksRPO Blocks(&L);
  Blocks.perform(&LI);
  const SmallPtrSet<const Instruction *, 32> Asked = findAsked(L);
  Indices Found(SE, L);
  unsigned Widest = 0;
  for (BasicBlock *Block : Blocks)
    for (Instruction &I : *Block)
      if (Asked.contains(&I))
        Widest = std::max(Widest, Found.of(I).Most);
  bool Changed = false;
  for (BasicBlock *Block : Blocks)
    for (Instruction &I : make_early_inc_range(*Block)) {
      if (isa<PHINode>(I) || !Asked.contains(&I))
        continue;
      // What is made of a hidden one has none any more.
      const unsigned Fewest = Found.of(I).Fewest;
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
