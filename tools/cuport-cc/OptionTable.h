// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Words of a command line -> the rows of Options.def that they match, with their values. What a row then means is
// Options.cpp's.

#ifndef CUPORT_CC_OPTIONTABLE_H
#define CUPORT_CC_OPTIONTABLE_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <string>
#include <vector>

namespace cuport {

enum class Form { Flag, Value, List, Glued, Prefix, Bool };

enum class Meaning {
  Accept, Refuse, Both, BothValue, BothAndLink, Host, Link, LinkValue, // handed on or left out, as Options.def says
  Object, DeviceObject, DeviceLink, Program, Library, Module, SeparateModule, Shared, Preprocess, Assembly, SyntaxOnly,
  Output, OutputDirectory, Keep, KeepDirectory,
  Target, Check, Architecture, GpuCode, OffloadArchitecture, Separate, SeparateOn, SeparateOff, RocmPath, SdkPath,
  Language, Standard, Define, Undefine, IncludePath, SystemInclude, Include,
  DependenciesOnly, Dependencies, DependencyFile, DependencyTarget, DependencyPhony,
  ExtendedLambda, RelaxedConstexpr, DefaultStream, NoExceptions,
  Optimize, OptimizeValue, Debug, DeviceDebug, LineInfo, FastMath, FusedMultiplyAdd, NoWarnings, Machine, Threads,
  WarningsAsErrors, HostOptions, LinkOptions, ArchiveOptions, HostCompiler,
  ForwardUnknown, ForwardUnknownToLinker, ForwardUnknownBoth, LibraryPath, LinkLibrary, RuntimeLibrary,
  DryRun, Verbose, OptionsFile, Version, Help, ListArchitectures, ListCode, AskClang,
};

struct OptionRow {
  Meaning What;
  Form How;
  llvm::StringRef Spellings; ///< separated by |
  llvm::StringRef Note;
};

llvm::ArrayRef<OptionRow> optionTable();

/// One option with its value, or (Row is null) an input or an option that the table does not have.
struct Word {
  const OptionRow *Row = nullptr;
  std::string Spelling; ///< as in the table
  std::string Value;    ///< of a Prefix the whole word
  std::string Text;     ///< as given

  bool isUnknownOption() const { return !Row && Text.size() > 1 && Text[0] == '-'; }
};

/// Matches words and reads option files (@FILE, --options-file). An error where a value is missing or a file cannot be read.
llvm::Expected<std::vector<Word>> readWords(llvm::ArrayRef<std::string> Words);

/// The spelling of the table that is nearest to what was given, or "" where nothing is near.
llvm::StringRef nearestSpelling(llvm::StringRef Given);

} // namespace cuport
#endif
