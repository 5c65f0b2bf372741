// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Names in CUDA's namespaces that are not simply there under HIP's namespace: cub::DeviceFor, cg::reduce. The namespace
// itself is namespace-name's. After using namespace the names stand alone.
//
//   Before: sum = cg::reduce(tile, v, cg::plus<float>());     After: the same, with a finding that says what HIP lacks

#include "Rules/RowUse.h"
#include "Rules/Rule.h"
#include "Rules/SpecialNames.h"

#include "llvm/ADT/STLExtras.h"

#include <map>

using namespace cuport;

namespace {
/// namespace cg = cooperative_groups; -> {cg, cooperative_groups}; using Reduce = cub::DeviceReduce; -> {Reduce,
/// cub::DeviceReduce}, template arguments left out
using Aliases = std::map<std::string, std::string>;
} // namespace

/// The name that begins at token First, up to Stop: "cooperative_groups" or "nvcuda::wmma".
static std::string nameUpTo(const FileView &File, size_t First, llvm::StringRef Stop) {
  std::string Name;
  for (size_t I = First; I < File.tokens().size() && !File.is(I, Stop); ++I)
    Name += File.text(I);
  return llvm::StringRef(Name).starts_with("::") ? Name.substr(2) : Name;
}

/// The name of the type at token First, without what stands between < and > at its end.
static std::string typeAt(const FileView &File, size_t First) {
  std::string Name;
  for (size_t I = First; I < File.tokens().size(); ++I) {
    if (!File.is(I, "::") && File.tokens()[I].What != Token::Identifier)
      break;
    Name += File.text(I);
  }
  return llvm::StringRef(Name).starts_with("::") ? Name.substr(2) : Name;
}

static Aliases aliasesIn(const FileView &File) {
  Aliases Result;
  for (size_t I = 0; I + 3 < File.tokens().size(); ++I)
    if (File.is(I, "namespace") && File.is(I + 2, "="))
      Result[File.text(I + 1).str()] = nameUpTo(File, I + 3, ";");
    else if (File.is(I, "using") && File.is(I + 2, "="))
      if (std::string Name = typeAt(File, File.is(I + 3, "typename") ? I + 4 : I + 3); File.Apis.find(Name))
        Result[File.text(I + 1).str()] = std::move(Name);
  return Result;
}

/// CUDA's namespaces that the file names with using namespace; the first is the global one.
static std::vector<std::string> openNamespaces(const FileView &File, const Aliases &Known) {
  std::vector<std::string> Result{""};
  for (size_t I = 0; I + 3 < File.tokens().size(); ++I) {
    if (!File.is(I, "using") || !File.is(I + 1, "namespace"))
      continue;
    std::string Name = nameUpTo(File, I + 2, ";");
    if (auto Alias = Known.find(Name); Alias != Known.end())
      Name = Alias->second;
    const ApiRow *Row = File.Apis.find(Name);
    if (Row && Row->Kind == ApiKind::Namespace && !llvm::is_contained(Result, Name))
      Result.push_back(std::move(Name));
  }
  return Result;
}

/// True where a name begins at token Index: a::b, ::a::b or a, but not the b of a::b or of a.b.
static bool beginsName(const FileView &File, size_t Index) {
  if (File.tokens()[Index].What != Token::Identifier)
    return false;
  if (Index == 0 || !File.is(Index - 1, "::"))
    return Index == 0 || !(File.is(Index - 1, ".") || File.is(Index - 1, "->"));
  // What stands apart from ::, typename for one, is no part of the name.
  const Token &Before = File.tokens()[Index == 1 ? 0 : Index - 2];
  return Index == 1 || Before.end() != File.tokens()[Index - 1].Offset || (Before.What != Token::Identifier && !File.is(Index - 2, ">"));
}

namespace {
struct Named {
  const ApiRow *Row = nullptr;
  size_t Last = 0; ///< the token that ends the name
};
} // namespace

/// The longest spelling from token First on that has a row of its own. Name stands for the first token; Alone: it may be
/// all there is.
static Named rowOf(const FileView &File, size_t First, std::string Name, bool Alone) {
  Named Found;
  for (size_t I = First;; I += 2) {
    if (I > First)
      Name += "::" + File.text(I).str();
    const ApiRow *Row = I > First || Alone ? File.Apis.find(Name) : nullptr;
    if (Row && Row->Kind != ApiKind::Namespace)
      Found = {Row, I};
    if (!File.is(I + 1, "::") || I + 2 >= File.tokens().size() || File.tokens()[I + 2].What != Token::Identifier)
      return Found;
  }
}

bool cuport::saysQualifiedName(const FileView &File, size_t First) {
  Named Name = rowOf(File, First, File.text(First).str(), /*Alone=*/false);
  return beginsName(File, First) && Name.Row && needsPerson(verdictFor(*Name.Row, File.Options.Hip));
}

/// Whether the name that begins at token First, without its namespace, is CUDA's: a parse says so, or none says anything
/// and it is called, given template arguments or a scope itself.
static bool standsForCuda(const FileView &File, size_t First) {
  switch (File.ownerOfToken(First)) {
  case FileView::Owner::Cuda:
    return true;
  case FileView::Owner::Lexical:
    return File.is(First + 1, "(") || File.is(First + 1, "<") || File.is(First + 1, "::");
  case FileView::Owner::User:
  case FileView::Owner::Ambiguous:
    return false;
  }
  return false;
}

static void report(const FileView &File, size_t Index, const ApiRow &Row, std::vector<Finding> &Findings) {
  const Token &T = File.tokens()[Index];
  Verdict V = verdictFor(Row, File.Options.Hip);
  llvm::StringRef Hip = Row.Hip.substr(Row.Hip.rfind(':') + 1);
  bool Renamed = !Hip.empty() && Hip != File.text(Index);
  if (!needsPerson(V) && !Renamed && Row.Note.empty())
    return; // all there is to do is the namespace
  Finding F = File.finding("qualified-name", T.Offset, T.Length, V, File.confidenceOfToken(Index));
  F.Name = Row.Cuda.str();
  F.Replacement = Row.Hip.str();
  F.Message = messageFor(Row, wholeRow(Row, File.Options.Hip), File.Options.Hip, File.Options.Output);
  F.Needs = needsOf(Row, File.Apis.libraryOf(Row));
  if (Renamed && (V == Verdict::Rename || V == Verdict::Edit))
    F.Edits = {{T.Offset, T.Length, Hip.str()}};
  Findings.push_back(std::move(F));
}

namespace cuport {
void runQualifiedName(const FileView &File, std::vector<Finding> &Findings) {
  Aliases Known = aliasesIn(File);
  std::vector<std::string> Open = openNamespaces(File, Known);
  for (size_t I = 0; I < File.tokens().size(); ++I) {
    if (!beginsName(File, I) || (Open.size() == 1 && !File.is(I + 1, "::")))
      continue;
    auto Alias = Known.find(File.text(I).str());
    std::string First = Alias == Known.end() ? File.text(I).str() : Alias->second;
    for (const std::string &Namespace : Open) {
      bool Global = Namespace.empty();
      Named Name = rowOf(File, I, Global ? First : Namespace + "::" + First, /*Alone=*/!Global);
      if (!Name.Row)
        continue;
      if (Global ? File.ownerOf(File.tokens()[Name.Last].Offset) != OwnerUser : standsForCuda(File, I))
        report(File, Name.Last, *Name.Row, Findings);
      break;
    }
  }
}
} // namespace cuport
