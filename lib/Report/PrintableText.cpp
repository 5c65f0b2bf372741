// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Report/PrintableText.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/ConvertUTF.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/Unicode.h"

using namespace llvm;

namespace cuport {
namespace {

/// The bytes of the UTF-8 character that `Text` begins with.
size_t characterSize(StringRef Text) {
  size_t Size = 1;
  while (Size < Text.size() && (static_cast<unsigned char>(Text[Size]) & 0xC0) == 0x80)
    ++Size;
  return Size;
}

size_t characterColumns(StringRef Character) {
  int Columns = sys::unicode::columnWidthUTF8(Character);
  return Columns < 0 ? 1 : Columns;
}

/// How many bytes of whole characters fit.
size_t bytesThatFit(StringRef Text, size_t Columns) {
  size_t Bytes = 0, Taken = 0;
  while (Bytes < Text.size()) {
    StringRef Character = Text.substr(Bytes, characterSize(Text.substr(Bytes)));
    if (Taken + characterColumns(Character) > Columns)
      break;
    Taken += characterColumns(Character);
    Bytes += Character.size();
  }
  return Bytes;
}

} // namespace

std::string printable(StringRef Text) {
  const std::string Whole = json::isUTF8(Text) ? Text.str() : json::fixUTF8(Text);
  std::string Result;
  for (StringRef Rest = Whole; !Rest.empty();) {
    StringRef Character = Rest.take_front(characterSize(Rest));
    Rest = Rest.drop_front(Character.size());
    const UTF8 *Begin = Character.bytes_begin();
    UTF32 Code = 0;
    convertUTF8Sequence(&Begin, Character.bytes_end(), &Code, strictConversion);
    const bool IsControl = Code < 0x20 || (Code >= 0x7F && Code < 0xA0);
    const bool EndsLine = Code == 0x2028 || Code == 0x2029;
    // Formatting characters turn the text around them, or are not seen.
    Result += IsControl || EndsLine || sys::unicode::isFormatting(int(Code)) ? "?" : Character;
  }
  return Result;
}

size_t columnsOf(StringRef Printable) {
  size_t Columns = 0;
  for (size_t I = 0; I < Printable.size();) {
    size_t Size = characterSize(Printable.substr(I));
    Columns += characterColumns(Printable.substr(I, Size));
    I += Size;
  }
  return Columns;
}

std::string fitEnd(StringRef Printable, size_t Columns) {
  size_t Excess = columnsOf(Printable);
  if (Excess <= Columns)
    return Printable.str();
  while (!Printable.empty() && Excess + 3 > Columns) {
    size_t Size = characterSize(Printable);
    Excess -= characterColumns(Printable.substr(0, Size));
    Printable = Printable.substr(Size);
  }
  return "..." + Printable.str();
}

std::string fitBegin(StringRef Printable, size_t Columns) {
  if (columnsOf(Printable) <= Columns)
    return Printable.str();
  return Printable.substr(0, bytesThatFit(Printable, Columns - 3)).str() + "...";
}

std::vector<std::string> wrap(StringRef Printable, size_t Columns) {
  std::vector<std::string> Lines(1);
  size_t Used = 0;
  SmallVector<StringRef, 32> Words;
  Printable.split(Words, ' ', -1, /*KeepEmpty=*/false);
  for (StringRef Word : Words) {
    size_t Width = columnsOf(Word);
    if (Used != 0 && Used + 1 + Width > Columns) {
      Lines.emplace_back();
      Used = 0;
    }
    while (Width > Columns) {
      size_t Bytes = std::max(bytesThatFit(Word, Columns), characterSize(Word));
      Lines.back() = Word.substr(0, Bytes).str();
      Lines.emplace_back();
      Word = Word.substr(Bytes);
      Width = columnsOf(Word);
    }
    if (Used != 0) {
      Lines.back() += ' ';
      ++Used;
    }
    Lines.back() += Word;
    Used += Width;
  }
  if (Lines.size() > 1 && Lines.back().empty())
    Lines.pop_back();
  return Lines;
}

} // namespace cuport
