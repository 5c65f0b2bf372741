// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What a run of a program called, as CUPORT_TRACE=FILE wrote it (docs/Trace.md):
//
//   FILE  --parseTrace-->  CallTrace  --Driver/JoinTrace-->  ReportModel::Trace

#ifndef CUPORT_REPORT_CALLTRACE_H
#define CUPORT_REPORT_CALLTRACE_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <cstdint>
#include <map>
#include <string>

namespace cuport {

struct CallCounts {
  uint64_t Calls = 0;
  uint64_t Failed = 0;
  uint64_t Unsupported = 0; ///< among the failed: the backend does not have it

  CallCounts &operator+=(const CallCounts &Other);
};

struct CallTrace {
  std::map<std::string, CallCounts> Calls;  ///< by the function's symbol, which may end in a version: cuMemAlloc_v2
  std::map<std::string, uint64_t> Kernels; ///< launches by the kernel's name

  /// Adds another run's.
  void add(const CallTrace &Other);
};

/// Errors say what of the text is no trace.
llvm::Expected<CallTrace> parseTrace(llvm::StringRef Json);

} // namespace cuport

#endif
