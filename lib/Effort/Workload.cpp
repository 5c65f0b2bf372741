// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Effort/Workload.h"

#include "llvm/ADT/STLExtras.h"

#include <map>
#include <set>

using namespace cuport;
using llvm::StringRef;

static constexpr ItemInfo Items[] = {
#define ITEM(ENUMERATOR, SPELLING, UNIT, MILESTONE, TITLE) {Item::ENUMERATOR, SPELLING, UNIT, Milestone::MILESTONE, TITLE},
#include "Effort/Items.def"
};

llvm::ArrayRef<ItemInfo> cuport::allItems() { return Items; }

StringRef cuport::milestoneName(Milestone M) {
  static constexpr StringRef Names[] = {"M1", "M2", "M3"};
  return Names[size_t(M)];
}

std::optional<Milestone> cuport::parseMilestone(StringRef Name) {
  for (Milestone M : AllMilestones)
    if (milestoneName(M).equals_insensitive(Name))
      return M;
  return std::nullopt;
}

StringRef cuport::libraryStateName(LibraryUse::StateKind S) {
  static constexpr StringRef Names[] = {"mapped", "partly", "own-interface", "missing", "unknown"};
  return Names[S];
}

/// The item of a place that needs a person and is not a matter of a library.
static Item itemOf(const Finding &F, const CardVerdict &V, const ApiRow *Row) {
  if (V.Reason == CardVerdict::NotSimt || V.Reason == CardVerdict::SimtUnknown)
    return Item::KernelRewrite;
  if (V.Fact && V.Reason != CardVerdict::FactMet)
    switch (*V.Fact) {
    case FactKey::WarpWidth:
    case FactKey::LaneMaskBits:
      return Item::WarpKernel;
    case FactKey::BlockThreads:
    case FactKey::GridBlocks:
    case FactKey::SharedMemory:
    case FactKey::ConstantMemory:
    case FactKey::KernelArguments:
      return Item::LimitKernel;
    case FactKey::Fp64:
    case FactKey::Int64:
    case FactKey::Fp16:
    case FactKey::Bf16:
    case FactKey::Fp8:
    case FactKey::Cooperative:
    case FactKey::FunctionPointers:
      return Item::TypeKernel;
    case FactKey::TensorCores:
      return Item::TensorKernel;
    case FactKey::InlinePtx:
      return Item::PtxBlock;
    case FactKey::DynamicParallelism:
      return Item::DynamicParallelism;
    case FactKey::Textures:
      return Item::Texture;
    default:
      break;
    }
  if (F.Rule == "inline-ptx")
    return Item::PtxBlock;
  if (Row && Row->Cuda.contains("wmma"))
    return Item::TensorKernel;
  if (Row && Row->Group == "texture")
    return Item::Texture;
  return Item::HandLines;
}

/// True for a place that makes a texture or surface: it is an object, and all other names and fetches are about one.
static bool makesTexture(const Finding &F) {
  return llvm::is_contained({"cudaCreateTextureObject", "cuTexObjectCreate", "cudaCreateSurfaceObject", "cuSurfObjectCreate",
                             "texture", "surface"},
                            F.Name);
}

/// How places of an item are counted: by kernel, by what they name, or each; empty: not at all. Where a card has a kind of arithmetic in
/// part, or in software, kernels run as they are: it is tried once a folder whether that will do.
static std::string unitOf(const Survey &S, size_t Finding, Item Kind, bool InPart) {
  const cuport::Finding &F = S.Findings[Finding];
  if (Kind == Item::TypeKernel && InPart)
    return "m" + moduleOf(F.At.File).str() + "\n" + F.Rule;
  switch (Kind) {
  case Item::WarpKernel:
  case Item::LimitKernel:
  case Item::TypeKernel:
  case Item::TensorKernel:
    if (S.KernelOf[Finding] != Survey::NoKernel)
      return "k" + std::to_string(S.KernelOf[Finding]);
    return "f" + F.At.File;
  case Item::Texture:
    return makesTexture(F) ? "p" + std::to_string(Finding) : "";
  case Item::PtxBlock:
    return "n" + F.Name + '\0' + F.Message;
  default:
    return "p" + std::to_string(Finding);
  }
}

