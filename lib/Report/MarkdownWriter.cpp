// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Report/MarkdownWriter.h"

#include "Report/CardsJson.h"
#include "Report/PrintableText.h"
#include "Report/Trend.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/Twine.h"

using namespace llvm;

namespace cuport {
namespace {

// Rows of the tables: with headings, blank lines and the seven verdicts they stay below 60 lines.
struct RowsShown {
  size_t Questions = 15, Files = 10, Cards = 0;
};
constexpr RowsShown WithoutCards, WithCards = {8, 5, 8};
constexpr size_t WidestText = 90; ///< columns

/// Text in a cell of a table, so that it is shown as it is.
std::string fenced(StringRef Shown) {
  size_t Longest = 0, Run = 0;
  std::string Escaped;
  for (char C : Shown) {
    Run = C == '`' ? Run + 1 : 0;
    Longest = std::max(Longest, Run);
    if (C == '|')
      Escaped += '\\';
    Escaped += C;
  }
  const std::string Fence(Longest + 1, '`');
  const StringRef Blank = Longest ? " " : "";
  return (Fence + Blank + Escaped + Blank + Fence).str();
}

std::string code(StringRef Text) { return fenced(fitBegin(printable(Text), WidestText)); }

/// A path or a place.
std::string path(StringRef Text) { return fenced(fitEnd(printable(Text), WidestText)); }

std::string count(size_t Number, StringRef What) {
  return (Twine(Number) + " " + What + (Number == 1 ? "" : "s")).str();
}

void heading(ArrayRef<StringRef> Columns, raw_ostream &Out) {
  for (StringRef Column : Columns)
    Out << "| " << Column << ' ';
  Out << "|\n";
  for (size_t I = 0; I < Columns.size(); ++I)
    Out << "|---";
  Out << "|\n";
}

/// "2.1 – 6.8 – 25"
std::string rangeText(const Range &R) {
  return roundedNumber(R.P10) + " – " + roundedNumber(R.P50) + " – " + roundedNumber(R.P90);
}

/// What speaks against a card, each kind once.
std::string against(const CardAssessment &A) {
  std::string Text;
  for (const Ground &G : A.Grounds)
    if (!StringRef(Text).contains(groundName(G.Kind)))
      Text += (Text.empty() ? "" : ", ") + groundName(G.Kind).str();
  return Text;
}

void cards(const CardsReport &C, raw_ostream &Out) {
  std::vector<const CardAssessment *> Best;
  for (const CardAssessment &A : C.Cards)
    Best.push_back(&A);
  sort(Best, [&](const CardAssessment *A, const CardAssessment *B) {
    auto Key = [&](const CardAssessment &Of) {
      return std::tuple(Of.Recommendation, Of.Estimate.Days[size_t(C.Options.Milestone)].P50,
                        Of.On.id());
    };
    return Key(*A) < Key(*B);
  });
  Out << "\n### Person-days on each card\n\n";
  heading({"card", "advice", "grade", "to M1, it builds", "to M2, tests pass", "to M3, fast",
           "against"},
          Out);
  for (const CardAssessment *A : ArrayRef(Best).take_front(WithCards.Cards)) {
    Out << "| " << code(A->On.id()) << " | " << recommendationName(A->Recommendation) << " | "
        << A->Letter << A->Difficulty;
    for (Milestone M : AllMilestones)
      Out << " | " << rangeText(A->Estimate.Days[size_t(M)]);
    Out << " | " << against(*A) << " |\n";
  }
  Out << '\n';
  if (Best.size() > WithCards.Cards)
    Out << "and " << count(Best.size() - WithCards.Cards, "more card") << ". ";
  Out << "One case of ten needs less than the first number, one of ten more than the last.\n";
}

void questions(const ReportModel &M, const RowsShown &Shown, raw_ostream &Out) {
  if (M.Left.empty())
    return;
  Out << "\n### Left for a person\n\n";
  heading({"verdict", "question", "rule", "places", "files", "first"}, Out);
  for (const PersonGroup &G : ArrayRef(M.Left).take_front(Shown.Questions)) {
    const Place &At = M.Findings[G.Findings.front()].At;
    Out << "| " << verdictName(G.Verdict) << " | " << code(G.Name.empty() ? G.Message : G.Name) << " | " << G.Rule << " | "
        << G.Findings.size() << " | " << G.Files << " | " << path(At.File + ":" + std::to_string(At.Line)) << " |\n";
  }
  if (M.Left.size() > Shown.Questions)
    Out << "\nand " << count(M.Left.size() - Shown.Questions, "more question") << ".\n";
}

void notWhole(const ReportModel &M, const RowsShown &Rows, raw_ostream &Out) {
  const size_t Unread = M.FilesIn[size_t(FileState::NotParsed)], WithErrors = M.FilesIn[size_t(FileState::ParsedWithErrors)];
  if (!Unread && !WithErrors)
    return;
  Out << "\n### Not fully analysed: " << count(Unread + WithErrors, "file") << "\n\n";
  heading({"file", "why"}, Out);
  size_t Shown = 0;
  for (FileState State : {FileState::NotParsed, FileState::ParsedWithErrors})
    for (const FileSummary &F : M.Files) {
      if (F.Status.State != State || Shown == Rows.Files)
        continue;
      ++Shown;
      std::string Why = F.Status.Reason;
      if (Why.empty() && !F.Status.FirstErrors.empty())
        Why = F.Status.FirstErrors.front().Text;
      Out << "| " << path(F.Status.Path) << " | " << code(Why) << " |\n";
    }
  if (Unread + WithErrors > Shown)
    Out << "\nand " << count(Unread + WithErrors - Shown, "more file") << ".\n";
}

} // namespace

void writeMarkdown(const ReportModel &Model, raw_ostream &Out) {
  const size_t All = Model.Verdicts.total(), Left = Model.Verdicts.forPerson();
  Out << "## CUDA to HIP, " << code(Model.Subject) << ": " << count(Left, "place") << " of " << All
      << " left for a person\n\n"
      << count(Model.Findings.size(), "place") << " with CUDA in " << count(Model.FilesWithPlaces, "file") << " of "
      << Model.Files.size() << "; " << All - Left << " stay as they are or are changed by `cuport translate`. "
      << count(Model.Confidences.lexical(), "place") << " known by tokens alone.\n\n";
  if (Model.Since)
    Out << toWords(*Model.Since) << "\n\n";
  heading({"verdict", "places"}, Out);
  for (Verdict V : AllVerdicts)
    if (Model.Verdicts[V])
      Out << "| " << verdictName(V) << " | " << Model.Verdicts[V] << " |\n";
  if (Model.OnCards)
    cards(*Model.OnCards, Out);
  const RowsShown &Rows = Model.OnCards ? WithCards : WithoutCards;
  questions(Model, Rows, Out);
  notWhole(Model, Rows, Out);
  Out << "\ncuport " << Model.ToolVersion << ", HIP " << toString(Model.Hip) << ". Places are no days.\n";
}

} // namespace cuport
