// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Knowledge/ApiLoader.h"
#include "Knowledge/ApiTable.h"
#include "Knowledge/YamlScalar.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace cuport;
using llvm::StringRef;

static std::string versions(Version Cuda, Version Hip) {
  std::string Text = "{";
  if (Cuda.isKnown())
    Text += "cuda: " + toString(Cuda) + (Hip.isKnown() ? ", " : "");
  if (Hip.isKnown())
    Text += "hip: " + toString(Hip);
  return Text + "}";
}

static std::string argument(const ArgumentChange &A) {
  std::string Text = "{index: " + std::to_string(A.Index);
  if (A.What == ArgumentChange::Remove)
    return Text + ", remove: true}";
  return Text + (A.What == ArgumentChange::Wrap ? ", wrap: " : ", cast: ") + yamlScalar(A.Text, true) +
         "}";
}

static std::string form(const CallForm &F, StringRef Cuda) {
  std::string Text = "{arguments: " + std::to_string(F.Arguments);
  if (!F.Hip.empty())
    Text += ", hip: " + yamlScalar(F.Hip, true);
  if (F.Verdict != defaultVerdict(Cuda, F.Hip))
    Text += (", verdict: " + verdictName(F.Verdict)).str();
  if (!F.Note.empty())
    Text += ", note: " + yamlScalar(F.Note, true);
  return Text + "}";
}

static std::string condition(const ArgumentCondition &C) {
  std::string Text = "{argument: " + yamlScalar(C.Argument, true) + ", " + conditionKindName(C.What).str() + ": [";
  for (StringRef Value : C.Values)
    Text += (Value.data() == C.Values.front().data() ? "" : ", ") + yamlScalar(Value, true);
  Text += "]";
  if (C.HipSince.isKnown())
    Text += ", since: " + versions({}, C.HipSince);
  if (C.Verdict != Verdict::Review)
    Text += (", verdict: " + verdictName(C.Verdict)).str();
  return Text + ", note: " + yamlScalar(C.Note, true) + ", source: " + yamlScalar(C.Source, true) + "}";
}

std::string cuport::toYaml(const ApiRow &Row, const ApiTable &Table) {
  const ApiLibrary &Library = Table.libraryOf(Row);
  std::string Yaml;
  auto Line = [&](StringRef Key, StringRef Text) {
    if (!Text.empty())
      Yaml += (Key + ": " + yamlScalar(Text) + "\n").str();
  };
  Line("library", Library.Id);
  Line("title", Library.Title);
  Line("header", Library.Header);
  Line("hip-header", Library.HipHeader);
  Yaml += "rows:\n";
  Line("  - cuda", Row.Cuda);
  Line("    kind", apiKindName(Row.Kind));
  llvm::SmallVector<StringRef, 2> Signatures;
  Row.Signature.split(Signatures, '\n', -1, /*KeepEmpty=*/false);
  if (Signatures.size() == 1)
    Line("    signature", Row.Signature);
  else if (!Signatures.empty()) {
    Yaml += "    signature:\n";
    for (StringRef Signature : Signatures)
      Yaml += "      - " + yamlScalar(Signature) + "\n";
  }
  Line("    hip", Row.Hip);
  Line("    hip-later", Row.HipLater);
  Line("    roc", Row.Roc);
  if (Row.CudaSince.isKnown() || Row.HipSince.isKnown())
    Yaml += "    since: " + versions(Row.CudaSince, Row.HipSince) + "\n";
  if (Row.CudaDeprecated.isKnown() || Row.HipDeprecated.isKnown())
    Yaml += "    deprecated: " + versions(Row.CudaDeprecated, Row.HipDeprecated) + "\n";
  if (Row.CudaRemoved.isKnown() || Row.HipRemoved.isKnown())
    Yaml += "    removed: " + versions(Row.CudaRemoved, Row.HipRemoved) + "\n";
  if (Row.Verdict != defaultVerdict(Row.Cuda, Row.Hip))
    Line("    verdict", verdictName(Row.Verdict));
  Line("    reason", Row.Reason);
  Line("    note", Row.Note);
  Line("    group", Row.Group);
  if (!Row.Arguments.empty()) {
    Yaml += "    arguments:\n";
    for (const ArgumentChange &A : Row.Arguments)
      Yaml += "      - " + argument(A) + "\n";
  }
  if (!Row.Forms.empty()) {
    Yaml += "    forms:\n";
    for (const CallForm &F : Row.Forms)
      Yaml += "      - " + form(F, Row.Cuda) + "\n";
  }
  if (!Row.Conditions.empty()) {
    Yaml += "    conditions:\n";
    for (const ArgumentCondition &C : Row.Conditions)
      Yaml += "      - " + condition(C) + "\n";
  }
  return Yaml;
}
