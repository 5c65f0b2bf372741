// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// cuport targets: what is known of the cards, as text, as JSON, and as YAML to start from.

#ifndef CUPORT_DRIVER_TARGETS_H
#define CUPORT_DRIVER_TARGETS_H

#include "Knowledge/TargetTable.h"

#include "llvm/Support/Error.h"

#include <string>

namespace cuport {

/// True where a value of --target is a file: by its end, .yaml or .yml.
bool isTargetFile(llvm::StringRef Value);

/// The cards that values of --target name, each once, in their order. A file is added to the table
/// and stands for its card. The error of an unknown card suggests the nearest.
llvm::Expected<std::vector<const Target *>> resolveTargets(llvm::ArrayRef<std::string> Values,
                                                           TargetTable &Targets);

/// One line for each card.
std::string targetsText(llvm::ArrayRef<Target> Targets);

/// Everything that is known of one card, each fact with where it was seen.
std::string targetText(const Target &Card);

/// Cards as JSON; docs/TargetFormat.md describes it.
std::string targetsJson(llvm::ArrayRef<const Target *> Targets);

/// A file to fill for a card, with what each key means.
llvm::StringRef targetTemplate();

/// Reads a file as --target would, and says what it tells and what it leaves open. The error has
/// all that is wrong in it.
llvm::Expected<std::string> checkTargetFile(llvm::StringRef Path);

} // namespace cuport

#endif
