// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef CUPORT_PASSES_CUDASOURCE_H
#define CUPORT_PASSES_CUDASOURCE_H

#include "clang/Frontend/CompilerInstance.h"
#include "clang/Lex/PreprocessorOptions.h"

namespace cuport {

/// Whether nvcc is what the source is for; cuport-cc says so.
inline bool isCudaSource(const clang::CompilerInstance &Compiler) {
  return llvm::any_of(Compiler.getPreprocessorOpts().Macros, [](const auto &Macro) { return Macro.first == "__CUDACC__=1" && !Macro.second; });
}

} // namespace cuport

#endif
