// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Driver/ExplainOnCards.h"

#include "Knowledge/CardName.h"
#include "Report/PrintableText.h"

#include "llvm/ADT/Twine.h"

using namespace cuport;
using llvm::StringRef;

static constexpr size_t Width = 100, Indent = 6;

/// "musaMalloc, seen (high)", "none (high)", "unknown: ..."; where the rule was seen stands below a
/// derived name.
static std::string nameText(const CardName &Name, const Target &Card) {
  const std::string Sure = " (" + factConfidenceName(Name.Confidence).str() + ")";
  switch (Name.State) {
  case CardName::Origin:
    return Name.Name;
  case CardName::Seen:
    return Name.Name + ", seen" + Sure;
  case CardName::Derived:
    return Name.Name + ", derived by the rule '" + Name.Rule + "', not seen itself" + Sure;
  case CardName::Lacks:
    return "none" + Sure;
  case CardName::Unknown:
    break;
  }
  if (Name.Library && Name.Library->Interface == TargetLibrary::Own)
    return ("no name for it: " + Name.Library->Name +
            " has an interface of its own, and the call is written anew")
        .str();
  return Card.Naming.Style == NamingRule::Listed
             ? "unknown: not seen, and names follow no rule"
             : "unknown: not seen, and the naming rule does not tell it";
}

static std::string libraryText(const CardName &Name) {
  const TargetLibrary *L = Name.Library;
  if (!L)
    return ("library " + Name.CudaLibrary->Title + ": unknown whether the card has it").str();
  std::string Text =
      ("library " + Name.CudaLibrary->Title + ": " + (L->Name.empty() ? "none" : L->Name)).str();
  if (!L->Header.empty())
    Text += (", header " + L->Header).str();
  if (!L->Link.empty())
    Text += (", link " + L->Link).str();
  Text += " (" + factConfidenceName(L->From.Confidence).str() + ")";
  return L->Note.empty() ? Text : Text + ". " + L->Note.str();
}

std::string cuport::explainOnCards(StringRef Cuda, const ApiRow *Row,
                                   llvm::ArrayRef<const Target *> Cards, Version Hip) {
  std::string Text;
  auto Add = [&Text](size_t First, StringRef Value) {
    for (const std::string &Line : wrap(printable(Value), Width - Indent)) {
      Text += std::string(First, ' ') + Line + "\n";
      First = Indent;
    }
  };
  for (const Target *Card : Cards) {
    CardName Name = nameOnCard(*Card, Cuda, Row, Hip);
    Add(2, Card->Id.str() + ": " + nameText(Name, *Card));
    if (!Name.Note.empty())
      Add(Indent, Name.Note);
    if (Name.From)
      Add(Indent, (Name.State == CardName::Derived ? "the rule: " : "") + toString(*Name.From));
    if (!Name.CudaLibrary)
      continue;
    Add(Indent, libraryText(Name));
    if (Name.Library && Name.From != &Name.Library->From)
      Add(Indent, toString(Name.Library->From));
  }
  return Text;
}
