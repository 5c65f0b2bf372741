// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The words by which a comment tells cuport that a place has been looked at: "cuport-ignore(rule, rule): reason".

#ifndef CUPORT_BASIC_IGNORETEXT_H
#define CUPORT_BASIC_IGNORETEXT_H

#include "Basic/Finding.h"

#include "llvm/ADT/SmallVector.h"

namespace cuport {

struct IgnoreText {
  llvm::SmallVector<llvm::StringRef, 2> Rules;
  llvm::StringRef Reason;
  std::string Wrong; ///< why it has no effect, a part of a sentence; empty where it has one
};

/// "cuport-ignore", what such a comment begins with.
inline constexpr llvm::StringLiteral IgnoreWord = "cuport-ignore";

/// Text begins with IgnoreWord and goes on to the end of the line or of the comment. Whether there are such rules is the caller's.
IgnoreText readIgnoreText(llvm::StringRef Text);

/// The place stays in every count, as-is and with the reason; nothing is changed there.
void ignore(Finding &F, llvm::StringRef Reason);

/// The message of a comment that has no effect.
std::string messageOf(const IgnoreText &Text);

} // namespace cuport

#endif