/// True for a place that says something against the library: a name that it lacks, or of which it is not known. What it has
/// and a person has to look at, or is given a value of which nothing is known, is a line to edit.
static bool isOfLibrary(const Finding &F, Verdict V) {
  return V == Verdict::Redesign || V == Verdict::Unsupported || (V == Verdict::Unknown && F.Rule != "argument-value");
}

std::vector<LibraryUse> cuport::librariesOf(const Survey &S, llvm::ArrayRef<CardVerdict> Answers) {
  std::map<TargetLibraryKey, LibraryUse> Uses;
  for (auto [I, Q] : llvm::enumerate(S.Questions)) {
    const Finding &F = S.Findings[Q.First];
    const TargetLibraryInfo *Library = Q.Row ? libraryOfName(F.Name) : nullptr;
    if (!Library || !F.Ignored.empty())
      continue;
    LibraryUse &U = Uses[Library->Key];
    U.Library = Library;
    U.There = U.There ? U.There : Answers[I].Name.Library;
    U.Questions.push_back(I);
    U.Places += Q.Findings.size();
    if (isOfLibrary(F, Answers[I].Verdict))
      U.Open.push_back(I);
  }
  std::vector<LibraryUse> Result;
  for (auto &[Key, U] : Uses) {
    const bool Lacks = U.There && U.There->Name.empty();
    // A naming rule says how a name would be spelled, not that the library is there.
    const bool NotSeen = llvm::any_of(U.Questions, [&](size_t Q) { return Answers[Q].isDerived(); });
    const bool Own = U.There && U.There->Interface == TargetLibrary::Own;
    U.State = Lacks ? LibraryUse::Missing
              : U.Open.empty() && (U.There || !NotSeen) ? LibraryUse::Mapped
              : Own ? LibraryUse::Own
              : U.There ? LibraryUse::Partly
              : U.Open.empty() || U.Open.size() == U.Questions.size() ? LibraryUse::Unknown
                                                    : LibraryUse::Partly;
    Result.push_back(std::move(U));
  }
  return Result;
}

namespace {
/// What is counted once however often it stands there.
struct Distinct {
  std::map<Item, std::set<std::string>> Units;
  std::set<StringRef> Unknown, Derived, Cutlass;
};
} // namespace

