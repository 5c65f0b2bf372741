// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Knowledge/CardRows.h"

#include "Knowledge/ApiLoader.h"
#include "Knowledge/CardName.h"

#include "llvm/ADT/STLExtras.h"

using namespace cuport;
using llvm::StringRef;

static std::string whyUnknown(const CardName &Name, const Target &Card) {
  if (Name.Library && Name.Library->Interface == TargetLibrary::Own)
    return (Name.Library->Name + " has an interface of its own, and the call is written anew").str();
  if (Name.CudaLibrary && !Name.Library)
    return ("it is not known whether the card has " + Name.CudaLibrary->Title).str();
  return "it was not seen, and the naming rule does not tell it";
}

static std::string doubtAbout(const CardName &Name) {
  if (Name.State == CardName::Derived)
    return "by the rule '" + Name.Rule + "'; the name itself was not seen";
  if (Name.State == CardName::Seen && Name.Confidence != FactConfidence::High)
    return "seen with " + factConfidenceName(Name.Confidence).str() + " confidence only, in " + toString(*Name.From) +
           (Name.Note.empty() ? "" : " (" + Name.Note.str() + ")");
  return "";
}

CardRows::CardRows(const ApiTable &Apis, const Target &Card, Version Hip) : Card(Card), Rows(Apis.withoutRows()) {
  for (const ApiRow *Row : Apis.rows()) {
    CardName Name = nameOnCard(Card, Row->Cuda, Row, Hip);
    ApiRow On = *Row;
    On.Hip = Strings.save(Name.Name);
    On.HipLater = On.Roc = On.Reason = On.Note = {};
    On.HipSince = On.HipDeprecated = On.HipRemoved = {};
    On.Arguments = {};
    On.Forms = {};
    switch (Name.State) {
    case CardName::Origin:
    case CardName::Seen:
    case CardName::Derived:
      // What is not sure is told by its doubt, once a file; what differs in a call at each of them.
      if (Name.Confidence == FactConfidence::High)
        On.Note = Name.Note;
      On.Verdict = On.Note.empty() ? defaultVerdict(Row->Cuda, Name.Name) : Verdict::Review;
      break;
    case CardName::Lacks:
      On.Verdict = Verdict::Unsupported;
      On.Reason = Name.Note;
      break;
    case CardName::Unknown:
      On.Verdict = Verdict::Unknown;
      On.Note = Strings.save(whyUnknown(Name, Card));
      break;
    }
    const ApiRow &Kept = Rows.add(On);
    if (std::string Doubt = doubtAbout(Name); !Doubt.empty())
      Doubts[&Kept] = Strings.save(Doubt);
  }
}

bool CardRows::mayHaveWideWarps() const {
  std::vector<uint64_t> Widths = Card.numbers(FactKey::WarpWidth);
  return Widths.empty() || llvm::any_of(Widths, [](uint64_t Lanes) { return Lanes != 32; });
}

std::string cuport::whyNoSource(const Target &Card) {
  for (const TargetFact &F : Card.facts(FactKey::SimtKernels)) {
    if (F.Support == Support::Yes)
      continue;
    std::string Text = ("kernels of " + Card.Title + " are not CUDA's").str();
    if (!F.Note.empty())
      Text += " (" + F.Note.str() + ")";
    for (const TargetFact &L : Card.facts(FactKey::Launch))
      if (L.For == F.For)
        return Text + ", and a launch means something else there: " + L.Value.str();
    return Text;
  }
  if (Card.Naming.Style == NamingRule::Listed || Card.Naming.Style == NamingRule::Unknown)
    return ("names of " + Card.Title + " do not follow from CUDA's").str();
  return "";
}
