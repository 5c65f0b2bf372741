// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The account of a run: what was seen, how sure that is, what is left for a person, and what could
// not be read.
//
//   Finding[] + FileStatus[]  --buildReport-->  ReportModel  -->  JsonWriter, TextWriter, HtmlWriter ...
//                                               + CardsReport, where cards were asked for
//
// A place is a finding. Every list of the model is sorted and every count can be made again from
// Findings and Files, so two writers never disagree.

#ifndef CUPORT_REPORT_REPORTMODEL_H
#define CUPORT_REPORT_REPORTMODEL_H

#include "Basic/Finding.h"
#include "Basic/Version.h"
#include "Effort/Assessment.h"
#include "Report/CallTrace.h"

#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace cuport {

/// How far a file was understood; in order of falling success.
enum class FileState {
  Parsed,           ///< in a translation unit that was parsed, without an error in this file
  ParsedWithErrors, ///< parsed, but around the errors names are found lexically
  NotParsed,        ///< names found lexically only, or nothing was read; Reason says why
};

/// "parsed", "parsed-with-errors", "not-parsed".
llvm::StringRef fileStateName(FileState S);

/// An error that clang or cuport met in a file. Line 0: the whole file.
struct FileError {
  unsigned Line = 0;
  std::string Text;

  bool operator==(const FileError &) const = default;
};

/// Lines of a file that follow each other, for people who read the report without the source.
struct Excerpt {
  unsigned FirstLine = 0;
  std::string Text; ///< lines apart by newlines, each cut where it is very long
};

/// What is known of a file that cuport looked at, whether it holds CUDA or not.
struct FileStatus {
  std::string Path; ///< as in Place::File
  unsigned Lines = 0;
  FileState State = FileState::Parsed;
  std::string Reason;                 ///< for NotParsed: why
  std::vector<FileError> FirstErrors; ///< as many as are worth showing
  unsigned ErrorCount = 0;            ///< all of them
  std::string Hash;                   ///< of its bytes; empty where they could not be read
  std::vector<Excerpt> Excerpts;      ///< by line; the lines around places left for a person, up to a limit
};

/// Fingerprints of all that a report rests on, as hexadecimal digits: equal ones mean equal reports.
struct ReportHashes {
  std::string Program;   ///< cuport itself, its rules and what is built into it
  std::string
      Rules; ///< what decides findings, but for the API rows; a program built anew has the same
  std::string Knowledge; ///< the API rows, the user's too
  std::string Targets;   ///< the cards that were asked for
  std::string Input;     ///< names and bytes of all files
};

/// What becomes of the project on each card, and what that costs.
struct CardsReport {
  cuport::Survey Survey; ///< of the findings of the model that has this
  cuport::Parameters Parameters;
  EffortOptions Options;
  std::vector<CardAssessment> Cards;
};

/// What is said of a rule to people.
struct RuleText {
  std::string Id;
  std::string Summary; ///< one line
  std::string Page;    ///< Markdown, docs/rules/ID.md
};

struct ReportInput {
  std::string Subject;           ///< what the report is about, in a word or two
  std::vector<Finding> Findings; ///< in any order, one for each place
  std::vector<FileStatus> Files; ///< in any order; one file may come from several translation units
  std::string ToolVersion;       ///< "0.1.0"
  ReportHashes Hashes;           ///< without Input, which the files tell
  Version Hip;                      ///< the HIP version translated to
  std::vector<RuleText> RuleTexts;
  std::map<std::string, std::string> Libraries; ///< CUDA name or header to the title of the library it belongs to
};

struct VerdictCounts {
  std::array<size_t, std::size(AllVerdicts)> Of = {};

  size_t &operator[](Verdict V) { return Of[static_cast<size_t>(V)]; }
  size_t operator[](Verdict V) const { return Of[static_cast<size_t>(V)]; }
  size_t total() const;
  size_t forPerson() const; ///< those that needsPerson()
};

inline constexpr Confidence AllConfidences[] = {Confidence::Resolved, Confidence::Inactive,
                                                Confidence::Unresolved, Confidence::Unparsed};

struct ConfidenceCounts {
  std::array<size_t, std::size(AllConfidences)> Of = {};

