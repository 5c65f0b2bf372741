// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Writes the cuport_image of shims/runtime/KernelImage.h, with a constructor that registers it and a destructor.

#ifndef CUPORT_PASSES_IMAGE_H
#define CUPORT_PASSES_IMAGE_H

#include "Kernels.h"

namespace cuport {

/// What the passes made of a kernel.
struct CompiledKernel {
  Kernel Source;
  uint32_t Flags = 0; ///< cuport_kernel_flags
  llvm::Function *Thread = nullptr;
  llvm::Function *Block = nullptr; ///< null: `thread` on fibers
  uint32_t Frame = 0;              ///< bytes a thread
};

/// Nothing is written for a module without kernels and variables. Architecture: __CUDA_ARCH__ or 0. Relocatable: other files may launch the
/// kernels.
void writeImage(llvm::Module &M, llvm::ArrayRef<CompiledKernel> Kernels, llvm::StringRef Unit, uint32_t Architecture,
                bool Relocatable);

} // namespace cuport

#endif
