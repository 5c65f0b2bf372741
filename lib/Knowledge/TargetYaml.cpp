// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Knowledge/TargetTable.h"
#include "Knowledge/YamlScalar.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"

#include <map>

using namespace cuport;
using llvm::StringRef;

namespace {

/// One target on its way to text. Sources of several files may have the same id: the later gets a
/// number.
class TargetWriter {
public:
  explicit TargetWriter(const Target &Card) : Card(Card) {
    llvm::StringSet<> Taken;
    for (const FactSource *Source : Card.Sources) {
      std::string Id = Source->Id.str();
      for (unsigned N = 2; !Taken.insert(Id).second; ++N)
        Id = (Source->Id + "-" + llvm::Twine(N)).str();
      Ids[Source] = Id;
    }
  }

  std::string write();

private:
  void line(StringRef Indent, StringRef Key, StringRef Value) {
    if (!Value.empty())
      Text += (Indent + Key + ": " + yamlScalar(Value) + "\n").str();
  }
  void list(StringRef Indent, StringRef Key, llvm::ArrayRef<StringRef> Values);
  void evidence(StringRef Indent, const Evidence &From);
  void naming();
  void facts();
  void libraries();
  void names();
  void remarks(StringRef Key, llvm::ArrayRef<TargetRemark> Remarks);

  const Target &Card;
  std::map<const FactSource *, std::string> Ids;
  std::string Text;
};

} // namespace

void TargetWriter::list(StringRef Indent, StringRef Key, llvm::ArrayRef<StringRef> Values) {
  if (Values.empty())
    return;
  Text += (Indent + Key + ": [").str();
  for (size_t I = 0; I < Values.size(); ++I)
    Text += (I ? ", " : "") + yamlScalar(Values[I], /*InFlow=*/true);
  Text += "]\n";
}

void TargetWriter::evidence(StringRef Indent, const Evidence &From) {
  std::vector<std::string> Citations;
  for (const Citation &C : From.Citations)
    Citations.push_back(Ids[C.Source] + (C.Where.empty() ? "" : ":") + C.Where.str());
  if (Citations.size() == 1)
    line(Indent, "source", Citations.front());
  else {
    Text += (Indent + "source:\n").str();
    for (const std::string &C : Citations)
      Text += (Indent + "  - " + yamlScalar(C) + "\n").str();
  }
  line(Indent, "confidence", factConfidenceName(From.Confidence));
}

void TargetWriter::naming() {
  const NamingRule &Rule = Card.Naming;
  if (Rule.Style == NamingRule::Unknown)
    return;
  Text += "naming:\n";
  line("  ", "style", namingStyleName(Rule.Style));
  if (Rule.Origin)
    line("  ", "origin", "true");
  if (!Rule.Prefixes.empty()) {
    Text += "  prefixes:\n";
    for (const PrefixRule &P : Rule.Prefixes)
      line("    ", P.Cuda, P.Card);
  }
  list("  ", "except", Rule.Except);
  line("  ", "note", Rule.Note);
  evidence("  ", Rule.From);
}

void TargetWriter::facts() {
  if (!Card.Facts.empty())
    Text += "facts:\n";
  for (const TargetFact &Fact : Card.Facts) {
    line("  - ", "fact", factInfo(Fact.Key).Spelling);
    line("    ", "value", Fact.Value);
    list("    ", "for", Fact.For);
    line("    ", "note", Fact.Note);
    evidence("    ", Fact.From);
  }
}

void TargetWriter::libraries() {
  if (!Card.Libraries.empty())
    Text += "libraries:\n";
  for (const TargetLibrary &Library : Card.Libraries) {
    line("  - ", "library", libraryInfo(Library.Key).Spelling);
    line("    ", Library.Name.empty() ? "lacks" : "name",
         Library.Name.empty() ? Library.Note : Library.Name);
    line("    ", "header", Library.Header);
    line("    ", "link", Library.Link);
    line("    ", "prefix", Library.Prefix);
    if (Library.Interface != TargetLibrary::Unknown)
      line("    ", "interface", Library.Interface == TargetLibrary::AsCuda ? "as-cuda" : "own");
    if (!Library.Name.empty())
      line("    ", "note", Library.Note);
    evidence("    ", Library.From);
  }
}

void TargetWriter::names() {
  // By evidence, as files have them: in the order of the first name of each.
  std::vector<std::pair<const Evidence *, std::vector<const TargetName *>>> Groups;
  std::map<const Evidence *, size_t> Index;
  for (const TargetName &Name : Card.Names) {
    auto [It, New] = Index.try_emplace(Name.From, Groups.size());
    if (New)
      Groups.push_back({Name.From, {}});
    Groups[It->second].second.push_back(&Name);
  }
  if (!Groups.empty())
    Text += "names:\n";
  for (const auto &[From, Names] : Groups) {
    Text += "  - names:\n";
    for (const TargetName *Name : Names) {
      if (Name->Note.empty()) {
        line("      ", Name->Cuda, Name->Name);
        continue;
      }
      Text += ("      " + Name->Cuda + ":\n").str();
      if (Name->Name.empty())
        line("        ", "lacks", Name->Note);
      else {
        line("        ", "name", Name->Name);
        line("        ", "note", Name->Note);
      }
    }
    evidence("    ", *From);
  }
}

void TargetWriter::remarks(StringRef Key, llvm::ArrayRef<TargetRemark> Remarks) {
  if (!Remarks.empty())
    Text += (Key + ":\n").str();
  for (const TargetRemark &Remark : Remarks) {
    line("  - ", "text", Remark.Text);
    list("    ", "for", Remark.For);
    evidence("    ", Remark.From);
  }
}

std::string TargetWriter::write() {
  line("", "target", Card.Id);
  line("", "title", Card.Title);
  line("", "vendor", Card.Vendor);
  list("", "also", Card.Aliases);
  if (!Card.Generations.empty())
    Text += "generations:\n";
  for (const Generation &G : Card.Generations) {
    line("  - ", "id", G.Id);
    line("    ", "title", G.Title);
  }
  if (!Card.Sources.empty())
    Text += "sources:\n";
  for (const FactSource *Source : Card.Sources) {
    Text += "  " + Ids[Source] + ":\n";
    line("    ", "at", Source->At);
    line("    ", "seen", Source->Seen);
  }
  naming();
  facts();
  libraries();
  names();
  remarks("traps", Card.Traps);
  remarks("remarks", Card.Remarks);
  return Text;
}

std::string cuport::toYaml(const Target &T) { return TargetWriter(T).write(); }
