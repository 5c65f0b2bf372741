// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Effort/Assessment.h"

#include "llvm/ADT/STLExtras.h"

#include <cmath>
#include <map>
#include <numeric>

using namespace cuport;
using llvm::StringRef;

StringRef cuport::recommendationName(Recommendation R) {
  static constexpr StringRef Names[] = {"go", "pilot-first", "no-go"};
  return Names[size_t(R)];
}

StringRef cuport::groundName(Ground::KindOf Kind) {
  static constexpr StringRef Names[] = {
#define GROUND(ENUMERATOR, SPELLING, RECOMMENDATION) SPELLING,
#include "Effort/Grounds.def"
  };
  return Names[Kind];
}

Recommendation cuport::recommendationFor(Ground::KindOf Kind) {
  static constexpr Recommendation All[] = {
#define GROUND(ENUMERATOR, SPELLING, RECOMMENDATION) Recommendation::RECOMMENDATION,
#include "Effort/Grounds.def"
  };
  return All[Kind];
}

static void countPlaces(const Survey &S, CardAssessment &A) {
  std::vector<std::optional<Verdict>> Lines(S.LineCount);
  for (size_t I = 0; I < S.Findings.size(); ++I) {
    const CardVerdict &V = A.Answers[S.QuestionOf[I]];
    ++A.Places[size_t(V.Verdict)];
    A.DerivedPlaces += V.isDerived();
    if (S.FileOf[I] == Survey::NoFile)
      continue;
    std::optional<Verdict> &Line = Lines[S.LineOf[I]];
    Line = std::max(Line.value_or(Verdict::AsIs), V.Verdict);
  }
  for (std::optional<Verdict> V : Lines)
    if (V)
      ++(*V == Verdict::AsIs      ? A.Lines.AsIs
         : *V == Verdict::Unknown ? A.Lines.Unknown
         : needsPerson(*V)        ? A.Lines.Hand
                                  : A.Lines.Automatic);
  for (const SurveyFile &F : S.Files) {
    A.Lines.Files += F.Lines;
    A.Lines.NotAnalysed += F.Analysed ? 0 : F.Lines;
  }
  for (const SurveyKernel &K : S.Kernels)
    A.Lines.Kernels += K.LastLine - K.FirstLine + 1;
}

/// The places of the questions that Wanted takes, ascending.
static std::vector<size_t> placesWhere(const Survey &S, llvm::ArrayRef<CardVerdict> Answers,
                                       llvm::function_ref<bool(const CardVerdict &)> Wanted) {
  std::vector<size_t> Places;
  for (auto [Q, V] : llvm::zip_equal(S.Questions, Answers))
    if (Wanted(V))
      llvm::append_range(Places, Q.Findings);
  llvm::sort(Places);
  return Places;
}

