// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Report/Baseline.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace cuport {

static constexpr StringLiteral Schema = "cuport-baseline-1";

Expected<Baseline> Baseline::read(StringRef Text) {
  auto Value = json::parse(Text);
  if (!Value)
    return Value.takeError();
  const json::Object *O = Value->getAsObject();
  if (!O || O->getString("schema") != Schema.str())
    return createStringError("it is no baseline: write one with 'cuport check --write-baseline=FILE'");
  const json::Array *Places = O->getArray("places");
  if (!Places)
    return createStringError("it has no list of places");
  Baseline Result;
  for (const json::Value &Place : *Places) {
    const json::Object *P = Place.getAsObject();
    auto Fingerprint = P ? P->getString("fingerprint") : std::nullopt;
    auto Count = P ? P->getInteger("count") : std::nullopt;
    if (!Fingerprint || !Count || *Count < 1 || *Count > UINT32_MAX)
      return createStringError("a place has no fingerprint or no count");
    auto TextOf = [&](StringRef Key) { return P->getString(Key).value_or("").str(); };
    if (!Result.Places.try_emplace(*Fingerprint, Entry{unsigned(*Count), TextOf("rule"), TextOf("file"), TextOf("name")}).second)
      return createStringError("the fingerprint " + *Fingerprint + " stands there twice");
  }
  return Result;
}

Baseline Baseline::of(const ReportModel &Model) {
  Baseline Result;
  for (const Finding &F : Model.Findings)
    if (needsPerson(F.Verdict)) {
      Entry &E = Result.Places[F.Fingerprint];
      if (++E.Count == 1) {
        E.Rule = F.Rule;
        E.File = F.At.File;
        E.Name = F.Name;
      }
    }
  return Result;
}

std::string Baseline::write() const {
  std::vector<const StringMapEntry<Entry> *> Sorted;
  for (const auto &Place : Places)
    Sorted.push_back(&Place);
  sort(Sorted, [](const auto *A, const auto *B) {
    const Entry &L = A->getValue(), &R = B->getValue();
    return std::tuple(StringRef(L.File), StringRef(L.Rule), StringRef(L.Name), A->getKey()) <
           std::tuple(StringRef(R.File), StringRef(R.Rule), StringRef(R.Name), B->getKey());
  });
  std::string Text = ("{\"schema\": \"" + Schema + "\", \"places\": [").str();
  raw_string_ostream Out(Text);
  const char *Separator = "\n";
  for (const auto *Place : Sorted) {
    Out << Separator;
    Separator = ",\n";
    json::OStream J(Out);
    auto Attribute = [&](StringRef Key, StringRef Value) { J.attribute(Key, json::fixUTF8(Value)); };
    J.object([&] {
      Attribute("file", Place->getValue().File);
      Attribute("rule", Place->getValue().Rule);
      Attribute("name", Place->getValue().Name);
      Attribute("fingerprint", Place->getKey());
      J.attribute("count", Place->getValue().Count);
    });
    J.flush();
  }
  Out << "\n]}\n";
  return Text;
}

Baseline::Difference Baseline::compare(const ReportModel &Model) const {
  Difference D;
  StringMap<unsigned> Left;
  size_t All = 0;
  for (const auto &Place : Places) {
    Left[Place.getKey()] = Place.getValue().Count;
    All += Place.getValue().Count;
  }
  for (const Finding &F : Model.Findings) {
    if (!needsPerson(F.Verdict))
      continue;
    auto It = Left.find(F.Fingerprint);
    if (It != Left.end() && It->getValue() > 0) {
      --It->getValue();
      ++D.Known;
    } else {
      D.New.push_back(&F);
    }
  }
  D.Fixed = All - D.Known;
  return D;
}

} // namespace cuport
