// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Report/TextWriter.h"

#include "Report/PrintableText.h"
#include "Report/Trend.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLExtras.h"

#include <fmt/format.h>

using namespace llvm;

namespace cuport {
namespace {

std::string count(size_t N, StringRef One, StringRef Many) {
  return fmt::format("{} {}", N, std::string_view(N == 1 ? One : Many));
}

std::string places(size_t N) { return count(N, "place", "places"); }
std::string files(size_t N) { return count(N, "file", "files"); }

StringRef verdictInWords(Verdict V) {
  switch (V) {
  case Verdict::AsIs:
    return "as it is";
  case Verdict::Rename:
    return "renamed";
  case Verdict::Edit:
    return "edited";
  case Verdict::Review:
    return "to review";
  case Verdict::Redesign:
    return "to redesign";
  case Verdict::Unsupported:
    return "unsupported";
  case Verdict::Unknown:
    return "unknown to cuport";
  }
  llvm_unreachable("not a Verdict");
}

class TextWriter {
public:
  TextWriter(const ReportModel &Model, const TextOptions &Options) : M(Model), Options(Options) {}

  void summary() {
    if (M.Verdicts.total() == 0)
      paragraph(fmt::format("No place of CUDA in {}.", files(M.Files.size())));
    else
      found();
    unread();
    if (M.Since)
      paragraph(toWords(*M.Since));
  }

  void left() {
    if (M.Left.empty())
      return;
    heading("Left for a person");
    for (const PersonGroup &G : limited(M.Left)) {
      std::string Name = printable(G.Name.empty() ? G.Rule : G.Name);
      std::string Tail =
          fmt::format("  {} in {}  [{}]", places(G.Findings.size()), files(G.Files), G.Rule);
      std::string Head = fmt::format("  {:<12}", std::string_view(verdictName(G.Verdict)));
      Out += Head + bold(fitBegin(Name, room(Head.size() + columnsOf(Tail)))) + Tail + "\n";
      indented(14, printable(G.Message));
      for (size_t I : ArrayRef(G.Findings).take_front(Options.FirstPlaces))
        Out += std::string(14, ' ') + placeOf(M.Findings[I]) + "\n";
      if (G.Findings.size() > Options.FirstPlaces)
        indented(14, fmt::format("and {}", morePlaces(G.Findings.size() - Options.FirstPlaces)));
    }
    rest(M.Left.size(), "group", "groups");
  }

  void byApi() {
    if (M.Apis.empty())
      return;
    heading("By API");
    std::vector<const ApiSummary *> Apis;
    for (const ApiSummary &A : M.Apis)
      Apis.push_back(&A);
    sort(Apis, [](const ApiSummary *A, const ApiSummary *B) {
      return A->Count != B->Count ? A->Count > B->Count : A < B;
    });
    Out += "  places  files  verdict      name\n";
    for (const ApiSummary *A : limited(Apis)) {
      std::string Head = fmt::format("  {:>6}  {:>5}  {:<11}  ", A->Count, A->Files,
                                     std::string_view(verdictName(A->Verdict)));
      std::string Name = printable(A->Name);
      if (!A->Replacement.empty() && A->Replacement != A->Name)
        Name += " -> " + printable(A->Replacement);
      Out += Head + fitBegin(Name, room(Head.size())) + "\n";
    }
    rest(Apis.size(), "API", "APIs");
  }

  /// A line a card: ranges only, in whole days.
  void byCard() {
    if (!M.OnCards)
      return;
    heading("By card");
    Out += "  card            places for a person  unknown  grade  advice       days to M1     M2             M3\n";
    for (const CardAssessment &A : M.OnCards->Cards) {
      size_t Left = 0;
      for (Verdict V : AllVerdicts)
        Left += needsPerson(V) ? A.Places[size_t(V)] : 0;
      std::string Days;
      for (Milestone Goal : AllMilestones) {
        const Range &R = A.Estimate.Days[size_t(Goal)];
        Days += fmt::format("  {:<13}", fmt::format("{:.0f}-{:.0f}-{:.0f}", R.P10, R.P50, R.P90));
      }
      Out += StringRef(fmt::format("  {:<14}  {:>19}  {:>7}  {:<5}  {:<11}{}", A.On.id(), Left,
                                   A.Places[size_t(Verdict::Unknown)],
                                   fmt::format("{}{}", A.Letter, A.Difficulty),
                                   std::string_view(recommendationName(A.Recommendation)), Days))
                 .rtrim()
                 .str() +
             "\n";
    }
    paragraph("Person-days are 10-50-90: one case of ten needs less than the first number, one of ten more than the last. "
              "--format=json has what they are made of; docs/EffortModel.md what they are worth.");
  }

