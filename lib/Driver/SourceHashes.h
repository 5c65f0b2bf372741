// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Which source this cuport was built from, part by part: a program that was merely built anew, or
// changed elsewhere, has the same.

#ifndef CUPORT_DRIVER_SOURCEHASHES_H
#define CUPORT_DRIVER_SOURCEHASHES_H

#include "llvm/ADT/StringRef.h"

namespace cuport {

/// The fingerprint of the source that decides findings, without the API rows, as hexadecimal
/// digits.
llvm::StringRef rulesHash();

/// Of the source that makes reports of findings.
llvm::StringRef reportsHash();

} // namespace cuport

#endif
