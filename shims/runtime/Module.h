// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Modules: shared objects with kernels that are loaded while the program runs.

#ifndef CUPORT_RUNTIME_MODULE_H
#define CUPORT_RUNTIME_MODULE_H

#include "Kernel.h"

#include <map>
#include <memory>

/// CUmodule and CUlibrary alike.
struct CUmod_st {
  static constexpr uint32_t Magic = 0x4d6f6475;

  uint32_t magic = Magic;
  void *object = nullptr; ///< of dlopen
  int file = -1;          ///< what it was loaded from
  std::vector<const cuport_image *> images;
  std::map<std::string, std::unique_ptr<CUfunc_st>> functions;
};

namespace cuport {

using Module = CUmod_st;

/// Whether the handle is a live function of a loaded module.
bool isModuleFunction(const void *handle);

cudaError_t loadModuleFile(const char *path, Module *&module);
/// The bytes of a shared object, as cuport-cc -fatbin writes it.
cudaError_t loadModuleData(const void *image, Module *&module);
cudaError_t unloadModule(Module *module);

/// cudaErrorSymbolNotFound where there is none of the name.
cudaError_t functionOf(Module &module, const char *name, Function *&function);
cudaError_t variableOf(Module &module, const char *name, const cuport_variable *&variable);

} // namespace cuport

#endif
