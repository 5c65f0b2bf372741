// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Code that a project keeps for CUDA beside its own for AMD's cards, and that one:
//
//   #ifdef __HIP_PLATFORM_AMD__
//   value = __shfl_down(value, 16);                     // nothing to do here
//   #else
//   value = __shfl_down_sync(0xffffffff, value, 16);   // nor here
//   #endif
//
// A macro that the project derives from AMD's decides as they do (MacroTable::onPlatform).
//
// The place stays in every count, as-is and with the reason. What is renamed there is renamed all the same: with HIP over CUDA the
// branch is compiled.

#ifndef CUPORT_RULES_PLATFORMBRANCH_H
#define CUPORT_RULES_PLATFORMBRANCH_H

#include "Rules/Rule.h"

namespace cuport {

/// Findings that ask something of a person, in a branch that is compiled for AMD's cards only or for others only, become AsIs, without edits.
void leavePlatformBranches(const FileView &File, std::vector<Finding> &Findings);

} // namespace cuport

#endif
