// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Knowledge/TargetLoader.h"

#include "llvm/ADT/STLExtras.h"

#include <set>

using namespace cuport;
using llvm::ArrayRef;
using llvm::StringRef;

/// Over, and what Base has besides. Both are sorted by key, and so is the result.
template <typename T, typename KeyOf>
static ArrayRef<T> overlayBy(ArrayRef<T> Base, ArrayRef<T> Over, KeyOf Key, TargetMemory &Memory) {
  std::vector<T> All;
  std::set_union(Over.begin(), Over.end(), Base.begin(), Base.end(), std::back_inserter(All),
                 [&](const T &A, const T &B) { return Key(A) < Key(B); });
  return Memory.array(ArrayRef(All));
}

template <typename T>
static ArrayRef<T> joined(ArrayRef<T> Base, ArrayRef<T> Over, TargetMemory &Memory) {
  std::vector<T> All(Base);
  All.insert(All.end(), Over.begin(), Over.end());
  return Memory.array(ArrayRef(All));
}

/// A fact of all generations replaces every fact of its kind; one of some generations takes these
/// out of the others.
static ArrayRef<TargetFact> overlayFacts(ArrayRef<TargetFact> Base, ArrayRef<TargetFact> Over,
                                         TargetMemory &Memory) {
  std::vector<TargetFact> All(Over);
  for (TargetFact Fact : Base) {
    std::vector<StringRef> Left(Fact.For);
    bool Replaced = false;
    for (const TargetFact &O : Over)
      if (O.Key == Fact.Key) {
        Replaced |= O.For.empty();
        llvm::erase_if(Left, [&](StringRef Id) { return llvm::is_contained(O.For, Id); });
      }
    if (Replaced || (Left.empty() && !Fact.For.empty()))
      continue;
    if (Left.size() != Fact.For.size())
      Fact.For = Memory.array(ArrayRef(Left));
    All.push_back(Fact);
  }
  return factsByKey(All, Memory);
}

/// Those of Sources that T cites.
static ArrayRef<const FactSource *> cited(ArrayRef<const FactSource *> Sources, const Target &T,
                                          TargetMemory &Memory) {
  std::set<const FactSource *> Cited;
  forEachEvidence(T, [&](const Evidence &From) {
    for (const Citation &C : From.Citations)
      Cited.insert(C.Source);
  });
  std::vector<const FactSource *> Left;
  llvm::copy_if(Sources, std::back_inserter(Left),
                [&](const FactSource *S) { return Cited.count(S); });
  return Memory.array(ArrayRef(Left));
}

Target cuport::overlay(const Target &Base, const Target &Over, TargetMemory &Memory) {
  Target Result = Base;
  if (Over.Title != Over.Id) // the title of a file without one
    Result.Title = Over.Title;
  if (!Over.Vendor.empty())
    Result.Vendor = Over.Vendor;
  if (Over.Naming.Style != NamingRule::Unknown)
    Result.Naming = Over.Naming;
  std::vector<StringRef> Aliases(Base.Aliases);
  llvm::copy_if(Over.Aliases, std::back_inserter(Aliases),
                [&](StringRef Alias) { return !llvm::is_contained(Base.Aliases, Alias); });
  Result.Aliases = Memory.array(ArrayRef(Aliases));
  std::vector<Generation> Generations(Base.Generations);
  for (const Generation &New : Over.Generations) {
    auto It = llvm::find_if(Generations, [&](const Generation &G) { return G.Id == New.Id; });
    if (It == Generations.end())
      Generations.push_back(New);
    else if (!New.Title.empty())
      *It = New;
  }
  Result.Generations = Memory.array(ArrayRef(Generations));
  Result.Facts = overlayFacts(Base.Facts, Over.Facts, Memory);
  Result.Libraries = overlayBy(
      Base.Libraries, Over.Libraries, [](const TargetLibrary &L) { return L.Key; }, Memory);
  Result.Names = overlayBy(
      Base.Names, Over.Names, [](const TargetName &N) { return N.Cuda; }, Memory);
  Result.Traps = joined(Base.Traps, Over.Traps, Memory);
  Result.Remarks = joined(Base.Remarks, Over.Remarks, Memory);
  Result.Sources = cited(joined(Base.Sources, Over.Sources, Memory), Result, Memory);
  return Result;
}
