// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Knowledge/Signature.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace cuport;
using llvm::StringRef;

/// The position behind the bracket that closes the one at Open, or npos.
static size_t closing(StringRef Text, size_t Open, char Left, char Right) {
  int Depth = 0;
  for (size_t I = Open; I < Text.size(); ++I) {
    Depth += Text[I] == Left;
    if (Text[I] == Right && --Depth == 0)
      return I + 1;
  }
  return StringRef::npos;
}

std::optional<Signature> cuport::takeApart(StringRef Text) {
  Signature S;
  StringRef Rest = Text;
  while (Rest.starts_with("template")) {
    size_t End = closing(Rest, Rest.find('<'), '<', '>');
    if (End == StringRef::npos)
      return std::nullopt;
    Rest = Rest.drop_front(End).ltrim();
  }
  S.Template = Text.drop_back(Rest.size()).rtrim();
  size_t Close = Rest.rfind(')');
  if (Close == StringRef::npos)
    return std::nullopt;
  size_t Open = Close;
  for (int Depth = 1; Depth && Open-- > 0;)
    Depth += (Rest[Open] == ')') - (Rest[Open] == '(');
  if (Open == StringRef::npos || Open == 0)
    return std::nullopt;
  S.Return = Rest.take_front(Open).rtrim();
  S.Parameters = Rest.slice(Open, Close + 1);
  S.Trailing = Rest.drop_front(Close + 1).trim();
  return S;
}

std::string cuport::hideDefaults(StringRef Parameters) {
  std::string Text;
  int Depth = 0;
  bool InDefault = false;
  for (char C : Parameters) {
    if (StringRef(")]}").contains(C))
      --Depth;
    if (InDefault && (Depth == 0 || (Depth == 1 && C == ','))) {
      Text = StringRef(Text).rtrim().str() + ")";
      InDefault = false;
    }
    if (StringRef("([{").contains(C))
      ++Depth;
    if (Depth == 1 && C == '=' && !InDefault) {
      Text += "CUPORT_DEFAULT(";
      InDefault = true;
    } else if (!(InDefault && C == ' ' && Text.back() == '(')) {
      Text += C;
    }
  }
  return Text;
}

static bool isWordChar(char C) { return llvm::isAlnum(C) || C == '_'; }

void cuport::forEachIdentifier(StringRef Text, llvm::function_ref<void(StringRef, StringRef)> Each) {
  while (!Text.empty()) {
    StringRef Word = Text.take_while(isWordChar);
    Text = Text.drop_front(std::max<size_t>(Word.size(), 1));
    if (!Word.empty() && !llvm::isDigit(Word[0]))
      Each(Word, Text);
  }
}

/// The words that a type can be made of: an unnamed `unsigned int` has no name `int`.
static bool isTypeWord(StringRef Word) {
  return llvm::is_contained({"void", "char", "short", "int", "long", "float", "double", "signed",
                             "unsigned", "const", "volatile", "bool", "size_t"},
                            Word);
}

static Parameter parameter(StringRef Text) {
  Parameter P;
  auto [Declaration, Default] = Text.split('=');
  P.Default = Default.trim();
  Declaration = Declaration.trim();
  // The name is the last word of `void (*f)(int)` before the bracket, of `char a[3]` before the
  // square bracket, else the last.
  size_t Function = Declaration.find("(*");
  StringRef Part = Declaration;
  if (Function != StringRef::npos)
    Part = Part.take_front(Part.find(')', Function));
  Part = Part.take_front(Part.find('[')).rtrim();
  size_t End = Part.size(), Begin = End;
  while (Begin && isWordChar(Part[Begin - 1]))
    --Begin;
  StringRef Name = Part.slice(Begin, End);
  // One word alone is a type.
  if (Begin == 0 || isTypeWord(Name) || Part.take_front(Begin).trim() == "struct" ||
      Part.take_front(Begin).trim() == "enum" || Part.take_front(Begin).trim() == "const")
    Begin = End;
  P.Before = Declaration.take_front(Begin).rtrim();
  P.Name = Declaration.slice(Begin, End);
  P.After = Declaration.drop_front(End).ltrim();
  return P;
}

std::vector<Parameter> cuport::parameters(StringRef Text) {
  Text = Text.drop_front().drop_back().trim();
  std::vector<Parameter> Result;
  if (Text.empty() || Text == "void")
    return Result;
  int Depth = 0;
  size_t Begin = 0;
  for (size_t I = 0; I <= Text.size(); ++I) {
    if (I == Text.size() || (Depth == 0 && Text[I] == ',')) {
      Result.push_back(parameter(Text.slice(Begin, I)));
      Begin = I + 1;
      continue;
    }
    Depth += StringRef("([{<").contains(Text[I]);
    Depth -= StringRef(")]}>").contains(Text[I]);
  }
  return Result;
}

std::string Parameter::type() const {
  std::string Text;
  for (char C : Before + After)
    if (C != ' ' || (!Text.empty() && isWordChar(Text.back())))
      Text += C;
  // A blank is left where it parts two words only.
  for (size_t I = Text.size(); I-- > 0;)
    if (Text[I] == ' ' && (I + 1 == Text.size() || !isWordChar(Text[I + 1])))
      Text.erase(I, 1);
  return Text;
}

std::string Parameter::declaration() const {
  std::string Text = Before;
  if (!Name.empty() && !Before.empty() && isWordChar(Before.back()))
    Text += ' ';
  return Text + Name + After;
}

std::string cuport::parameterList(llvm::ArrayRef<Parameter> Parameters) {
  std::string Text;
  for (const Parameter &P : Parameters)
    Text += (Text.empty() ? "" : ", ") + P.declaration();
  return "(" + Text + ")";
}

std::string cuport::typeList(llvm::ArrayRef<Parameter> Parameters) {
  std::string Text;
  for (const Parameter &P : Parameters)
    Text += P.type() + ",";
  return Text;
}

std::string cuport::returning(const Signature &S, StringRef Name) {
  return (S.Return + (S.Return.ends_with("*") ? "" : " ") + Name).str();
}
