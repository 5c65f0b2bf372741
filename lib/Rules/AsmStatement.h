// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// An asm statement as its tokens show it: in code, in a macro's body, in a template, in a branch
// nobody compiles.
//
//   asm volatile("mov.u32 %0, %%laneid;" : "=r"(lane) :: "memory")
//      ->  text, outputs { "=r", lane }, inputs {}, clobbers { "memory" }

#ifndef CUPORT_RULES_ASMSTATEMENT_H
#define CUPORT_RULES_ASMSTATEMENT_H

#include "Rules/Calls.h"

namespace cuport {

struct AsmOperand {
  std::string Name;       ///< of [name] "r"(x), empty without
  std::string Constraint; ///< "=r"; with a ? where it is not constant
  TokenRange Value;       ///< the tokens between the parentheses
};

struct AsmStatement {
  size_t Keyword = 0; ///< token asm, or the word that stands for it
  size_t Close = 0;   ///< token )
  bool Volatile = false;
  bool Goto = false;
  /// The text, escapes of its literals resolved; each piece that is no constant is one ?, which PTX
  /// never has. Where directives cut it into branches it is that of all of them.
  std::string Text;
  bool Constant = true;
  std::vector<AsmOperand> Outputs, Inputs;
  std::vector<std::string> Clobbers;
};

/// The statement whose keyword is token Keyword; nothing where none begins there. Macros of the
/// project that stand for string literals are resolved.
std::optional<AsmStatement> asmStatementAt(const FileView &File, size_t Keyword);

} // namespace cuport

#endif
