// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Names of the device half. `ld -r` puts both halves into one object, and a kernel, a __host__ __device__ function or a
// variable has the same mangled name in both.
//
//   defined here               _Z1fi -> _Z1fi.cuport, which demanglers still read; without -rdc internal as well
//   another file's (-rdc)      the same
//   the process's own          stays: the C library, libm, libstdc++'s and cuport's runtime
//
// An undefined name is another file's if it is a mangled one outside of namespace std and the C++ runtime, or if the frontend
// part put it in the section "cuport.device".

#ifndef CUPORT_PASSES_SYMBOLS_H
#define CUPORT_PASSES_SYMBOLS_H

#include "llvm/IR/Module.h"
#include <string>

namespace cuport {

/// The attribute of variables that were __constant__.
inline constexpr llvm::StringLiteral ConstantAttribute = "cuport-constant";

/// Where clang takes the device half for CUDA it spells the names of what it makes external in another way than in the host half:
/// x__static__<Unit> for x.static.<Unit>. Gives them the host half's names.
void spellAsHostHalf(llvm::Module &M, llvm::StringRef Unit);

/// Relocatable: -rdc, other files may use what this one defines.
void renameSymbols(llvm::Module &M, bool Relocatable);

/// The <id> of __hip_cuid_<id>, "" without.
std::string takeUnitName(llvm::Module &M);

} // namespace cuport

#endif
