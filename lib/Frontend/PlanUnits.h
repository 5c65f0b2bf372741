// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Which translation units to parse when nobody gave a compile command, and with which include folders: read off the
// include directives and the files that are there.

#ifndef CUPORT_FRONTEND_PLANUNITS_H
#define CUPORT_FRONTEND_PLANUNITS_H

#include "Frontend/CompileCommand.h"
#include "Frontend/SourceFile.h"

#include "llvm/ADT/STLFunctionalExtras.h"

#include <map>
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

/// The units that show every file with CUDA in its including context: files that are compiled on their own and hold CUDA
/// or include a file that does, and are not included by others. ExtraArgs, as parseFlags() gives
/// them, go to every unit.
std::vector<UnitCommand> planUnits(llvm::ArrayRef<PlannedFile> Files, HeaderPredicate IsCuda,
                                   llvm::ArrayRef<std::string> ExtraArgs);

/// Units of their own for the files of Wanted, headers and fragments among them, that no other unit entered.
std::vector<UnitCommand> planLeftovers(llvm::ArrayRef<PlannedFile> Files, HeaderPredicate IsCuda,
                                       const std::set<std::string> &Wanted, llvm::ArrayRef<std::string> ExtraArgs);

/// By real path, the offsets of the names in include directives that are files of the project's, and the real paths of those: in code
/// that no unit compiles, too, where clang follows none.
std::map<std::string, std::map<uint32_t, std::string>> ownIncludes(llvm::ArrayRef<PlannedFile> Files, HeaderPredicate IsCuda);

} // namespace cuport

#endif
