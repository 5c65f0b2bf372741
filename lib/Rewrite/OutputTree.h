// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Where the output of an input file goes when the output is a folder of its own.
//
//   inputs  /p/src /p/include     (their common folder: /p)
//   output  /out                  /p/src/a.cu -> /out/src/a.cu
//
// With one input folder that folder itself is what the output folder stands for: /p/src/a.cu ->
// /out/a.cu. Names keep their extension. Nothing is ever written outside of the output folder, nor
// over an input.

#ifndef CUPORT_REWRITE_OUTPUTTREE_H
#define CUPORT_REWRITE_OUTPUTTREE_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/Error.h"

#include <string>
#include <vector>

namespace cuport {

/// Something that was left out of a copy, and why.
struct NotCopied {
  std::string Path;
  std::string Reason;
};

struct CopyResult {
  unsigned Copied = 0;
  std::vector<NotCopied>
      Left; ///< sorted by path; what is left out by rule (.git, the output) is not named
};

class OutputTree {
public:
  /// `Inputs` are the files and folders that the user named; they exist. `Folder` need not. An
  /// error if the folder is an input folder, lies in one (the next run would take its own output
  /// for input) or has one in it.
  static llvm::Expected<OutputTree> create(llvm::ArrayRef<std::string> Inputs,
                                           llvm::StringRef Folder);

  /// The output's name for an input file. An error if the file lies outside of the inputs' common
  /// folder, if the output would leave the output folder (by ".." or a symbolic link) or if it
  /// would be the input itself.
  llvm::Expected<std::string> outputPath(llvm::StringRef InputFile) const;

  /// Writes the input file's new text, with the folders it needs and with the input's mode bits.
  /// Returns its name.
  llvm::Expected<std::string> write(llvm::StringRef InputFile, llvm::StringRef Text) const;

  /// Copies every file of the input folders but those in `Written` (input names as given to
  /// write()). Left out: .git, the output folder, what cuport's own interrupted writes left.
  /// Symbolic links are never followed into folders: those that stay inside their input folder are
  /// made again, others to files are copied as files, the rest is named in the result, as is what
  /// cannot be read. An output that cannot be written is an error.
  llvm::Expected<CopyResult> copyOthers(const llvm::StringSet<> &Written) const;

  /// True if the file or folder is the output folder or lies in it.
  bool isOutput(llvm::StringRef Path) const;

  const std::string &folder() const { return Folder; }

private:
  OutputTree() = default;

  llvm::Error copyFolder(const std::string &From, llvm::StringRef Root,
                         const llvm::StringSet<> &Skip, CopyResult &Result) const;
  llvm::Error copyLink(const std::string &From, llvm::StringRef Root, CopyResult &Result) const;
  llvm::Error copyFile(const std::string &From, CopyResult &Result) const;

  std::vector<std::string> Roots; ///< input folders: absolute, as named
  std::string Base;               ///< the folder that Folder stands for: absolute, as named
  std::string RealBase;
  std::string Folder; ///< absolute, as named
  std::string RealFolder;
};

} // namespace cuport

#endif
