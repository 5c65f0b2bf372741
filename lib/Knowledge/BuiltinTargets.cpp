// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Knowledge/BuiltinTargets.h"

using namespace cuport;

// BuiltinTargetList, written by cuport-gen: constants, nothing runs at start.
#include "Knowledge/TargetTable.inc"

llvm::ArrayRef<Target> cuport::builtinTargets() { return BuiltinTargetList; }
