// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Runs programs, or prints how they would be run (--dryrun), and owns the files that are made on the way.

#ifndef CUPORT_CC_COMMAND_H
#define CUPORT_CC_COMMAND_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <string>
#include <vector>

namespace cuport {

/// A program and its arguments.
using Command = std::vector<std::string>;

/// As a shell reads it.
std::string quoted(llvm::ArrayRef<std::string> Words);

class Runner {
public:
  struct Settings {
    bool DryRun = false, Verbose = false, Keep = false;
    std::string KeepDirectory;
  };
  explicit Runner(Settings How) : How(std::move(How)) {}
  Runner(const Runner &) = delete;
  /// Removes the temporary files. A signal removes them as well.
  ~Runner();

  bool isDryRun() const { return How.DryRun; }
  /// Whether commands are printed.
  bool prints() const { return How.DryRun || How.Verbose; }
  /// One line as nvcc's --dryrun has them.
  void print(const llvm::Twine &Text) const;

  /// A name for a file made on the way: a temporary one, or with --keep Stem.Suffix in the folder for it.
  llvm::Expected<std::string> intermediate(llvm::StringRef Stem, llvm::StringRef Suffix);
  /// The same, with Text in it.
  llvm::Expected<std::string> intermediateWith(llvm::StringRef Stem, llvm::StringRef Suffix, llvm::StringRef Text);

  /// The exit code. With Errors, what it wrote to stderr is put there and not shown.
  llvm::Expected<int> run(const Command &Command, std::string *Errors = nullptr);
  /// The same for two at a time, with what each wrote to stderr. The exit code is the first that is not 0.
  llvm::Expected<int> runTogether(const Command &First, const Command &Second, std::string &FirstErrors,
                                  std::string &SecondErrors);

private:
  llvm::Expected<std::string> temporary(llvm::StringRef Stem, llvm::StringRef Suffix);

  Settings How;
  std::vector<std::string> Temporary;
};

} // namespace cuport
#endif
