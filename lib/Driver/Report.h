// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// cuport report: scans and counts, changes nothing.

#ifndef CUPORT_DRIVER_REPORT_H
#define CUPORT_DRIVER_REPORT_H

#include "Driver/Scan.h"
#include "Driver/Targets.h"
#include "Report/Trend.h"

namespace cuport {

/// Who makes the report.
struct ReportMaker {
  llvm::StringRef Version;
  std::string ProgramHash;
};

/// What is said of cards; without cards nothing is.
struct CardsOptions {
  std::vector<Card> Cards;
  bool InOrder = false; ///< the order is the user's
  cuport::Parameters Parameters;
  EffortOptions Effort;
};

/// Of all that is known of the cards.
std::string hashOf(llvm::ArrayRef<Card> Cards);

/// Errors are those of scan(), and that a pilot is about a folder without CUDA.
llvm::Expected<ReportModel> report(const ScanOptions &Options, const ApiTable &Apis, const ReportMaker &Maker,
                                   const CardsOptions &OnCards = {});

/// The cards that values of --target name, "musa" or "musa:mp_31" or a file; with none all that are not NVIDIA's or this machine's
/// processor. The errors are those of resolveTargets(), and that a card has no such generation.
llvm::Expected<std::vector<Card>> cardsFor(llvm::ArrayRef<std::string> Values, TargetTable &Targets);

/// The built-in parameters with the user's files over them. Errors name the file.
llvm::Expected<Parameters> loadParameters(llvm::ArrayRef<std::string> Files);
/// A pilot, with the id of its card among Targets. Errors name the file.
llvm::Expected<Pilot> loadPilot(llvm::StringRef Path, const TargetTable &Targets);

/// The report in a JSON file. Errors name the file.
llvm::Expected<EarlierReport> loadReport(llvm::StringRef Path);

} // namespace cuport

#endif
