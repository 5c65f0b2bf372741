// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Driver/Targets.h"

#include "Knowledge/TargetLoader.h"
#include "Knowledge/TargetText.h"
#include "Report/PrintableText.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

#include <fmt/format.h>
#include <map>

using namespace cuport;
using llvm::StringRef;

static constexpr size_t Width = 100;

static std::string_view view(StringRef S) { return {S.data(), S.size()}; }

struct EmbeddedFile {
  StringRef Path, Text;
};

static constexpr EmbeddedFile Template[] = {
#include "Driver/TargetTemplate.inc"
};

StringRef cuport::targetTemplate() { return Template[0].Text; }

bool cuport::isTargetFile(StringRef Value) {
  return Value.ends_with(".yaml") || Value.ends_with(".yml");
}

llvm::Expected<std::vector<const Target *>>
cuport::resolveTargets(llvm::ArrayRef<std::string> Values, TargetTable &Targets) {
  // Files first: a card in front of the file that is put over it is the same card.
  std::vector<StringRef> Names;
  for (StringRef Value : Values) {
    if (!isTargetFile(Value)) {
      Names.push_back(Value);
      continue;
    }
    auto Id = Targets.addFile(Value);
    if (!Id)
      return Id.takeError();
    Names.push_back(*Id);
  }
  std::vector<const Target *> Found;
  for (StringRef Name : Names) {
    const Target *Card = Targets.find(Name);
    if (!Card) {
      std::string Message = ("no card is called '" + Name + "'").str();
      std::vector<StringRef> Near = Targets.nearest(Name, 3);
      if (!Near.empty())
        Message += "; did you mean '" + llvm::join(Near, "', '") + "'?";
      return llvm::createStringError(Message + (Near.empty() ? "; " : " ") +
                                     "cuport targets names them all");
    }
    if (!llvm::is_contained(Found, Card))
      Found.push_back(Card);
  }
  return Found;
}

/// The values of a fact over the generations; which generation has which stands in the card's own
/// text.
static std::string values(const Target &Card, FactKey Key) {
  std::vector<std::string> Values;
  for (const TargetFact &Fact : Card.facts(Key))
    if (!llvm::is_contained(Values, valueText(Fact)))
      Values.push_back(valueText(Fact));
  return Values.empty() ? "?" : llvm::join(Values, ", ");
}

std::string cuport::targetsText(llvm::ArrayRef<Target> Targets) {
  std::vector<std::vector<std::string>> Lines = {
      {"card", "", "warp", "kernels", "CUDA source", "names"}};
  for (const Target &Card : Targets)
    Lines.push_back({Card.Id.str(), printable(Card.Title), values(Card, FactKey::WarpWidth),
                     values(Card, FactKey::SimtKernels), values(Card, FactKey::CudaSource),
                     namingText(Card.Naming)});
  std::vector<size_t> Widths(Lines.front().size());
  for (const std::vector<std::string> &Line : Lines)
    for (size_t I = 0; I < Line.size(); ++I)
      Widths[I] = std::max(Widths[I], columnsOf(Line[I]) + 2);
  std::string Text;
  for (const std::vector<std::string> &Line : Lines) {
    for (size_t I = 0; I + 1 < Line.size(); ++I)
      Text += Line[I] + std::string(Widths[I] - columnsOf(Line[I]), ' ');
    Text += Line.back() + "\n";
  }
  return Text + "\nwarp: lanes. kernels: whether kernels of threads, blocks and warps carry over. "
                "CUDA source: whether it is "
                "compiled\nas it is. names: how they follow from CUDA's. ? is unknown. cuport "
                "targets CARD tells all of one "
                "card, with sources.\n";
}

namespace {

/// One card on its way to text: entries "key: value", and where that was seen below each.
class CardText {
public:
  explicit CardText(const Target &Card) : Card(Card) {}
  std::string write();

private:
  void head(StringRef Title) { Text += ("\n" + Title + "\n").str(); }
  void entry(StringRef Key, StringRef Value);
  /// Lines that begin at Column, the first one Less before it.
  void block(size_t Column, StringRef Value, size_t Less = 0);
  std::string evidence(const Evidence &From);
  void description();
  void facts();
  void libraries();
  void names();
  void remarks(StringRef Title, llvm::ArrayRef<TargetRemark> Remarks);
  void sources();

  const Target &Card;
  std::string Text;
};

} // namespace

static std::string generationText(llvm::ArrayRef<StringRef> For) {
  return For.empty() ? "" : " (" + llvm::join(For, ", ") + ")";
}

static constexpr size_t EntryColumn = 2, EvidenceColumn = 6;

void CardText::block(size_t Column, StringRef Value, size_t Less) {
  bool First = true;
  for (const std::string &Line : wrap(printable(Value), Width - Column)) {
    Text += std::string(First ? Column - Less : Column, ' ') + Line + "\n";
    First = false;
  }
}

void CardText::entry(StringRef Key, StringRef Value) {
  block(EvidenceColumn, (Key + ": " + Value).str(), EvidenceColumn - EntryColumn);
}

std::string CardText::evidence(const Evidence &From) {
  std::string Cited;
  for (const Citation &C : From.Citations)
    Cited += (Cited.empty() ? "" : "; ") + C.Source->Id.str() + (C.Where.empty() ? "" : ":") +
             C.Where.str();
  return "[" + factConfidenceName(From.Confidence).str() + "] " + Cited;
}

void CardText::description() {
  Text += (Card.Id + ": " + Card.Title + "\n").str();
  if (!Card.Vendor.empty())
    entry("vendor", Card.Vendor);
  if (!Card.Aliases.empty())
    entry("also", llvm::join(Card.Aliases, ", "));
  std::vector<std::string> Generations;
  for (const Generation &G : Card.Generations)
    Generations.push_back(G.Title.empty() ? G.Id.str() : (G.Id + " (" + G.Title + ")").str());
  if (!Generations.empty())
    entry("generations", llvm::join(Generations, ", "));
  head("Ways onto it");
  for (const std::string &Way : waysOnto(Card))
    block(EntryColumn, Way);
}

