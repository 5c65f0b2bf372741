// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Many projects side by side: a row each, files that several hold counted once, most value for its days first.
//
//   ReportModel --portfolioRow--> PortfolioRow --JSON and back--> PortfolioRow[] --buildPortfolio--> PortfolioModel -> HTML, JSON, CSV
//
// Rows go through JSON so that an earlier run's can be taken over.

#ifndef CUPORT_REPORT_PORTFOLIO_H
#define CUPORT_REPORT_PORTFOLIO_H

#include "Report/ReportModel.h"

#include "llvm/Support/Error.h"
#include "llvm/Support/raw_ostream.h"

#include <optional>

namespace cuport {

/// A file with CUDA in it, known by its content.
struct PortfolioFile {
  std::string Hash, Path; ///< of its bytes, as FileStatus has it; the path
  size_t CudaLines = 0, Places = 0, Left = 0;
};

/// What a project costs on a card, to the milestone that was asked for.
struct PortfolioDays {
  std::string Card;           ///< id, with its generation
  std::string Recommendation; ///< as the report spells it
  std::string Grade;
  Range Days;
};

struct PortfolioRow {
  std::string Name;
  std::string Report; ///< the HTML report's path from the portfolio's folder; empty where there is none
  std::string Failure; ///< why the project was not analysed; the counts are 0 then
  std::optional<double> Value; ///< as the user gave it
  size_t Files = 0, NotWhole = 0; ///< files seen; those not parsed or parsed with errors
  size_t Lines = 0, CudaLines = 0, Places = 0, Left = 0;
  std::vector<PortfolioDays> OnCards;  ///< the same cards in each row of a portfolio; empty where the project failed
  std::vector<PortfolioFile> Contents; ///< by path

  // What other projects hold as well; buildPortfolio fills it.
  size_t SharedCudaLines = 0, SharedLeft = 0;
};

/// A content that more than one project holds.
struct PortfolioCopy {
  PortfolioFile File;          ///< Path in the first of the projects
  std::vector<size_t> Projects; ///< indices into Rows, ascending
};

struct PortfolioModel {
  std::string Subject, ToolVersion, KnowledgeFingerprint, Milestone;
  Version Hip;
  /// Most value for a day on the first card first; those without a value by fewest days; failures last.
  std::vector<PortfolioRow> Rows;
  std::vector<PortfolioCopy> Copies; ///< most places left first, then most lines
  size_t CudaLines = 0, Places = 0, Left = 0; ///< of all projects, each content once
};

/// The row of a report, without name, value and link.
PortfolioRow portfolioRow(const ReportModel &Model);

std::string toJson(const PortfolioRow &Row);
/// Errors say what is wrong, not in which file.
llvm::Expected<PortfolioRow> portfolioRowFromJson(llvm::StringRef Json);

/// Sorts the rows and finds the copies. Pure.
PortfolioModel buildPortfolio(std::vector<PortfolioRow> Rows);

void writePortfolioJson(const PortfolioModel &Model, llvm::raw_ostream &Out);
void writePortfolioCsv(const PortfolioModel &Model, llvm::raw_ostream &Out);
/// A page like that of writeHtml, with links to the projects' reports beside it.
void writePortfolioHtml(const PortfolioModel &Model, llvm::raw_ostream &Out);

} // namespace cuport

#endif
