// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What becomes of one of CUDA's libraries where it is linked: read from the card's own facts.

#include "Build/BuildRule.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"

using namespace cuport;
using llvm::StringRef;

namespace {

struct Known {
  enum : uint8_t { Runtime, Library, Other } What;
  TargetLibraryKey Key;      ///< of a Library
  StringRef Title;           ///< of an Other
  cuport::Verdict Verdict;
  StringRef Text;            ///< of an Other; what is linked for the Runtime
};

struct Names {
  llvm::StringMap<Known> ByLink, ByTarget;

  static void put(StringRef List, const Known &K, llvm::StringMap<Known> &Map) {
    llvm::SmallVector<StringRef, 4> Parts;
    List.split(Parts, '|', -1, /*KeepEmpty=*/false);
    for (StringRef P : Parts)
      Map[P] = K;
  }
  void add(StringRef Links, StringRef Targets, const Known &K) {
    put(Links, K, ByLink);
    put(Links, K, ByTarget);
    put(Targets, K, ByTarget);
  }

  Names() {
#define BUILD_RUNTIME(NAMES, TARGETS, LINK) add(NAMES, TARGETS, {Known::Runtime, {}, {}, Verdict::Edit, LINK});
#define BUILD_LIBRARY(NAMES, TARGETS, KEY) add(NAMES, TARGETS, {Known::Library, TargetLibraryKey::KEY, {}, Verdict::Edit, {}});
#define BUILD_OTHER(NAMES, TARGETS, TITLE, VERDICT, TEXT)                                                                        \
  add(NAMES, TARGETS, {Known::Other, {}, TITLE, Verdict::VERDICT, TEXT});
#include "Build/Libraries.def"
  }
};

struct HipPackage {
  StringRef Link, Target, Package;
};

} // namespace

static constexpr HipPackage Packages[] = {
#define HIP_PACKAGE(LINK, TARGET, PACKAGE) {LINK, TARGET, PACKAGE},
#include "Build/Libraries.def"
};

static constexpr std::pair<StringRef, StringRef> FindCudaVariables[] = {
#define FIND_CUDA(VARIABLE, TARGET) {VARIABLE, TARGET},
#include "Build/Libraries.def"
};

StringRef cuport::targetOfVariable(StringRef Variable) {
  if (Variable.consume_front("${") && Variable.consume_back("}"))
    for (auto [Name, Target] : FindCudaVariables)
      if (Name == Variable)
        return Target;
  return {};
}

static std::string unknownOn(const Target &Card) { return ("what " + Card.Title + " has for it is not known").str(); }

static LibraryThere answer(const Known &K, const Target &Card) {
  LibraryThere L;
  if (K.What == Known::Runtime) {
    L.Link = K.Text.str();
    L.CMakeTarget = "hip::host";
    L.CMakePackage = "hip";
    L.Verdict = K.Verdict;
    L.Message = "HIP has one library for runtime and driver";
    return L;
  }
  if (K.What == Known::Other) {
    L.Title = K.Title;
    if (Card.Naming.Style == NamingRule::Hip) {
      L.Verdict = K.Verdict;
      L.Message = K.Text.str();
    } else {
      L.Message = unknownOn(Card);
    }
    return L;
  }
  const TargetLibraryInfo &Info = libraryInfo(K.Key);
  L.Title = Info.Title;
  const TargetLibrary *There = Card.library(K.Key);
  if (!There) {
    L.Message = unknownOn(Card);
    return L;
  }
  if (There->Name.empty()) {
    L.Verdict = Verdict::Unsupported;
    L.Message = (Card.Title + " has none").str();
    if (!There->Note.empty())
      L.Message += (": " + There->Note).str();
    return L;
  }
  L.Message = (Card.Title + " has " + There->Name).str();
  if (There->Interface == TargetLibrary::Own) {
    L.Verdict = Verdict::Redesign;
    L.Message += ", with an interface of its own";
    return L;
  }
  if (There->Link.empty()) {
    L.Verdict = Verdict::Review;
    L.Message += ", of which the name to link is not known";
    return L;
  }
  L.Link = There->Link.str();
  L.Verdict = There->Interface == TargetLibrary::Unknown ? Verdict::Review : Verdict::Edit;
  for (const HipPackage &P : Packages)
    if (P.Link == L.Link) {
      L.CMakeTarget = P.Target;
      L.CMakePackage = P.Package;
    }
  return L;
}

static const Names &names() {
  static const Names All;
  return All;
}

static std::optional<LibraryThere> find(StringRef Name, const llvm::StringMap<Known> &Map, const Target &Card) {
  Name = Name.take_until([](char C) { return C == '$'; }); // cublas${EXTENSION}, static or not
  auto It = Map.find(Name);
  for (StringRef Ending : {"_static_nocallback", "_static"})
    if (It == Map.end() && Name.consume_back(Ending))
      It = Map.find(Name);
  if (It == Map.end())
    return std::nullopt;
  return answer(It->second, Card);
}

std::optional<LibraryThere> cuport::libraryThere(StringRef LinkName, const Target &Card) {
  return find(LinkName, names().ByLink, Card);
}

std::optional<LibraryThere> cuport::libraryOfTarget(StringRef Name, const Target &Card) {
  return Name.consume_front("CUDA::") ? find(Name, names().ByTarget, Card) : std::nullopt;
}
