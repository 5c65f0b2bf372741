// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The kernels of a module, and what the frontend part said of them.
//
//   annotation "cuport.kernel ..."  --takeMarks-->  function attributes  --findKernels-->  Kernel
//
// Function attributes, because they stay with the function through all passes between the two halves of the plugin.

#ifndef CUPORT_PASSES_KERNELS_H
#define CUPORT_PASSES_KERNELS_H

#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/Alignment.h"
#include <vector>

namespace cuport {

struct KernelParameter {
  uint64_t Size = 0; ///< bytes
  llvm::Align Alignment;
  bool InMemory = false; ///< the IR parameter is a pointer to a copy
  bool GridConstant = false; ///< or to the launch's own, which no thread changes; see GridConstants.h
  llvm::StringRef Type; ///< as in cuport_kernel's parameter_types
};

struct Kernel {
  llvm::Function *Body = nullptr;
  llvm::StringRef Name; ///< as the host half spells it
  uint32_t MaxThreads = 0;
  uint32_t SharedSize = 0; ///< bytes of its static shared variables
  llvm::SmallVector<KernelParameter, 8> Parameters;
};

inline constexpr llvm::StringLiteral KernelAttribute = "cuport-kernel";
inline constexpr llvm::StringLiteral NameAttribute = "cuport-name";
inline constexpr llvm::StringLiteral SharedAttribute = "cuport-shared";
/// Of variables: managed, and no pointer to it.
inline constexpr llvm::StringLiteral ManagedAttribute = "cuport-managed";

/// Moves the annotations of kernels and of managed variables to attributes and gives kernels the C convention.
void takeMarks(llvm::Module &M);

/// In the order of the module.
std::vector<Kernel> findKernels(llvm::Module &M);

using FunctionSet = llvm::SmallPtrSet<llvm::Function *, 16>;

/// Every function that may run when Root does: what it refers to, directly, through constants and initialisers, and for calls
/// through pointers each function whose address is taken.
FunctionSet reachableFrom(llvm::Function &Root);

/// cuport_kernel_flags: what the kernel and the functions that it reaches ask of the scheduler.
uint32_t collectiveFlags(const Kernel &K);

/// Whether F is compiled for a processor that has, say, "+avx512dq".
bool hasFeature(const llvm::Function &F, llvm::StringRef Feature);

/// Whether F has a sanitizer on: then its kernels run thread by thread, on fibers.
bool isSanitized(const llvm::Function &F);

} // namespace cuport

#endif
