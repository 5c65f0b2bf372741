// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Casts to pointers to arrays of variable length, of which gcc, and so nvcc in host code, takes two of the same bound for one type:
//
//   double (*rows)[n] = (double (*)[n])p;   ->   double (*rows)[n] = (__typeof__(rows))p;

#ifndef CUPORT_PASSES_ARRAYCASTS_H
#define CUPORT_PASSES_ARRAYCASTS_H

#include "llvm/ADT/StringRef.h"

#include <optional>
#include <string>

namespace cuport {

/// Text with such casts to the type of what they are assigned to; nothing where it has none. Lines stay.
std::optional<std::string> castToAssigned(llvm::StringRef Text);

} // namespace cuport

#endif
