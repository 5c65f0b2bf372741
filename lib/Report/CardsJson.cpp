// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Report/CardsJson.h"

#include "Report/JsonFields.h"

#include "llvm/ADT/STLExtras.h"

#include <fmt/format.h>

#include <cmath>
#include <map>

using namespace llvm;

namespace cuport {

// More than three digits would be made up.
std::string roundedNumber(double Value) {
  if (Value <= 0 || !std::isfinite(Value))
    return "0";
  const int Magnitude = int(std::floor(std::log10(Value)));
  const int Decimals = std::max(0, 2 - Magnitude);
  const double Unit = std::pow(10.0, 2 - Magnitude);
  std::string Text = fmt::format("{:.{}f}", std::round(Value * Unit) / Unit, Decimals);
  if (Decimals > 0)
    Text.resize(Text.find_last_not_of('0') + 1);
  if (Text.back() == '.')
    Text.pop_back();
  return Text;
}

namespace {

class Writer : JsonFields {
public:
  Writer(const CardsReport &Cards, json::OStream &J) : JsonFields(J), C(Cards), S(Cards.Survey) {}

  void all() {
    list("kernels", S.Kernels, [&](const SurveyKernel &K) {
      text("file", S.Files[K.File].Path);
      text("name", K.Name);
      J.attribute("kernel", K.IsKernel);
      J.attribute("line", K.FirstLine);
      J.attribute("last_line", K.LastLine);
    });
    list("questions", S.Questions, [&](const SurveyQuestion &Q) { question(Q); });
    J.attributeObject("effort", [&] { effort(); });
    list("cards", C.Cards, [&](const CardAssessment &A) { card(A); });
  }

  void daysThen(const Trend::CardDays &D) {
    const CardAssessment &A = C.Cards[D.Card];
    text("card", A.On.Target->Id);
    text("generation", A.On.Generation);
    range("then", D.Then);
    range("now", A.Estimate.Days[size_t(C.Options.Milestone)]);
  }

private:
  void range(StringRef Key, const Range &R) {
    J.attributeObject(Key, [&] { rangeHere(R); });
  }

  void question(const SurveyQuestion &Q) {
    const Finding &F = S.Findings[Q.First];
    text("rule", F.Rule);
    text("name", F.Name);
    J.attribute("in_kernel", Q.InKernel);
    list("needs", F.Needs, [&](const Need &N) {
      text("fact", N.Fact);
      J.attribute("amount", N.Amount);
    });
    indices("findings", Q.Findings);
  }

  void effort() {
    const Parameters &P = C.Parameters;
    text("model", P.model());
    text("fingerprint", P.fingerprint());
    text("strategy", strategyName(C.Options.Strategy));
    text("milestone", milestoneName(C.Options.Milestone));
    J.attribute("seed", C.Options.Seed);
    if (const auto &Pilot = C.Options.Calibration) {
      J.attributeObject("pilot", [&] {
        text("card", Pilot->Card);
        text("milestone", Pilot->Milestone);
        list("modules", Pilot->Modules, [&](const Pilot::Module &M) {
          text("module", M.Name);
          number("days", M.Days);
        });
      });
    }
    list("parameters", P.all(), [&](const ModelParameter &Of) {
      text("id", Of.Id);
      text("title", Of.Title);
      text("unit", Of.Unit);
      number("low", Of.Low);
      number("expected", Of.Expected);
      number("high", Of.High);
      text("basis", Of.Basis);
      text("source", Of.Source);
      J.attribute("from_user", Of.FromUser);
    });
    list("thresholds", P.thresholds(), [&](const Threshold &T) {
      text("id", T.Id);
      text("title", T.Title);
      number("value", T.Value);
    });
    list("items", allItems(), [&](const ItemInfo &I) {
      text("item", I.Spelling);
      text("title", I.Title);
      text("unit", I.Unit);
      text("milestone", milestoneName(I.From));
    });
    list("backtest", P.backtest(), [&](const BacktestRow &R) {
      text("data", R.Data);
      text("predictor", R.Predictor);
      J.attribute("cases", R.Cases);
      auto Measured = [&](StringRef Key, std::optional<double> Value) {
        if (Value)
          number(Key, *Value);
      };
      Measured("spearman", R.Spearman);
      Measured("auc", R.Auc);
      Measured("top20", R.Top20);
      Measured("mean_factor", R.MeanFactor);
      Measured("within_three", R.WithinThree);
      Measured("covered", R.Covered);
    });
  }

  /// The number of a source among those of the card that is being written.
  size_t sourceOf(const Evidence &E) {
    auto [It, New] = SourceIds.try_emplace(toString(E) + "\n" + factConfidenceName(E.Confidence).str(), Sources.size());
    if (New)
      Sources.push_back(&E);
    return It->second;
  }

  void source(const Evidence *E) {
    if (E)
      J.attribute("source", sourceOf(*E));
  }

