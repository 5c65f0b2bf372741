// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Report/CardsJson.h"
#include "Report/CsvCell.h"
#include "Report/HtmlPage.h"
#include "Report/Portfolio.h"

#include "llvm/Support/Format.h"
#include "llvm/Support/JSON.h"

using namespace llvm;

namespace cuport {
namespace {

void writeModel(const PortfolioModel &M, json::OStream &J) {
  auto Text = [&](StringRef Key, StringRef Value) { J.attribute(Key, json::fixUTF8(Value)); };
  J.object([&] {
    J.attribute("schema", "cuport-portfolio-1");
    Text("version", M.ToolVersion);
    Text("knowledge", M.KnowledgeFingerprint);
    Text("hip", toString(M.Hip));
    Text("subject", M.Subject);
    Text("milestone", M.Milestone);
    J.attributeObject("once", [&] {
      J.attribute("cuda_lines", M.CudaLines);
      J.attribute("places", M.Places);
      J.attribute("left", M.Left);
    });
    J.attributeArray("projects", [&] {
      for (const PortfolioRow &R : M.Rows)
        J.object([&] {
          Text("name", R.Name);
          Text("report", R.Report);
          Text("failure", R.Failure);
          if (R.Value)
            J.attribute("value", *R.Value);
          J.attributeArray("cards", [&] {
            for (const PortfolioDays &D : R.OnCards)
              J.object([&] {
                Text("card", D.Card);
                Text("recommendation", D.Recommendation);
                Text("grade", D.Grade);
                for (auto [Key, Value] : {std::pair("p10", D.Days.P10), {"p50", D.Days.P50}, {"p90", D.Days.P90}}) {
                  J.attributeBegin(Key);
                  J.rawValue(roundedNumber(Value));
                  J.attributeEnd();
                }
              });
          });
          J.attribute("files", R.Files);
          J.attribute("not_whole", R.NotWhole);
          J.attribute("lines", R.Lines);
          J.attribute("cuda_lines", R.CudaLines);
          J.attribute("places", R.Places);
          J.attribute("left", R.Left);
          J.attribute("shared_cuda_lines", R.SharedCudaLines);
          J.attribute("shared_left", R.SharedLeft);
        });
    });
    J.attributeArray("copies", [&] {
      for (const PortfolioCopy &C : M.Copies)
        J.object([&] {
          Text("file", C.File.Path);
          Text("hash", C.File.Hash);
          J.attribute("cuda_lines", C.File.CudaLines);
          J.attribute("places", C.File.Places);
          J.attribute("left", C.File.Left);
          J.attributeArray("projects", [&] {
            for (size_t Index : C.Projects)
              J.value(Index);
          });
        });
    });
  });
  J.flush();
}

} // namespace

void writePortfolioJson(const PortfolioModel &Model, raw_ostream &Out) {
  json::OStream J(Out, /*IndentSize=*/1);
  writeModel(Model, J);
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
  writeModel(Model, J);
  writeHtmlPage({"dom.js", "table.js", "portfolio.js", "main.js"}, Data, Out);
}

} // namespace cuport
