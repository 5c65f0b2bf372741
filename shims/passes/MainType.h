// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A main without a type, which nvcc and gcc take, with a warning:
//
//   main(int argc, char **argv) {   ->   int main(int argc, char **argv) {

#ifndef CUPORT_PASSES_MAINTYPE_H
#define CUPORT_PASSES_MAINTYPE_H

#include "llvm/ADT/StringRef.h"

#include <optional>
#include <string>

namespace cuport {

/// Text with main's type; nothing where it has one, or no main. Lines stay.
std::optional<std::string> addMainType(llvm::StringRef Text);

} // namespace cuport

#endif
