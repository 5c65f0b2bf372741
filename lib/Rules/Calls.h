// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The arguments of a call or a macro use, found by counting brackets: works in macro bodies and in code that no parse
// reaches.

#ifndef CUPORT_RULES_CALLS_H
#define CUPORT_RULES_CALLS_H

#include "Rules/Rule.h"

#include "llvm/ADT/STLFunctionalExtras.h"

#include <optional>

namespace cuport {

/// Tokens [First, Last).
struct TokenRange {
  size_t First = 0;
  size_t Last = 0;
  bool empty() const { return First == Last; }
};

struct CallTokens {
  size_t Open = 0;  ///< the (
  size_t Close = 0; ///< the )
  std::vector<TokenRange> Arguments; ///< none for ()
};

/// The call whose name is token Name, template arguments between the name and ( included; nothing where no ( follows or
/// it does not close.
std::optional<CallTokens> callAt(const FileView &File, size_t Name);

/// Calls Each for every call of a function of CUDA's whose row is Wanted: the token of its name, the row, the call. Not for
/// what is the user's, or may be.
void forEachCall(const FileView &File, llvm::function_ref<bool(const ApiRow &)> Wanted,
                 llvm::function_ref<void(size_t Name, const ApiRow &, const CallTokens &)> Each);

/// Splits tokens at the commas that stand in no bracket. Template argument lists count as brackets where they can be
/// told from comparisons.
std::vector<TokenRange> splitAtCommas(const FileView &File, TokenRange Tokens);

/// The token after the > that closes the template argument list opened at Less, or Less where it is a comparison.
size_t afterTemplateArguments(const FileView &File, size_t Less, size_t Limit);

/// The bytes of a range of tokens.
llvm::StringRef textOf(const FileView &File, TokenRange Tokens);

} // namespace cuport

#endif