  size_t &operator[](Confidence C) { return Of[static_cast<size_t>(C)]; }
  size_t operator[](Confidence C) const { return Of[static_cast<size_t>(C)]; }
  size_t resolved() const { return (*this)[Confidence::Resolved]; }
  size_t lexical() const; ///< all but resolved
};

/// A CUDA name with one verdict. A name that gets several verdicts has a row for each.
struct ApiSummary {
  std::string Name;
  std::string Replacement;
  std::string Library; ///< title; empty where it is not known
  cuport::Verdict Verdict;
  size_t Count = 0;
  size_t Files = 0;
};

struct RuleSummary {
  std::string Rule;
  std::string Summary, Page; ///< as in RuleText; empty where the input has none
  VerdictCounts Verdicts;
};

/// A file with what was found in it; the status of its translation units joined, the worst first.
struct FileSummary {
  FileStatus Status;
  size_t CudaLines = 0; ///< lines on which a finding stands
  VerdictCounts Verdicts;
  ConfidenceCounts Confidences;
};

/// Places that ask a person the same question: the same rule, name and verdict.
struct PersonGroup {
  std::string Rule;
  std::string Name; ///< may be empty
  cuport::Verdict Verdict;
  std::string Message;          ///< of the first place; others may differ in detail
  std::vector<size_t> Findings; ///< indices into ReportModel::Findings, in order of place
  size_t Files = 0;
};

/// What has changed since an earlier report; Report/Trend.h makes it.
struct Trend {
  struct Gone {
    std::string File;
    unsigned Line = 0; ///< then
    std::string Rule, Name;
  };
  /// A report before the earlier one, as the earlier one's own trend tells.
  struct Point {
    std::string Version;
    size_t Left = 0;        ///< places for a person
    bool SameRules = false; ///< as SameRules below, of the report after it
  };
  struct CardDays {
    size_t Card = 0; ///< into CardsReport::Cards
    Range Then;      ///< of the milestone of this report
  };
  std::string Version;    ///< cuport's, then
  bool SameRules = false; ///< the same rules, API rows and HIP: nothing is seen otherwise
  bool SameModel = false; ///< days can be compared
  size_t Then = 0, Remaining = 0;        ///< places for a person
  std::vector<Gone> Fixed, GoneByRules;
  std::vector<size_t> New, NewByRules;   ///< into ReportModel::Findings
  std::vector<CardDays> Days;
  std::vector<Point> History; ///< oldest first
};

/// A function of the host API in runs that were traced.
struct TracedCall {
  std::string Name;
  CallCounts Counts;
  size_t Places = 0;                      ///< in the source; 0: called by headers or libraries only
  std::optional<cuport::Verdict> Verdict; ///< the costliest of the places; none without places
};

struct TraceSummary {
  std::vector<TracedCall> Calls;                         ///< by name; what is named and was not called, too
  std::vector<std::pair<std::string, uint64_t>> Kernels; ///< launches, by name
};

struct ReportModel {
  ReportModel() = default;
  // Moved only: what is said of cards points into Findings.
  ReportModel(ReportModel &&) = default;
  ReportModel &operator=(ReportModel &&) = default;

  std::string Subject;
  std::string ToolVersion;
  ReportHashes Hashes;
  Version Hip;

  std::vector<Finding> Findings; ///< by file, offset, rule
  std::optional<CardsReport> OnCards; ///< points into Findings
  std::optional<Trend> Since;         ///< an earlier report

  VerdictCounts Verdicts;
  ConfidenceCounts Confidences;
  size_t Ignored = 0; ///< places that comments say to leave
  size_t FilesWithPlaces = 0;
  size_t FilesLeft = 0;               ///< with something for a person
  std::array<size_t, 3> FilesIn = {}; ///< by FileState
  size_t Lines = 0, CudaLines = 0;    ///< of all files

  std::vector<ApiSummary>
      Apis; ///< by name, verdict, replacement; findings without a name have no row
  std::vector<RuleSummary> Rules; ///< by id
  std::vector<FileSummary>
      Files;                     ///< by path; every file of the input and every file with a finding
  std::vector<PersonGroup> Left; ///< costliest verdict first, then most places, then rule and name
  std::optional<TraceSummary> Trace; ///< where a trace was given
};

/// Pure. A finding in a file without a status makes that file NotParsed: nothing is known of how it
/// was read.
ReportModel buildReport(ReportInput Input);

} // namespace cuport

#endif
