// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Build/BuildText.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"

using namespace cuport;
using llvm::StringRef;

/// 20 of "20" and "2a"; 0 of what names none.
static unsigned standardNamed(StringRef Text) {
  return llvm::StringSwitch<unsigned>(Text).Cases({"17", "1z"}, 17).Cases({"20", "2a"}, 20).Cases({"23", "2b"}, 23).Cases({"26", "2c"}, 26).Default(0);
}

/// -std=c++20, c++20 behind -std, cuda_std_20, cxx_std_20
static unsigned standardOf(StringRef Word) {
  Word.consume_front("-std=") || Word.consume_front("--std=") || Word.consume_front("/std:");
  if (Word.consume_front("c++") || Word.consume_front("gnu++") || Word.consume_front("cuda_std_") || Word.consume_front("cxx_std_"))
    return standardNamed(Word);
  return 0;
}

unsigned cuport::newestStandard(const BuildText &File) {
  unsigned Newest = 0;
  for (const BuildStatement &S : File.Statements)
    for (size_t I = 0; I < S.Words.size(); ++I) {
      StringRef Word = S.Words[I].Text;
      unsigned Here = standardOf(Word);
      // set(CMAKE_CUDA_STANDARD 20), the property CXX_STANDARD 20
      if (Word.ends_with("CUDA_STANDARD") || Word.ends_with("CXX_STANDARD"))
        Here = I + 1 < S.Words.size() ? standardNamed(S.Words[I + 1].Text) : 0;
      Newest = std::max(Newest, Here);
    }
  return Newest;
}

std::set<std::string> cuport::libraryNamespaces(const BuildText &File) {
  std::set<std::string> Options;
  for (const BuildStatement &S : File.Statements)
    for (const BuildWord &W : S.Words) {
      StringRef Word = W.Text;
      Word.consume_front("-D");
      auto [Macro, Name] = Word.split('=');
      if (Macro.ends_with("_WRAPPED_NAMESPACE") && (Macro.starts_with("THRUST_") || Macro.starts_with("CUB_")) && !Name.empty() &&
          llvm::all_of(Name, [](char C) { return llvm::isAlnum(C) || C == '_'; }))
        Options.insert(("-D" + Word).str());
    }
  return Options;
}
