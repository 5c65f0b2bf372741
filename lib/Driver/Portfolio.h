// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// cuport report --portfolio: many projects, one report each and one over all.
//
//   list.yaml -> for each project, in a process of its own: scan, report, row -> FOLDER/projects/NAME.{html,json,row}
//                                                          all rows -> FOLDER/index.html, portfolio.json, portfolio.csv
//
// A row says what it was made of. The next run takes it over where that is the same, so that an interrupted run goes on and a
// changed project alone is analysed again.

#ifndef CUPORT_DRIVER_PORTFOLIO_H
#define CUPORT_DRIVER_PORTFOLIO_H

#include "Driver/Report.h"
#include "Report/Portfolio.h"

namespace cuport {

struct PortfolioProject {
  std::string Name;
  std::string Path;                ///< file or folder
  std::string CompilationDatabase; ///< as ScanOptions has it
  std::vector<std::string> CompilerFlags;
  std::optional<double> Value; ///< in the user's own unit
};

/// Reads the list; paths in it are relative to its folder. Names differ. The error has lines "file:line:column: error: text".
llvm::Expected<std::vector<PortfolioProject>> readPortfolio(llvm::StringRef Path);

struct PortfolioOptions {
  ScanOptions Scan; ///< for every project; its inputs, database and flags are each project's own
  std::string Folder; ///< made where it is not there
  std::string Subject;
  ReportMaker Maker;
  CardsOptions OnCards; ///< the same for every project
  /// Called as each project ends; Taken says that an earlier run's row was good. May be empty.
  std::function<void(size_t Done, size_t All, llvm::StringRef Name, bool Taken)> OnProject;
};

/// Errors: the folder cannot be written. A project that fails, or that crashes the analysis, is a row that says so.
llvm::Expected<PortfolioModel> reportPortfolio(llvm::ArrayRef<PortfolioProject> Projects, const PortfolioOptions &Options,
                                               const ApiTable &Apis);

} // namespace cuport

#endif
