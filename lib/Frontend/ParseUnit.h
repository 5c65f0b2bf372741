// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Parses one translation unit with clang and records what the user's files name. Goes on after
// every error.

#ifndef CUPORT_FRONTEND_PARSEUNIT_H
#define CUPORT_FRONTEND_PARSEUNIT_H

#include "Frontend/CompileCommand.h"
#include "Frontend/Surface.h"
#include "Frontend/UnitRecord.h"

#include <functional>

namespace cuport {

/// The arguments of a function of CUDA's that are worth recording.
struct WatchedCall {
  uint64_t Arguments = 0;              ///< a bit each, from 0
  std::vector<llvm::StringRef> Values; ///< enumerators and macros whose numbers they are compared with
};

struct ParseOptions {
  /// The built-in surface, from makeSurface().
  cuport::Surface Surface;
  /// A CUDA toolkit to parse against instead; empty: none.
  std::string CudaPath;
  /// The surface has HipNamesHeader, and units see it without including it.
  bool WithHip = false;
  /// clang's own headers (stddef.h ...).
  std::string ResourceDir;
  /// A folder for standard headers already parsed, so that the next unit or run need not; empty:
  /// none.
  std::string HeaderCache;
  /// Names worth recording: those with a row and those that look like CUDA's.
  std::function<bool(llvm::StringRef)> IsInteresting;
  /// By the function's name.
  std::function<WatchedCall(llvm::StringRef)> WatchedArguments;
  /// Record what the bodies of functions do: lanes and code.
  bool WithBodies = true;
};

enum class Pass { Host, Device };

/// Never fails: what goes wrong stands in the record, as errors of files or as Failure.
UnitRecord parseUnit(const UnitCommand &Unit, Pass P, const ParseOptions &Options);

/// True when the files a host parse entered could compile to something else for the device, so that
/// a second parse can show more: one of them mentions __CUDA_ARCH__ or a macro like it.
bool wantsDevicePass(const UnitRecord &Host);

} // namespace cuport

#endif
