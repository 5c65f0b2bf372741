// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Rules/Cutlass.h"

#include "llvm/ADT/STLExtras.h"

bool cuport::isOfCutlass(llvm::StringRef Header) { return Header.starts_with("cutlass/") || Header.starts_with("cute/"); }

bool cuport::includesCutlass(const SourceFile &Source) {
  return llvm::any_of(Source.tokens(), [&](const Token &T) { return T.What == Token::Header && isOfCutlass(Source.textOf(T).drop_front()); });
}
