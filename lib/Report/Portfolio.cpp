// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Report/Portfolio.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/JSON.h"

#include <map>

using namespace llvm;

namespace cuport {

static std::string cardId(const Card &C) {
  return C.Target->Id.str() + (C.Generation.empty() ? "" : ":" + C.Generation.str());
}

PortfolioRow portfolioRow(const ReportModel &Model) {
  PortfolioRow Row;
  Row.Files = Model.Files.size();
  Row.NotWhole = Model.Files.size() - Model.FilesIn[size_t(FileState::Parsed)];
  Row.Lines = Model.Lines;
  Row.CudaLines = Model.CudaLines;
  Row.Places = Model.Verdicts.total();
  Row.Left = Model.Verdicts.forPerson();
  if (Model.OnCards)
    for (const CardAssessment &A : Model.OnCards->Cards)
      Row.OnCards.push_back({cardId(A.On), recommendationName(A.Recommendation).str(),
                             A.Letter + std::to_string(A.Difficulty),
                             A.Estimate.Days[size_t(Model.OnCards->Options.Milestone)]});
  for (const FileSummary &F : Model.Files)
    if (F.Verdicts.total())
      Row.Contents.push_back({F.Status.Hash, F.Status.Path, F.CudaLines, F.Verdicts.total(), F.Verdicts.forPerson()});
  return Row;
}

std::string toJson(const PortfolioRow &Row) {
  std::string Text;
  raw_string_ostream Out(Text);
  json::OStream J(Out);
  J.object([&] {
    J.attribute("files", Row.Files);
    J.attribute("not_whole", Row.NotWhole);
    J.attribute("lines", Row.Lines);
    J.attribute("cuda_lines", Row.CudaLines);
    J.attribute("places", Row.Places);
    J.attribute("left", Row.Left);
    J.attributeArray("cards", [&] {
      for (const PortfolioDays &D : Row.OnCards)
        J.array([&] {
          J.value(D.Card);
          J.value(D.Recommendation);
          J.value(D.Grade);
          J.value(D.Days.P10);
          J.value(D.Days.P50);
          J.value(D.Days.P90);
        });
    });
    J.attributeArray("contents", [&] {
      for (const PortfolioFile &F : Row.Contents)
        J.array([&] {
          J.value(F.Hash);
          J.value(json::fixUTF8(F.Path));
          J.value(F.CudaLines);
          J.value(F.Places);
          J.value(F.Left);
        });
    });
  });
  return Text;
}

namespace {
/// A list of a fixed length in JSON; Whole falls when a cell is not what it is read as.
struct Cells {
  Cells(const json::Value &V, size_t Size) : In(V.getAsArray()), Whole(In && In->size() == Size) {}

  std::string text(size_t I) {
    auto Text = Whole ? (*In)[I].getAsString() : std::nullopt;
    Whole &= Text.has_value();
    return Text.value_or("").str();
  }
  double number(size_t I) {
    auto Number = Whole ? (*In)[I].getAsNumber() : std::nullopt;
    Whole &= Number && *Number >= 0;
    return Number.value_or(0);
  }

  const json::Array *In;
  bool Whole;
};
} // namespace

static size_t countIn(const json::Object &O, StringRef Key, bool &Whole) {
  std::optional<int64_t> N = O.getInteger(Key);
  Whole &= N && *N >= 0;
  return N.value_or(0);
}

Expected<PortfolioRow> portfolioRowFromJson(StringRef Json) {
  auto Value = json::parse(Json);
  if (!Value)
    return Value.takeError();
  const json::Object *O = Value->getAsObject();
  const json::Array *Contents = O ? O->getArray("contents") : nullptr;
  const json::Array *OnCards = O ? O->getArray("cards") : nullptr;
  bool Whole = Contents && OnCards;
  PortfolioRow Row;
  if (Whole) {
    Row.Files = countIn(*O, "files", Whole);
    Row.NotWhole = countIn(*O, "not_whole", Whole);
    Row.Lines = countIn(*O, "lines", Whole);
    Row.CudaLines = countIn(*O, "cuda_lines", Whole);
    Row.Places = countIn(*O, "places", Whole);
    Row.Left = countIn(*O, "left", Whole);
    for (const json::Value &V : *Contents) {
      Cells In(V, 5);
      Row.Contents.push_back({In.text(0), In.text(1), size_t(In.number(2)), size_t(In.number(3)), size_t(In.number(4))});
      Whole &= In.Whole;
    }
    for (const json::Value &V : *OnCards) {
      Cells In(V, 6);
      Row.OnCards.push_back({In.text(0), In.text(1), In.text(2), {In.number(3), In.number(4), In.number(5)}});
      Whole &= In.Whole;
    }
  }
  if (!Whole)
    return createStringError("not a project's row");
  return Row;
}

namespace {

/// Order of the rows: done before failed, valued before not, then what a day brings.
bool before(const PortfolioRow &A, const PortfolioRow &B) {
  auto Key = [](const PortfolioRow &R) {
    double Cost = R.OnCards.empty() ? 0 : R.OnCards.front().Days.P50;
    double Worth = Cost > 0 ? R.Value.value_or(0) / Cost : 0;
    return std::tuple(!R.Failure.empty(), !R.Value, -Worth, Cost, R.Left);
  };
  return std::tuple_cat(Key(A), std::tie(A.Name)) < std::tuple_cat(Key(B), std::tie(B.Name));
}

} // namespace

PortfolioModel buildPortfolio(std::vector<PortfolioRow> Rows) {
  PortfolioModel Model;
  Model.Rows = std::move(Rows);
  sort(Model.Rows, before);
  std::map<StringRef, PortfolioCopy> ByContent;
  for (size_t I = 0; I < Model.Rows.size(); ++I)
    for (const PortfolioFile &F : Model.Rows[I].Contents) {
      PortfolioCopy &Copy = ByContent[F.Hash];
      if (Copy.Projects.empty()) {
        Copy.File = F;
        Model.CudaLines += F.CudaLines;
        Model.Places += F.Places;
        Model.Left += F.Left;
      }
      if (Copy.Projects.empty() || Copy.Projects.back() != I)
        Copy.Projects.push_back(I);
    }
  for (PortfolioRow &Row : Model.Rows)
    for (const PortfolioFile &F : Row.Contents)
      if (ByContent[F.Hash].Projects.size() > 1) {
        Row.SharedCudaLines += F.CudaLines;
        Row.SharedLeft += F.Left;
      }
  for (auto &[Content, Copy] : ByContent)
    if (Copy.Projects.size() > 1)
      Model.Copies.push_back(std::move(Copy));
  sort(Model.Copies, [](const PortfolioCopy &A, const PortfolioCopy &B) {
    return std::tie(B.File.Left, B.File.CudaLines, A.File.Path, A.File.Hash) <
           std::tie(A.File.Left, A.File.CudaLines, B.File.Path, B.File.Hash);
  });
  return Model;
}

} // namespace cuport
