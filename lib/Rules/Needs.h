// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What rules say that a place asks of a card, by the facts that are known of cards.

#ifndef CUPORT_RULES_NEEDS_H
#define CUPORT_RULES_NEEDS_H

#include "Basic/Finding.h"
#include "Knowledge/Target.h"

namespace cuport {

/// Amount as in Need: of a number or of bytes, else 0.
inline Need need(FactKey Key, uint64_t Amount = 0) { return {factInfo(Key).Spelling.str(), Amount}; }

/// The place is right where a warp has 32 lanes, as CUDA's have.
inline Need needsWarpOf32() { return need(FactKey::WarpWidth, 32); }

} // namespace cuport

#endif
