// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Frontend/IncludeConditions.h"

#include "llvm/ADT/STLExtras.h"

using namespace cuport;
using llvm::StringRef;

/// The one macro that the condition asks for; empty where it is no such condition.
static StringRef macroOf(const SourceFile &File, const Directive &D) {
  std::vector<StringRef> Words;
  for (const Token &T : File.tokens().slice(D.First + 2, D.Last - D.First - 2)) // behind # and the name
    if (StringRef Word = File.textOf(T); Word != "(" && Word != ")")
      Words.push_back(Word);
  if (D.Name == "if" && Words.size() == 2 && Words.front() == "defined")
    return Words.back();
  return (D.Name == "if" || D.Name == "ifdef") && Words.size() == 1 ? Words.front() : "";
}

std::vector<StringRef> cuport::macrosAroundIncludes(const SourceFile &File, llvm::function_ref<bool(StringRef)> IsWanted) {
  std::vector<StringRef> Around, Macros;
  for (const Directive &D : File.directives()) {
    if (D.Name.starts_with("if")) {
      Around.push_back(macroOf(File, D));
    } else if (D.Name == "endif" && !Around.empty()) {
      Around.pop_back();
    } else if (D.Name.starts_with("el") && !Around.empty()) {
      Around.back() = "";
    } else if (D.Name == "include" && D.Last >= D.First + 3) {
      StringRef Header = File.textOf(File.tokens()[D.First + 2]);
      if (Header.size() > 2 && IsWanted(Header.drop_front().drop_back()))
        llvm::copy_if(Around, std::back_inserter(Macros), [](StringRef Macro) { return !Macro.empty(); });
    }
  }
  return Macros;
}
