// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The model: what there is to do on a card, to person-days with a range.
//
//   Workload + Parameters + strategy  ->  days an item, at given values of the parameters  --drawn many times-->  P10, P50, P90
//
// docs/EffortModel.md has the formula and what it is worth.

#ifndef CUPORT_EFFORT_ESTIMATE_H
#define CUPORT_EFFORT_ESTIMATE_H

#include "Effort/Calibration.h"
#include "Effort/Parameters.h"
#include "Effort/Workload.h"

namespace cuport {

/// How the port is done.
enum class Strategy : uint8_t {
  Shim,      ///< source stays CUDA's, a header or wrapper maps the names
  BuildTime, ///< source stays CUDA's and is translated at every build
  Once,      ///< source is translated once and kept
};
/// "shim", "build-time", "once".
llvm::StringRef strategyName(Strategy S);
std::optional<Strategy> parseStrategy(llvm::StringRef Name);

struct EffortOptions {
  cuport::Strategy Strategy = cuport::Strategy::Once;
  cuport::Milestone Milestone = cuport::Milestone::M2; ///< what the swings are about
  uint64_t Seed = 1;
  std::optional<Pilot> Calibration;
};

/// One case of ten lies below P10, half below P50, nine of ten below P90.
struct Range {
  double P10 = 0, P50 = 0, P90 = 0;
};

struct HandLines {
  double TopDown = 0, BottomUp = 0; ///< at the expected values of all parameters
  double Used = 0;
  double Apart = 1; ///< the larger by the smaller
  double From = 0;  ///< lines of files that both start from: those analysed, but for kernels that
                    ///< are written anew
};

struct ItemEstimate {
  Item Kind;
  double Count = 0; ///< in the unit of the item, at the expected values
  Range Days;
  std::vector<ParameterId>
      Parameters; ///< that alone move its days, ascending; the model's error moves all
};

/// How far one parameter alone moves the days.
struct Swing {
  ParameterId What;
  double Low = 0, High = 0; ///< expected days with the parameter at its low and its high
};

struct Estimate {
  std::array<Range, 3> Days; ///< by Milestone, each with those before
  Range Upkeep;              ///< days in the year after
  cuport::HandLines Lines;
  std::vector<ItemEstimate> Items; ///< those that are not nought, in the order of Items.def
  std::vector<Swing> Swings;       ///< the five widest, widest first
};

/// Pure, and the same for the same seed. Factor is how far the whole goes wrong: the model's own error, or what a pilot made of it.
Estimate estimate(const Workload &W, const Parameters &P, const EffortOptions &Options, const ErrorFactor &Factor);

/// The middle of what the card's bring-up takes, a part of the days of every milestone.
double bringUpDays(const Estimate &E);

/// Days at the expected values without the card's bring-up: how modules of a project compare.
double expectedModuleDays(const Workload &W, const Parameters &P, const EffortOptions &Options);

} // namespace cuport

#endif