  void byRule() {
    if (M.Rules.empty())
      return;
    heading("By rule");
    Out += "  places  for a person  rule\n";
    for (const RuleSummary &R : M.Rules)
      Out += fmt::format("  {:>6}  {:>12}  {}\n", R.Verdicts.total(), R.Verdicts.forPerson(),
                         fitBegin(printable(R.Rule), room(24)));
  }

  void byFile() {
    std::vector<const FileSummary *> Files;
    for (const FileSummary &F : M.Files)
      if (F.Verdicts.total() != 0)
        Files.push_back(&F);
    if (Files.empty())
      return;
    heading("By file");
    sort(Files, [](const FileSummary *A, const FileSummary *B) {
      auto Key = [](const FileSummary *F) {
        return std::pair(F->Verdicts.forPerson(), F->Verdicts.total());
      };
      return Key(A) != Key(B) ? Key(A) > Key(B) : A < B;
    });
    Out += "  for a person  places  lexical  lines  file\n";
    for (const FileSummary *F : limited(Files))
      Out += fmt::format("  {:>12}  {:>6}  {:>7}  {:>5}  {}\n", F->Verdicts.forPerson(),
                         F->Verdicts.total(), F->Confidences.lexical(), F->CudaLines,
                         fitEnd(printable(F->Status.Path), room(40)));
    rest(Files.size(), "file", "files");
  }

  void notFullyParsed() {
    std::vector<const FileSummary *> Files;
    for (const FileSummary &F : M.Files)
      if (F.Status.State != FileState::Parsed)
        Files.push_back(&F);
    if (Files.empty())
      return;
    heading("Not fully parsed");
    sort(Files, [](const FileSummary *A, const FileSummary *B) {
      return A->Status.State != B->Status.State ? A->Status.State > B->Status.State : A < B;
    });
    for (const FileSummary *F : limited(Files))
      statusOf(F->Status);
    rest(Files.size(), "file", "files");
  }

  void traced() {
    if (!M.Trace)
      return;
    std::vector<const TracedCall *> Used;
    std::string Unused, Elsewhere, Unsupported;
    for (const TracedCall &C : M.Trace->Calls) {
      if (C.Counts.Calls && C.Places)
        Used.push_back(&C);
      else
        enumerate(C.Places ? Unused : Elsewhere, C.Name);
      if (C.Counts.Unsupported)
        enumerate(Unsupported, C.Name);
    }
    heading("In the traced run");
    // What a run needs and HIP has not as it is comes first.
    sort(Used, [](const TracedCall *A, const TracedCall *B) {
      auto Key = [](const TracedCall *C) { return std::pair(needsPerson(*C->Verdict), C->Counts.Calls); };
      return Key(A) != Key(B) ? Key(A) > Key(B) : A < B;
    });
    Out += "     calls  failed  places  verdict      name\n";
    for (const TracedCall *C : limited(Used))
      Out += fmt::format("  {:>8}  {:>6}  {:>6}  {:<11}  {}\n", C->Counts.Calls, C->Counts.Failed, C->Places,
                         std::string_view(verdictName(*C->Verdict)), printable(C->Name));
    rest(Used.size(), "function", "functions");
    for (const auto &[Name, Launches] : limited(M.Trace->Kernels))
      Out += fmt::format("  {:>8}  launches of {}\n", Launches, fitBegin(printable(Name), room(24)));
    rest(M.Trace->Kernels.size(), "kernel", "kernels");
    named("Named and not called: ", Unused);
    named("Called by headers or libraries only: ", Elsewhere);
    named("Not supported by the backend that ran: ", Unsupported);
  }

  std::string Out;

private:
  static void enumerate(std::string &List, const std::string &Name) { List += (List.empty() ? "" : ", ") + printable(Name); }

  void named(const char *What, const std::string &Names) {
    if (!Names.empty())
      paragraph(What + Names + ".");
  }

