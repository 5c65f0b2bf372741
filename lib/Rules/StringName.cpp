// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// CUDA names in string literals: messages, names for dlsym, kernel source for a run-time compiler. They stay as they are,
// unless --strings says to rename them; kernel source is for a person.
//
//   Before: dlsym(h, "cudaMalloc")     After (--strings): dlsym(h, "hipMalloc")

#include "Rules/Rule.h"

#include "llvm/ADT/StringExtras.h"

using namespace cuport;

static bool isWord(char C) { return llvm::isAlnum(C) || C == '_'; }

namespace {
struct Named {
  uint32_t Offset;
  llvm::StringRef Name;
  const ApiRow *Row;
};
} // namespace

/// The words of a literal that HIP names otherwise.
static std::vector<Named> namesIn(const FileView &File, const Token &T) {
  std::vector<Named> Names;
  llvm::StringRef Text = File.Source.textOf(T);
  for (size_t I = 0; I < Text.size();) {
    if (Text[I] == '\\') { // \n must not glue to what follows
      I += 2;
      continue;
    }
    if (!isWord(Text[I])) {
      ++I;
      continue;
    }
    size_t End = I;
    while (End < Text.size() && isWord(Text[End]))
      ++End;
    llvm::StringRef Word = Text.slice(I, End);
    const ApiRow *Row = Word.size() > 4 ? File.Apis.find(Word) : nullptr;
    if (Row && Row->Kind != ApiKind::Namespace && !Row->Hip.empty() && hipNameFor(*Row, File.Options.Hip) != Word &&
        verdictFor(*Row, File.Options.Hip) != Verdict::Unsupported)
      Names.push_back({static_cast<uint32_t>(T.Offset + I), Word, Row});
    I = End;
  }
  return Names;
}

/// The strings of asm("...") are another rule's.
static bool isInAsm(const FileView &File, size_t Index) {
  for (size_t I = Index; I > 0 && Index - I < 64; --I) {
    llvm::StringRef Text = File.text(I - 1);
    if (Text == ";" || Text == "{" || Text == "}")
      return false;
    if (Text == "asm" || Text == "__asm__" || Text == "__asm")
      return true;
  }
  return false;
}

namespace cuport {
void runStringName(const FileView &File, std::vector<Finding> &Findings) {
  for (size_t I = 0; I < File.tokens().size(); ++I) {
    const Token &T = File.tokens()[I];
    if (T.What != Token::String)
      continue;
    bool Kernel = File.Source.textOf(T).contains("__global__");
    std::vector<Named> Names = namesIn(File, T);
    if ((!Kernel && Names.empty()) || isInAsm(File, I))
      continue;
    Finding F = File.finding("string-name", T.Offset, T.Length, Verdict::AsIs, Confidence::Resolved);
    if (Kernel) {
      F.Verdict = Verdict::Review;
      F.Message = "the string holds kernel source for a run-time compiler; it has to be ported by itself";
    } else if (File.Options.Strings) {
      F.Verdict = Verdict::Rename;
      F.Name = Names.front().Name.str();
      F.Replacement = hipNameFor(*Names.front().Row, File.Options.Hip).str();
      F.Message = "'" + F.Name + "' in a string is '" + F.Replacement + "' in " + File.Options.Output;
      for (const Named &N : Names)
        F.Edits.push_back({N.Offset, static_cast<uint32_t>(N.Name.size()), hipNameFor(*N.Row, File.Options.Hip).str()});
    } else {
      F.Name = Names.front().Name.str();
      F.Message = "'" + F.Name + "' in a string is left; --strings renames it";
    }
    Findings.push_back(std::move(F));
  }
}
} // namespace cuport
