// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Report/ReportModel.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/xxhash.h"

#include <map>
#include <numeric>
#include <set>

using namespace llvm;

namespace cuport {

StringRef fileStateName(FileState S) {
  switch (S) {
  case FileState::Parsed:
    return "parsed";
  case FileState::ParsedWithErrors:
    return "parsed-with-errors";
  case FileState::NotParsed:
    return "not-parsed";
  }
  llvm_unreachable("not a FileState");
}

size_t VerdictCounts::total() const { return std::accumulate(Of.begin(), Of.end(), size_t(0)); }

size_t VerdictCounts::forPerson() const {
  size_t Sum = 0;
  for (Verdict V : AllVerdicts)
    Sum += needsPerson(V) ? (*this)[V] : 0;
  return Sum;
}

size_t ConfidenceCounts::lexical() const {
  return std::accumulate(Of.begin(), Of.end(), size_t(0)) - resolved();
}

namespace {

/// One file seen by two translation units: the worse state, and the errors of both.
void join(FileStatus &Into, const FileStatus &Other) {
  Into.Lines = std::max(Into.Lines, Other.Lines);
  if (Into.Hash.empty())
    Into.Hash = Other.Hash;
  if (Into.Excerpts.empty())
    Into.Excerpts = Other.Excerpts;
  if (Other.State > Into.State) {
    Into.State = Other.State;
    Into.Reason = Other.Reason;
  } else if (Other.State == Into.State && !Other.Reason.empty()) {
    if (Into.Reason.empty() || Other.Reason < Into.Reason)
      Into.Reason = Other.Reason;
  }
  // A header's error shows again in each unit that includes it: what both show counts once.
  unsigned Both = 0;
  for (const FileError &E : Other.FirstErrors) {
    if (is_contained(Into.FirstErrors, E))
      ++Both;
    else
      Into.FirstErrors.push_back(E);
  }
  Into.ErrorCount += Other.ErrorCount - std::min(Both, Other.ErrorCount);
}

std::map<std::string, FileSummary> joinStatuses(std::vector<FileStatus> Statuses) {
  std::map<std::string, FileSummary> Files;
  for (FileStatus &S : Statuses) {
    auto [It, New] = Files.try_emplace(S.Path);
    if (New)
      It->second.Status = std::move(S);
    else
      join(It->second.Status, S);
  }
  for (auto &[Path, File] : Files)
    sort(File.Status.FirstErrors, [](const FileError &A, const FileError &B) {
      return std::tie(A.Line, A.Text) < std::tie(B.Line, B.Text);
    });
  return Files;
}

/// Fills Files and what is summed from it.
void summarizeFiles(ReportModel &Model, std::vector<FileStatus> Statuses) {
  std::map<std::string, FileSummary> Files = joinStatuses(std::move(Statuses));
  std::map<std::string, std::set<unsigned>> CudaLines;
  for (const Finding &F : Model.Findings) {
    auto [It, New] = Files.try_emplace(F.At.File);
    FileSummary &File = It->second;
    if (New) {
      File.Status.Path = F.At.File;
      File.Status.State = FileState::NotParsed;
      File.Status.Reason = "it is not known how this file was read";
    }
    ++File.Verdicts[F.Verdict];
    ++File.Confidences[F.Confidence];
    if (F.At.Line != 0)
      CudaLines[F.At.File].insert(F.At.Line);
  }
  for (auto &[Path, File] : Files) {
    if (auto Lines = CudaLines.find(Path); Lines != CudaLines.end())
      File.CudaLines = Lines->second.size();
    Model.Lines += File.Status.Lines;
    Model.CudaLines += File.CudaLines;
    Model.FilesWithPlaces += File.Verdicts.total() != 0;
    Model.FilesLeft += File.Verdicts.forPerson() != 0;
    ++Model.FilesIn[static_cast<size_t>(File.Status.State)];
    Model.Files.push_back(std::move(File));
  }
}

std::vector<ApiSummary> summarizeApis(ArrayRef<Finding> Findings, const std::map<std::string, std::string> &Libraries) {
  using Key = std::tuple<StringRef, Verdict, StringRef>;
  std::map<Key, std::pair<size_t, std::set<StringRef>>> Rows;
  for (const Finding &F : Findings) {
    if (F.Name.empty())
      continue;
    auto &[Count, Files] = Rows[{F.Name, F.Verdict, F.Replacement}];
    ++Count;
    Files.insert(F.At.File);
  }
  std::vector<ApiSummary> Result;
  for (const auto &[Key, Row] : Rows) {
    std::string Name = std::get<0>(Key).str();
    auto Library = Libraries.find(Name);
    Result.push_back({Name, std::get<2>(Key).str(), Library == Libraries.end() ? "" : Library->second,
                      std::get<1>(Key), Row.first, Row.second.size()});
  }
  return Result;
}

std::vector<PersonGroup> groupLeft(ArrayRef<Finding> Findings) {
  std::map<std::tuple<StringRef, StringRef, Verdict>, PersonGroup> Groups;
  for (size_t I = 0; I < Findings.size(); ++I) {
    const Finding &F = Findings[I];
    if (!needsPerson(F.Verdict))
      continue;
    auto [It, New] = Groups.try_emplace({F.Rule, F.Name, F.Verdict});
    PersonGroup &Group = It->second;
    if (New)
      Group = {F.Rule, F.Name, F.Verdict, F.Message, {}, 0};
    // Findings are sorted, so a file's stand together.
    Group.Files += Group.Findings.empty() || Findings[Group.Findings.back()].At.File != F.At.File;
    Group.Findings.push_back(I);
  }
  std::vector<PersonGroup> Result;
  for (auto &[Key, Group] : Groups)
    Result.push_back(std::move(Group));
  sort(Result, [](const PersonGroup &A, const PersonGroup &B) {
    if (A.Verdict != B.Verdict)
      return A.Verdict > B.Verdict;
    if (A.Findings.size() != B.Findings.size())
      return A.Findings.size() > B.Findings.size();
    return std::tie(A.Rule, A.Name) < std::tie(B.Rule, B.Name);
  });
  return Result;
}

} // namespace

ReportModel buildReport(ReportInput Input) {
  ReportModel Model;
  Model.Subject = std::move(Input.Subject);
  Model.ToolVersion = std::move(Input.ToolVersion);
  Model.Hashes = std::move(Input.Hashes);
  Model.Hip = Input.Hip;
  Model.Findings = std::move(Input.Findings);
  sort(Model.Findings, [](const Finding &A, const Finding &B) {
    if (A < B || B < A)
      return A < B;
    return std::tie(A.Name, A.Replacement, A.Verdict, A.Confidence, A.At.Length) <
           std::tie(B.Name, B.Replacement, B.Verdict, B.Confidence, B.At.Length);
  });
  std::map<std::string, VerdictCounts> Rules;
  for (const Finding &F : Model.Findings) {
    ++Model.Verdicts[F.Verdict];
    ++Model.Confidences[F.Confidence];
    ++Rules[F.Rule][F.Verdict];
    Model.Ignored += !F.Ignored.empty();
  }
  for (const auto &[Rule, Verdicts] : Rules) {
    auto Text = llvm::find_if(Input.RuleTexts, [&](const RuleText &T) { return T.Id == Rule; });
    if (Text == Input.RuleTexts.end())
      Model.Rules.push_back({Rule, "", "", Verdicts});
    else
      Model.Rules.push_back({Rule, Text->Summary, Text->Page, Verdicts});
  }
  summarizeFiles(Model, std::move(Input.Files));
  std::string Names;
  for (const FileSummary &F : Model.Files)
    Names += F.Status.Path + '\0' + F.Status.Hash + '\0';
  Model.Hashes.Input = utohexstr(xxh3_64bits(Names), /*LowerCase=*/true, /*Width=*/16);
  Model.Apis = summarizeApis(Model.Findings, Input.Libraries);
  Model.Left = groupLeft(Model.Findings);
  return Model;
}

} // namespace cuport
