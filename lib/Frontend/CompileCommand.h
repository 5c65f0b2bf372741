// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// How one translation unit is to be parsed, whoever said so: compile_commands.json, flags after --, or nobody.

#ifndef CUPORT_FRONTEND_COMPILECOMMAND_H
#define CUPORT_FRONTEND_COMPILECOMMAND_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Error.h"

#include <string>
#include <vector>

namespace cuport {

enum class Language { Cuda, Cxx, C };

struct UnitCommand {
  std::string File;      ///< absolute
  std::string Directory; ///< where relative flags are relative to; absolute
  cuport::Language Language = Language::Cuda;
  std::vector<std::string> Args; ///< what matters to a parse: -I -isystem -iquote -idirafter -D -U -include -imacros -std=
};

/// What a file's name says of its language: .c is C, .cu and .cuh are CUDA, the rest C++.
Language languageOf(llvm::StringRef Path);

/// True for names of files that are compiled on their own (.cu .c .cc .cpp .cxx .c++ .C).
bool isUnitName(llvm::StringRef Path);

/// True for names of files that hold C, C++ or CUDA: units, headers and fragments, and what a build makes such files of (.h.in).
bool isSourceName(llvm::StringRef Path);

/// True for names of what a build makes sources of.
bool isConfigured(llvm::StringRef Path);

/// Reduces a command line of nvcc, clang, gcc or hipcc (compiler first) to a UnitCommand: what a parse does not need is
/// dropped, nvcc's spellings become clang's. File and Directory are absolute.
UnitCommand unitFromCommandLine(llvm::StringRef File, llvm::StringRef Directory,
                                llvm::ArrayRef<std::string> CommandLine);

/// The part of flags a user typed in Directory that matters to a parse, as UnitCommand::Args; folders become absolute, so
/// that they go with units of any directory.
std::vector<std::string> parseFlags(llvm::StringRef Directory, llvm::ArrayRef<std::string> Flags);

/// The units of a compile_commands.json, or of the one in a folder. Errors name the file.
llvm::Expected<std::vector<UnitCommand>> readCompilationDatabase(llvm::StringRef Path);

} // namespace cuport

#endif
