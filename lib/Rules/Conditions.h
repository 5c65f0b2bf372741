// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Which branches of an #if are compiled where some macros are known and the rest are not.
//
//   #if CUDART_VERSION >= 11000 && FAST   ->  false, whatever FAST is, where CUDART_VERSION is not defined

#ifndef CUPORT_RULES_CONDITIONS_H
#define CUPORT_RULES_CONDITIONS_H

#include "Frontend/SourceFile.h"

#include "llvm/ADT/STLFunctionalExtras.h"

#include <optional>

namespace cuport {

/// What is known of a macro: Undefined, or Defined (to a number, or to something unknown), or nothing.
struct MacroState {
  enum Kind { Undefined, Defined, Unknown } Is = Unknown;
  std::optional<int64_t> Value; ///< of a Defined one
};

/// One branch of a conditional. Lines count from 1; the branch is empty where LastLine < FirstLine.
struct Branch {
  const Directive *Begin = nullptr; ///< #if, #elif, #else and their kin
  unsigned BeginLine = 0;
  unsigned FirstLine = 0;
  unsigned LastLine = 0;
  std::optional<bool> Compiled; ///< nothing where it depends on macros that are not known
};

/// The conditionals of the file, each with its branches in order; one without its #endif is left out.
std::vector<std::vector<Branch>> conditionalsOf(const SourceFile &File,
                                                llvm::function_ref<MacroState(llvm::StringRef)> StateOf);

/// The branches, of all conditionals, that are known not to be compiled.
std::vector<Branch> branchesLeftOut(const SourceFile &File, llvm::function_ref<MacroState(llvm::StringRef)> StateOf);

} // namespace cuport

#endif
