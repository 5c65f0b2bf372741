// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// cuport explain --target: what becomes of one CUDA name on cards.

#ifndef CUPORT_DRIVER_EXPLAINONCARDS_H
#define CUPORT_DRIVER_EXPLAINONCARDS_H

#include "Knowledge/ApiRow.h"
#include "Knowledge/Target.h"

namespace cuport {

/// Cuda's name on each card, how it is known, its library there, and where that was seen. Row is
/// null where no API row has the name.
std::string explainOnCards(llvm::StringRef Cuda, const ApiRow *Row,
                           llvm::ArrayRef<const Target *> Cards, Version Hip);

} // namespace cuport

#endif
