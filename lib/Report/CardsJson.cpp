// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Report/CardsJson.h"

#include "Report/JsonFields.h"

#include "llvm/ADT/APInt.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"

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
  Writer(const CardsReport &Cards, json::OStream &J, bool Packed)
      : JsonFields(J), C(Cards), S(Cards.Survey), Packed(Packed) {}

  void all() {
    if (Packed)
      kernelsByFile();
    else
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
    if (!Packed)
      return;
    // Last, when all that is shared is known.
    sources();
    for (auto [Key, Table] :
         {std::pair<StringRef, const Shared &>("lists", Lists), {"modules", Modules}})
      J.attributeArray(Key, [&, &Of = Table] {
        for (StringRef Text : Of.Texts)
          J.value(json::fixUTF8(Text));
      });
    J.attributeArray("answers", [&] {
      for (StringRef Json : Answers.Texts)
        J.rawValue(Json);
    });
  }

  void daysThen(const Trend::CardDays &D) {
    const CardAssessment &A = C.Cards[D.Card];
    text("card", A.On.Target->Id);
    text("generation", A.On.Generation);
    range("then", D.Then);
    range("now", A.Estimate.Days[size_t(C.Options.Milestone)]);
  }

private:
  /// Texts with a number each, in the order in which they came.
  struct Shared {
    size_t operator[](StringRef Text) {
      auto [It, New] = Numbers.try_emplace(Text, Texts.size());
      if (New)
        Texts.push_back(It->first());
      return It->second;
    }
    StringMap<size_t> Numbers;
    std::vector<StringRef> Texts;
  };

  void kernelsByFile() {
    J.attributeObject("kernels", [&] {
      for (auto K = S.Kernels.begin(); K != S.Kernels.end();) {
        const size_t File = K->File;
        J.attributeArray(json::fixUTF8(S.Files[File].Path), [&] {
          for (; K != S.Kernels.end() && K->File == File; ++K)
            J.array([&] {
              J.value(json::fixUTF8(K->Name));
              J.value(K->IsKernel);
              J.value(K->FirstLine);
              J.value(K->LastLine);
            });
        });
      }
    });
  }

  /// The number of the list that has these indices, ascending, as steps from one to the next.
  size_t packedList(ArrayRef<size_t> Indices) {
    std::string Text;
    size_t Last = 0;
    for (size_t I : Indices) {
      Text += (Text.empty() ? "" : " ") + toString(APInt(64, I - Last), 36, /*Signed=*/false);
      Last = I;
    }
    return Lists[Text];
  }

  void findings(ArrayRef<size_t> Indices) {
    if (Packed)
      J.attribute("findings", packedList(Indices));
    else
      indices("findings", Indices);
  }

  void question(const SurveyQuestion &Q) {
    const Finding &F = S.Findings[Q.First];
    text("rule", F.Rule);
    text("name", F.Name);
    J.attribute("in_kernel", Q.InKernel);
    needs(F.Needs);
    findings(Q.Findings);
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
      text("source", R.Source);
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

  void packedAnswer(const CardVerdict &V) {
    std::string Json;
    raw_string_ostream Out(Json);
    json::OStream One(Out);
    One.object([&] { answer(V, One, /*WithName=*/false); });
    One.flush();
    const size_t Number = Answers[Json];
    if (V.Name.Name.empty()) {
      J.value(Number);
      return;
    }
    J.array([&] {
      J.value(Number);
      J.value(json::fixUTF8(V.Name.Name));
    });
  }

  void answer(const CardVerdict &V, json::OStream &J, bool WithName) {
    auto text = [&J](StringRef Key, StringRef Value) { J.attribute(Key, json::fixUTF8(Value)); };
    text("verdict", verdictName(V.Verdict));
    text("reason", cardReasonName(V.Reason));
    if (WithName && !V.Name.Name.empty())
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
    if (V.From)
      J.attribute("source", sourceOf(*V.From));
  }

  void sources() {
    list("sources", Sources, [&](const Evidence *E) {
      text("seen", toString(*E));
      text("confidence", factConfidenceName(E->Confidence));
    });
  }

  void card(const CardAssessment &A) {
    const Target &T = *A.On.Target;
    if (!Packed) {
      Sources.clear();
      SourceIds.clear();
    }
    text("card", T.Id);
    text("title", T.Title);
    text("vendor", T.Vendor);
    text("generation", A.On.Generation);
    text("recommendation", recommendationName(A.Recommendation));
    text("grade", fmt::format("{}{}", A.Letter, A.Difficulty));
    number("hand_share", A.HandShare);
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
    J.attributeObject("hand_lines", [&] { handLines(A.Estimate.Lines, A.Work); });
    list("items", A.Estimate.Items, [&](const ItemEstimate &I) { item(I, A.Work); });
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
      findings(G.Findings);
    });
    list("libraries", A.Libraries, [&](const LibraryUse &U) { library(U); });
    J.attributeArray("modules", [&] {
      for (const ModuleEstimate &M : A.Modules)
        if (Packed)
          J.array([&] {
            J.value(Modules[M.Name]);
            for (double Days : {M.Days.P10, M.Days.P50, M.Days.P90})
              J.rawValue(roundedNumber(Days));
          });
        else
          J.object([&] { module(M); });
    });
    J.attributeArray("answers", [&] {
      for (const CardVerdict &V : A.Answers)
        if (Packed)
          packedAnswer(V);
        else
          J.object([&] { answer(V, J, /*WithName=*/true); });
    });
    if (!Packed)
      sources(); // last, when all that is cited is known
  }

  void handLines(const HandLines &L, const Workload &W) {
    number("top_down", L.TopDown);
    number("bottom_up", L.BottomUp);
    number("used", L.Used);
    number("apart", L.Apart);
    J.attribute("warning", L.Apart > C.Parameters.threshold("apart"));
    J.attribute("lines", size_t(L.From));
    J.attribute("places", size_t(W.OtherPlaces));
    J.attribute("warp_places", size_t(W.WarpPlaces));
    J.attribute("unknown_names", size_t(W.UnknownNames));
    J.attribute("derived_names", size_t(W.DerivedNames));
  }

  void item(const ItemEstimate &I, const Workload &W) {
    text("item", allItems()[size_t(I.Kind)].Spelling);
    number("count", I.Count);
    range("days", I.Days);
    if (Packed)
      J.attribute(
          "parameters",
          packedList(to_vector(map_range(I.Parameters, [](ParameterId P) { return size_t(P); }))));
    else
      J.attributeArray("parameters", [&] {
        for (ParameterId P : I.Parameters)
          J.value(C.Parameters[P].Id);
      });
    findings(W[I.Kind].Findings);
  }

  void module(const ModuleEstimate &M) {
    text("module", M.Name);
    J.attribute("files", M.Files);
    J.attribute("lines", M.Lines);
    J.attribute("hand", M.Hand);
    J.attribute("unknown", M.Unknown);
    range("days", M.Days);
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
  const bool Packed;
  Shared Lists, Modules, Answers; ///< where Packed
};

} // namespace

void writeCards(const CardsReport &Cards, json::OStream &J) {
  Writer(Cards, J, /*Packed=*/false).all();
}

void writePackedCards(const CardsReport &Cards, json::OStream &J) {
  Writer(Cards, J, /*Packed=*/true).all();
}

void writeDaysThen(const CardsReport &Cards, const Trend::CardDays &Then, json::OStream &J) {
  Writer(Cards, J, /*Packed=*/false).daysThen(Then);
}

} // namespace cuport
