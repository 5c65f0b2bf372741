// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Report/Portfolio.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/JSON.h"

#include <map>
#include <numeric>

using namespace llvm;

namespace cuport {

ArrayRef<PortfolioCount> portfolioCounts() {
  static constexpr PortfolioCount Counts[] = {
      {"left", "left", &PortfolioRow::Left},
      {"shared_left", "of it in shared files", &PortfolioRow::SharedLeft},
      {"places", "places", &PortfolioRow::Places},
      {"cuda_lines", "CUDA lines", &PortfolioRow::CudaLines},
      {"shared_cuda_lines", "of them in shared files", &PortfolioRow::SharedCudaLines},
      {"lines", "lines", &PortfolioRow::Lines},
      {"files", "files", &PortfolioRow::Files},
      {"not_whole", "not fully parsed", &PortfolioRow::NotWhole},
  };
  return Counts;
}

PortfolioRow portfolioRow(const ReportModel &Model) {
  PortfolioRow Row;
  Row.Files = Model.Files.size();
  Row.NotWhole = Model.Files.size() - Model.FilesIn[size_t(FileState::Parsed)];
  Row.Lines = Model.Lines;
  Row.CudaLines = Model.CudaLines;
  Row.Places = Model.Verdicts.total();
  Row.Left = Model.Verdicts.forPerson();
  const CardsReport &C = *Model.OnCards;
  std::vector<std::vector<double>> Shares; // by card and file of the survey
  for (const CardAssessment &A : C.Cards) {
    Row.OnCards.push_back({recommendationName(A.Recommendation).str(),
                           A.Letter + std::to_string(A.Difficulty),
                           A.Estimate.Days[size_t(C.Options.Milestone)], bringUpDays(A.Estimate)});
    Shares.push_back(sharesOfFiles(C.Survey, A, C.Parameters, C.Options));
  }
  auto Surveyed = C.Survey.Files.begin(); // both are sorted by path
  for (const FileSummary &F : Model.Files) {
    if (!F.Verdicts.total())
      continue;
    PortfolioFile &Content = Row.Contents.emplace_back(PortfolioFile{
        F.Status.Hash, F.Status.Path, F.CudaLines, F.Verdicts.total(), F.Verdicts.forPerson(), {}});
    while (Surveyed != C.Survey.Files.end() && Surveyed->Path < F.Status.Path)
      ++Surveyed;
    const bool Known = Surveyed != C.Survey.Files.end() && Surveyed->Path == F.Status.Path;
    for (const auto &OnCard : Shares)
      Content.Shares.push_back(Known ? OnCard[size_t(Surveyed - C.Survey.Files.begin())] : 0);
  }
  return Row;
}

std::string toJson(const PortfolioRow &Row) {
  std::string Text;
  raw_string_ostream Out(Text);
  json::OStream J(Out);
  J.object([&] {
    for (const PortfolioCount &C : portfolioCounts())
      J.attribute(C.Key, Row.*C.Of);
    J.attributeArray("cards", [&] {
      for (const PortfolioDays &D : Row.OnCards)
        J.array([&] {
          J.value(D.Recommendation);
          J.value(D.Grade);
          for (double Number : {D.Days.P10, D.Days.P50, D.Days.P90, D.BringUp})
            J.value(Number);
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
          for (double Share : F.Shares)
            J.value(Share);
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
    for (const PortfolioCount &C : portfolioCounts()) {
      const int64_t N = O->getInteger(C.Key).value_or(-1);
      Whole &= N >= 0;
      Row.*C.Of = N;
    }
    for (const json::Value &V : *OnCards) {
      Cells In(V, 6);
      Row.OnCards.push_back(
          {In.text(0), In.text(1), {In.number(2), In.number(3), In.number(4)}, In.number(5)});
      Whole &= In.Whole;
    }
    for (const json::Value &V : *Contents) {
      Cells In(V, 5 + OnCards->size());
      PortfolioFile &F = Row.Contents.emplace_back(PortfolioFile{In.text(0),
                                                                 In.text(1),
                                                                 size_t(In.number(2)),
                                                                 size_t(In.number(3)),
                                                                 size_t(In.number(4)),
                                                                 {}});
      for (size_t I = 0; I < OnCards->size(); ++I)
        F.Shares.push_back(In.number(5 + I));
      Whole &= In.Whole;
    }
  }
  if (!Whole)
    return createStringError("not a project's row");
  return Row;
}

/// The numbers of the rows, best on a card first: done before failed, valued before not, then what
/// a day brings.
static std::vector<size_t> orderOn(size_t Card, ArrayRef<PortfolioRow> Rows) {
  auto Key = [&](size_t I) {
    const PortfolioRow &R = Rows[I];
    const double Cost = R.OnCards.empty() ? 0 : R.OnCards[Card].Days.P50;
    const double Worth = Cost > 0 ? R.Value.value_or(0) / Cost : 0;
    return std::tuple(!R.Failure.empty(), !R.Value, -Worth, Cost, R.Left, StringRef(R.Name));
  };
  std::vector<size_t> Order(Rows.size());
  std::iota(Order.begin(), Order.end(), 0);
  sort(Order, [&](size_t A, size_t B) { return Key(A) < Key(B); });
  return Order;
}

static void addTo(Range &Sum, const Range &R, double Part) {
  Sum.P10 += R.P10 * Part;
  Sum.P50 += R.P50 * Part;
  Sum.P90 += R.P90 * Part;
}

/// Adds the days of a row to the cards' sums. Again says of each of its contents whether it was
/// counted before.
static void addDays(const PortfolioRow &Row, ArrayRef<bool> Again, bool First,
                    std::vector<PortfolioCard> &Cards) {
  for (auto [I, D] : enumerate(Row.OnCards)) {
    double Rest = 1;
    for (auto [F, Counted] : zip_equal(Row.Contents, Again))
      Rest -= Counted ? F.Shares[I] : 0;
    const double BringUp = D.Days.P50 > 0 ? std::min(1.0, D.BringUp / D.Days.P50) : 0;
    addTo(Cards[I].Alone, D.Days, 1);
    addTo(Cards[I].Once, D.Days, (First ? BringUp : 0) + (1 - BringUp) * std::max(0.0, Rest));
  }
}

/// As a project's page orders them, by recommendation and days: fewest projects with the worst one,
/// then with the next, then fewest days in all.
static void sortCards(MutableArrayRef<PortfolioRow> Rows, std::vector<PortfolioCard> &Cards) {
  auto Key = [&](size_t Card) {
    size_t NoGo = 0, Pilot = 0;
    double Days = 0;
    for (const PortfolioRow &R : Rows)
      if (!R.OnCards.empty()) {
        NoGo += R.OnCards[Card].Recommendation == recommendationName(Recommendation::NoGo);
        Pilot += R.OnCards[Card].Recommendation == recommendationName(Recommendation::PilotFirst);
        Days += R.OnCards[Card].Days.P50;
      }
    return std::tuple(NoGo, Pilot, Days);
  };
  std::vector<size_t> Order(Cards.size());
  std::iota(Order.begin(), Order.end(), 0);
  stable_sort(Order, [&](size_t A, size_t B) { return Key(A) < Key(B); });
  auto Arrange = [&](auto &List) {
    auto Old = std::move(List);
    List.clear();
    for (size_t I : Order)
      List.push_back(std::move(Old[I]));
  };
  Arrange(Cards);
  for (PortfolioRow &R : Rows)
    if (!R.OnCards.empty()) {
      Arrange(R.OnCards);
      for (PortfolioFile &F : R.Contents)
        Arrange(F.Shares);
    }
}

PortfolioModel buildPortfolio(std::vector<PortfolioRow> Rows, std::vector<PortfolioCard> Cards,
                              bool InOrder) {
  PortfolioModel Model;
  Model.Cards = std::move(Cards);
  if (!InOrder)
    sortCards(Rows, Model.Cards);
  for (size_t Card = 0; Card < Model.Cards.size(); ++Card)
    for (auto [Rank, I] : enumerate(orderOn(Card, Rows)))
      if (!Rows[I].OnCards.empty())
        Rows[I].OnCards[Card].Rank = Rank + 1;
  for (size_t I : orderOn(0, Rows))
    Model.Rows.push_back(std::move(Rows[I]));

  std::map<StringRef, PortfolioCopy> ByContent;
  bool First = true;
  for (auto [I, Row] : enumerate(Model.Rows)) {
    SmallVector<bool> Again;
    for (const PortfolioFile &F : Row.Contents) {
      // A file that could not be read is like no other.
      PortfolioCopy *Copy = F.Hash.empty() ? nullptr : &ByContent[F.Hash];
      Again.push_back(Copy && !Copy->Projects.empty());
      if (!Again.back()) {
        Model.CudaLines += F.CudaLines;
        Model.Places += F.Places;
        Model.Left += F.Left;
      }
      if (!Copy)
        continue;
      if (!Again.back())
        Copy->File = F;
      if (Copy->Projects.empty() || Copy->Projects.back() != I)
        Copy->Projects.push_back(I);
    }
    if (!Row.OnCards.empty()) {
      addDays(Row, Again, First, Model.Cards);
      First = false;
    }
  }
  for (PortfolioRow &Row : Model.Rows)
    for (const PortfolioFile &F : Row.Contents)
      if (!F.Hash.empty() && ByContent[F.Hash].Projects.size() > 1) {
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