std::vector<Workload> cuport::workloadsOf(const Survey &S, llvm::ArrayRef<CardVerdict> Answers,
                                          llvm::ArrayRef<uint32_t> GroupOf, size_t Groups) {
  std::vector<Workload> Result(Groups);
  std::vector<Distinct> Seen(Groups);
  for (auto [F, Group] : llvm::zip_equal(S.Files, GroupOf)) {
    (F.Analysed ? Result[Group].CudaLines : Result[Group].UnanalysedLines) += F.Lines;
    if (F.UsesCutlass)
      Seen[Group].Cutlass.insert(moduleOf(F.Path));
  }
  for (const SurveyKernel &K : S.Kernels) {
    Workload &W = Result[GroupOf[K.File]];
    W.Kernels += K.IsKernel;
    W.KernelLines += K.LastLine - K.FirstLine + 1;
  }
  std::vector<Verdict> LineVerdicts(S.LineCount, Verdict::AsIs);
  for (size_t I = 0; I < S.Findings.size(); ++I) {
    const CardVerdict &V = Answers[S.QuestionOf[I]];
    Verdict &Line = LineVerdicts[S.LineOf[I]];
    Line = std::max(Line, V.Verdict);
    if (S.FileOf[I] == Survey::NoFile)
      continue;
    Workload &W = Result[GroupOf[S.FileOf[I]]];
    Distinct &D = Seen[GroupOf[S.FileOf[I]]];
    // A line ends where the next finding stands on another.
    const bool Last = I + 1 == S.Findings.size() || S.LineOf[I + 1] != S.LineOf[I];
    if (Last && (Line == Verdict::Rename || Line == Verdict::Edit))
      ++W[Item::AutomaticReview].Count;
    const Finding &F = S.Findings[I];
    const SurveyQuestion &Q = S.Questions[S.QuestionOf[I]];
    if (V.isDerived())
      D.Derived.insert(F.Name);
    if (!needsPerson(V.Verdict))
      continue;
    // What a library lacks is counted with the library, and a file that was not analysed by its lines.
    if ((Q.Row && libraryOfName(F.Name) && isOfLibrary(F, V.Verdict)) || F.Rule == "parse-error")
      continue;
    const Item Kind = itemOf(F, V, Q.Row);
    W[Kind].Findings.push_back(I);
    if (Kind == Item::KernelRewrite) {
      W.RewritesKernels = true;
      continue;
    }
    // Places of all other items are lines to edit besides.
    if (Kind != Item::HandLines)
      W[Item::HandLines].Findings.push_back(I);
    const bool IsUnknown = V.Verdict == Verdict::Unknown;
    // A name may have to become another; what has none, such as arithmetic in doubles, runs as it is.
    const bool InPart = V.Reason == CardVerdict::FactPartial && (Kind == Item::Texture || !Q.Row);
    bool Counts = Kind != Item::HandLines;
    // That a limit or the arithmetic of a card is not known makes no kernel one that it cannot run.
    if (IsUnknown && (Kind == Item::LimitKernel || Kind == Item::TypeKernel))
      Counts = false;
    if (Counts) {
      const std::string Unit = unitOf(S, I, Kind, InPart);
      std::set<std::string> &Units = D.Units[Kind];
      Counts = !Unit.empty() && Units.insert(Unit).second;
    }
    // What a card has in part is a line for each of what is counted, and no line for each fetch and each double.
    const bool NoLine = InPart && !Counts && (Kind == Item::Texture || Kind == Item::TypeKernel);
    if (IsUnknown)
      D.Unknown.insert(F.Name.empty() ? StringRef(F.Rule) : StringRef(F.Name));
    else if (!NoLine)
      ++(Kind == Item::WarpKernel ? W.WarpPlaces : W.OtherPlaces);
  }
  for (auto [W, D] : llvm::zip_equal(Result, Seen)) {
    // Where all that is there is about objects made elsewhere, there is one.
    for (const auto &[Kind, Units] : D.Units)
      W[Kind].Count = std::max<size_t>(1, Units.size());
    W[Item::KernelRewrite].Count = W.RewritesKernels ? W.KernelLines : 0;
    W[Item::CutlassFamily].Count = D.Cutlass.size();
    W.UnknownNames = D.Unknown.size();
    W.DerivedNames = D.Derived.size();
  }
  return Result;
}

void cuport::addBuildFiles(Workload &W, const Survey &S, llvm::ArrayRef<CardVerdict> Answers) {
  for (auto [I, F] : llvm::enumerate(S.Findings))
    if (F.isOfBuildFile() && Answers[S.QuestionOf[I]].Verdict != Verdict::AsIs)
      W[Item::Build].Findings.push_back(I);
}

void cuport::addLibraries(Workload &W, const Survey &S, llvm::ArrayRef<LibraryUse> Libraries) {
  for (const LibraryUse &U : Libraries) {
    const Item Kind = U.State == LibraryUse::Mapped                                ? Item::LibraryMapped
                      : U.State == LibraryUse::Partly || U.State == LibraryUse::Unknown ? Item::LibraryPartly
                                                                                   : Item::LibraryMissing;
    ++W[Kind].Count;
    for (size_t Q : U.open())
      llvm::append_range(W[Kind].Findings, S.Questions[Q].Findings);
    llvm::sort(W[Kind].Findings);
  }
}
