// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What is of CUTLASS, CuTe included.

#ifndef CUPORT_RULES_CUTLASS_H
#define CUPORT_RULES_CUTLASS_H

#include "Frontend/SourceFile.h"

namespace cuport {

/// Header as it stands between < and >.
bool isOfCutlass(llvm::StringRef Header);

/// Whether a file includes one of its headers.
bool includesCutlass(const SourceFile &Source);

} // namespace cuport

#endif
