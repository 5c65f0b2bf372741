// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What is said of threads that wait apart: where nobody can go on, and where they meet in one barrier from several lines.

#ifndef CUPORT_CPU_DIVERGENCE_H
#define CUPORT_CPU_DIVERGENCE_H

#include "Warp.h"

#include <string>
#include <vector>

namespace cuport::cpu {

/// A message that names the threads of the block by what they wait for; `live` have not ended.
std::string describeDivergence(const cuport_block &block, const std::vector<Warp> &warps, const Thread *threads,
                               uint32_t live);

/// Says so, once a kernel, if the blocked threads are at different places.
void warnOfPlaces(const cuport_block &block, const std::vector<Warp> &warps, const Thread *threads);

} // namespace cuport::cpu
#endif
