// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Libraries of kernels of the runtime API, and the driver's entry points by name.

#include "Driver.h"
#include "Module.h"

#include <dlfcn.h>

using namespace cuport;

namespace {

template <class Body> cudaError_t onLibrary(cudaLibrary_t library, Body &&body) {
  return api([&](Device &) {
    auto *module = reinterpret_cast<Module *>(library);
    if (!module || module->magic != Module::Magic)
      return cudaErrorInvalidResourceHandle;
    return cudaError_t(body(*module));
  });
}

cudaError_t global(void **address, size_t *size, cudaLibrary_t library, const char *name) {
  return onLibrary(library, [&](Module &module) {
    const cuport_variable *variable;
    if (!address)
      return cudaErrorInvalidValue;
    if (cudaError_t error = variableOf(module, name, variable))
      return error;
    *address = variable->address;
    if (size)
      *size = variable->size;
    return cudaSuccess;
  });
}

// The entry point in this library, whatever else the process has of that name.
void *entryPoint(const char *name) {
  static void *self = [] {
    Dl_info info{};
    dladdr(reinterpret_cast<void *>(&entryPoint), &info);
    return dlopen(info.dli_fname, RTLD_LAZY | RTLD_NOLOAD);
  }();
  void *library = self ? self : RTLD_DEFAULT;
  if (void *plain = dlsym(library, name))
    return plain;
  // The driver's functions are asked for by their plain names; most are exported with a version.
  for (const char *version : {"_v2", "_v3", "_v4"})
    if (void *versioned = dlsym(library, (std::string(name) + version).c_str()))
      return versioned;
  return nullptr;
}

} // namespace

cudaError_t cudaLibraryLoadData(cudaLibrary_t *library, const void *code, cudaJitOption *, void **, unsigned int,
                                cudaLibraryOption *, void **, unsigned int) {
  return api([&](Device &) {
    return library ? loadModuleData(code, *reinterpret_cast<Module **>(library)) : cudaErrorInvalidValue;
  });
}

cudaError_t cudaLibraryLoadFromFile(cudaLibrary_t *library, const char *path, cudaJitOption *, void **, unsigned int,
                                    cudaLibraryOption *, void **, unsigned int) {
  return api([&](Device &) {
    return library ? loadModuleFile(path, *reinterpret_cast<Module **>(library)) : cudaErrorInvalidValue;
  });
}

cudaError_t cudaLibraryUnload(cudaLibrary_t library) {
  return onLibrary(library, [](Module &module) { return unloadModule(&module); });
}

cudaError_t cudaLibraryGetKernel(cudaKernel_t *kernel, cudaLibrary_t library, const char *name) {
  return onLibrary(library, [&](Module &module) {
    return kernel ? functionOf(module, name, *reinterpret_cast<Function **>(kernel)) : cudaErrorInvalidValue;
  });
}

cudaError_t cudaLibraryGetKernelCount(unsigned int *count, cudaLibrary_t library) {
  return onLibrary(library, [&](Module &module) {
    if (!count)
      return cudaErrorInvalidValue;
    *count = 0;
    for (const cuport_image *image : module.images)
      *count += image->kernel_count;
    return cudaSuccess;
  });
}

cudaError_t cudaLibraryGetGlobal(void **address, size_t *size, cudaLibrary_t library, const char *name) {
  return global(address, size, library, name);
}

cudaError_t cudaLibraryGetManaged(void **address, size_t *size, cudaLibrary_t library, const char *name) {
  return global(address, size, library, name);
}

cudaError_t cudaGetDriverEntryPointByVersion(const char *symbol, void **function, unsigned int, unsigned long long,
                                             cudaDriverEntryPointQueryResult *result) {
  if (!symbol || !function)
    return noted(cudaErrorInvalidValue);
  *function = entryPoint(symbol);
  if (result)
    *result = *function ? cudaDriverEntryPointSuccess : cudaDriverEntryPointSymbolNotFound;
  return cudaSuccess;
}

cudaError_t cudaGetDriverEntryPoint(const char *symbol, void **function, unsigned long long flags,
                                    cudaDriverEntryPointQueryResult *result) {
  return cudaGetDriverEntryPointByVersion(symbol, function, CUDART_VERSION, flags, result);
}

CUresult cuGetProcAddress_v2(const char *symbol, void **function, int, cuuint64_t, CUdriverProcAddressQueryResult *result) {
  if (!symbol || !function)
    return CUDA_ERROR_INVALID_VALUE;
  *function = entryPoint(symbol);
  if (result)
    *result = *function ? CU_GET_PROC_ADDRESS_SUCCESS : CU_GET_PROC_ADDRESS_SYMBOL_NOT_FOUND;
  return *function ? CUDA_SUCCESS : CUDA_ERROR_NOT_FOUND;
}

CUresult cuGetProcAddress(const char *symbol, void **function, int version, cuuint64_t flags) {
  return cuGetProcAddress_v2(symbol, function, version, flags, nullptr);
}
