// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What a pilot tells: the days that some modules really took narrow the range for the rest.
//
//   pilot.json  ->  Pilot  --with the days estimated for these modules-->  ErrorFactor

#ifndef CUPORT_EFFORT_CALIBRATION_H
#define CUPORT_EFFORT_CALIBRATION_H

#include "Effort/Parameters.h"

namespace cuport {

/// {"schema": "cuport-pilot-1", "card": "musa", "milestone": "M2", "modules": [{"module": "src/solver", "days": 12.5}]}
struct Pilot {
  struct Module {
    std::string Name; ///< a folder, as the report names modules
    double Days = 0;  ///< that it took, to the milestone
  };
  std::string File; ///< for messages; empty where there is none
  std::string Card;
  std::string Milestone = "M2";
  std::vector<Module> Modules; ///< at least one
};

/// Errors say what is wrong, not in which file.
llvm::Expected<Pilot> readPilot(llvm::StringRef Json);

/// By what all days are multiplied: one case of ten below Low, half below Expected, nine of ten below High.
struct ErrorFactor {
  double Low = 1, Expected = 1, High = 1;
};

/// The model's own error.
ErrorFactor uncalibrated(const Parameters &P);

/// What is left of it after a pilot. Ratios are days taken by days estimated, one a module; each counts as one drawing from around the
/// project's own factor, whose prior is the model's error. Without ratios it is uncalibrated().
ErrorFactor calibrated(const Parameters &P, llvm::ArrayRef<double> Ratios);

} // namespace cuport

#endif
