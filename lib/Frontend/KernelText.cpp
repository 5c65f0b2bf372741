// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Frontend/KernelText.h"

#include "llvm/ADT/StringSwitch.h"

using namespace cuport;

/// True for words that stand before parentheses in a declaration without being its name.
static bool isSpecifier(llvm::StringRef Word) {
  return llvm::StringSwitch<bool>(Word)
      .Cases({"__launch_bounds__", "__attribute__", "__align__", "alignas", "decltype", "noexcept", "requires", "__declspec"}, true)
      .Default(false);
}

/// The definition whose qualifier is token First, or nothing where it is a declaration or a variable.
static std::optional<KernelText> definitionAt(const SourceFile &File, size_t First) {
  llvm::ArrayRef<Token> Tokens = File.tokens();
  KernelText Result;
  bool HasParameters = false;
  for (size_t I = First; I < Tokens.size(); ++I) {
    // A macro ends with its line, and no definition goes on in one.
    if (Tokens[I].InDirective != Tokens[First].InDirective)
      return std::nullopt;
    llvm::StringRef Text = File.textOf(Tokens[I]);
    if (Text == "__global__")
      Result.IsKernel = true;
    if (Text == ";" || Text == "}" || Text == "=" || Text == "<<<")
      return std::nullopt;
    if (Text == "(" || Text == "[") {
      size_t Close = File.matching(I);
      if (Close >= Tokens.size())
        return std::nullopt;
      if (Text == "(" && !isSpecifier(File.textOf(Tokens[I - 1]))) {
        // The parentheses of a lambda stand right behind the qualifier, or behind the captures.
        if (!HasParameters && I - 1 > First && Tokens[I - 1].What == Token::Identifier)
          Result.Name = File.textOf(Tokens[I - 1]).str();
        HasParameters = true;
      }
      I = Close;
      continue;
    }
    if (Text == "{") {
      size_t Close = File.matching(I);
      if (!HasParameters || Close >= Tokens.size())
        return std::nullopt;
      Result.Begin = Tokens[First].Offset;
      Result.End = Tokens[Close].end();
      Result.FirstLine = File.placeOf(Result.Begin, 0).Line;
      Result.LastLine = File.placeOf(Tokens[Close].Offset, 0).Line;
      return Result;
    }
  }
  return std::nullopt;
}

std::vector<KernelText> cuport::kernelTexts(const SourceFile &File) {
  std::vector<KernelText> Result;
  llvm::ArrayRef<Token> Tokens = File.tokens();
  for (size_t I = 0; I < Tokens.size(); ++I) {
    llvm::StringRef Text = File.textOf(Tokens[I]);
    if (Text != "__global__" && Text != "__device__")
      continue;
    if (auto Definition = definitionAt(File, I)) {
      I = File.tokenAt(Definition->End) - 1;
      Result.push_back(std::move(*Definition));
    }
  }
  return Result;
}
