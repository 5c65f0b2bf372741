// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Driver/Report.h"

#include "Rewrite/ApplyEdits.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/xxhash.h"

using namespace cuport;

static constexpr size_t ErrorsShown = 3;

static FileStatus statusOf(const ScannedFile &F, unsigned Lines) {
  FileStatus S;
  S.Path = F.Input.Path;
  S.Lines = Lines;
  S.ErrorCount = F.Errors.size();
  for (const ParseError &E : F.Errors)
    if (S.FirstErrors.size() < ErrorsShown)
      S.FirstErrors.push_back({E.Line, E.Text});
  if (!F.Failure.empty() || (F.HasCuda && F.Units == 0)) {
    S.State = FileState::NotParsed;
    S.Reason = F.Failure.empty() ? "no translation unit includes it" : F.Failure;
  } else if (!F.Errors.empty()) {
    S.State = FileState::ParsedWithErrors;
  }
  return S;
}

/// Of the rule, the file, the name and the line's code without its blanks: not of where in the file it stands.
static std::string fingerprintOf(const Finding &F, const SourceFile *Source) {
  std::string Key = F.Rule + '\0' + F.At.File + '\0' + F.Name + '\0';
  if (Source && F.At.Line > 0 && F.At.Line <= Source->lineCount()) {
    llvm::StringRef Rest = Source->text().drop_front(Source->lineStart(F.At.Line));
    for (char C : Rest.take_until([](char Ch) { return Ch == '\n'; }))
      if (C != ' ' && C != '\t' && C != '\r')
        Key += C;
  }
  return llvm::utohexstr(llvm::xxh3_64bits(Key), /*LowerCase=*/true, /*Width=*/16);
}

llvm::Expected<ReportModel> cuport::report(const ScanOptions &Options, const ApiTable &Apis,
                                           llvm::StringRef ToolVersion) {
  auto Scanned = scan(Options, Apis);
  if (!Scanned)
    return Scanned.takeError();
  ReportInput Input;
  Input.ToolVersion = ToolVersion.str();
  Input.KnowledgeFingerprint = Apis.fingerprint();
  Input.Hip = Options.Rules.Hip;
  for (const RuleInfo &R : allRules())
    Input.RuleTexts.emplace_back(R.Id.str(), R.Summary.str());
  for (ScannedFile &F : Scanned->Files) {
    Input.Files.push_back(statusOf(F, F.Lines));
    // What a translation would drop for a conflict counts here as it would there.
    if (F.Source)
      resolveEdits(F.Source->text(), F.Findings);
    for (Finding &Found : F.Findings)
      if (needsPerson(Found.Verdict) || !Found.Ignored.empty())
        Found.Fingerprint = fingerprintOf(Found, F.Source.get());
    Input.Findings.insert(Input.Findings.end(), F.Findings.begin(), F.Findings.end());
  }
  return buildReport(std::move(Input));
}