static void findGrounds(const Survey &S, const Parameters &P, CardAssessment &A) {
  auto Add = [&](Ground G) { A.Grounds.push_back(std::move(G)); };
  std::map<FactKey, const Evidence *> Lacking;
  for (const CardVerdict &V : A.Answers)
    if (V.Reason == CardVerdict::FactLacks && V.Fact)
      Lacking[*V.Fact] = V.From;
  for (auto [Fact, From] : Lacking) {
    auto Places = placesWhere(S, A.Answers, [Fact = Fact](const CardVerdict &V) { return V.Reason == CardVerdict::FactLacks && V.Fact == Fact; });
    Add({Ground::FeatureMissing, double(Places.size()), Fact, nullptr, From, std::move(Places)});
  }
  const CardVerdict *Simt = nullptr;
  for (const CardVerdict &V : A.Answers)
    if (V.Reason == CardVerdict::NotSimt || V.Reason == CardVerdict::SimtUnknown)
      Simt = &V;
  if (Simt) {
    const double Lines = double(A.Lines.Kernels);
    const auto Kind = Simt->Reason == CardVerdict::SimtUnknown          ? Ground::SimtUnknown
                      : Lines > P.threshold("rewrite-lines") ? Ground::KernelsRewritten
                                                             : Ground::SomeKernelsRewritten;
    Add({Kind, Lines, FactKey::SimtKernels, nullptr, Simt->From,
         placesWhere(S, A.Answers, [&](const CardVerdict &V) { return V.Reason == Simt->Reason; })});
  }
  for (const LibraryUse &U : A.Libraries) {
    const bool Unknown = U.State == LibraryUse::Unknown;
    if (!Unknown && U.State != LibraryUse::Missing && U.State != LibraryUse::Own)
      continue;
    Ground G{Unknown ? Ground::LibraryUnknown : Ground::LibraryMissing,
             double(U.Places),
             std::nullopt,
             U.Library,
             Unknown ? nullptr : &U.There->From,
             {}};
    for (size_t Q : U.open())
      llvm::append_range(G.Findings, S.Questions[Q].Findings);
    llvm::sort(G.Findings);
    Add(std::move(G));
  }
  const double All = double(S.Findings.size()), Unknown = double(A.Places[size_t(Verdict::Unknown)]);
  if (All > 0 && Unknown / All > P.threshold("unknown-share"))
    Add({Ground::MuchUnknown, Unknown / All, std::nullopt, nullptr, nullptr,
         placesWhere(S, A.Answers, [](const CardVerdict &V) { return V.Verdict == Verdict::Unknown; })});
  if (A.Lines.Files > 0) {
    const double Share = double(A.Lines.NotAnalysed) / double(A.Lines.Files);
    if (1 - Share < P.threshold("analysed-share"))
      Add({Ground::NotAnalysed, Share, std::nullopt, nullptr, nullptr, {}});
  }
  if (const Workload::Part &Warp = A.Work[Item::WarpKernel]; Warp.Count > 0)
    Add({Ground::WarpWidth, Warp.Count, FactKey::WarpWidth, nullptr, nullptr, Warp.Findings});
  for (const Ground &G : A.Grounds)
    A.Recommendation = std::max(A.Recommendation, recommendationFor(G.Kind));
}

static void grade(const Parameters &P, CardAssessment &A) {
  const double Lines = double(A.Lines.Files);
  double Hand = double(A.Lines.Hand + A.Lines.Unknown + A.Lines.NotAnalysed);
  if (A.Work.RewritesKernels)
    Hand = std::max(Hand, double(A.Lines.Kernels));
  const double Share = A.HandShare = Lines > 0 ? Hand / Lines : 0;
  A.Letter = Share <= P.threshold("grade-a")   ? 'A'
             : Share <= P.threshold("grade-b") ? 'B'
             : Share <= P.threshold("grade-c") ? 'C'
                                               : 'D';
  auto Has = [&](std::initializer_list<Item> Items) { return llvm::any_of(Items, [&](Item I) { return A.Work[I].Count > 0; }); };
  A.Difficulty = A.Work.RewritesKernels                                                                ? 5
                 : Has({Item::LibraryMissing, Item::TensorKernel, Item::CutlassFamily, Item::DynamicParallelism}) ? 4
                 : Has({Item::LibraryPartly, Item::PtxBlock, Item::LimitKernel, Item::TypeKernel, Item::Texture}) ? 3
                 : Has({Item::WarpKernel}) || A.Lines.Hand + A.Lines.Unknown > 0                             ? 2
                                                                                                            : 1;
}

namespace {
/// The folders of a project, and what there is to do in each.
struct Modules {
  std::vector<ModuleEstimate> Estimates; ///< by name
  std::vector<Workload> Work;
};
} // namespace

static Modules modulesOf(const Survey &S, llvm::ArrayRef<CardVerdict> Answers) {
  Modules Result;
  std::map<StringRef, uint32_t> Index;
  for (const SurveyFile &F : S.Files)
    Index.try_emplace(moduleOf(F.Path), 0);
  for (auto &[Name, I] : Index) {
    I = Result.Estimates.size();
    Result.Estimates.emplace_back().Name = Name.str();
  }
  std::vector<uint32_t> GroupOf;
  for (const SurveyFile &F : S.Files) {
    GroupOf.push_back(Index[moduleOf(F.Path)]);
    ++Result.Estimates[GroupOf.back()].Files;
    Result.Estimates[GroupOf.back()].Lines += F.Lines;
  }
  for (size_t I = 0; I < S.Findings.size(); ++I) {
    const Verdict V = Answers[S.QuestionOf[I]].Verdict;
    if (S.FileOf[I] == Survey::NoFile || !needsPerson(V))
      continue;
    ModuleEstimate &M = Result.Estimates[GroupOf[S.FileOf[I]]];
    ++(V == Verdict::Unknown ? M.Unknown : M.Hand);
  }
  Result.Work = workloadsOf(S, Answers, GroupOf, Result.Estimates.size());
  return Result;
}

