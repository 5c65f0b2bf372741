// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Markdown.h"
#include "Output.h"
#include "Verbs.h"

#include "llvm/ADT/STLExtras.h"

using namespace cuport;
using namespace cuport::gen;
using llvm::StringRef;

static constexpr std::pair<ApiKind, StringRef> Sections[] = {
    {ApiKind::Function, "Functions"},   {ApiKind::DeviceFunction, "Device functions"},
    {ApiKind::Type, "Types"},           {ApiKind::Enumerator, "Enumerators"},
    {ApiKind::Macro, "Macros"},         {ApiKind::Variable, "Variables"},
    {ApiKind::Keyword, "Keywords"},     {ApiKind::Include, "Headers"},
    {ApiKind::Namespace, "Namespaces"},
};

static constexpr StringRef Origin =
    "<!-- Written by cuport-gen docs. Edit lib/Knowledge/data/api instead. -->\n\n";

static std::string version(Version V) { return V.isKnown() ? toString(V) : ""; }

/// "since 5.2, removed 6.0" of the HIP side.
static std::string hipVersions(const RawRow &Row) {
  std::string Text = version(Row.HipSince);
  if (Row.HipDeprecated.isKnown())
    Text += (Text.empty() ? "" : ", ") + ("deprecated " + toString(Row.HipDeprecated));
  if (Row.HipRemoved.isKnown())
    Text += (Text.empty() ? "" : ", ") + ("removed " + toString(Row.HipRemoved));
  return Text;
}

static std::string remarks(const RawRow &Row) {
  std::string Text = cell(Row.Reason);
  auto Add = [&](const std::string &More) { Text += (Text.empty() ? "" : " ") + More; };
  if (!Row.Note.empty())
    Add(cell(Row.Note));
  if (!Row.Roc.empty())
    Add("Also " + code(Row.Roc) + ".");
  for (const RawForm &Form : Row.Forms)
    Add("With " + std::to_string(Form.Arguments) + (Form.Arguments == 1 ? " argument: " : " arguments: ") +
        (Form.Hip.empty() ? verdictName(Form.Verdict).str() : code(Form.Hip)) +
        (Form.Note.empty() ? "." : ": " + cell(Form.Note)));
  for (const RawCondition &C : Row.Conditions) {
    llvm::SmallVector<StringRef> Values(C.Values.begin(), C.Values.end());
    std::string If = conditionText({C.Argument, C.Index, C.What, C.Verdict, C.HipSince, Values, C.Note, C.Source});
    Add("Where " + cell(If) + (C.HipSince.isKnown() ? ", before HIP " + toString(C.HipSince) : "") + ": " +
        verdictName(C.Verdict).str() + ", " + cell(C.Note) + " (" + cell(C.Source) + ").");
  }
  return Text;
}

static void writeRows(std::string &Page, llvm::ArrayRef<const RawRow *> Rows, StringRef Title) {
  Page += ("\n## " + Title + "\n\n").str() + tableHead({"CUDA", "HIP", "verdict", "CUDA since", "deprecated", "removed",
                                                       "HIP since", "remarks"});
  for (const RawRow *Row : Rows) {
    const std::string Cells[] = {code(Row->Cuda),
                                 code(Row->Hip),
                                 verdictName(Row->Verdict).str(),
                                 version(Row->CudaSince),
                                 version(Row->CudaDeprecated),
                                 version(Row->CudaRemoved),
                                 hipVersions(*Row),
                                 remarks(*Row)};
    Page += tableLine(Cells);
  }
}

static std::string libraryPage(const RawLibrary &Library) {
  std::string Page = "# " + Library.Title + "\n\n" + Origin.str();
  if (!Library.Header.empty())
    Page += "CUDA header `" + Library.Header + "`. ";
  Page += Library.HipHeader.empty() ? "HIP has no header for it.\n"
                                    : "HIP header `" + Library.HipHeader + "`.\n";
  for (auto [Kind, Title] : Sections) {
    std::vector<const RawRow *> Rows;
    for (const RawRow &Row : Library.Rows)
      if (Row.Kind == Kind)
        Rows.push_back(&Row);
    llvm::sort(Rows, [](const RawRow *A, const RawRow *B) { return A->Cuda < B->Cuda; });
    if (!Rows.empty())
      writeRows(Page, Rows, Title);
  }
  return Page;
}

static std::string indexPage(llvm::ArrayRef<const RawLibrary *> Libraries) {
  std::string Page = "# The APIs that cuport knows\n\n" + Origin.str() +
                     "What the verdicts mean for HIP: see [the format of API "
                     "rows](../KnowledgeFormat.md).\n\n| library | names |";
  std::string Rule = "|---|--:|";
  for (Verdict V : AllVerdicts) {
    Page += (" " + verdictName(V) + " |").str();
    Rule += "--:|";
  }
  Page += "\n" + Rule + "\n";
  size_t Totals[std::size(AllVerdicts)] = {}, Total = 0;
  auto Line = [&](const std::string &First, size_t Names, llvm::ArrayRef<size_t> Counts) {
    Page += "| " + First + " | " + std::to_string(Names) + " |";
    for (size_t Count : Counts)
      Page += " " + std::to_string(Count) + " |";
    Page += "\n";
  };
  for (const RawLibrary *Library : Libraries) {
    size_t Counts[std::size(AllVerdicts)] = {};
    for (const RawRow &Row : Library->Rows) {
      ++Counts[size_t(Row.Verdict)];
      ++Totals[size_t(Row.Verdict)];
    }
    Total += Library->Rows.size();
    Line("[" + cell(Library->Title) + "](" + Library->Id + ".md)", Library->Rows.size(), Counts);
  }
  Line("all", Total, Totals);
  return Page;
}

llvm::Error gen::writeDocs(llvm::ArrayRef<RawLibrary> Libraries, StringRef Folder) {
  std::vector<const RawLibrary *> Sorted;
  for (const RawLibrary &Library : Libraries)
    Sorted.push_back(&Library);
  llvm::sort(Sorted, [](const RawLibrary *A, const RawLibrary *B) { return A->Id < B->Id; });
  for (const RawLibrary *Library : Sorted)
    if (llvm::Error E =
            writeIfChanged((Folder + "/" + Library->Id + ".md").str(), libraryPage(*Library)))
      return E;
  return writeIfChanged((Folder + "/README.md").str(), indexPage(Sorted));
}
