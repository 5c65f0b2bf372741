// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Which rules this cuport has: a program that was merely built anew, or that writes its reports
// otherwise, has the same.

#ifndef CUPORT_DRIVER_RULESHASH_H
#define CUPORT_DRIVER_RULESHASH_H

#include "llvm/ADT/StringRef.h"

namespace cuport {

/// The fingerprint of the source that decides findings, without the API rows, as hexadecimal
/// digits.
llvm::StringRef rulesHash();

} // namespace cuport

#endif
