// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef CUPORT_PASSES_BYTELOADS_H
#define CUPORT_PASSES_BYTELOADS_H

#include "llvm/IR/Function.h"

namespace cuport {

/// Words that are put together of neighbouring bytes, as hashes do, are loaded whole: x[0] | x[1] << 8 | ... LLVM does so for a thread alone, when
/// it makes instructions, but what threads cost alone and side by side is judged before.
void loadWordsWhole(llvm::Function &F);

} // namespace cuport

#endif
