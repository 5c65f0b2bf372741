// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Where things are: the toolkit that cuport-cc belongs to (the layout is in docs/Shim.md), and the clang that it calls.

#ifndef CUPORT_CC_TOOLCHAIN_H
#define CUPORT_CC_TOOLCHAIN_H

#include "llvm/Support/Error.h"

#include <string>

namespace cuport {

struct Toolchain {
  std::string Root;     ///< of the toolkit: the folder above bin/
  std::string Program;  ///< cuport-cc itself
  std::string Clang;    ///< clang++: CUPORT_CLANG, else that of the build, else one on PATH; empty where it is not wanted
  std::string Linker;   ///< ld.lld beside it
  std::string Archiver; ///< llvm-ar beside it
  std::string Bundler;  ///< clang-offload-bundler beside it, which only --target=rocm needs; may be empty

  std::string includeDirectory() const { return Root + "/include/cuport"; }
  std::string libraryDirectory() const { return Root + "/lib"; }
  /// The toolkit in the shape of NVIDIA's: bin, include, lib64.
  std::string cudaDirectory() const { return Root + "/lib/cuport/cuda"; }
  std::string plugin() const { return Root + "/lib/cuport/cuport-kernels.so"; }
  std::string pluginForAll() const { return Root + "/lib/cuport/cuport-indices.so"; }
};

/// Argv0 is how the program was called. WithClang: what is to be done needs clang 22 and lld, which a vendor's compiler does not.
/// An error names what is missing.
llvm::Expected<Toolchain> findToolchain(const char *Argv0, bool WithClang);

} // namespace cuport
#endif
