// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Report/XlsxWriter.h"

#include "Report/CardsJson.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

#include <xlsxwriter.h>

using namespace llvm;

namespace cuport {
namespace {

// Excel's limits: rows of a sheet, characters of a cell. Bytes are never fewer than characters.
constexpr size_t MostRows = 1048576, LongestCell = 32767;

struct Column {
  const char *Title;
  double Width; ///< characters
};

/// A sheet that is filled from top to bottom, below a heading that stays in sight.
class Sheet {
public:
  Sheet(lxw_workbook *Book, lxw_format *Heading, const char *Name, ArrayRef<Column> Columns)
      : S(workbook_add_worksheet(Book, Name)) {
    for (size_t I = 0; I < Columns.size(); ++I)
      worksheet_set_column(S, I, I, Columns[I].Width, nullptr);
    for (const Column &C : Columns)
      worksheet_write_string(S, 0, Next++, C.Title, Heading);
    worksheet_freeze_panes(S, 1, 0);
    Last = Columns.size() - 1;
  }

  bool nextRow() {
    Next = 0;
    return ++Row < MostRows;
  }
  Sheet &operator<<(StringRef Text) {
    std::string Cell = json::fixUTF8(Text);
    if (Cell.size() > LongestCell)
      Cell = json::fixUTF8(StringRef(Cell).take_front(LongestCell - 3));
    worksheet_write_string(S, Row, Next++, Cell.c_str(), nullptr);
    return *this;
  }
  Sheet &operator<<(size_t Number) {
    worksheet_write_number(S, Row, Next++, double(Number), nullptr);
    return *this;
  }
  /// With three digits that count.
  Sheet &estimate(double Value) {
    double Rounded = 0;
    (void)StringRef(roundedNumber(Value)).getAsDouble(Rounded);
    worksheet_write_number(S, Row, Next++, Rounded, nullptr);
    return *this;
  }
  Sheet &operator<<(const Range &R) { return estimate(R.P10).estimate(R.P50).estimate(R.P90); }
  /// After the last row: the heading gets its filters.
  void finish() {
    if (Row)
      worksheet_autofilter(S, 0, 0, std::min<size_t>(Row, MostRows - 1), Last);
  }

private:
  lxw_worksheet *S;
  lxw_row_t Row = 0;
  lxw_col_t Next = 0, Last = 0;
};

void fill(const ReportModel &M, lxw_workbook *Book) {
  lxw_format *Heading = workbook_add_format(Book);
  format_set_bold(Heading);
  format_set_bottom(Heading, LXW_BORDER_THIN);
  auto Table = [&](const char *Name, ArrayRef<Column> Columns, const auto &Rows, auto Row) {
    Sheet S(Book, Heading, Name, Columns);
    for (const auto &R : Rows) {
      if (!S.nextRow())
        break;
      Row(S, R);
    }
    S.finish();
  };

  const std::pair<StringRef, size_t> Counts[] = {
      {"places with CUDA", M.Verdicts.total()},
      {"of them left for a person", M.Verdicts.forPerson()},
      {"of them known by tokens alone", M.Confidences.lexical()},
      {"lines with CUDA", M.CudaLines},
      {"lines seen", M.Lines},
      {"files seen", M.Files.size()},
      {"files with CUDA", M.FilesWithPlaces},
      {"files parsed", M.FilesIn[size_t(FileState::Parsed)]},
      {"files parsed with errors", M.FilesIn[size_t(FileState::ParsedWithErrors)]},
      {"files not parsed", M.FilesIn[size_t(FileState::NotParsed)]},
  };
  {
    Sheet S(Book, Heading, "Summary", {{"what", 32}, {"value", 40}});
    auto Line = [&S](StringRef What, auto Value) {
      S.nextRow();
      S << What << Value;
    };
    for (const auto &[What, Count] : Counts)
      Line(What, Count);
    for (Verdict V : AllVerdicts)
      Line(("verdict " + verdictName(V)).str(), M.Verdicts[V]);
    Line("cuport", StringRef(M.ToolVersion));
    Line("knowledge", StringRef(M.Hashes.Knowledge));
    Line("HIP", StringRef(toString(M.Hip)));
  }
  if (M.OnCards) {
    const CardsReport &C = *M.OnCards;
    Table("Cards",
          {{"card", 18},
           {"title", 34},
           {"recommendation", 15},
           {"grade", 7},
           {"left", 8},
           {"unknown", 9},
           {"M1 low", 9},
           {"M1 expected", 12},
           {"M1 high", 9},
           {"M2 low", 9},
           {"M2 expected", 12},
           {"M2 high", 9},
           {"M3 low", 9},
           {"M3 expected", 12},
           {"M3 high", 9},
           {"upkeep low", 11},
           {"upkeep expected", 15},
           {"upkeep high", 11}},
          C.Cards, [](Sheet &S, const CardAssessment &A) {
            size_t Left = 0;
            for (Verdict V : AllVerdicts)
              Left += needsPerson(V) ? A.Places[size_t(V)] : 0;
            S << A.On.id() << A.On.Target->Title << recommendationName(A.Recommendation)
              << A.Letter + std::to_string(A.Difficulty) << Left
              << A.Places[size_t(Verdict::Unknown)];
            for (Milestone Goal : AllMilestones)
              S << A.Estimate.Days[size_t(Goal)];
            S << A.Estimate.Upkeep;
          });
    std::vector<std::pair<const CardAssessment *, const ItemEstimate *>> Work;
    for (const CardAssessment &A : C.Cards)
      for (const ItemEstimate &I : A.Estimate.Items)
        Work.push_back({&A, &I});
    Table("Work",
          {{"card", 18},
           {"work", 60},
           {"amount", 9},
           {"unit", 14},
           {"from", 7},
           {"low", 9},
           {"expected", 9},
           {"high", 9}},
          Work, [](Sheet &S, const auto &Row) {
            const auto &[A, I] = Row;
            const ItemInfo &About = allItems()[size_t(I->Kind)];
            (S << A->On.id() << About.Title).estimate(I->Count)
                << About.Unit << milestoneName(About.From) << I->Days;
          });
  }
  Table("Questions",
        {{"verdict", 12}, {"rule", 18}, {"name", 34}, {"places", 8}, {"files", 8}, {"first file", 44}, {"line", 8}, {"message", 90}},
        M.Left, [&](Sheet &S, const PersonGroup &G) {
          const Finding &First = M.Findings[G.Findings.front()];
          S << verdictName(G.Verdict) << G.Rule << G.Name << G.Findings.size() << G.Files << First.At.File << First.At.Line
            << G.Message;
        });
  Table("Files",
        {{"file", 60}, {"left", 8}, {"places", 8}, {"lines with CUDA", 16}, {"lines", 8}, {"state", 18}, {"reason", 60}},
        M.Files, [](Sheet &S, const FileSummary &F) {
          S << F.Status.Path << F.Verdicts.forPerson() << F.Verdicts.total() << F.CudaLines << F.Status.Lines
            << fileStateName(F.Status.State)
            << (F.Status.Reason.empty() && !F.Status.FirstErrors.empty() ? F.Status.FirstErrors.front().Text : F.Status.Reason);
        });
  Table("Names", {{"name", 44}, {"HIP name", 44}, {"library", 28}, {"verdict", 12}, {"places", 8}, {"files", 8}}, M.Apis,
        [](Sheet &S, const ApiSummary &A) {
          S << A.Name << A.Replacement << A.Library << verdictName(A.Verdict) << A.Count << A.Files;
        });
  Table("Places",
        {{"file", 50}, {"line", 8}, {"column", 8}, {"verdict", 12}, {"confidence", 12}, {"rule", 18}, {"name", 34}, {"HIP name", 34},
         {"message", 90}, {"ignored", 20}},
        M.Findings, [](Sheet &S, const Finding &F) {
          S << F.At.File << F.At.Line << F.At.Column << verdictName(F.Verdict) << confidenceName(F.Confidence) << F.Rule
            << F.Name << F.Replacement << F.Message << F.Ignored;
        });
}

} // namespace

Expected<std::string> writeXlsx(const ReportModel &Model) {
  SmallString<128> Path;
  if (std::error_code Code = sys::fs::createTemporaryFile("cuport", "xlsx", Path))
    return createStringError(Code, "no temporary file for the workbook: " + Code.message());
  FileRemover Remove(Path);
  // Rows are written out as they come, in files of the same folder.
  std::string Folder = sys::path::parent_path(Path).str();
  lxw_workbook_options Options = {};
  Options.constant_memory = LXW_TRUE;
  Options.tmpdir = Folder.data();
  lxw_workbook *Book = workbook_new_opt(Path.c_str(), &Options);
  if (!Book)
    return createStringError("libxlsxwriter could not start a workbook");
  // A date of its own would make each run's bytes differ.
  lxw_doc_properties Properties = {};
  Properties.created = 1;
  workbook_set_properties(Book, &Properties);
  fill(Model, Book);
  if (lxw_error Error = workbook_close(Book))
    return createStringError(std::string("the workbook could not be written: ") + lxw_strerror(Error));
  auto Bytes = MemoryBuffer::getFile(Path, /*IsText=*/false, /*RequiresNullTerminator=*/false);
  if (!Bytes)
    return createStringError(Bytes.getError(), "the workbook could not be read again: " + Bytes.getError().message());
  return (*Bytes)->getBuffer().str();
}

} // namespace cuport
