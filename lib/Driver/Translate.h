// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// cuport translate: scans, applies the edits and puts the result where the user wants it.

#ifndef CUPORT_DRIVER_TRANSLATE_H
#define CUPORT_DRIVER_TRANSLATE_H

#include "Driver/Scan.h"

namespace cuport {

struct TranslateOptions {
  enum class To {
    Folder,  ///< Output is a folder; the inputs' structure is kept in it
    InPlace, ///< the inputs themselves
    Text,    ///< the one input, a file, in the result
    Diff,    ///< a unified diff, in the result
    Fixes,   ///< Output is a file for clang-apply-replacements
    Nowhere, ///< a dry run
  };
  To Where = To::Nowhere;
  std::string Output;
  bool CopyAll = false; ///< with Folder: also what holds no CUDA
  bool Force = false;   ///< with InPlace: even where git has uncommitted changes
  std::function<void()> OnWriting; ///< called before the first file is written
};

struct TranslateResult {
  std::vector<Finding> Findings; ///< sorted; those whose edits were dropped say so
  std::string Text; ///< of Text and Diff
  std::vector<std::string> Notes; ///< what happened besides, one sentence each
  size_t FilesWithCuda = 0;
  size_t FilesChanged = 0;
  size_t FilesWritten = 0;
  size_t FilesCopied = 0;
};

/// Errors: what scan() refuses, an output that cannot be written, an in-place edit of files git has changes of. Nothing
/// is written before everything is known, and each file is written whole or not at all.
llvm::Expected<TranslateResult> translate(const ScanOptions &Scan, const TranslateOptions &Options,
                                          const ApiTable &Apis);

} // namespace cuport

#endif
