// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// cuport explain: what is known about a name, a header or a rule, as text or as YAML to start from.

#ifndef CUPORT_DRIVER_EXPLAIN_H
#define CUPORT_DRIVER_EXPLAIN_H

#include "Knowledge/ApiTable.h"
#include "Knowledge/Target.h"

#include "llvm/Support/Error.h"

#include <string>

namespace cuport {

struct ExplainOptions {
  Version Hip;       ///< the verdict is for this HIP
  bool Yaml = false; ///< the row instead of text
  llvm::ArrayRef<const Target *> Cards = {}; ///< where there are any, what becomes of the name on them
};

/// Subject is a CUDA name, a HIP name, a header, a rule's id, or a PTX instruction or register ("lop3.b32", or "ptx:rsqrt"
/// where a function has the name too). The error of an unknown one suggests the nearest.
llvm::Expected<std::string> explain(llvm::StringRef Subject, const ApiTable &Apis, const ExplainOptions &Options);

/// One line for every rule, then one for every library with its count of rows; with a library's id, one line for each
/// of its rows. "ptx" is the library of the PTX rows.
llvm::Expected<std::string> explainList(llvm::StringRef Library, const ApiTable &Apis,
                                        const ExplainOptions &Options);

} // namespace cuport

#endif
