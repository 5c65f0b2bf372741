// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The targets compiled in, sorted by id.

#ifndef CUPORT_KNOWLEDGE_BUILTINTARGETS_H
#define CUPORT_KNOWLEDGE_BUILTINTARGETS_H

#include "Knowledge/Target.h"

namespace cuport {

llvm::ArrayRef<Target> builtinTargets();

} // namespace cuport

#endif
