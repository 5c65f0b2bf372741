// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Knowledge/YamlScalar.h"

using namespace cuport;
using llvm::StringRef;

std::string cuport::yamlScalar(StringRef Text, bool InFlow) {
  bool Plain = !Text.empty() && Text == Text.trim() &&
               !StringRef("-?:,[]{}#&*!|>'\"%@`~").contains(Text.front()) && !Text.ends_with(":") &&
               !Text.contains(": ") && !Text.contains(" #") &&
               (!InFlow || Text.find_first_of(",[]{}") == StringRef::npos);
  if (Plain)
    return Text.str();
  std::string Quoted = "'";
  for (char C : Text)
    Quoted += C == '\'' ? std::string("''") : std::string(1, C);
  return Quoted + "'";
}
