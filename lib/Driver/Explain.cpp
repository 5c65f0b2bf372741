// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Driver/Explain.h"

#include "Driver/ExplainOnCards.h"
#include "Driver/RulePages.h"
#include "Knowledge/PtxTable.h"
#include "Rules/Rule.h"

#include "llvm/ADT/STLExtras.h"

#include <fmt/format.h>
#include <map>

using namespace cuport;

static std::string_view view(llvm::StringRef S) { return {S.data(), S.size()}; }

static void addLine(std::string &Text, std::string_view Key, llvm::StringRef Value) {
  if (!Value.empty())
    Text += fmt::format("  {:<12}{}\n", Key, view(Value));
}

static std::string versions(Version Since, Version Deprecated, Version Removed) {
  std::string Text;
  if (Since.isKnown())
    Text += "since " + toString(Since);
  if (Deprecated.isKnown())
    Text += (Text.empty() ? "" : ", ") + ("deprecated in " + toString(Deprecated));
  if (Removed.isKnown())
    Text += (Text.empty() ? "" : ", ") + ("removed in " + toString(Removed));
  return Text;
}

static std::string describe(const ArgumentChange &C) {
  std::string What = fmt::format("argument {} ", C.Index + 1);
  switch (C.What) {
  case ArgumentChange::Wrap:
    return What + "is wrapped in " + C.Text.str() + "()";
  case ArgumentChange::Cast:
    return What + "is cast to " + C.Text.str();
  case ArgumentChange::Remove:
    return What + "is removed";
  }
  return What;
}

static std::string rowText(const ApiRow &Row, const ApiTable &Apis, const ExplainOptions &Options) {
  if (Options.Yaml)
    return toYaml(Row, Apis);
  const ApiLibrary &Library = Apis.libraryOf(Row);
  std::string Text = fmt::format("{} ({}, {})\n", view(Row.Cuda), view(apiKindName(Row.Kind)), view(Library.Title));
  if (!Options.Cards.empty())
    return Text + explainOnCards(Row.Cuda, &Row, Options.Cards, Options.Hip);
  addLine(Text, "HIP", Row.Hip.empty() ? "-" : Row.Hip);
  if (!Row.HipLater.empty())
    addLine(Text, "", fmt::format("{} from {} on", view(Row.HipLater), toString(Row.HipRemoved)));
  addLine(Text, "ROCm", Row.Roc);
  addLine(Text, "verdict", fmt::format("{} (for HIP {})", view(verdictName(verdictFor(Row, Options.Hip))),
                                       toString(Options.Hip)));
  addLine(Text, "why", Row.Reason);
  addLine(Text, "note", Row.Note);
  llvm::SmallVector<llvm::StringRef> Overloads;
  Row.Signature.split(Overloads, '\n', -1, /*KeepEmpty=*/false);
  for (llvm::StringRef One : Overloads)
    addLine(Text, One.data() == Row.Signature.data() ? "signature" : "", One);
  if (Row.Kind != ApiKind::Include)
    addLine(Text, "main header", Library.Header);
  addLine(Text, "group", Row.Group);
  addLine(Text, "CUDA", versions(Row.CudaSince, Row.CudaDeprecated, Row.CudaRemoved));
  addLine(Text, "HIP", versions(Row.HipSince, Row.HipDeprecated, Row.HipRemoved));
  for (const ArgumentChange &C : Row.Arguments)
    addLine(Text, "change", describe(C));
  for (const CallForm &F : Row.Forms)
    addLine(Text, "form", fmt::format("with {} arguments: {}{}{}", F.Arguments, F.Hip.empty() ? "-" : view(F.Hip),
                                      F.Note.empty() ? "" : "; ", view(F.Note)));
  for (const ArgumentCondition &C : Row.Conditions)
    addLine(Text, "if", fmt::format("{}{}: {}; {} ({})", conditionText(C),
                                    C.HipSince.isKnown() ? ", before HIP " + toString(C.HipSince) : "",
                                    view(verdictName(C.Verdict)), view(C.Note), view(C.Source)));
  return Text;
}

static std::string ptxText(const PtxRow &Row) {
  const PtxGroup &Group = ptxGroups()[Row.GroupIndex];
  std::string Text = fmt::format("{} (PTX, {})\n", view(Row.Name), view(Group.Title));
  addLine(Text, "meaning", Row.Meaning);
  addLine(Text, "HIP", Row.Hip.empty() ? "-" : Row.Hip);
  addLine(Text, "exactness", ptxExactnessName(Row.Exactness));
  addLine(Text, "note", Row.Note);
  for (const PtxRemark &R : Row.Remarks)
    addLine(Text, std::string_view(R.Target.data(), R.Target.size()), R.Text);
  addLine(Text, "CPU", Row.RunsOnCpu ? "cuport-cc builds it" : "cuport-cc refuses it");
  if (Row.Since)
    addLine(Text, "needs", fmt::format("sm_{}", Row.Since));
  if (Row.Uses)
    addLine(Text, "uses", fmt::format("{} in {} repositories", Row.Uses, Row.Repositories));
  addLine(Text, "sample", Row.Sample);
  addLine(Text, "source", Group.Source);
  return Text;
}

