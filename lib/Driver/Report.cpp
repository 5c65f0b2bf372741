// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Driver/Report.h"

#include "Rewrite/ApplyEdits.h"

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

llvm::Expected<ReportModel> cuport::report(const ScanOptions &Options, const ApiTable &Apis,
                                           llvm::StringRef ToolVersion) {
  auto Scanned = scan(Options, Apis);
  if (!Scanned)
    return Scanned.takeError();
  ReportInput Input;
  Input.ToolVersion = ToolVersion.str();
  Input.KnowledgeFingerprint = Apis.fingerprint();
  Input.Hip = Options.Rules.Hip;
  for (ScannedFile &F : Scanned->Files) {
    Input.Files.push_back(statusOf(F, F.Lines));
    // What a translation would drop for a conflict counts here as it would there.
    if (F.Source)
      resolveEdits(F.Source->text(), F.Findings);
    Input.Findings.insert(Input.Findings.end(), F.Findings.begin(), F.Findings.end());
  }
  return buildReport(std::move(Input));
}
