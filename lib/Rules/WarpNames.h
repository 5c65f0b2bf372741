// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The warp functions that take a mask of lanes first: __shfl_sync and its kin.

#ifndef CUPORT_RULES_WARPNAMES_H
#define CUPORT_RULES_WARPNAMES_H

#include "llvm/ADT/StringRef.h"

namespace cuport {

/// True for the names the rule warp-mask answers for.
bool isWarpMaskName(llvm::StringRef Name);

} // namespace cuport

#endif
