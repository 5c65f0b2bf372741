// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The style in which CUDA's libraries name things: tells names worth looking at from everybody
// else's.

#ifndef CUPORT_KNOWLEDGE_NAMEPATTERN_H
#define CUPORT_KNOWLEDGE_NAMEPATTERN_H

#include "llvm/ADT/StringRef.h"

namespace cuport {

/// True for cudaXxx, cublasXxx, CUDNN_XXX, __shfl_xxx and the like, whether or not there is such a
/// name.
bool looksLikeCuda(llvm::StringRef Name);

/// True where only "cu" and a capital speak for CUDA (cuMemAlloc, but also cuData).
bool isWeakPattern(llvm::StringRef Name);

/// True for a header of Thrust's or CUB's, as an include directive spells it, but for what is rocThrust's own.
bool isOfThrustOrCub(llvm::StringRef Header);

/// True for a macro that turns What on: of "CUDA" USE_CUDA and APP_WITH_CUDA, but not DONT_USE_CUDA.
bool isSwitchFor(llvm::StringRef Macro, llvm::StringRef What);

} // namespace cuport

#endif