void CardText::facts() {
  StringRef Group;
  for (const TargetFact &Fact : Card.Facts) {
    const FactInfo &Info = factInfo(Fact.Key);
    if (Info.Group != Group)
      head(Group = Info.Group);
    std::string Value = valueText(Fact) + generationText(Fact.For);
    if (!Fact.Note.empty())
      Value += ("; " + Fact.Note).str();
    entry(Info.Title, Value);
    block(EvidenceColumn, evidence(Fact.From));
  }
  std::vector<StringRef> Unknown;
  for (const FactInfo *Info : unknownFacts(Card))
    Unknown.push_back(Info->Title);
  if (!Unknown.empty()) {
    head("Unknown");
    block(EntryColumn, llvm::join(Unknown, ", "));
  }
}

void CardText::libraries() {
  head("Libraries");
  std::vector<StringRef> Unknown;
  for (const TargetLibraryInfo &Info : allTargetLibraries()) {
    const TargetLibrary *L = Card.library(Info.Key);
    if (!L) {
      Unknown.push_back(Info.Title);
      continue;
    }
    std::string Value = L->Name.empty() ? "none" : L->Name.str();
    auto Add = [&](StringRef What, StringRef Part) {
      if (!Part.empty())
        Value += ("; " + What + Part).str();
    };
    Add("header ", L->Header);
    Add("link ", L->Link);
    Add("names begin with ", L->Prefix);
    Add("", L->Interface == TargetLibrary::AsCuda ? "calls as CUDA's"
            : L->Interface == TargetLibrary::Own  ? "an interface of its own"
                                                  : "");
    Add("", L->Note);
    entry(Info.Title, Value);
    block(EvidenceColumn, evidence(L->From));
  }
  if (!Unknown.empty())
    entry("unknown", llvm::join(Unknown, ", "));
}

void CardText::names() {
  const NamingRule &Rule = Card.Naming;
  head("Names");
  std::string How = namingText(Rule);
  if (!Rule.Except.empty())
    How += ", except " + llvm::join(Rule.Except, ", ");
  if (!Rule.Note.empty())
    How += (". " + Rule.Note).str();
  entry("rule", How);
  if (Rule.Style != NamingRule::Unknown)
    block(EvidenceColumn, evidence(Rule.From));
  std::map<const Evidence *, std::vector<const TargetName *>> Groups;
  std::vector<const Evidence *> Order;
  for (const TargetName &Name : Card.Names) {
    std::vector<const TargetName *> &Group = Groups[Name.From];
    if (Group.empty())
      Order.push_back(Name.From);
    Group.push_back(&Name);
  }
  for (const Evidence *From : Order) {
    entry("seen", evidence(*From));
    std::vector<std::string> Plain;
    for (const TargetName *Name : Groups[From])
      if (Name->Note.empty())
        Plain.push_back((Name->Cuda + " -> " + Name->Name).str());
    if (!Plain.empty())
      block(EvidenceColumn, llvm::join(Plain, ", "));
    for (const TargetName *Name : Groups[From])
      if (!Name->Note.empty())
        block(EvidenceColumn,
              (Name->Cuda + " -> " + (Name->Name.empty() ? "none" : Name->Name) + ": " + Name->Note)
                  .str());
  }
}

void CardText::remarks(StringRef Title, llvm::ArrayRef<TargetRemark> Remarks) {
  if (!Remarks.empty())
    head(Title);
  for (const TargetRemark &Remark : Remarks) {
    block(EntryColumn, Remark.Text.str() + generationText(Remark.For));
    block(EvidenceColumn, evidence(Remark.From));
  }
}

void CardText::sources() {
  head("Sources, and the date of the state that was read");
  for (const FactSource *Source : Card.Sources)
    entry(Source->Id, (Source->At + " (" + Source->Seen + ")").str());
}

std::string CardText::write() {
  description();
  facts();
  libraries();
  remarks("Traps", Card.Traps);
  remarks("Remarks", Card.Remarks);
  names();
  sources();
  return std::move(Text);
}

std::string cuport::targetText(const Target &Card) { return CardText(Card).write(); }

llvm::Expected<std::string> cuport::checkTargetFile(StringRef Path) {
  TargetMemory Memory;
  auto Card = loadTargetFile(Path, Memory);
  if (!Card)
    return Card.takeError();
  auto Count = [](size_t Number, StringRef One, StringRef Many) {
    return std::to_string(Number) + " " + (Number == 1 ? One : Many).str();
  };
  std::string Text =
      fmt::format("{}: card '{}', {}, {}, {}, {}: nothing is wrong in it\n", view(Path),
                  view(Card->Id), Count(Card->Facts.size(), "fact", "facts"),
                  Count(Card->Libraries.size(), "library", "libraries"),
                  Count(Card->Names.size(), "name", "names"),
                  Count(Card->Traps.size() + Card->Remarks.size(), "remark", "remarks"));
  TargetTable Builtin;
  if (Builtin.find(Card->Id))
    return Text + "It is put over what is built in for '" + Card->Id.str() + "'.\n";
  std::vector<StringRef> Unknown;
  for (const FactInfo *Info : unknownFacts(*Card))
    Unknown.push_back(Info->Spelling);
  if (!Unknown.empty()) {
    Text += "It leaves open:\n";
    for (const std::string &Line : wrap(llvm::join(Unknown, ", "), Width - 2))
      Text += "  " + Line + "\n";
  }
  return Text;
}
