// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Which lines of a file are kernels and device functions, by their tokens: what is written anew for a card whose kernels are not
// CUDA's, and how much code a warp or a limit of the card has to do with.

#ifndef CUPORT_FRONTEND_KERNELTEXT_H
#define CUPORT_FRONTEND_KERNELTEXT_H

#include "Frontend/SourceFile.h"

namespace cuport {

/// The definition of one function with __global__ or __device__, lambdas and macros that hold one included.
struct KernelText {
  std::string Name; ///< empty where it has none that a token tells
  bool IsKernel = false;
  uint32_t Begin = 0, End = 0;               ///< bytes, from the qualifier to behind the body
  unsigned FirstLine = 0, LastLine = 0;
};

/// In the order of the text, disjoint: a device lambda in a kernel belongs to the kernel.
std::vector<KernelText> kernelTexts(const SourceFile &File);

} // namespace cuport

#endif
