// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// `thread`: one CUDA thread from begin to end.
//
//   __cuport_thread_idx(0)    ->  cuport_self->thread_idx[0]
//   __cuport_barrier(0, 0)    ->  cuport_self->block->scheduler->barrier(place, 0, 0)
//   k(T a, U b)               ->  k.cuport.thread(void *const *arguments) calls k(*arguments[0], *arguments[1])

#ifndef CUPORT_PASSES_THREADMODE_H
#define CUPORT_PASSES_THREADMODE_H

#include "Kernels.h"
#include "llvm/IR/IRBuilder.h"

namespace cuport {

/// The function that the image names as `thread`.
llvm::Function *makeThreadFunction(const Kernel &K);

/// Which parameters in memory are copied: a thread's run needs a copy of what it writes to.
enum class ParameterCopy { All, ReadOnly, None };

/// Values for the kernel's parameters from `arguments`.
llvm::SmallVector<llvm::Value *> loadArguments(llvm::IRBuilder<> &Builder, const Kernel &K, llvm::Value *Arguments,
                                               ParameterCopy Copy);

/// Whether each thread has a copy of the parameter, since it may write to it or ask for its address.
bool isThreadsOwn(const Kernel &K, unsigned Index);

/// Replaces all intrinsics in all functions.
void lowerIntrinsics(llvm::Module &M);

/// A subprogram of its own for a function that stands around a kernel's body, so that the kernel's lines stay when it is
/// inlined there; null without debug information.
void attachSubprogram(llvm::Function &Around, const llvm::Function &Body);

} // namespace cuport

#endif
