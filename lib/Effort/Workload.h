// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What there is to do for one card, counted in lines, places, kernels and libraries, before anything is said of days.

#ifndef CUPORT_EFFORT_WORKLOAD_H
#define CUPORT_EFFORT_WORKLOAD_H

#include "Effort/Survey.h"

#include <array>

namespace cuport {

/// A port is first built, then its tests pass, then it is as fast as asked.
enum class Milestone : uint8_t { M1, M2, M3 };
inline constexpr Milestone AllMilestones[] = {Milestone::M1, Milestone::M2, Milestone::M3};
/// "M1", "M2", "M3".
llvm::StringRef milestoneName(Milestone M);
std::optional<Milestone> parseMilestone(llvm::StringRef Name);

enum class Item : uint8_t {
#define ITEM(ENUMERATOR, SPELLING, UNIT, MILESTONE, TITLE) ENUMERATOR,
#include "Effort/Items.def"
};
struct ItemInfo {
  Item Id;
  llvm::StringRef Spelling, Unit;
  Milestone From;
  llvm::StringRef Title;
};
llvm::ArrayRef<ItemInfo> allItems();
inline constexpr size_t ItemCount = 0
#define ITEM(ENUMERATOR, SPELLING, UNIT, MILESTONE, TITLE) +1
#include "Effort/Items.def"
    ;

/// What a card has of one of CUDA's libraries, as far as the project uses it.
struct LibraryUse {
  enum StateKind : uint8_t {
    Mapped,  ///< all that is called
    Partly,  ///< some of what is called is lacking, or not known
    Own,     ///< there is one with another interface
    Missing, ///< there is none
    Unknown, ///< whether there is one
  };
  const TargetLibraryInfo *Library = nullptr;
  const TargetLibrary *There = nullptr; ///< null where not known
  StateKind State = Unknown;
  std::vector<size_t> Questions; ///< about its names
  std::vector<size_t> Open;      ///< of these, which it lacks or may lack
  size_t Places = 0;

  /// The questions that its state is about: those of what it lacks or may lack, or, where there are none, all.
  llvm::ArrayRef<size_t> open() const { return Open.empty() ? Questions : Open; }
};
/// "mapped", "partly", "own-interface", "missing", "unknown".
llvm::StringRef libraryStateName(LibraryUse::StateKind S);

struct Workload {
  struct Part {
    double Count = 0;
    std::vector<size_t> Findings; ///< what was counted, ascending; empty where it is no places
  };
  double CudaLines = 0;      ///< of files with CUDA that were analysed
  double UnanalysedLines = 0; ///< of the others
  double KernelLines = 0, Kernels = 0; ///< device functions are lines, but no kernels
  double OtherPlaces = 0, WarpPlaces = 0; ///< left for a person, of known verdict
  double UnknownNames = 0;   ///< different names, or questions without one, of which nothing is known
  double DerivedNames = 0;   ///< different names that were not seen on the card
  bool RewritesKernels = false;
  std::array<Part, ItemCount> Parts; ///< of the items that are counted in places

  Part &operator[](Item I) { return Parts[size_t(I)]; }
  const Part &operator[](Item I) const { return Parts[size_t(I)]; }
};

/// The libraries of the project on a card. Answers are by question.
std::vector<LibraryUse> librariesOf(const Survey &S, llvm::ArrayRef<CardVerdict> Answers);

/// Counts what stands in the files of each group, without libraries, which are the whole project's. GroupOf is by file.
std::vector<Workload> workloadsOf(const Survey &S, llvm::ArrayRef<CardVerdict> Answers, llvm::ArrayRef<uint32_t> GroupOf,
                                  size_t Groups);

/// Adds the places of build files to a workload. What they cost is a share of the lines edited by hand, which they do not change.
void addBuildFiles(Workload &W, const Survey &S, llvm::ArrayRef<CardVerdict> Answers);

/// Adds the libraries to a workload.
void addLibraries(Workload &W, const Survey &S, llvm::ArrayRef<LibraryUse> Libraries);

} // namespace cuport

#endif
