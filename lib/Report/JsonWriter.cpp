// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Report/JsonWriter.h"

#include "Report/JsonFields.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/JSON.h"

using namespace llvm;

namespace cuport {
namespace {

void writeVerdicts(const VerdictCounts &Counts, json::OStream &J) {
  J.attributeObject("verdicts", [&] {
    for (Verdict V : AllVerdicts)
      J.attribute(verdictName(V), Counts[V]);
  });
}

void writeConfidences(const ConfidenceCounts &Counts, json::OStream &J) {
  J.attributeObject("confidences", [&] {
    for (Confidence C : AllConfidences)
      J.attribute(confidenceName(C), Counts[C]);
  });
}

class Writer : JsonFields {
public:
  explicit Writer(json::OStream &J) : JsonFields(J) {}

  void report(const ReportModel &M) {
    J.object([&] {
      J.attribute("schema", ReportSchema);
      origin(M);
      J.attributeBegin("summary");
      writeSummaryJson(M, J);
      J.attributeEnd();
      list("left", M.Left, [&](const PersonGroup &G) { group(G, M); });
      list("apis", M.Apis, [&](const ApiSummary &A) { api(A); });
      list("rules", M.Rules, [&](const RuleSummary &R) {
        text("rule", R.Rule);
        text("summary", R.Summary);
        verdicts(R.Verdicts);
      });
      list("files", M.Files, [&](const FileSummary &F) { file(F); });
      list("findings", M.Findings, [&](const Finding &F) { finding(F); });
      if (M.OnCards)
        writeCards(*M.OnCards, J);
      trendAndTrace(M);
    });
    J.flush();
  }

  void trendAndTrace(const ReportModel &M) {
    if (M.Since)
      J.attributeObject("trend", [&] { trend(*M.Since, M); });
    if (M.Trace)
      J.attributeObject("trace", [&] { trace(*M.Trace); });
  }

private:
  void path(StringRef Path) {
    text("file", Path);
    if (!json::isUTF8(Path))
      J.attribute("file_bytes", toHex(Path, /*LowerCase=*/true));
  }

  void verdicts(const VerdictCounts &Counts) { writeVerdicts(Counts, J); }
  void confidences(const ConfidenceCounts &Counts) { writeConfidences(Counts, J); }

  void group(const PersonGroup &G, const ReportModel &M) {
    text("rule", G.Rule);
    text("name", G.Name);
    J.attribute("verdict", verdictName(G.Verdict));
    text("message", G.Message);
    J.attribute("count", G.Findings.size());
    J.attribute("files", G.Files);
    indices("findings", G.Findings);
  }

  void api(const ApiSummary &A) {
    text("name", A.Name);
    text("replacement", A.Replacement);
    text("library", A.Library);
    J.attribute("verdict", verdictName(A.Verdict));
    J.attribute("count", A.Count);
    J.attribute("files", A.Files);
  }

  void file(const FileSummary &F) {
    path(F.Status.Path);
    J.attribute("state", fileStateName(F.Status.State));
    text("reason", F.Status.Reason);
    J.attribute("lines", F.Status.Lines);
    J.attribute("lines_with_places", F.CudaLines);
    verdicts(F.Verdicts);
    confidences(F.Confidences);
    text("hash", F.Status.Hash);
    J.attribute("error_count", F.Status.ErrorCount);
    list("first_errors", F.Status.FirstErrors, [&](const FileError &E) {
      J.attribute("line", E.Line);
      text("text", E.Text);
    });
    list("source", F.Status.Excerpts, [&](const Excerpt &E) {
      J.attribute("line", E.FirstLine);
      text("text", E.Text);
    });
  }

  void gone(StringRef Key, const std::vector<Trend::Gone> &Places) {
    list(Key, Places, [&](const Trend::Gone &G) {
      path(G.File);
      J.attribute("line", G.Line);
      text("rule", G.Rule);
      text("name", G.Name);
    });
  }

  void trend(const Trend &T, const ReportModel &M) {
    text("version", T.Version);
    J.attribute("same_rules", T.SameRules);
    J.attribute("same_model", T.SameModel);
    J.attribute("then", T.Then);
    J.attribute("remaining", T.Remaining);
    gone("fixed", T.Fixed);
    indices("new", T.New);
    gone("gone_by_rules", T.GoneByRules);
    indices("new_by_rules", T.NewByRules);
    list("cards", T.Days, [&](const Trend::CardDays &D) { writeDaysThen(*M.OnCards, D, J); });
    list("history", T.History, [&](const Trend::Point &P) {
      text("version", P.Version);
      J.attribute("left", P.Left);
      J.attribute("same_rules", P.SameRules);
    });
  }

  void trace(const TraceSummary &T) {
    list("calls", T.Calls, [&](const TracedCall &C) {
      text("name", C.Name);
      J.attribute("calls", C.Counts.Calls);
      J.attribute("failed", C.Counts.Failed);
      J.attribute("unsupported", C.Counts.Unsupported);
      J.attribute("places", C.Places);
      if (C.Verdict)
        J.attribute("verdict", verdictName(*C.Verdict));
    });
    list("kernels", T.Kernels, [&](const std::pair<std::string, uint64_t> &K) {
      text("name", K.first);
      J.attribute("launches", K.second);
    });
  }

  void finding(const Finding &F) {
    text("rule", F.Rule);
    path(F.At.File);
    J.attribute("line", F.At.Line);
    J.attribute("column", F.At.Column);
    J.attribute("offset", F.At.Offset);
    J.attribute("length", F.At.Length);
    J.attribute("verdict", verdictName(F.Verdict));
    J.attribute("confidence", confidenceName(F.Confidence));
    text("name", F.Name);
    text("replacement", F.Replacement);
    text("message", F.Message);
    text("ignored", F.Ignored);
    text("fingerprint", F.Fingerprint);
    list("edits", F.Edits, [&](const Edit &E) {
      J.attribute("offset", E.Offset);
      J.attribute("length", E.Length);
      text("text", E.Text);
    });
    needs(F.Needs);
  }
};

} // namespace

void writeSummaryJson(const ReportModel &M, json::OStream &J) {
  J.object([&] {
    J.attribute("places", M.Verdicts.total());
    J.attribute("left", M.Verdicts.forPerson());
    J.attribute("ignored", M.Ignored);
    writeVerdicts(M.Verdicts, J);
    J.attribute("resolved", M.Confidences.resolved());
    J.attribute("lexical", M.Confidences.lexical());
    writeConfidences(M.Confidences, J);
    J.attributeObject("files", [&] {
      J.attribute("seen", M.Files.size());
      J.attribute("with_places", M.FilesWithPlaces);
      J.attribute("with_places_left", M.FilesLeft);
      for (FileState S : {FileState::Parsed, FileState::ParsedWithErrors, FileState::NotParsed})
        J.attribute(fileStateName(S), M.FilesIn[static_cast<size_t>(S)]);
    });
    J.attributeObject("lines", [&] {
      J.attribute("seen", M.Lines);
      J.attribute("with_places", M.CudaLines);
    });
  });
}

void writeTrendAndTrace(const ReportModel &M, json::OStream &J) { Writer(J).trendAndTrace(M); }

void writeJson(const ReportModel &Model, raw_ostream &Out) {
  json::OStream J(Out, /*IndentSize=*/1);
  Writer(J).report(Model);
  Out << '\n';
}

} // namespace cuport