  void found() {
    std::string Kinds;
    for (Verdict V : AllVerdicts)
      if (M.Verdicts[V] != 0)
        Kinds += fmt::format("{}{} {}", Kinds.empty() ? "" : ", ", M.Verdicts[V],
                             std::string_view(verdictInWords(V)));
    paragraph(fmt::format("{} of CUDA in {}: {}.", places(M.Verdicts.total()),
                          files(M.FilesWithPlaces), Kinds));
    if (size_t Left = M.Verdicts.forPerson())
      paragraph(fmt::format("{} left for a person in {}.", places(Left), files(M.FilesLeft)), true);
    else
      paragraph("Nothing left for a person.");
    if (M.Ignored)
      paragraph(fmt::format("{} left as the user's comments say, with their reasons in --format=json.", places(M.Ignored)));
    if (size_t Lexical = M.Confidences.lexical())
      paragraph(fmt::format("{} found by spelling alone: {} in branches that are not compiled, {} "
                            "in templates or near "
                            "errors, {} in files that were not parsed.",
                            places(Lexical), M.Confidences[Confidence::Inactive],
                            M.Confidences[Confidence::Unresolved],
                            M.Confidences[Confidence::Unparsed]));
  }

  void unread() {
    size_t Errors = M.FilesIn[static_cast<size_t>(FileState::ParsedWithErrors)];
    size_t Not = M.FilesIn[static_cast<size_t>(FileState::NotParsed)];
    if (Errors != 0)
      paragraph(files(Errors) +
                " parsed with errors: around them names are found by spelling alone.");
    if (Not != 0)
      paragraph(files(Not) + " not parsed: there may be more to do than is counted here.", true);
  }

  void statusOf(const FileStatus &S) {
    std::string Tail = S.State == FileState::NotParsed
                           ? std::string("  not parsed")
                           : "  " + count(S.ErrorCount, "error", "errors");
    Out += "  " + bold(fitEnd(printable(S.Path), room(2 + Tail.size()))) + Tail + "\n";
    if (!S.Reason.empty())
      indented(4, printable(S.Reason));
    for (const FileError &E : ArrayRef(S.FirstErrors).take_front(Options.FirstPlaces))
      indented(4, (E.Line == 0 ? std::string() : fmt::format("line {}: ", E.Line)) +
                      printable(E.Text));
  }

  static size_t room(size_t Used) { return Used + 16 > TextColumns ? 16 : TextColumns - Used; }

  static std::string morePlaces(size_t N) { return count(N, "more place", "more places"); }

  std::string placeOf(const Finding &F) const {
    std::string Line =
        F.At.Line == 0 ? std::string() : fmt::format(":{}:{}", F.At.Line, F.At.Column);
    return fitEnd(printable(F.At.File), room(14 + Line.size())) + Line;
  }

  template <typename Row> ArrayRef<Row> limited(const std::vector<Row> &Items) const {
    ArrayRef<Row> All(Items);
    return Options.Rows == 0 ? All : All.take_front(Options.Rows);
  }

  /// The line that owns up to what limited() left out.
  void rest(size_t All, StringRef One, StringRef Many) {
    if (Options.Rows != 0 && All > Options.Rows)
      Out += fmt::format("  and {} more {}; the JSON report has all\n", All - Options.Rows,
                         std::string_view(All - Options.Rows == 1 ? One : Many));
  }

  std::string bold(std::string Text) const {
    return Options.Colour ? "\033[1m" + Text + "\033[0m" : Text;
  }

  void heading(StringRef Text) { Out += "\n" + bold(Text.str()) + "\n"; }

  void paragraph(StringRef Text, bool Strong = false) {
    for (const std::string &Line : wrap(Text, TextColumns))
      Out += (Strong ? bold(Line) : Line) + "\n";
  }

  void indented(size_t Indent, StringRef Text) {
    if (Text.empty())
      return;
    for (const std::string &Line : wrap(Text, TextColumns - Indent))
      Out += std::string(Indent, ' ') + Line + "\n";
  }

  const ReportModel &M;
  const TextOptions &Options;
};

} // namespace

std::string writeSummary(const ReportModel &Model, const TextOptions &Options) {
  TextWriter Writer(Model, Options);
  Writer.summary();
  return std::move(Writer.Out);
}

std::string writeText(const ReportModel &Model, const TextOptions &Options) {
  TextWriter Writer(Model, Options);
  Writer.summary();
  Writer.left();
  Writer.byCard();
  Writer.traced();
  Writer.byFile();
  Writer.notFullyParsed();
  Writer.byApi();
  Writer.byRule();
  return std::move(Writer.Out);
}

} // namespace cuport
