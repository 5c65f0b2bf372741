// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What verbs of the command line have in common: exit codes, errors, and the options that say what
// is read, what is known and where the output goes.

#ifndef CUPORT_TOOLS_COMMON_OPTIONS_H
#define CUPORT_TOOLS_COMMON_OPTIONS_H

#include "Progress.h"

#include "Driver/Report.h"

#include "llvm/Support/CommandLine.h"

#include <string>
#include <vector>

namespace cuport {

inline constexpr int NothingLeft = 0, SomethingLeft = 1, CouldNotRun = 2;

// Functions, because options of other files name them before main begins.
llvm::cl::SubCommand &translateCommand();
llvm::cl::SubCommand &reportCommand();
llvm::cl::SubCommand &checkCommand();
llvm::cl::SubCommand &explainCommand();
llvm::cl::SubCommand &targetsCommand();
llvm::cl::OptionCategory &optionCategory();

extern llvm::cl::list<std::string> Inputs, Knowledge, Cards;
extern llvm::cl::opt<std::string> Database, HipVersion, Output;

/// Prints the error; the result is the exit code.
int fail(llvm::Error E);
int fail(const llvm::Twine &Text);

int exitCodeFor(llvm::ArrayRef<Finding> Findings);

/// "1 file", "2 files".
std::string count(size_t Number, llvm::StringRef What);

/// The words before and behind "--": the program as it was called, and the compiler's flags.
struct Invocation {
  const char *Program;
  std::vector<std::string> Flags;
};

/// What the options say of every scan, without inputs. Shown lives as long as the scan.
llvm::Expected<ScanOptions> scanOptions(const Invocation &Call, Progress &Shown);
/// The same with the inputs; to name none is an error.
llvm::Expected<ScanOptions> scanOfInputs(const Invocation &Call, Progress &Shown);

/// This program.
ReportMaker reportMaker(const Invocation &Call);

/// The report on the inputs.
llvm::Expected<ReportModel> scanned(const Invocation &Call, const CardsOptions &OnCards = {});

/// Whether a file can be made where the user wants one, asked before the work rather than after it.
llvm::Error checkFolderOf(llvm::StringRef File);

} // namespace cuport

#endif
