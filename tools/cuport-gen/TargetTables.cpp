// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Output.h"
#include "Verbs.h"

#include "llvm/ADT/STLExtras.h"

#include <map>

using namespace cuport;
using namespace cuport::gen;
using llvm::StringRef;

namespace {

/// Arrays that parts of all targets are slices of, one a type of element.
class TargetArrays {
public:
  std::string target(const Target &Card);
  std::string text() const;

private:
  struct Array {
    StringRef Type;
    std::string Name, Elements;
    size_t Count = 0;
  };

  /// Appends elements and gives the slice that they are.
  template <typename T, typename ToText>
  std::string slice(Array &In, llvm::ArrayRef<T> Elements, ToText Text);
  std::string texts(llvm::ArrayRef<StringRef> Texts);
  std::string evidence(const Evidence &From);
  std::string remarks(llvm::ArrayRef<TargetRemark> Remarks);

  // In the order they are defined in: each is used by later ones only.
  Array Sources{"FactSource", "Sources", {}};
  Array SourcePointers{"const FactSource *", "SourcePointers", {}};
  Array Texts{"llvm::StringRef", "Texts", {}};
  Array Citations{"Citation", "Citations", {}};
  Array NameEvidence{"Evidence", "NameEvidence", {}};
  Array Generations{"Generation", "Generations", {}};
  Array Prefixes{"PrefixRule", "Prefixes", {}};
  Array Facts{"TargetFact", "Facts", {}};
  Array Libraries{"TargetLibrary", "Libraries", {}};
  Array Names{"TargetName", "Names", {}};
  Array Remarks{"TargetRemark", "Remarks", {}};
  std::map<const FactSource *, size_t> SourceIndex;
};

} // namespace

static std::string number(uint64_t N) { return std::to_string(N); }

template <typename T, typename ToText>
std::string TargetArrays::slice(Array &In, llvm::ArrayRef<T> Elements, ToText Text) {
  if (Elements.empty())
    return "{}";
  // The texts come first: they may append to other arrays.
  std::string Lines;
  for (const T &Element : Elements)
    Lines += Text(Element) + ",\n";
  std::string Slice = "{" + In.Name + "+" + number(In.Count) + "," + number(Elements.size()) + "}";
  In.Elements += Lines;
  In.Count += Elements.size();
  return Slice;
}

std::string TargetArrays::texts(llvm::ArrayRef<StringRef> List) {
  return slice(Texts, List, [](StringRef Text) { return "llvm::StringRef" + stringRef(Text); });
}

std::string TargetArrays::evidence(const Evidence &From) {
  std::string Cited = slice(Citations, From.Citations, [&](const Citation &C) {
    return "{Sources+" + number(SourceIndex[C.Source]) + "," + stringRef(C.Where) + "}";
  });
  return "{" + Cited + ",FactConfidence(" + number(unsigned(From.Confidence)) + ")}";
}

std::string TargetArrays::remarks(llvm::ArrayRef<TargetRemark> List) {
  return slice(Remarks, List, [&](const TargetRemark &R) {
    return "{" + stringRef(R.Text) + "," + texts(R.For) + "," + evidence(R.From) + "}";
  });
}

std::string TargetArrays::target(const Target &Card) {
  for (const FactSource *Source : Card.Sources) {
    SourceIndex[Source] = Sources.Count++;
    Sources.Elements += "{" + stringRef(Source->Id) + "," + stringRef(Source->At) + "," +
                        stringRef(Source->Seen) + "},\n";
  }
  std::string Cited = slice(SourcePointers, Card.Sources, [&](const FactSource *S) {
    return "Sources+" + number(SourceIndex[S]);
  });
  const NamingRule &Rule = Card.Naming;
  std::string Naming = "{NamingRule::StyleKind(" + number(Rule.Style) + ")," +
                       (Rule.Origin ? "true" : "false") + "," +
                       slice(Prefixes, Rule.Prefixes,
                             [](const PrefixRule &P) {
                               return "{" + stringRef(P.Cuda) + "," + stringRef(P.Card) + "}";
                             }) +
                       "," + texts(Rule.Except) + "," + stringRef(Rule.Note) + "," +
                       evidence(Rule.From) + "}";
  std::string Generation = slice(Generations, Card.Generations, [](const cuport::Generation &G) {
    return "{" + stringRef(G.Id) + "," + stringRef(G.Title) + "}";
  });
  std::string Fact = slice(Facts, Card.Facts, [&](const TargetFact &F) {
    return "{FactKey(" + number(unsigned(F.Key)) + ")," + stringRef(F.Value) + "," +
           number(F.Number) + ",Support(" + number(unsigned(F.Support)) + ")," + stringRef(F.Note) +
           "," + texts(F.For) + "," + evidence(F.From) + "}";
  });
  std::string Library = slice(Libraries, Card.Libraries, [&](const TargetLibrary &L) {
    std::string Line = "{TargetLibraryKey(" + number(unsigned(L.Key)) +
                       "),TargetLibrary::InterfaceKind(" + number(L.Interface) + ")";
    for (StringRef Part : {L.Name, L.Header, L.Link, L.Prefix, L.Note})
      Line += "," + stringRef(Part);
    return Line + "," + evidence(L.From) + "}";
  });
  std::map<const Evidence *, size_t> Shared;
  std::string Name = slice(Names, Card.Names, [&](const TargetName &N) {
    auto [It, New] = Shared.try_emplace(N.From, NameEvidence.Count);
    if (New) {
      NameEvidence.Elements += evidence(*N.From) + ",\n";
      ++NameEvidence.Count;
    }
    return "{" + stringRef(N.Cuda) + "," + stringRef(N.Name) + "," + stringRef(N.Note) +
           ",NameEvidence+" + number(It->second) + "}";
  });
  std::string Aliases = texts(Card.Aliases);
  std::string Traps = remarks(Card.Traps), Others = remarks(Card.Remarks);
  return "{" + stringRef(Card.Id) + "," + stringRef(Card.Title) + "," + stringRef(Card.Vendor) +
         "," + Aliases + "," + Generation + "," + Cited + "," + Naming + "," + Fact + "," +
         Library + "," + Name + "," + Traps + "," + Others + "},\n";
}

std::string TargetArrays::text() const {
  std::string Text;
  for (const Array *A : {&Sources, &SourcePointers, &Texts, &Citations, &NameEvidence, &Generations,
                         &Prefixes, &Facts, &Libraries, &Names, &Remarks})
    if (A->Count)
      Text +=
          ("static constexpr " + A->Type + " " + A->Name + "[] = {\n" + A->Elements + "};\n").str();
  return Text;
}

llvm::Error gen::writeTargetTables(llvm::ArrayRef<Target> Targets, StringRef OutputFile) {
  TargetArrays Arrays;
  std::string Text;
  for (const Target &Card : Targets)
    Text += Arrays.target(Card);
  return writeIfChanged(
      OutputFile, "// Written by cuport-gen from lib/Knowledge/data/targets.\n" + Arrays.text() +
                      "static constexpr Target BuiltinTargetList[] = {\n" + Text + "};\n");
}
