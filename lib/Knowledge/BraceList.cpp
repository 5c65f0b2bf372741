// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Knowledge/BraceList.h"

using namespace cuport;
using llvm::StringRef;

static constexpr size_t MaxCombinations = 4096;

llvm::Expected<BracePattern> BracePattern::parse(StringRef Text) {
  BracePattern Pattern;
  size_t TextStart = 0, At = 0;
  while ((At = Text.find_first_of("{}", At)) != StringRef::npos) {
    size_t Close = Text.find('}', At);
    if (Text[At] == '}')
      return llvm::createStringError("'}' without '{'");
    if (Close == StringRef::npos)
      return llvm::createStringError("'{' without '}'");
    StringRef Inside = Text.slice(At + 1, Close);
    if (Inside.contains('{'))
      return llvm::createStringError("brace lists cannot be nested");
    if (Inside.contains(',')) {
      List L;
      L.Before = Text.slice(TextStart, At);
      L.Source = Pattern.Lists.size();
      auto [Number, Elements] = Inside.split(':');
      if (Number.size() < Inside.size() && !Number.getAsInteger(10, L.Source)) {
        if (L.Source == 0)
          return llvm::createStringError("brace lists count from 1");
        --L.Source;
        L.HasSource = true;
        Inside = Elements;
      }
      Inside.split(L.Elements, ',');
      for (StringRef &Element : L.Elements)
        Element = Element.trim();
      Pattern.Lists.push_back(std::move(L));
      TextStart = Close + 1;
    }
    At = Close + 1;
  }
  Pattern.Rest = Text.substr(TextStart);
  return Pattern;
}

llvm::Expected<std::vector<llvm::SmallVector<unsigned, 2>>> BracePattern::combinations() const {
  size_t Count = 1;
  for (const List &L : Lists)
    if ((Count *= L.Elements.size()) > MaxCombinations)
      return llvm::createStringError("brace lists give more than 4096 names");
  std::vector<llvm::SmallVector<unsigned, 2>> All(Count,
                                                  llvm::SmallVector<unsigned, 2>(Lists.size()));
  for (size_t I = 0; I < Count; ++I)
    for (size_t Left = I, L = Lists.size(); L-- > 0; Left /= Lists[L].Elements.size())
      All[I][L] = Left % Lists[L].Elements.size();
  return All;
}

llvm::Error BracePattern::follow(const BracePattern &Name) {
  bool ByPosition = Lists.size() <= Name.Lists.size();
  for (size_t I = 0; I < Lists.size(); ++I) {
    List &L = Lists[I];
    if (L.HasSource) {
      if (L.Source >= Name.Lists.size())
        return llvm::createStringError("brace list " + llvm::Twine(L.Source + 1) +
                                       " is asked for, the name has " +
                                       llvm::Twine(Name.Lists.size()));
    } else if (ByPosition) {
      L.Source = I;
    } else if (Name.Lists.size() == 1) {
      L.Source = 0;
    } else {
      unsigned Fitting = 0;
      for (size_t N = 0; N < Name.Lists.size(); ++N)
        if (Name.Lists[N].Elements.size() == L.Elements.size()) {
          ++Fitting;
          L.Source = N;
        }
      if (Fitting != 1)
        return llvm::createStringError("which list of the name does brace list " +
                                       llvm::Twine(I + 1) + " follow? Write {1:...} or {2:...}");
    }
    size_t Expected = Name.Lists[L.Source].Elements.size();
    if (L.Elements.size() != Expected)
      return llvm::createStringError("brace list " + llvm::Twine(I + 1) + " has " +
                                     llvm::Twine(L.Elements.size()) +
                                     " elements, the name's has " + llvm::Twine(Expected));
  }
  return llvm::Error::success();
}

std::string BracePattern::substitute(llvm::ArrayRef<unsigned> Ranks) const {
  std::string Text;
  for (size_t I = 0; I < Lists.size(); ++I) {
    const List &L = Lists[I];
    Text += L.Before;
    Text += L.Elements[Ranks[L.Source]];
  }
  Text += Rest;
  return Text;
}
