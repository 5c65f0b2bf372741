// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Effort/Estimate.h"

#include "llvm/ADT/STLExtras.h"

#include "gtest/gtest.h"

using namespace cuport;

/// Parameters of which nothing is uncertain, and all are nought or, where they divide, one.
static Parameters certain(std::initializer_list<std::pair<llvm::StringRef, double>> Set) {
  Parameters P = Parameters::builtin();
  std::string Yaml = "parameters:\n";
  auto Add = [&](llvm::StringRef Id, double Value) {
    const std::string V = std::to_string(Value);
    Yaml += "  - {id: " + Id.str() + ", low: " + V + ", expected: " + V + ", high: " + V + ", basis: test}\n";
  };
  for (const ModelParameter &Of : P.all()) {
    const bool One = Of.Low > Of.High || Of.Id == "model-error" || Of.Id == "rewrite-ratio" || Of.Id == "module-spread";
    double Value = One ? 1 : 0;
    for (auto [Id, Given] : Set)
      if (Id == Of.Id)
        Value = Given;
    Add(Of.Id, Value);
  }
  llvm::Error E = P.overlay(llvm::MemoryBufferRef(Yaml, "test.yaml"));
  EXPECT_FALSE(bool(E)) << llvm::toString(std::move(E));
  return P;
}

static Estimate of(const Workload &W, const Parameters &P, EffortOptions O = {}) { return estimate(W, P, O, uncalibrated(P)); }

static double days(const Workload &W, const Parameters &P, Milestone M, EffortOptions O = {}) {
  Range R = of(W, P, O).Days[size_t(M)];
  // Nothing is uncertain.
  EXPECT_EQ(R.P10, R.P50);
  EXPECT_EQ(R.P90, R.P50);
  return R.P50;
}

TEST(Estimate, EachItemCounts) {
  struct Term {
    Item What;
    llvm::StringRef Parameter;
    Milestone From;
  };
  const Term Terms[] = {{Item::LibraryMapped, "library-mapped", Milestone::M1},   {Item::LibraryPartly, "library-partly", Milestone::M1},
                        {Item::LibraryMissing, "library-missing", Milestone::M1}, {Item::PtxBlock, "ptx-block", Milestone::M1},
                        {Item::TensorKernel, "tensor-kernel", Milestone::M1},     {Item::CutlassFamily, "cutlass-family", Milestone::M1},
                        {Item::Texture, "texture", Milestone::M1},                {Item::DynamicParallelism, "dynamic-parallelism", Milestone::M1},
                        {Item::WarpKernel, "warp-kernel", Milestone::M2},         {Item::LimitKernel, "limit-kernel", Milestone::M2},
                        {Item::TypeKernel, "type-kernel", Milestone::M2}};
  for (const Term &T : Terms) {
    Parameters P = certain({{T.Parameter, 3}});
    Workload W;
    W[T.What].Count = 2;
    EXPECT_DOUBLE_EQ(days(W, P, Milestone::M1), T.From == Milestone::M1 ? 6 : 0) << T.Parameter.str();
    EXPECT_DOUBLE_EQ(days(W, P, Milestone::M2), 6) << T.Parameter.str();
    Estimate E = of(W, P);
    ASSERT_EQ(E.Items.size(), 3u) << "with bring-up before and verification behind";
    EXPECT_EQ(E.Items[1].Kind, T.What);
    EXPECT_EQ(E.Items[1].Count, 2);
    EXPECT_DOUBLE_EQ(E.Items[1].Days.P50, 6);
    // Verification is a share of it.
    EXPECT_DOUBLE_EQ(days(W, certain({{T.Parameter, 3}, {"verification", 0.5}}), Milestone::M2), 9) << T.Parameter.str();
  }
}

TEST(Estimate, BringUp) { EXPECT_DOUBLE_EQ(days({}, certain({{"bring-up", 7}}), Milestone::M1), 7); }

