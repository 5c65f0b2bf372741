// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Names in CUDA's namespaces that are not simply there under HIP's namespace: cub::DeviceFor, cg::reduce. The namespace
// itself is namespace-name's.
//
//   Before: sum = cg::reduce(tile, v, cg::plus<float>());     After: the same, with a finding that says what HIP lacks

#include "Rules/Rule.h"

#include <map>

using namespace cuport;

namespace {
/// namespace cg = cooperative_groups; -> {cg, cooperative_groups}
using Aliases = std::map<std::string, std::string>;
} // namespace

static Aliases aliasesIn(const FileView &File) {
  Aliases Result;
  for (size_t I = 0; I + 3 < File.tokens().size(); ++I) {
    if (!File.is(I, "namespace") || !File.is(I + 2, "="))
      continue;
    std::string Target;
    for (size_t J = I + 3; J < File.tokens().size() && !File.is(J, ";"); ++J)
      Target += File.text(J);
    llvm::StringRef Global(Target);
    Global.consume_front("::");
    Result[File.text(I + 1).str()] = Global.str();
  }
  return Result;
}

/// True where token Index begins a qualified name: a::b, ::a::b, but not the b of it.
static bool beginsName(const FileView &File, size_t Index) {
  if (File.tokens()[Index].What != Token::Identifier || !File.is(Index + 1, "::"))
    return false;
  if (Index == 0 || !File.is(Index - 1, "::"))
    return Index == 0 || !(File.is(Index - 1, ".") || File.is(Index - 1, "->"));
  return Index == 1 || (File.tokens()[Index - 2].What != Token::Identifier && !File.is(Index - 2, ">"));
}

static void report(const FileView &File, size_t Index, const ApiRow &Row, std::vector<Finding> &Findings) {
  const Token &T = File.tokens()[Index];
  Verdict V = verdictFor(Row, File.Options.Hip);
  llvm::StringRef Hip = Row.Hip.substr(Row.Hip.rfind(':') + 1);
  bool Renamed = !Hip.empty() && Hip != File.text(Index);
  if (!needsPerson(V) && !Renamed)
    return; // all there is to do is the namespace
  Finding F = File.finding("qualified-name", T.Offset, T.Length, V, File.confidenceOfToken(Index));
  F.Name = Row.Cuda.str();
  F.Replacement = Row.Hip.str();
  llvm::StringRef Why = Row.Reason.empty() ? Row.Note : Row.Reason;
  if (V == Verdict::Unsupported && Row.HipSince > File.Options.Hip)
    F.Message = "HIP " + toString(File.Options.Hip) + " has no '" + F.Replacement + "' for '" + F.Name + "'; it came with HIP " +
                toString(Row.HipSince);
  else if (V == Verdict::Unsupported)
    F.Message = "HIP has nothing for '" + F.Name + "'";
  else if (needsPerson(V))
    F.Message = "'" + F.Name + "' needs a look";
  else
    F.Message = "'" + F.Name + "' is '" + F.Replacement + "' in HIP";
  if (!Why.empty())
    F.Message += ": " + Why.str();
  if (Renamed && (V == Verdict::Rename || V == Verdict::Edit))
    F.Edits = {{T.Offset, T.Length, Hip.str()}};
  Findings.push_back(std::move(F));
}

namespace cuport {
void runQualifiedName(const FileView &File, std::vector<Finding> &Findings) {
  Aliases Known = aliasesIn(File);
  for (size_t I = 0; I + 2 < File.tokens().size(); ++I) {
    if (!beginsName(File, I))
      continue;
    auto Alias = Known.find(File.text(I).str());
    std::string Name = Alias == Known.end() ? File.text(I).str() : Alias->second;
    // The longest spelling that has a row of its own.
    const ApiRow *Row = nullptr;
    size_t At = I;
    for (size_t J = I + 2; J < File.tokens().size() && File.is(J - 1, "::") && File.tokens()[J].What == Token::Identifier; J += 2) {
      Name += "::" + File.text(J).str();
      if (const ApiRow *Longer = File.Apis.find(Name); Longer && Longer->Kind != ApiKind::Namespace)
        Row = Longer, At = J;
    }
    if (Row && File.ownerOf(File.tokens()[At].Offset) != OwnerUser)
      report(File, At, *Row, Findings);
  }
}
} // namespace cuport
