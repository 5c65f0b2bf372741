// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Which macros tell CUDA's compiler, version and architecture, and where a directive asks for them.

#ifndef CUPORT_RULES_GUARDS_H
#define CUPORT_RULES_GUARDS_H

#include "Rules/Rule.h"

namespace cuport {

/// True for __CUDACC__, __CUDA_ARCH__, CUDART_VERSION and the like.
bool isGuardMacro(llvm::StringRef Name);

/// True where token Index is such a macro in an #if, #ifdef, #ifndef or #elif.
bool isGuardUse(const FileView &File, size_t Index);

} // namespace cuport

#endif
