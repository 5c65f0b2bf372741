// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// How device code names a kernel, to launch it: by the address of a pointer to the kernel's row in the image.
//
//   cudaLaunchDevice(&kernel, ...)  --useHandles-->  cudaLaunchDevice(&kernel.handle, ...)
//   writeImage                      --defineHandle->  kernel.handle = &row; with -rdc other files' launches find it by name

#ifndef CUPORT_PASSES_KERNELHANDLES_H
#define CUPORT_PASSES_KERNELHANDLES_H

#include "llvm/IR/Module.h"

namespace cuport {

/// Puts handles where device code uses kernels; after takeMarks, before renameSymbols.
void useHandles(llvm::Module &M);

/// The handle of the kernel Name gets its value, if anything may use it.
void defineHandle(llvm::Module &M, llvm::StringRef Name, llvm::Constant *Row, bool Relocatable);

} // namespace cuport

#endif
