// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The part all verbs share: files and flags in, findings out.
//
//   inputs -> text and tokens -> units -> facts (in workers) -> rules -> findings by file
//          -> build files, taken apart ------------------------> rules -> findings by file

#ifndef CUPORT_DRIVER_SCAN_H
#define CUPORT_DRIVER_SCAN_H

#include "Build/BuildText.h"
#include "Frontend/InputFiles.h"
#include "Knowledge/ApiTable.h"
#include "Rules/Rule.h"

#include <functional>

namespace cuport {

struct ScanOptions {
  std::vector<std::string> Inputs;         ///< files and folders; must not be empty
  std::vector<std::string> Exclude;        ///< globs: files and folders below the inputs that are none
  std::string CompilationDatabase;         ///< a compile_commands.json or its folder; empty: none
  std::vector<std::string> CompilerFlags;  ///< for every unit, besides or instead of a database
  std::string CudaPath;                    ///< a toolkit to parse against; empty: the built-in surface
  std::string ResourceDir;                 ///< clang's own headers
  std::string HeaderCache;                 ///< a folder for standard headers already parsed; empty: none is kept
  std::vector<std::string> KnowledgeFiles; ///< later ones win
  unsigned Jobs = 1;
  unsigned SecondsPerUnit = 120;
  RuleOptions Rules;
  /// Called in this process after each unit; for progress on a terminal. May be empty.
  std::function<void(size_t DoneUnits, size_t AllUnits, llvm::StringRef Path)> OnUnit;
};

struct ScannedFile {
  InputFile Input;
  std::unique_ptr<SourceFile> Source; ///< null where the file could not be read as text
  std::vector<Finding> Findings;      ///< sorted
  unsigned Lines = 0;
  std::optional<BuildSystem> Build;   ///< of a build file, which no parse enters
  bool HasCuda = false;
  unsigned Units = 0;                 ///< parses that entered it
  std::vector<ParseError> Errors;     ///< of the parses, in this file
  std::string Failure;                ///< why it was not parsed, or not read
  std::string Hash;                   ///< of its bytes, in hexadecimal digits; empty where it could not be read
};

struct ScanResult {
  std::vector<ScannedFile> Files; ///< all inputs, sorted by path; without CUDA too
  size_t Units = 0;
};

/// The inputs of a run: source and build files, without build files that a build tree of CMake's is made of and without what Exclude is for.
/// Errors: as scan().
llvm::Expected<std::vector<InputFile>> filesOf(const ScanOptions &Options);

/// Errors are the user's: an input that is not there, a database or knowledge file that cannot be read. Whatever is in
/// the source is a finding.
llvm::Expected<ScanResult> scan(const ScanOptions &Options, const ApiTable &Apis);

/// The built-in rows with Options' files laid over them.
llvm::Expected<ApiTable> loadKnowledge(llvm::ArrayRef<std::string> Files);

/// Where clang's own headers are: beside the program, else where it was built with.
std::string findResourceDir(llvm::StringRef ProgramPath);

} // namespace cuport

#endif
