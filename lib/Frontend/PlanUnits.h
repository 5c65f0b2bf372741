// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Which translation units to parse when nobody gave a compile command, and with which include folders: read off the
// include directives and the files that are there.

#ifndef CUPORT_FRONTEND_PLANUNITS_H
#define CUPORT_FRONTEND_PLANUNITS_H

#include "Frontend/CompileCommand.h"
#include "Frontend/SourceFile.h"

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringMap.h"

#include <map>
#include <optional>
#include <set>

namespace cuport {

struct PlannedFile {
  std::string RealPath;
  const SourceFile *Source;
  bool HasCuda;    ///< it names something of CUDA's
  bool HasKernels; ///< it has __global__, __device__ or <<<>>>: nvcc compiles it as CUDA, whatever its name
};

/// True for the name of a header of CUDA's, as an include directive spells it. In angle brackets it is CUDA's, even where some
/// folder of the tree has a file of that name: nobody said that this folder is searched.
using HeaderPredicate = llvm::function_ref<bool(llvm::StringRef)>;

/// Which files of a project include which: asked of the file system once. Files outlive it.
class IncludeGraph {
public:
  IncludeGraph(llvm::ArrayRef<PlannedFile> Files, HeaderPredicate IsCuda);

  /// The units that show every file with CUDA in its including context: files that are compiled on their own and hold CUDA
  /// or include a file that does, and are not included by others. ExtraArgs, as parseFlags() gives
  /// them, go to every unit.
  std::vector<UnitCommand> planUnits(llvm::ArrayRef<std::string> ExtraArgs) const;

  /// As many of Units as it takes for each file of Wanted to be one or to be included by one, if any of them includes it: by that which
  /// includes most of Wanted, and of several by the nearest.
  std::vector<UnitCommand> unitsThatShow(std::set<std::string> Wanted, std::vector<UnitCommand> Units) const;

  /// Units of their own for the files of Wanted, headers and fragments among them, that no other unit entered.
  std::vector<UnitCommand> planLeftovers(const std::set<std::string> &Wanted, llvm::ArrayRef<std::string> ExtraArgs) const;

  /// By real path, the offsets of the names in include directives that are files of the project's, and the real paths of those: in
  /// code that no unit compiles, too, where clang follows none.
  std::map<std::string, std::map<uint32_t, std::string>> ownIncludes() const;

private:
  struct Resolved {
    std::string Path;    ///< real path of the included file
    std::string Folder;  ///< what has to be searched to find it; empty where the includer's own folder does
    uint32_t Offset = 0; ///< of its name in the includer
    bool Angled = false; ///< the name stands in <>
  };
  /// The folders that a unit's includes need; true for those that includes with <> need.
  using IncludeFolders = std::vector<std::pair<std::string, bool>>;

  std::optional<Resolved> resolve(llvm::StringRef Includer, llvm::StringRef Name, bool Angled, HeaderPredicate IsCuda) const;
  /// Include folders a unit needs, in the order they are met, and the files it reaches.
  void walk(const std::string &Unit, IncludeFolders &Folders, std::set<std::string> &Reached) const;
  static UnitCommand command(const PlannedFile &F, bool Cuda, const IncludeFolders &Folders, llvm::ArrayRef<std::string> ExtraArgs);
  std::vector<UnitCommand> plan(llvm::ArrayRef<std::string> ExtraArgs, llvm::function_ref<bool(const PlannedFile &)> IsUnit) const;

  llvm::ArrayRef<PlannedFile> Files;
  std::map<std::string, const PlannedFile *> ByPath;
  llvm::StringMap<std::vector<std::string>> ByName; ///< last component -> paths
  std::map<std::string, std::vector<Resolved>> Edges;
  std::set<std::string> Included; ///< by another file
};

} // namespace cuport

#endif
