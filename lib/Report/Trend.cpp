// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Report/Trend.h"

#include "Report/JsonWriter.h"

#include "llvm/ADT/StringMap.h"
#include "llvm/Support/JSON.h"

#include <fmt/format.h>

using namespace llvm;

namespace cuport {
namespace {

using PlacesThen = StringMap<std::vector<Trend::Gone>>;

StringRef textOf(const json::Object &O, StringRef Key) { return O.getString(Key).value_or(""); }

Expected<PlacesThen> placesOf(const json::Object &Report) {
  const json::Array *Findings = Report.getArray("findings");
  if (!Findings)
    return createStringError("it has no findings");
  PlacesThen Places;
  for (const json::Value &Value : *Findings) {
    const json::Object *F = Value.getAsObject();
    auto V = F ? parseVerdict(textOf(*F, "verdict")) : std::nullopt;
    if (!V)
      return createStringError("a finding has no verdict");
    StringRef Fingerprint = textOf(*F, "fingerprint");
    if (!needsPerson(*V) || Fingerprint.empty())
      continue;
    const int64_t Line = F->getInteger("line").value_or(0);
    Places[Fingerprint].push_back({textOf(*F, "file").str(), Line < 0 || Line > INT32_MAX ? 0 : unsigned(Line), textOf(*F, "rule").str(),
                                   textOf(*F, "name").str()});
  }
  return Places;
}

StringMap<std::string> hashesOf(const json::Object &Report) {
  StringMap<std::string> Hashes;
  if (const json::Array *Files = Report.getArray("files"))
    for (const json::Value &Value : *Files)
      if (const json::Object *F = Value.getAsObject())
        Hashes[textOf(*F, "file")] = textOf(*F, "hash").str();
  return Hashes;
}

/// What led to the earlier report. What is wrong in it is left out: it is drawn, and nothing is
/// computed from it.
std::vector<Trend::Point> historyOf(const json::Object &Report) {
  std::vector<Trend::Point> Points;
  const json::Object *T = Report.getObject("trend");
  if (!T)
    return Points;
  auto Add = [&](const json::Object &O, StringRef Left) {
    const int64_t N = O.getInteger(Left).value_or(-1);
    if (N >= 0)
      Points.push_back(
          {textOf(O, "version").str(), size_t(N), O.getBoolean("same_rules").value_or(false)});
  };
  if (const json::Array *Earlier = T->getArray("history"))
    for (const json::Value &Value : *Earlier)
      if (const json::Object *O = Value.getAsObject())
        Add(*O, "left");
  Add(*T, "then");
  return Points;
}

std::optional<Range> rangeOf(const json::Object &O) {
  auto P10 = O.getNumber("p10"), P50 = O.getNumber("p50"), P90 = O.getNumber("p90");
  return P10 && P50 && P90 ? std::optional<Range>({*P10, *P50, *P90}) : std::nullopt;
}

/// The days that a card had then, for the milestone that is asked for now.
void addDays(const json::Object &Report, const CardsReport &Now, Trend &T) {
  const json::Object *Effort = Report.getObject("effort");
  T.SameModel = Effort && textOf(*Effort, "fingerprint") == Now.Parameters.fingerprint() &&
                textOf(*Effort, "strategy") == strategyName(Now.Options.Strategy);
  const json::Array *Cards = Report.getArray("cards");
  if (!Cards)
    return;
  for (const auto &[Index, A] : enumerate(Now.Cards))
    for (const json::Value &Value : *Cards) {
      const json::Object *C = Value.getAsObject();
      if (!C || textOf(*C, "card") != A.On.Target->Id || textOf(*C, "generation") != A.On.Generation)
        continue;
      if (const json::Array *Days = C->getArray("days"))
        for (const json::Value &Entry : *Days)
          if (const json::Object *D = Entry.getAsObject(); D && textOf(*D, "milestone") == milestoneName(Now.Options.Milestone))
            if (auto R = rangeOf(*D))
              T.Days.push_back({Index, *R});
    }
}

} // namespace

Expected<EarlierReport> EarlierReport::read(StringRef Json) {
  auto Value = json::parse(Json);
  if (!Value)
    return Value.takeError();
  json::Object *Report = Value->getAsObject();
  if (!Report || textOf(*Report, "schema") != ReportSchema)
    return createStringError("it is no report: write one with 'cuport report --format=json'");
  auto Places = placesOf(*Report);
  if (!Places)
    return Places.takeError();
  EarlierReport Read;
  Read.Report = std::move(*Report);
  Read.Places = std::move(*Places);
  return Read;
}

Trend EarlierReport::compare(const ReportModel &Now) const {
  PlacesThen Open = Places; // those that are not found again yet
  Trend T;
  T.Version = textOf(Report, "version").str();
  T.History = historyOf(Report);
  const json::Object *Hashes = Report.getObject("hashes");
  const std::string Hip = Now.Hip.isKnown() ? toString(Now.Hip) : "";
  T.SameRules = Hashes && textOf(*Hashes, "rules") == Now.Hashes.Rules &&
                textOf(Report, "knowledge") == Now.Hashes.Knowledge && textOf(Report, "hip") == Hip;
  StringMap<std::string> Before = hashesOf(Report), After;
  for (const FileSummary &F : Now.Files)
    After[F.Status.Path] = F.Status.Hash;
  auto ByRules = [&](StringRef File) {
    auto B = Before.find(File), A = After.find(File);
    return !T.SameRules && B != Before.end() && A != After.end() && !A->second.empty() && A->second == B->second;
  };
  for (const auto &Place : Open)
    T.Then += Place.second.size();
  for (const auto &[I, F] : enumerate(Now.Findings)) {
    if (!needsPerson(F.Verdict))
      continue;
    auto Known = Open.find(F.Fingerprint);
    if (Known != Open.end() && !Known->second.empty()) {
      Known->second.erase(Known->second.begin());
      ++T.Remaining;
    } else {
      (ByRules(F.At.File) ? T.NewByRules : T.New).push_back(I);
    }
  }
  for (auto &Place : Open)
    for (Trend::Gone &G : Place.second)
      (ByRules(G.File) ? T.GoneByRules : T.Fixed).push_back(std::move(G));
  for (auto *List : {&T.Fixed, &T.GoneByRules})
    sort(*List, [](const Trend::Gone &A, const Trend::Gone &B) {
      return std::tie(A.File, A.Line, A.Rule, A.Name) < std::tie(B.File, B.Line, B.Rule, B.Name);
    });
  if (Now.OnCards)
    addDays(Report, *Now.OnCards, T);
  return T;
}

std::string toWords(const Trend &T) {
  return fmt::format("Since the earlier report: of {} left then {} fixed, {} new; by other rules "
                     "alone {} gone, {} new.",
                     T.Then, T.Fixed.size(), T.New.size(), T.GoneByRules.size(),
                     T.NewByRules.size());
}

} // namespace cuport
