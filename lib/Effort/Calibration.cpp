// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Effort/Calibration.h"

#include "llvm/Support/JSON.h"

#include <cmath>

using namespace cuport;

/// The 90th percentile of the normal distribution.
static constexpr double Z90 = 1.2815515655446004;

llvm::Expected<Pilot> cuport::readPilot(llvm::StringRef Json) {
  auto Value = llvm::json::parse(Json);
  if (!Value)
    return Value.takeError();
  const llvm::json::Object *O = Value->getAsObject();
  if (!O || O->getString("schema") != "cuport-pilot-1")
    return llvm::createStringError("it is no pilot: its \"schema\" has to be \"cuport-pilot-1\"; docs/EffortModel.md has an example");
  Pilot Result;
  if (auto Card = O->getString("card"))
    Result.Card = Card->str();
  else
    return llvm::createStringError("it does not say for which \"card\" the modules were ported");
  if (auto M = O->getString("milestone"))
    Result.Milestone = M->str();
  if (Result.Milestone != "M1" && Result.Milestone != "M2" && Result.Milestone != "M3")
    return llvm::createStringError("its \"milestone\" has to be M1, M2 or M3");
  const llvm::json::Array *Modules = O->getArray("modules");
  if (!Modules || Modules->empty())
    return llvm::createStringError("it has no \"modules\"");
  for (const llvm::json::Value &M : *Modules) {
    const llvm::json::Object *Module = M.getAsObject();
    auto Name = Module ? Module->getString("module") : std::nullopt;
    auto Days = Module ? Module->getNumber("days") : std::nullopt;
    if (!Name || !Days || !std::isfinite(*Days) || *Days <= 0 || *Days > 1e6)
      return llvm::createStringError("a module wants \"module\", a folder, and \"days\", a number above 0");
    for (const Pilot::Module &Other : Result.Modules)
      if (Other.Name == *Name)
        return llvm::createStringError("module '" + *Name + "' stands twice");
    Result.Modules.push_back({Name->str(), *Days});
  }
  return Result;
}

ErrorFactor cuport::uncalibrated(const Parameters &P) {
  const ModelParameter &E = P[ParameterId::ModelError];
  return {E.Low, E.Expected, E.High};
}

ErrorFactor cuport::calibrated(const Parameters &P, llvm::ArrayRef<double> Ratios) {
  if (Ratios.empty())
    return uncalibrated(P);
  const ModelParameter &E = P[ParameterId::ModelError], &M = P[ParameterId::ModuleSpread];
  // Normal in the logarithm, prior and modules alike.
  const double Prior = std::log(E.High / E.Low) / (2 * Z90), Spread = std::log(M.High / M.Low) / (2 * Z90);
  const double PriorWeight = 1 / (Prior * Prior), ModuleWeight = 1 / (Spread * Spread);
  double Sum = std::log(E.Expected) * PriorWeight;
  for (double R : Ratios)
    Sum += std::log(R) * ModuleWeight;
  const double Weight = PriorWeight + ModuleWeight * double(Ratios.size());
  const double Mean = Sum / Weight, Deviation = std::sqrt(1 / Weight);
  return {std::exp(Mean - Z90 * Deviation), std::exp(Mean), std::exp(Mean + Z90 * Deviation)};
}