  void answer(const CardVerdict &V) {
    text("verdict", verdictName(V.Verdict));
    text("reason", cardReasonName(V.Reason));
    if (!V.Name.Name.empty())
      text("name", V.Name.Name);
    if (V.isDerived())
      J.attribute("derived", true);
    if (V.Fact) {
      text("fact", factInfo(*V.Fact).Spelling);
      if (V.Need)
        J.attribute("need", V.Need);
      if (!V.Have.empty())
        text("have", V.Have);
    }
    if (!V.Name.Note.empty() && needsPerson(V.Verdict))
      text("note", V.Name.Note);
    source(V.From);
  }

  void card(const CardAssessment &A) {
    const Target &T = *A.On.Target;
    Sources.clear();
    SourceIds.clear();
    text("card", T.Id);
    text("title", T.Title);
    text("vendor", T.Vendor);
    text("generation", A.On.Generation);
    text("recommendation", recommendationName(A.Recommendation));
    text("grade", fmt::format("{}{}", A.Letter, A.Difficulty));
    J.attributeObject("verdicts", [&] {
      for (Verdict V : AllVerdicts)
        J.attribute(verdictName(V), A.Places[size_t(V)]);
    });
    J.attribute("derived", A.DerivedPlaces);
    J.attributeObject("lines", [&] {
      J.attribute("files", A.Lines.Files);
      J.attribute("kernels", A.Lines.Kernels);
      J.attribute("not_analysed", A.Lines.NotAnalysed);
      J.attribute("as_is", A.Lines.AsIs);
      J.attribute("automatic", A.Lines.Automatic);
      J.attribute("hand", A.Lines.Hand);
      J.attribute("unknown", A.Lines.Unknown);
    });
    list("days", AllMilestones, [&](Milestone M) {
      text("milestone", milestoneName(M));
      rangeHere(A.Estimate.Days[size_t(M)]);
    });
    range("upkeep", A.Estimate.Upkeep);
    J.attributeObject("error_factor", [&] {
      number("low", A.Factor.Low);
      number("expected", A.Factor.Expected);
      number("high", A.Factor.High);
    });
    J.attributeObject("hand_lines", [&] {
      const HandLines &L = A.Estimate.Lines;
      number("top_down", L.TopDown);
      number("bottom_up", L.BottomUp);
      number("used", L.Used);
      number("apart", L.Apart);
      J.attribute("warning", L.Apart > C.Parameters.threshold("apart"));
    });
    list("items", A.Estimate.Items, [&](const ItemEstimate &I) {
      text("item", allItems()[size_t(I.Kind)].Spelling);
      number("count", I.Count);
      range("days", I.Days);
      indices("findings", A.Work[I.Kind].Findings);
    });
    list("swings", A.Estimate.Swings, [&](const Swing &W) {
      text("parameter", C.Parameters[W.What].Id);
      number("low_days", W.Low);
      number("high_days", W.High);
    });
    list("grounds", A.Grounds, [&](const Ground &G) {
      text("ground", groundName(G.Kind));
      text("recommendation", recommendationName(recommendationFor(G.Kind)));
      number("amount", G.Amount);
      if (G.Fact)
        text("fact", factInfo(*G.Fact).Spelling);
      if (G.Library)
        text("library", G.Library->Spelling);
      source(G.From);
      indices("findings", G.Findings);
    });
    list("libraries", A.Libraries, [&](const LibraryUse &U) { library(U); });
    list("modules", A.Modules, [&](const ModuleEstimate &M) {
      text("module", M.Name);
      J.attribute("files", M.Files);
      J.attribute("lines", M.Lines);
      J.attribute("hand", M.Hand);
      J.attribute("unknown", M.Unknown);
      range("days", M.Days);
    });
    J.attributeArray("answers", [&] {
      for (const CardVerdict &V : A.Answers)
        J.object([&] { answer(V); });
    });
    // Last, when all that is cited is known.
    list("sources", Sources, [&](const Evidence *E) {
      text("seen", toString(*E));
      text("confidence", factConfidenceName(E->Confidence));
    });
  }

  void library(const LibraryUse &U) {
    text("library", U.Library->Spelling);
    text("title", U.Library->Title);
    text("state", libraryStateName(U.State));
    text("there", U.There ? U.There->Name : "");
    text("note", U.There ? U.There->Note : "");
    J.attribute("places", U.Places);
    if (U.There)
      source(&U.There->From);
    indices("questions", U.Questions);
    indices("open", U.Open);
  }

  const CardsReport &C;
  const Survey &S;
  std::vector<const Evidence *> Sources;
  std::map<std::string, size_t> SourceIds;
};

} // namespace

void writeCards(const CardsReport &Cards, json::OStream &J) { Writer(Cards, J).all(); }

void writeDaysThen(const CardsReport &Cards, const Trend::CardDays &Then, json::OStream &J) {
  Writer(Cards, J).daysThen(Then);
}

} // namespace cuport
