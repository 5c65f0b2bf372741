// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Driver/Targets.h"

#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

using namespace cuport;
using llvm::StringRef;
using llvm::json::OStream;

/// Changes when a reader of the format would have to.
static constexpr StringRef Schema = "cuport-targets-1";

static void text(OStream &Json, StringRef Key, StringRef Value) {
  if (!Value.empty())
    Json.attribute(Key, Value);
}

static void texts(OStream &Json, StringRef Key, llvm::ArrayRef<StringRef> Values) {
  if (!Values.empty())
    Json.attributeArray(Key, [&] {
      for (StringRef Value : Values)
        Json.value(Value);
    });
}

static void evidence(OStream &Json, const Evidence &From) {
  Json.attribute("confidence", factConfidenceName(From.Confidence));
  Json.attributeArray("sources", [&] {
    for (const Citation &C : From.Citations)
      Json.object([&] {
        Json.attribute("at", C.Source->At);
        text(Json, "where", C.Where);
        Json.attribute("seen", C.Source->Seen);
      });
  });
}

static void naming(OStream &Json, const NamingRule &Rule) {
  if (Rule.Style == NamingRule::Unknown)
    return;
  Json.attributeObject("naming", [&] {
    Json.attribute("style", namingStyleName(Rule.Style));
    Json.attribute("origin", Rule.Origin);
    Json.attributeArray("prefixes", [&] {
      for (const PrefixRule &P : Rule.Prefixes)
        Json.object([&] {
          Json.attribute("cuda", P.Cuda);
          Json.attribute("card", P.Card);
        });
    });
    texts(Json, "except", Rule.Except);
    text(Json, "note", Rule.Note);
    evidence(Json, Rule.From);
  });
}

static void fact(OStream &Json, const TargetFact &Fact) {
  const FactInfo &Info = factInfo(Fact.Key);
  Json.attribute("fact", Info.Spelling);
  if (Info.Kind == FactKind::Number || Info.Kind == FactKind::Bytes)
    Json.attribute("value", Fact.Number);
  else
    Json.attribute("value", Fact.Value);
  texts(Json, "for", Fact.For);
  text(Json, "note", Fact.Note);
  evidence(Json, Fact.From);
}

static void library(OStream &Json, const TargetLibrary &Library) {
  Json.attribute("library", libraryInfo(Library.Key).Spelling);
  if (Library.Name.empty()) {
    Json.attribute("lacks", Library.Note);
  } else {
    Json.attribute("name", Library.Name);
    text(Json, "header", Library.Header);
    text(Json, "link", Library.Link);
    text(Json, "prefix", Library.Prefix);
    if (Library.Interface != TargetLibrary::Unknown)
      Json.attribute("interface", Library.Interface == TargetLibrary::AsCuda ? "as-cuda" : "own");
    text(Json, "note", Library.Note);
  }
  evidence(Json, Library.From);
}

static void name(OStream &Json, const TargetName &Name) {
  Json.attribute("cuda", Name.Cuda);
  if (Name.Name.empty()) {
    Json.attribute("lacks", Name.Note);
  } else {
    Json.attribute("name", Name.Name);
    text(Json, "note", Name.Note);
  }
  evidence(Json, *Name.From);
}

static void remark(OStream &Json, const TargetRemark &Remark) {
  Json.attribute("text", Remark.Text);
  texts(Json, "for", Remark.For);
  evidence(Json, Remark.From);
}

template <typename T>
static void list(OStream &Json, StringRef Key, llvm::ArrayRef<T> Elements,
                 void (*Write)(OStream &, const T &)) {
  Json.attributeArray(Key, [&] {
    for (const T &Element : Elements)
      Json.object([&] { Write(Json, Element); });
  });
}

std::string cuport::targetsJson(llvm::ArrayRef<const Target *> Targets) {
  std::string Text;
  llvm::raw_string_ostream Stream(Text);
  OStream Json(Stream, /*IndentSize=*/2);
  Json.object([&] {
    Json.attribute("schema", Schema);
    Json.attributeArray("targets", [&] {
      for (const Target *Card : Targets)
        Json.object([&] {
          Json.attribute("target", Card->Id);
          Json.attribute("title", Card->Title);
          text(Json, "vendor", Card->Vendor);
          texts(Json, "also", Card->Aliases);
          Json.attributeArray("generations", [&] {
            for (const Generation &G : Card->Generations)
              Json.object([&] {
                Json.attribute("id", G.Id);
                text(Json, "title", G.Title);
              });
          });
          naming(Json, Card->Naming);
          list(Json, "facts", Card->Facts, fact);
          list(Json, "libraries", Card->Libraries, library);
          list(Json, "names", Card->Names, name);
          list(Json, "traps", Card->Traps, remark);
          list(Json, "remarks", Card->Remarks, remark);
        });
    });
  });
  return Text + "\n";
}
