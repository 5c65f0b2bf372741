// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The host functions of a library as a shared library exports them. CUDA exports one symbol a
// version of a function, cuMemAlloc and cuMemAlloc_v2; its headers say by a macro which one a name
// means, and C++ has overloads besides:
//
//   rows X: [S], X_v2: S         ->  symbol X_v2: S, macro X -> X_v2
//   rows X: [S2, S1], X_v2: S2   ->  symbols X: S1 and X_v2: S2, overload X: S2 calls X_v2
//   template <class T> X(T *)    ->  overload that casts and calls X
//
// The address of X is that of its symbol, as in C: the overload X: S2 is for calls only.
//
// Of a library that has a legacy header, that one declares X: S1, and what has the group `legacy`; X is a macro in the other.

#ifndef CUPORT_TOOLS_CUPORT_GEN_HOSTAPI_H
#define CUPORT_TOOLS_CUPORT_GEN_HOSTAPI_H

#include "Knowledge/ApiLoader.h"
#include "Knowledge/Signature.h"

namespace cuport::gen {

struct HostFunction {
  const RawRow *Row;
  std::string Name; ///< in source; of symbols the symbol too
  cuport::Signature Signature;
  std::vector<Parameter> Parameters;
  /// Of overloads: the call of a symbol that does it, `cudaMalloc((void **)devPtr, size)`; empty:
  /// shims/include defines it by hand.
  std::string Call;

  /// What its declaration begins with: "CUPORT_OF_VARIABLE " where it is told a variable of the
  /// device's, which cards of which only the host's side is bound do not have; else "".
  llvm::StringRef mark() const;
};

struct HostApi {
  std::vector<HostFunction> Symbols;                        ///< with C linkage
  std::vector<HostFunction> Legacy;                         ///< the same, of the library's legacy header
  std::vector<HostFunction> Overloads;                      ///< for C++
  std::vector<std::pair<std::string, std::string>> Aliases; ///< name, symbol: macros
};

/// Functions that headers in shims/include define inline are left out.
llvm::Expected<HostApi> hostApi(const RawLibrary &Library);

} // namespace cuport::gen

#endif
