// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Writes the wide form of a step: block by block and instruction by instruction, for all threads that run side by side.

#ifndef CUPORT_PASSES_WIDEFORM_H
#define CUPORT_PASSES_WIDEFORM_H

#include "BlockMode.h"
#include "LaneFlow.h"
#include "LaneShapes.h"
#include "llvm/Analysis/TargetTransformInfo.h"

namespace cuport {

/// From for so many Threads, as WideStep::Body says; of what it returns, a vector if PartsThreads.
llvm::Function *writeWideForm(const Kernel &K, const Step &From, const LaneFlow &Flow, const LaneShapes &Shapes,
                              const llvm::TargetTransformInfo &Target, unsigned Threads, bool PartsThreads);

} // namespace cuport

#endif
