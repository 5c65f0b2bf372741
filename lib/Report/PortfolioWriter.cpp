// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Report/CsvCell.h"
#include "Report/HtmlPage.h"
#include "Report/JsonFields.h"
#include "Report/Portfolio.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/JSON.h"

using namespace llvm;

namespace cuport {
namespace {

class Writer : JsonFields {
public:
  explicit Writer(json::OStream &J) : JsonFields(J) {}

  void portfolio(const PortfolioModel &M) {
    J.object([&] {
      J.attribute("schema", "cuport-portfolio-1");
      text("version", M.ToolVersion);
      text("knowledge", M.KnowledgeFingerprint);
      text("hip", toString(M.Hip));
      text("subject", M.Subject);
      text("milestone", M.Milestone);
      J.attributeObject("once", [&] {
        J.attribute("cuda_lines", M.CudaLines);
        J.attribute("places", M.Places);
        J.attribute("left", M.Left);
      });
      list("cards", M.Cards, [&](const PortfolioCard &C) {
        text("card", C.Id);
        text("title", C.Title);
        range("alone", C.Alone);
        range("once", C.Once);
      });
      list("projects", M.Rows, [&](const PortfolioRow &R) { project(R, M.Cards); });
      list("copies", M.Copies, [&](const PortfolioCopy &C) {
        text("file", C.File.Path);
        text("hash", C.File.Hash);
        J.attribute("cuda_lines", C.File.CudaLines);
        J.attribute("places", C.File.Places);
        J.attribute("left", C.File.Left);
        indices("projects", C.Projects);
      });
    });
    J.flush();
  }

private:
  void project(const PortfolioRow &R, ArrayRef<PortfolioCard> Cards) {
    text("name", R.Name);
    text("report", R.Report);
    text("failure", R.Failure);
    if (R.Value)
      J.attribute("value", *R.Value);
    J.attributeArray("cards", [&] {
      for (auto [C, D] : zip(Cards, R.OnCards))
        J.object([&, &Card = C, &On = D] {
          text("card", Card.Id);
          J.attribute("rank", On.Rank);
          text("recommendation", On.Recommendation);
          text("grade", On.Grade);
          rangeHere(On.Days);
        });
    });
    for (const PortfolioCount &C : portfolioCounts())
      J.attribute(C.Key, R.*C.Of);
  }
};

} // namespace

void writePortfolioJson(const PortfolioModel &Model, raw_ostream &Out) {
  json::OStream J(Out, /*IndentSize=*/1);
  Writer(J).portfolio(Model);
  Out << '\n';
}

void writePortfolioCsv(const PortfolioModel &Model, raw_ostream &Out) {
  Out << CsvByteOrderMark << "rank,project,value";
  for (const PortfolioCount &C : portfolioCounts())
    Out << ',' << C.Title;
  Out << ",failure";
  for (const PortfolioCard &C : Model.Cards)
    for (StringRef What : {"rank", "recommendation", "grade", "P10", "P50", "P90"})
      Out << ',' << csvCell((C.Id + " " + What).str());
  Out << "\r\n";
  for (auto [Index, R] : enumerate(Model.Rows)) {
    Out << Index + 1 << ',' << csvCell(R.Name) << ',';
    if (R.Value)
      Out << format("%g", *R.Value);
    for (const PortfolioCount &C : portfolioCounts())
      Out << ',' << R.*C.Of;
    Out << ',' << csvCell(R.Failure);
    for (const PortfolioDays &D : R.OnCards)
      Out << ',' << D.Rank << ',' << D.Recommendation << ',' << D.Grade << ','
          << roundedNumber(D.Days.P10) << ',' << roundedNumber(D.Days.P50) << ','
          << roundedNumber(D.Days.P90);
    if (R.OnCards.empty())
      Out << std::string(6 * Model.Cards.size(), ',');
    Out << "\r\n";
  }
}

void writePortfolioHtml(const PortfolioModel &Model, raw_ostream &Out) {
  std::string Data;
  raw_string_ostream Stream(Data);
  json::OStream J(Stream);
  Writer(J).portfolio(Model);
  writeHtmlPage({"dom.js", "table.js", "range.js", "portfolio.js", "main.js"}, Data, Out);
}

} // namespace cuport