/// Gives the modules the days that the whole has besides bring-up, in proportion, and its range.
static void splitDays(const Parameters &P, const EffortOptions &Options, Modules Of, CardAssessment &A) {
  std::vector<double> Expected;
  double All = 0;
  for (const Workload &W : Of.Work)
    All += Expected.emplace_back(expectedModuleDays(W, P, Options));
  const Range &Whole = A.Estimate.Days[size_t(Options.Milestone)];
  const double Divided = std::max(0.0, Whole.P50 - bringUpDays(A.Estimate));
  for (auto [M, Days] : llvm::zip_equal(Of.Estimates, Expected)) {
    const double Middle = All > 0 ? Divided * Days / All : 0;
    const double Scale = Whole.P50 > 0 ? Middle / Whole.P50 : 0;
    M.Days = {Whole.P10 * Scale, Middle, Whole.P90 * Scale};
    A.Modules.push_back(std::move(M));
  }
  llvm::sort(A.Modules, [](const ModuleEstimate &L, const ModuleEstimate &R) {
    return L.Days.P50 != R.Days.P50 ? L.Days.P50 > R.Days.P50 : L.Name < R.Name;
  });
}

/// Days taken by days estimated for the modules of a pilot on this card.
static std::vector<double> ratios(const Parameters &P, const EffortOptions &Options, const Modules &Of, StringRef CardId) {
  std::vector<double> Result;
  if (!Options.Calibration || Options.Calibration->Card != CardId)
    return Result;
  EffortOptions ToMilestone = Options;
  ToMilestone.Milestone = *parseMilestone(Options.Calibration->Milestone);
  for (const Pilot::Module &M : Options.Calibration->Modules)
    for (auto [E, W] : llvm::zip_equal(Of.Estimates, Of.Work))
      if (E.Name == M.Name)
        if (double Estimated = expectedModuleDays(W, P, ToMilestone); Estimated > 0)
          Result.push_back(M.Days / Estimated);
  return Result;
}

CardAssessment cuport::assess(const Survey &S, const Card &On, Version Hip, const Parameters &P, const EffortOptions &Options) {
  CardAssessment A;
  A.On = On;
  for (const SurveyQuestion &Q : S.Questions)
    A.Answers.push_back(verdictOnCard({&S.Findings[Q.First], Q.Row, Q.InKernel}, On, Hip));
  countPlaces(S, A);
  A.Libraries = librariesOf(S, A.Answers);
  A.Work = std::move(workloadsOf(S, A.Answers, std::vector<uint32_t>(S.Files.size(), 0), 1).front());
  addLibraries(A.Work, S, A.Libraries);
  addBuildFiles(A.Work, S, A.Answers);
  Modules Of = modulesOf(S, A.Answers);
  A.Factor = calibrated(P, ratios(P, Options, Of, On.Target->Id));
  A.Estimate = estimate(A.Work, P, Options, A.Factor);
  findGrounds(S, P, A);
  grade(P, A);
  splitDays(P, Options, std::move(Of), A);
  return A;
}

std::vector<double> cuport::sharesOfFiles(const Survey &S, const CardAssessment &A,
                                          const Parameters &P, const EffortOptions &Options) {
  std::vector<uint32_t> GroupOf(S.Files.size());
  std::iota(GroupOf.begin(), GroupOf.end(), 0);
  std::vector<double> Shares;
  double All = 0;
  for (const Workload &W : workloadsOf(S, A.Answers, GroupOf, GroupOf.size()))
    All += Shares.emplace_back(expectedModuleDays(W, P, Options));
  for (double &Share : Shares)
    Share = All > 0 ? Share / All : 0;
  return Shares;
}
