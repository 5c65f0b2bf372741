// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Many projects side by side: a row each, with the same cards; files that several hold counted once; most value for its days first.
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
  std::vector<double> Shares; ///< by card: its part of the project's days, bring-up aside
};

/// What a project costs on a card, to the milestone that was asked for.
struct PortfolioDays {
  std::string Recommendation; ///< as the report spells it
  std::string Grade;
  Range Days;
  double BringUp = 0; ///< the middle of the part that the card's bring-up has in them
  size_t Rank = 0;    ///< among the projects, from 1: most value for a day, then, without a value, fewest days; buildPortfolio fills it
};

struct PortfolioRow {
  std::string Name;
  std::string Report; ///< the HTML report's path from the portfolio's folder; empty where there is none
  std::string Failure; ///< why the project was not analysed; the counts are 0 then
  std::optional<double> Value; ///< as the user gave it
  size_t Files = 0, NotWhole = 0; ///< files seen; those not parsed or parsed with errors
  size_t Lines = 0, CudaLines = 0, Places = 0, Left = 0;
  size_t SharedCudaLines = 0, SharedLeft = 0; ///< what other projects hold as well; buildPortfolio fills it
  std::vector<PortfolioDays> OnCards;  ///< by card of the portfolio; empty where the project failed
  std::vector<PortfolioFile> Contents; ///< by path
};

/// A count of a row, with what JSON and CSV call it.
struct PortfolioCount {
  llvm::StringRef Key, Title;
  size_t PortfolioRow::*Of;
};
llvm::ArrayRef<PortfolioCount> portfolioCounts();

/// A content that more than one project holds.
struct PortfolioCopy {
  PortfolioFile File;          ///< Path in the first of the projects
  std::vector<size_t> Projects; ///< indices into Rows, ascending
};

/// A card of the portfolio, and what all projects together cost there.
struct PortfolioCard {
  std::string Id, Title;
  /// Person-days as if each project were alone; and with one bring-up of the card and each content once. Ends are added to ends: what makes
  /// one project slow, the team, the card or the model, makes all of them slow, as the model has it for the parts of a project.
  Range Alone, Once;
};

struct PortfolioModel {
  std::string Subject, ToolVersion, KnowledgeFingerprint, Milestone;
  Version Hip;
  std::vector<PortfolioCard> Cards;
  std::vector<PortfolioRow> Rows;    ///< by their rank on the first card, failures last
  std::vector<PortfolioCopy> Copies; ///< most places left first, then most lines
  size_t CudaLines = 0, Places = 0, Left = 0; ///< of all projects, each content once
};

/// The row of a report with cards, without name, value and link.
PortfolioRow portfolioRow(const ReportModel &Model);

std::string toJson(const PortfolioRow &Row);
/// Errors say what is wrong, not in which file.
llvm::Expected<PortfolioRow> portfolioRowFromJson(llvm::StringRef Json);

/// Ranks the rows, finds the copies and adds up. Each row is about these cards, of which only Id
/// and Title are taken. The cards stay in order where InOrder; else the one that a planner looks at
/// first comes first. Pure.
PortfolioModel buildPortfolio(std::vector<PortfolioRow> Rows, std::vector<PortfolioCard> Cards,
                              bool InOrder);

void writePortfolioJson(const PortfolioModel &Model, llvm::raw_ostream &Out);
void writePortfolioCsv(const PortfolioModel &Model, llvm::raw_ostream &Out);
/// A page like that of writeHtml, with links to the projects' reports beside it.
void writePortfolioHtml(const PortfolioModel &Model, llvm::raw_ostream &Out);

} // namespace cuport

#endif