TEST(Estimate, HandLines) {
  Parameters P = certain({{"hand-rate", 10}, {"hand-share-once", 0.05}, {"hand-share-shim", 0.02}, {"hand-share-build-time", 0.03},
                          {"lines-per-place", 1}, {"lines-per-warp-place", 2}, {"guard-share", 0.5}});
  Workload W;
  W.CudaLines = 4000;
  // From size alone, by strategy.
  EXPECT_DOUBLE_EQ(days(W, P, Milestone::M1), 20);
  EffortOptions O;
  O.Strategy = Strategy::Shim;
  EXPECT_DOUBLE_EQ(days(W, P, Milestone::M1, O), 8);
  O.Strategy = Strategy::BuildTime;
  EXPECT_DOUBLE_EQ(days(W, P, Milestone::M1, O), 12);
  // From places alone, with as many lines again around them.
  Workload Places;
  Places.OtherPlaces = 11;
  Places.WarpPlaces = 7;
  EXPECT_DOUBLE_EQ(of(Places, P).Lines.BottomUp, 50);
  EXPECT_DOUBLE_EQ(days(Places, P, Milestone::M1), 5);
  // What nobody saw is a share of the lines.
  Workload Silent;
  Silent.CudaLines = 1000;
  EXPECT_DOUBLE_EQ(of(Silent, certain({{"unseen-share", 0.01}, {"guard-share", 0.5}})).Lines.BottomUp, 20);
  // Both: the middle by factors.
  W.OtherPlaces = 11;
  W.WarpPlaces = 7;
  HandLines L = of(W, P).Lines;
  EXPECT_DOUBLE_EQ(L.TopDown, 200);
  EXPECT_DOUBLE_EQ(L.BottomUp, 50);
  EXPECT_DOUBLE_EQ(L.Used, 100);
  EXPECT_DOUBLE_EQ(L.Apart, 4);
}

TEST(Estimate, ItemsSayWhatMovesThem) {
  Workload W;
  W.CudaLines = 1000;
  W[Item::LibraryMapped].Count = 1;
  const Estimate E = of(W, Parameters::builtin());
  auto Movers = [&](Item Kind) {
    return llvm::find_if(E.Items, [&](const ItemEstimate &I) { return I.Kind == Kind; })
        ->Parameters;
  };
  using enum ParameterId;
  EXPECT_EQ(Movers(Item::BringUp), (std::vector{BringUp}));
  EXPECT_EQ(Movers(Item::LibraryMapped), (std::vector{LibraryMapped}));
  // There are no places, so nothing that is said of places.
  EXPECT_EQ(Movers(Item::HandLines),
            (std::vector{HandRate, HandShareOnce, UnseenShare, GuardShare}));
  EXPECT_EQ(Movers(Item::Build),
            (std::vector{HandRate, HandShareOnce, UnseenShare, GuardShare, BuildShare}));
}

TEST(Estimate, UnknownIsNeverNought) {
  Parameters P = certain({{"lines-per-unknown-name", 2}, {"derived-names-wrong", 0.1}, {"unanalysed-share", 0.05}});
  Workload W;
  W.UnknownNames = 3;
  EXPECT_DOUBLE_EQ(of(W, P).Lines.Used, 6);
  W = {};
  W.DerivedNames = 40;
  EXPECT_DOUBLE_EQ(of(W, P).Lines.Used, 8);
  W = {};
  W.UnanalysedLines = 1000;
  EXPECT_DOUBLE_EQ(of(W, P).Lines.Used, 50);
  // What could not be analysed stands apart, with a range of its own.
  W.OtherPlaces = 7;
  const Estimate Whole = of(W, Parameters::builtin());
  const auto Apart =
      llvm::find_if(Whole.Items, [](const ItemEstimate &I) { return I.Kind == Item::Unanalysed; });
  ASSERT_TRUE(Apart != Whole.Items.end());
  EXPECT_DOUBLE_EQ(Apart->Count,
                   1000 * Parameters::builtin()[ParameterId::UnanalysedShare].Expected);
  EXPECT_LT(Apart->Days.P10, Apart->Days.P50);
  EXPECT_LT(Apart->Days.P50, Apart->Days.P90);
  // With the parameters as they are.
  Parameters Own = Parameters::builtin();
  for (auto Member : {&Workload::UnknownNames, &Workload::DerivedNames, &Workload::UnanalysedLines}) {
    Workload One;
    One.*Member = 1;
    EXPECT_GT(of(One, Own).Days[0].P50, of({}, Own).Days[0].P50);
  }
}

