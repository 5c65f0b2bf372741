// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Report/CsvCell.h"
#include "Report/HtmlPage.h"
#include "Report/JsonFields.h"
#include "Report/Portfolio.h"

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
      list("projects", M.Rows, [&](const PortfolioRow &R) { project(R); });
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
  void project(const PortfolioRow &R) {
    text("name", R.Name);
    text("report", R.Report);
    text("failure", R.Failure);
    if (R.Value)
      J.attribute("value", *R.Value);
    list("cards", R.OnCards, [&](const PortfolioDays &D) {
      text("card", D.Card);
      text("recommendation", D.Recommendation);
      text("grade", D.Grade);
      rangeHere(D.Days);
    });
    J.attribute("files", R.Files);
    J.attribute("not_whole", R.NotWhole);
    J.attribute("lines", R.Lines);
    J.attribute("cuda_lines", R.CudaLines);
    J.attribute("places", R.Places);
    J.attribute("left", R.Left);
    J.attribute("shared_cuda_lines", R.SharedCudaLines);
    J.attribute("shared_left", R.SharedLeft);
  }
};

} // namespace

void writePortfolioJson(const PortfolioModel &Model, raw_ostream &Out) {
  json::OStream J(Out, /*IndentSize=*/1);
  Writer(J).portfolio(Model);
  Out << '\n';
}

void writePortfolioCsv(const PortfolioModel &Model, raw_ostream &Out) {
  Out << CsvByteOrderMark
      << "rank,project,value,card,recommendation,P10,P50,P90,left,of it in shared files,places,CUDA lines,of them in shared files,lines,files,not fully parsed,failure\r\n";
  size_t Rank = 0;
  for (const PortfolioRow &R : Model.Rows) {
    Out << ++Rank << ',' << csvCell(R.Name) << ',';
    if (R.Value)
      Out << format("%g", *R.Value);
    if (R.OnCards.empty()) {
      Out << ",,,,,";
    } else {
      const PortfolioDays &D = R.OnCards.front();
      Out << ',' << csvCell(D.Card) << ',' << D.Recommendation << ',' << roundedNumber(D.Days.P10) << ','
          << roundedNumber(D.Days.P50) << ',' << roundedNumber(D.Days.P90);
    }
    Out << ',' << R.Left << ',' << R.SharedLeft << ',' << R.Places << ',' << R.CudaLines << ',' << R.SharedCudaLines << ','
        << R.Lines << ',' << R.Files << ',' << R.NotWhole << ',' << csvCell(R.Failure) << "\r\n";
  }
}

void writePortfolioHtml(const PortfolioModel &Model, raw_ostream &Out) {
  std::string Data;
  raw_string_ostream Stream(Data);
  json::OStream J(Stream);
  Writer(J).portfolio(Model);
  writeHtmlPage({"dom.js", "table.js", "portfolio.js", "main.js"}, Data, Out);
}

} // namespace cuport
