// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// `block`: all threads of a block in one function.
//
//   kernel  --makeStep-->   a copy that gets its place by parameters and calls nothing that waits (the step)
//     collectives     --makeRegions-->  the step cut at them; a loop over threads for each piece (Regions.h)
//     nothing to cut  --makeLoop-->     for z, y, x: step
//
// What cannot be cut keeps only `thread`: functions that reach a collective and are not inlined (recursion, calls through
// pointers), collectives whose kind is no constant, -O0, and code under a sanitizer.

#ifndef CUPORT_PASSES_BLOCKMODE_H
#define CUPORT_PASSES_BLOCKMODE_H

#include "Image.h"
#include "Intrinsics.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/PassManager.h"
#include <array>

namespace cuport {

/// What a step gets behind the kernel's own parameters.
enum PlaceParameter : unsigned {
  BlockIdxParameter = 0, ///< x, y, z
  BlockDimParameter = 3,
  GridDimParameter = 6,
  WarpSizeParameter = 9,
  DynamicSharedSizeParameter,
  DynamicSharedParameter,
  SharedBaseParameter,
  BlockParameters, ///< so many are the same for the block
  ThreadXParameter = BlockParameters,
  ThreadYParameter,
  ThreadZParameter,
  LinearParameter,
  LaneParameter,
  PlaceParameters,
};

/// A copy of a kernel as `void or i32 step(kernel's parameters, place, more)`.
struct Step {
  llvm::Function *Body = nullptr;
  unsigned FirstPlace = 0; ///< index of the first place parameter
  llvm::MDNode *Parallel = nullptr; ///< the access group of what threads may do in any order

  llvm::Argument *place(unsigned Parameter) const { return Body->getArg(FirstPlace + Parameter); }
};

/// Whether an address is in a variable of the thread's own: in a loop over threads all have the same one.
bool isOwnVariable(const llvm::Value *Address);

/// Whether an address is in the block's shared memory.
bool isShared(const Step &S, const llvm::Value *Address);

/// Whether an atomic is on the block's shared memory: it is one, which threads side by side make in turn, until lowerAtomicsOfBlocks.
bool isOfBlock(const llvm::AtomicRMWInst &I);
void lowerAtomicsOfBlocks(llvm::Module &M);

/// Between two barriers, threads may not depend on each other's plain loads and stores, but for those of variables of their own: any
/// other access gets the group.
void markParallel(llvm::Instruction &Access, llvm::MDNode *Group);

/// The values of a block for a step: loaded once, in the function that loops over threads.
struct BlockValues {
  llvm::SmallVector<llvm::Value *> Arguments;
  std::array<llvm::Value *, BlockParameters> Places;
  std::array<llvm::Value *, 3> Box; ///< how many threads of the block run, in x, y, z and from 0 on: all, but where others have ended
};

/// Where a thread is, for one call of a step.
struct ThreadValues {
  llvm::Value *X, *Y, *Z, *Linear, *Lane;
};

/// Before inlining: functions that reach a collective are to be inlined, where that is possible.
void inlineCollectives(llvm::Module &M);

/// Fills in C.Block and C.Frame, or leaves them null.
void makeBlockFunction(CompiledKernel &C, llvm::FunctionAnalysisManager &Analyses);

/// More: types of parameters behind the place. Result: of the step.
Step makeStep(const Kernel &K, llvm::Type *Result, llvm::ArrayRef<llvm::Type *> More);

/// `void *const *arguments` and the block, to values. Copy: read-only parameters in memory get a copy that LLVM can see through;
/// else the step has the address of the launch's own. (A step copies parameters that it writes to, for its thread.)
BlockValues loadBlockValues(llvm::IRBuilder<> &Builder, const Kernel &K, const Step &S, llvm::Value *Arguments,
                            llvm::Value *Block, bool Copy);

/// What the step is called with.
llvm::SmallVector<llvm::Value *> operandsOf(const BlockValues &Values, const ThreadValues &Thread,
                                            llvm::ArrayRef<llvm::Value *> More);

/// Calls Callee and inlines the call; Builder stands before an instruction, before and after. Null for void.
llvm::Value *inlineCall(llvm::IRBuilder<> &Builder, llvm::Function &Callee, llvm::ArrayRef<llvm::Value *> Operands);

/// The same of the step.
llvm::Value *inlineStep(llvm::IRBuilder<> &Builder, const Step &S, const BlockValues &Values, const ThreadValues &Thread,
                        llvm::ArrayRef<llvm::Value *> More);

/// An empty function of the module that a block's work is written to, with the attributes of the kernel.
llvm::Function *createAround(const Kernel &K, llvm::StringRef Suffix, llvm::Type *Result,
                             llvm::ArrayRef<llvm::Type *> Parameters);

} // namespace cuport

#endif
