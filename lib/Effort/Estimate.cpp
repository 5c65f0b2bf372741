// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Effort/Estimate.h"

#include "llvm/ADT/STLExtras.h"

#include <cmath>

using namespace cuport;
using llvm::StringRef;

static constexpr double Z90 = 1.2815515655446004; ///< the 90th percentile of the normal distribution
static constexpr unsigned Drawings = 2000;

StringRef cuport::strategyName(Strategy S) {
  static constexpr StringRef Names[] = {"shim", "build-time", "once"};
  return Names[size_t(S)];
}

std::optional<Strategy> cuport::parseStrategy(StringRef Name) {
  for (Strategy S : {Strategy::Shim, Strategy::BuildTime, Strategy::Once})
    if (strategyName(S) == Name)
      return S;
  return std::nullopt;
}

namespace {

using Values = std::array<double, size_t(ParameterId::ModuleSpread) + 1>;
using ItemDays = std::array<double, ItemCount>;

struct Evaluation {
  ItemDays Count{}, Days{};
  HandLines Lines;
};

/// A generator of its own, so that the numbers are the same with every library: SplitMix64.
class Random {
public:
  explicit Random(uint64_t Seed) : State(Seed) {}

  /// Normal with mean 0 and deviation 1, as far out as one in twenty: further the parameters' ends say nothing.
  double normal() {
    double Sum = 0;
    for (int I = 0; I < 12; ++I)
      Sum += double(next() >> 11) * 0x1p-53;
    return std::clamp(Sum - 6, -1.645, 1.645);
  }

private:
  uint64_t next() {
    uint64_t Z = State += 0x9e3779b97f4a7c15;
    Z = (Z ^ (Z >> 30)) * 0xbf58476d1ce4e5b9;
    Z = (Z ^ (Z >> 27)) * 0x94d049bb133111eb;
    return Z ^ (Z >> 31);
  }
  uint64_t State;
};

/// The value that lies Z deviations from the expected one: by factors, or in steps towards an end of nought.
double valueAt(double Low, double Expected, double High, double Z) {
  const double T = std::abs(Z) / Z90, End = Z < 0 ? Low : High;
  if (Expected <= 0)
    return End * std::min(T, 1.0) * (Z > 0);
  if (End <= 0)
    return Expected * std::max(0.0, 1 - T);
  return Expected * std::pow(End / Expected, T);
}

double valueAt(const ModelParameter &P, double Z) { return valueAt(P.Low, P.Expected, P.High, Z); }

Values expectedValues(const Parameters &P) {
  Values V;
  for (size_t I = 0; I < V.size(); ++I)
    V[I] = P[ParameterId(I)].Expected;
  return V;
}

ParameterId handShare(Strategy S) {
  return S == Strategy::Shim        ? ParameterId::HandShareShim
         : S == Strategy::BuildTime ? ParameterId::HandShareBuild
                                    : ParameterId::HandShareOnce;
}

/// The formula, before the model's error.
Evaluation evaluate(const Workload &W, const Values &V, Strategy How) {
  auto Is = [&](ParameterId Id) { return V[size_t(Id)]; };
  using enum ParameterId;
  Evaluation E;
  auto Set = [&](Item I, double Count, double Days) {
    E.Count[size_t(I)] = Count;
    E.Days[size_t(I)] = Days;
  };
  // Kernels that are written anew count once, as such.
  const double Edited = std::max(0.0, W.CudaLines - (W.RewritesKernels ? W.KernelLines : 0));
  E.Lines.From = Edited;
  E.Lines.TopDown = Edited * Is(handShare(How));
  const double InPlaces = W.OtherPlaces * Is(PlaceLines) + W.WarpPlaces * Is(WarpPlaceLines) +
                          (W.UnknownNames + W.DerivedNames * Is(DerivedWrong)) * Is(UnknownNameLines) + Edited * Is(UnseenShare);
  E.Lines.BottomUp = InPlaces / (1 - std::min(0.9, Is(GuardShare)));
  // Both err by factors, so the middle is by factors too.
  const double Middle = E.Lines.TopDown > 0 && E.Lines.BottomUp > 0
                            ? std::sqrt(E.Lines.TopDown * E.Lines.BottomUp)
                            : std::max(E.Lines.TopDown, E.Lines.BottomUp);
  const double Unanalysed = W.UnanalysedLines * Is(UnanalysedShare);
  E.Lines.Used = Middle + Unanalysed;
  const double Rate = Is(HandRate), Lines = E.Lines.Used;
  Set(Item::BringUp, 1, Is(BringUp));
  // A header or a translator that runs at each build leaves nothing to review.
  const double Reviewed = How == Strategy::Once ? W[Item::AutomaticReview].Count : 0;
  Set(Item::AutomaticReview, Reviewed, Reviewed / Is(ReviewRate));
  Set(Item::HandLines, Middle, Middle / Rate);
  Set(Item::Unanalysed, Unanalysed, Unanalysed / Rate);
  auto Each = [&](Item I, ParameterId Days) { Set(I, W[I].Count, W[I].Count * Is(Days)); };
  Each(Item::LibraryMapped, LibraryMapped);
  Each(Item::LibraryPartly, LibraryPartly);
  Each(Item::LibraryMissing, LibraryMissing);
  Each(Item::PtxBlock, PtxBlock);
  Each(Item::TensorKernel, TensorKernel);
  Each(Item::CutlassFamily, CutlassFamily);
  Each(Item::Texture, Texture);
  Each(Item::DynamicParallelism, ParameterId::DynamicParallelism);
  Each(Item::WarpKernel, WarpKernel);
  Each(Item::LimitKernel, LimitKernel);
  Each(Item::TypeKernel, TypeKernel);
  const double Rewritten = W[Item::KernelRewrite].Count * Is(RewriteRatio);
  Set(Item::KernelRewrite, Rewritten, Rewritten / Is(RewriteRate));
  const double Written = Lines + Rewritten;
  Set(Item::Build, Written * Is(BuildShare), Written * Is(BuildShare) / Rate);
  Set(Item::Tests, Written * Is(TestShare), Written * Is(TestShare) / Rate);
  double Checked = 0;
  for (const ItemInfo &I : allItems())
    if (I.Id != Item::BringUp && I.Id != Item::AutomaticReview && I.Id != Item::Build && I.Id != Item::Tests)
      Checked += E.Days[size_t(I.Id)];
  Set(Item::Verification, Checked, Checked * Is(Verification));
  const double Hot = W.Kernels > 0 ? std::max(1.0, W.Kernels * Is(HotKernels)) : 0;
  Set(Item::Tuning, Hot, Hot * Is(Tuning));
  return E;
}

double daysTo(const ItemDays &Days, Milestone M) {
  double Sum = 0;
  for (const ItemInfo &I : allItems())
    if (I.From <= M)
      Sum += Days[size_t(I.Id)];
  return Sum;
}

/// Sorts the drawings.
Range rangeOf(std::vector<double> &Drawn) {
  llvm::sort(Drawn);
  auto At = [&](double Share) { return Drawn[size_t(Share * double(Drawn.size() - 1))]; };
  return {At(0.1), At(0.5), At(0.9)};
}

/// What each parameter alone moves, from its cheap to its dear end.
struct Sensitivity {
  std::vector<Swing> Swings;                              ///< the five widest, widest first
  std::array<std::vector<ParameterId>, ItemCount> Movers; ///< by item
};

Sensitivity sensitivity(const Workload &W, const Parameters &P, const EffortOptions &Options,
                        const ErrorFactor &Factor) {
  const Values Expected = expectedValues(P);
  auto DaysAt = [&](const Values &V) { return evaluate(W, V, Options.Strategy).Days; };
  const ItemDays Middle = DaysAt(Expected);
  Sensitivity Result;
  std::vector<Swing> &Swings = Result.Swings;
  for (size_t I = 0; I < Expected.size(); ++I) {
    const auto Id = ParameterId(I);
    if (Id == ParameterId::ModelError) {
      const double All = daysTo(Middle, Options.Milestone);
      Swings.push_back({Id, All * Factor.Low, All * Factor.High});
      continue;
    }
    Values V = Expected;
    V[I] = P[Id].Low;
    const ItemDays Low = DaysAt(V);
    V[I] = P[Id].High;
    const ItemDays High = DaysAt(V);
    Swings.push_back({Id, daysTo(Low, Options.Milestone) * Factor.Expected,
                      daysTo(High, Options.Milestone) * Factor.Expected});
    for (size_t Item = 0; Item < ItemCount; ++Item)
      if (Low[Item] != Middle[Item] || High[Item] != Middle[Item])
        Result.Movers[Item].push_back(Id);
  }
  llvm::erase_if(Swings, [](const Swing &S) { return S.High - S.Low <= 0; });
  llvm::sort(Swings, [](const Swing &A, const Swing &B) {
    return A.High - A.Low != B.High - B.Low ? A.High - A.Low > B.High - B.Low : A.What < B.What;
  });
  if (Swings.size() > 5)
    Swings.resize(5);
  return Result;
}

} // namespace

