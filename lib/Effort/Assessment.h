// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What a planner is told of one card: verdicts, libraries, what blocks, a grade and a recommendation, days.
//
//   Survey + Card  --a verdict for each question-->  Workload  --Estimate.h-->  CardAssessment

#ifndef CUPORT_EFFORT_ASSESSMENT_H
#define CUPORT_EFFORT_ASSESSMENT_H

#include "Effort/Estimate.h"

namespace cuport {

enum class Recommendation : uint8_t {
  Go,
  PilotFirst, ///< port a module, then decide
  NoGo,       ///< the card lacks what the project rests on
};
/// "go", "pilot-first", "no-go".
llvm::StringRef recommendationName(Recommendation R);

/// Why it is not simply "go".
struct Ground {
  enum KindOf : uint8_t {
#define GROUND(ENUMERATOR, SPELLING, RECOMMENDATION) ENUMERATOR,
#include "Effort/Grounds.def"
  };
  KindOf Kind;
  double Amount = 0;            ///< lines, places, a share; 0 where there is none
  std::optional<FactKey> Fact;  ///< of the card, where one decides
  const TargetLibraryInfo *Library = nullptr;
  const Evidence *From = nullptr;
  std::vector<size_t> Findings; ///< the places behind it
};
/// "feature-missing", "kernels-rewritten" ...
llvm::StringRef groundName(Ground::KindOf Kind);
Recommendation recommendationFor(Ground::KindOf Kind);

/// Distinct lines with findings by what becomes of them on the card, the hardest finding of a line counting.
struct LineCounts {
  size_t Files = 0;     ///< all lines of files with CUDA
  size_t Kernels = 0;   ///< of these, in kernels and device functions
  size_t NotAnalysed = 0; ///< lines of files that were not
  size_t AsIs = 0, Automatic = 0, Hand = 0, Unknown = 0;
};

struct ModuleEstimate {
  std::string Name;
  size_t Files = 0, Lines = 0, Hand = 0, Unknown = 0; ///< places for Hand and Unknown
  Range Days; ///< its part of the milestone's days, without the card's bring-up
};

struct CardAssessment {
  Card On;
  std::vector<CardVerdict> Answers; ///< by question
  std::array<size_t, std::size(AllVerdicts)> Places = {}; ///< by verdict
  size_t DerivedPlaces = 0; ///< fine only if the naming rule holds
  LineCounts Lines;
  std::vector<LibraryUse> Libraries;
  std::vector<Ground> Grounds;
  cuport::Recommendation Recommendation = cuport::Recommendation::Go;
  double HandShare =
      0; ///< of the lines of files with CUDA, those that need a hand or of which it is not known
  char Letter = 'A';       ///< of the grade: how large that share is, A least
  unsigned Difficulty = 1; ///< of the grade: how hard the hardest of it is, 1 to 5
  cuport::Estimate Estimate;
  ErrorFactor Factor;
  cuport::Workload Work;
  std::vector<ModuleEstimate> Modules; ///< most days first
};

/// Pure.
CardAssessment assess(const Survey &S, const Card &On, Version Hip, const Parameters &P, const EffortOptions &Options);

/// The part that each file of the survey has in the days of the milestone, bring-up aside, as
/// modules have theirs. Together 1, or each 0 where there is nothing to do.
std::vector<double> sharesOfFiles(const Survey &S, const CardAssessment &A, const Parameters &P,
                                  const EffortOptions &Options);

} // namespace cuport

#endif
