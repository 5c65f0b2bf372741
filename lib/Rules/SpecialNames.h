// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Names of CUDA's that a rule of their own answers for, so that api-name and namespace-name pass them by.

#ifndef CUPORT_RULES_SPECIALNAMES_H
#define CUPORT_RULES_SPECIALNAMES_H

#include "Rules/Rule.h"

namespace cuport {

/// warp-mask: the warp functions that have to do with a mask of lanes, __shfl_sync and its kin.
bool isWarpMaskName(llvm::StringRef Name);

/// simd-in-word: the arithmetic on parts of a word that a loop over them can do, __vmaxs4 and its kin.
bool isSimdInWordName(llvm::StringRef Name);

/// qualified-name: whether it says of the name whose first part is token First that it is for a person.
bool saysQualifiedName(const FileView &File, size_t First);

} // namespace cuport

#endif