/// The row of an instruction as it is written, "lop3.b32", or of a register; "ptx:" before it says that nothing else is
/// meant.
static std::string explainPtx(llvm::StringRef Subject) {
  Subject.consume_front("ptx:");
  const PtxRow *Row = matchPtx(Subject);
  return Row ? ptxText(*Row) : "";
}

llvm::Expected<std::string> cuport::explain(llvm::StringRef Subject, const ApiTable &Apis,
                                            const ExplainOptions &Options) {
  for (const RuleInfo &Rule : everyRule())
    if (Rule.Id == Subject) {
      llvm::StringRef Page = rulePage(Subject);
      if (!Page.empty())
        return Page.str();
      return fmt::format("{}: {}\n", view(Rule.Id), view(Rule.Summary));
    }
  const ApiRow *Row = Apis.find(Subject);
  if (!Row)
    Row = Apis.findInclude(Subject);
  // `rsqrt` is a function and an instruction.
  const bool NameOnly = Options.Yaml || (Row && !Options.Cards.empty());
  std::string Ptx = NameOnly ? "" : explainPtx(Subject);
  if (Row)
    return rowText(*Row, Apis, Options) + Ptx;
  if (!Ptx.empty())
    return Ptx;
  // Asked the other way round: which CUDA names become this one.
  std::string Text;
  for (const ApiRow *R : Apis.rows())
    if (!Subject.empty() && (R->Hip == Subject || R->Roc == Subject))
      Text += rowText(*R, Apis, Options);
  if (!Text.empty())
    return Text;
  // A card's file may know names that no row has.
  if (llvm::any_of(Options.Cards, [&](const Target *Card) { return Card->name(Subject); }))
    return Subject.str() + "\n" + explainOnCards(Subject, nullptr, Options.Cards, Options.Hip);
  std::string Message = fmt::format("no row and no rule is called '{}'", view(Subject));
  std::vector<llvm::StringRef> Near = Apis.nearest(Subject, 3);
  for (const RuleInfo &Rule : everyRule())
    if (Subject.edit_distance(Rule.Id, /*AllowReplacements=*/true, /*MaxEditDistance=*/2) <= 2)
      Near.push_back(Rule.Id);
  for (llvm::StringRef Name : nearestPtx(Subject.starts_with("ptx:") ? Subject.drop_front(4) : Subject, 3))
    Near.push_back(Name);
  if (!Near.empty()) {
    Message += "; did you mean ";
    for (size_t I = 0; I < Near.size(); ++I)
      Message += (I ? ", '" : "'") + Near[I].str() + "'";
    Message += "?";
  }
  return llvm::createStringError(Message);
}

llvm::Expected<std::string> cuport::explainList(llvm::StringRef Library, const ApiTable &Apis,
                                                const ExplainOptions &Options) {
  std::string Text;
  llvm::ArrayRef<ApiLibrary> Libraries = Apis.libraries();
  if (Library.empty()) {
    Text += "Rules:\n";
    for (const RuleInfo &Rule : everyRule())
      Text += fmt::format("  {:<18}{}\n", view(Rule.Id), view(Rule.Summary));
    std::map<unsigned, size_t> Counts;
    for (const ApiRow *R : Apis.rows())
      ++Counts[R->LibraryIndex];
    Text += "\nLibraries (cuport explain --list=ID shows their names):\n";
    for (auto [Index, Count] : Counts)
      Text += fmt::format("  {:<18}{:>5} rows  {}\n", view(Libraries[Index].Id), Count, view(Libraries[Index].Title));
    Text += fmt::format("  {:<18}{:>5} rows  {}\n", "ptx", ptxRows().size(), "PTX instructions and special registers");
    return Text;
  }
  if (Library == "ptx") {
    for (const PtxRow &R : ptxRows())
      Text += fmt::format("{:<24} {:<12} {}\n", view(R.Name), view(ptxExactnessName(R.Exactness)), view(R.Meaning));
    return Text;
  }
  auto It = llvm::find_if(Libraries, [&](const ApiLibrary &L) { return L.Id == Library; });
  if (It == Libraries.end())
    return llvm::createStringError("no library is called '" + Library + "'; cuport explain --list names them");
  for (const ApiRow *R : Apis.rows())
    if (R->LibraryIndex == It - Libraries.begin())
      Text += fmt::format("{:<48} {:<48} {}\n", view(R->Cuda), R->Hip.empty() ? "-" : view(R->Hip),
                          view(verdictName(verdictFor(*R, Options.Hip))));
  return Text;
}