TEST(Estimate, BuildFilesAndTests) {
  Parameters P = certain({{"hand-rate", 10}, {"hand-share-once", 0.1}, {"build-share", 0.4}, {"test-share", 0.5}});
  Workload W;
  W.CudaLines = 1000;
  EXPECT_DOUBLE_EQ(days(W, P, Milestone::M1), 10 + 4);
  EXPECT_DOUBLE_EQ(days(W, P, Milestone::M2), 10 + 4 + 5);
}

TEST(Estimate, LinesChangedByMachineAreReviewedWhereTheyAreKept) {
  Parameters P = certain({{"review-rate", 100}});
  Workload W;
  W[Item::AutomaticReview].Count = 500;
  EXPECT_DOUBLE_EQ(days(W, P, Milestone::M1), 5);
  EffortOptions O;
  O.Strategy = Strategy::Shim;
  EXPECT_DOUBLE_EQ(days(W, P, Milestone::M1, O), 0);
  O.Strategy = Strategy::BuildTime;
  EXPECT_DOUBLE_EQ(days(W, P, Milestone::M1, O), 0);
}

TEST(Estimate, KernelsWrittenAnew) {
  Parameters P = certain({{"hand-rate", 10}, {"hand-share-once", 0.1}, {"rewrite-rate", 20}, {"rewrite-ratio", 1.5}, {"build-share", 0.1}});
  Workload W;
  W.CudaLines = 1000;
  W.KernelLines = 400;
  EXPECT_DOUBLE_EQ(days(W, P, Milestone::M1), 10 + 1);
  W.RewritesKernels = true;
  W[Item::KernelRewrite].Count = W.KernelLines;
  // 600 lines are left to edit; 600 are written, at 20 a day, and build files follow both.
  EXPECT_DOUBLE_EQ(days(W, P, Milestone::M1), 6 + 30 + (60 + 600) * 0.1 / 10);
}

TEST(Estimate, TuningIsForTheLastMilestone) {
  Parameters P = certain({{"hot-kernels", 0.1}, {"tuning", 4}});
  Workload W;
  W.Kernels = 50;
  EXPECT_DOUBLE_EQ(days(W, P, Milestone::M2), 0);
  EXPECT_DOUBLE_EQ(days(W, P, Milestone::M3), 20);
  // A project with kernels has a hot one.
  W.Kernels = 3;
  EXPECT_DOUBLE_EQ(days(W, P, Milestone::M3), 4);
  W.Kernels = 0;
  EXPECT_DOUBLE_EQ(days(W, P, Milestone::M3), 0);
}

static Workload project() {
  Workload W;
  W.CudaLines = 20000;
  W.Kernels = 60;
  W.OtherPlaces = 80;
  W.WarpPlaces = 120;
  W[Item::WarpKernel].Count = 20;
  W[Item::LibraryPartly].Count = 2;
  W[Item::AutomaticReview].Count = 2500;
  return W;
}

TEST(Estimate, TheSameSeedGivesTheSame) {
  Parameters P = Parameters::builtin();
  EffortOptions Other;
  Other.Seed = 2;
  Range A = of(project(), P).Days[1], B = of(project(), P).Days[1], C = of(project(), P, Other).Days[1];
  EXPECT_EQ(A.P10, B.P10);
  EXPECT_EQ(A.P50, B.P50);
  EXPECT_EQ(A.P90, B.P90);
  EXPECT_NE(A.P50, C.P50);
  EXPECT_NEAR(C.P50 / A.P50, 1, 0.1) << "the seed is no parameter";
}

TEST(Estimate, NeverNarrowerThanTheModelsError) {
  Parameters P = Parameters::builtin();
  for (const Workload &W : {Workload(), project()})
    for (const Range &R : of(W, P).Days) {
      EXPECT_LE(R.P10, R.P50 * 0.34 * 1.0001);
      EXPECT_GE(R.P90, R.P50 * 3.1 * 0.9999);
    }
}

TEST(Estimate, SwingsAreTheWidestFirst) {
  Estimate E = of(project(), Parameters::builtin());
  ASSERT_EQ(E.Swings.size(), 5u);
  EXPECT_EQ(E.Swings[0].What, ParameterId::ModelError);
  for (size_t I = 0; I < 5; ++I) {
    EXPECT_LT(E.Swings[I].Low, E.Swings[I].High);
    if (I)
      EXPECT_LE(E.Swings[I].High - E.Swings[I].Low, E.Swings[I - 1].High - E.Swings[I - 1].Low);
  }
}

