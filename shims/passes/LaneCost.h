// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What a step costs, by LLVM's measure of the target, to compare it with its wide form.

#ifndef CUPORT_PASSES_LANECOST_H
#define CUPORT_PASSES_LANECOST_H

#include "llvm/Analysis/TargetTransformInfo.h"
#include "llvm/IR/PassManager.h"

namespace cuport {

/// What a run costs; nothing where the target cannot run it.
std::optional<double> costOf(llvm::Function &F, const llvm::TargetTransformInfo &Target,
                             llvm::FunctionAnalysisManager &Analyses);

/// The same of one thread's step, whose innermost loops LLVM may make vectors of, or which wait for what they have just loaded.
double costOfThread(llvm::Function &F, const llvm::TargetTransformInfo &Target, llvm::FunctionAnalysisManager &Analyses);

} // namespace cuport

#endif