double cuport::bringUpDays(const Estimate &E) {
  for (const ItemEstimate &I : E.Items)
    if (I.Kind == Item::BringUp)
      return I.Days.P50;
  return 0;
}

double cuport::expectedModuleDays(const Workload &W, const Parameters &P, const EffortOptions &Options) {
  Evaluation E = evaluate(W, expectedValues(P), Options.Strategy);
  E.Days[size_t(Item::BringUp)] = 0;
  return daysTo(E.Days, Options.Milestone);
}

Estimate cuport::estimate(const Workload &W, const Parameters &P, const EffortOptions &Options, const ErrorFactor &Factor) {
  Estimate Result;
  const Evaluation Expected = evaluate(W, expectedValues(P), Options.Strategy);
  Result.Lines = Expected.Lines;
  const auto [Smaller, Larger] = std::minmax(Result.Lines.TopDown, Result.Lines.BottomUp);
  Result.Lines.Apart = Smaller > 0 ? Larger / Smaller : 1;
  std::array<std::vector<double>, ItemCount> ByItem;
  std::array<std::vector<double>, 3> ByMilestone;
  Random Numbers(Options.Seed);
  for (unsigned I = 0; I < Drawings; ++I) {
    // One factor for all of it: that a team is slow, or a card immature, does not average out.
    const double Error = valueAt(Factor.Low, Factor.Expected, Factor.High, Numbers.normal());
    Values V;
    for (size_t Id = 0; Id < V.size(); ++Id)
      V[Id] = valueAt(P[ParameterId(Id)], Numbers.normal());
    Evaluation E = evaluate(W, V, Options.Strategy);
    for (size_t Id = 0; Id < ItemCount; ++Id)
      ByItem[Id].push_back(E.Days[Id] *= Error);
    for (Milestone M : AllMilestones)
      ByMilestone[size_t(M)].push_back(daysTo(E.Days, M));
  }
  for (Milestone M : AllMilestones) {
    Range R = rangeOf(ByMilestone[size_t(M)]);
    // What was measured as the error of the whole is its least, however sure the parts are.
    R.P10 = std::min(R.P10, R.P50 * Factor.Low / Factor.Expected);
    R.P90 = std::max(R.P90, R.P50 * Factor.High / Factor.Expected);
    Result.Days[size_t(M)] = R;
  }
  const ModelParameter &U = P[ParameterId::Upkeep];
  Result.Upkeep = {U.Low, U.Expected, U.High};
  Sensitivity Moved = sensitivity(W, P, Options, Factor);
  for (const ItemInfo &I : allItems())
    if (const auto Id = size_t(I.Id); Expected.Count[Id] > 0)
      Result.Items.push_back(
          {I.Id, Expected.Count[Id], rangeOf(ByItem[Id]), std::move(Moved.Movers[Id])});
  Result.Swings = std::move(Moved.Swings);
  return Result;
}