/// What this model says of one project, written down when the model was made: whoever changes a
/// number or the formula gives the model another version, and writes down what that one says.
TEST(Estimate, AModelKeepsItsDays) {
  const Parameters P = Parameters::builtin();
  ASSERT_EQ(P.model(), "4");
  EXPECT_EQ(P.fingerprint(), "b16336b426bba141");
  const Estimate E = of(project(), P);
  const Range Days[] = {{24.2830418520, 79.5185100914, 281.1116198752},
                        {36.5909636108, 126.1926772617, 442.6666275724},
                        {51.1313470888, 170.9327128863, 624.8046789417}};
  for (Milestone M : AllMilestones) {
    const Range &Now = E.Days[size_t(M)], &Then = Days[size_t(M)];
    EXPECT_NEAR(Now.P10, Then.P10, 1e-6) << milestoneName(M).str();
    EXPECT_NEAR(Now.P50, Then.P50, 1e-6) << milestoneName(M).str();
    EXPECT_NEAR(Now.P90, Then.P90, 1e-6) << milestoneName(M).str();
  }
}

TEST(Calibration, NarrowsAndMoves) {
  Parameters P = Parameters::builtin();
  ErrorFactor None = calibrated(P, {}), One = calibrated(P, {2.0}), Four = calibrated(P, {2.0, 2.0, 2.0, 2.0});
  EXPECT_EQ(None.Low, 0.34);
  EXPECT_EQ(None.High, 3.1);
  EXPECT_LT(One.High / One.Low, None.High / None.Low);
  EXPECT_LT(Four.High / Four.Low, One.High / One.Low);
  // Towards what was seen, and not past it.
  EXPECT_GT(One.Expected, None.Expected);
  EXPECT_GT(Four.Expected, One.Expected);
  EXPECT_LT(Four.Expected, 2);
  Range Before = estimate(project(), P, {}, None).Days[1], After = estimate(project(), P, {}, Four).Days[1];
  EXPECT_LT(After.P90 / After.P10, Before.P90 / Before.P10);
  EXPECT_NEAR(After.P50 / Before.P50, Four.Expected, 0.1 * Four.Expected);
}

TEST(Calibration, PilotFiles) {
  auto Read = readPilot(R"({"schema": "cuport-pilot-1", "card": "musa", "milestone": "M1", "modules": [{"module": "a", "days": 2.5}]})");
  ASSERT_TRUE(bool(Read));
  EXPECT_EQ(Read->Card, "musa");
  EXPECT_EQ(Read->Milestone, "M1");
  ASSERT_EQ(Read->Modules.size(), 1u);
  EXPECT_EQ(Read->Modules[0].Days, 2.5);
  auto ErrorOf = [](llvm::StringRef Json) { return llvm::toString(readPilot(Json).takeError()); };
  EXPECT_NE(ErrorOf("{"), "");
  EXPECT_EQ(ErrorOf("{}"), "it is no pilot: its \"schema\" has to be \"cuport-pilot-1\"; docs/EffortModel.md has an example");
  EXPECT_EQ(ErrorOf(R"({"schema": "cuport-pilot-1"})"), "it does not say for which \"card\" the modules were ported");
  EXPECT_EQ(ErrorOf(R"({"schema": "cuport-pilot-1", "card": "x", "modules": []})"), "it has no \"modules\"");
  EXPECT_EQ(ErrorOf(R"({"schema": "cuport-pilot-1", "card": "x", "milestone": "M4", "modules": []})"), "its \"milestone\" has to be M1, M2 or M3");
  EXPECT_EQ(ErrorOf(R"({"schema": "cuport-pilot-1", "card": "x", "modules": [{"module": "a", "days": 0}]})"),
            "a module wants \"module\", a folder, and \"days\", a number above 0");
  EXPECT_EQ(ErrorOf(R"({"schema": "cuport-pilot-1", "card": "x", "modules": [{"module": "a", "days": 1}, {"module": "a", "days": 1}]})"),
            "module 'a' stands twice");
}
