// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Modules, libraries, functions and launches of the driver API.

#include "Driver.h"
#include "Module.h"
#include "Stream.h"

#include <algorithm>

using namespace cuport;

namespace {

template <class Body> cudaError_t withModule(CUmodule module, Body &&body) {
  return module && module->magic == Module::Magic ? body(*module) : cudaErrorInvalidResourceHandle;
}

template <class Body> CUresult onModule(CUmodule module, Body &&body) {
  return driver([&] { return withModule(module, body); });
}

/// What a module holds is told without a context.
template <class Body> CUresult aboutModule(CUmodule module, Body &&body) {
  return driverAnywhere([&] { return withModule(module, body); });
}

// A CUlibrary is the module, a CUkernel the function.
CUmodule moduleOf(CUlibrary library) { return reinterpret_cast<CUmodule>(library); }
// The runtime API's own entry points take any handle of a function as a plain pointer; its C++ overloads do not.
const void *stub(CUfunction function) { return function; }

CUfunction functionOf(CUkernel kernel) { return reinterpret_cast<CUfunction>(kernel); }

cudaError_t global(Module &module, const char *name, CUdeviceptr *address, size_t *size) {
  const cuport_variable *variable;
  if (cudaError_t error = variableOf(module, name, variable))
    return error;
  if (address)
    *address = reinterpret_cast<CUdeviceptr>(variable->address);
  if (size)
    *size = variable->size;
  return cudaSuccess;
}

cudaError_t unload(CUmodule module) {
  Device *device;
  if (cudaError_t error = currentDevice(device))
    return error;
  if (cudaError_t error = synchronize(*device))
    return error;
  return unloadModule(module);
}

} // namespace

CUresult cuModuleLoad(CUmodule *module, const char *path) {
  return driver([&] { return module ? loadModuleFile(path, *module) : cudaErrorInvalidValue; });
}

CUresult cuModuleLoadData(CUmodule *module, const void *image) {
  return driver([&] { return module ? loadModuleData(image, *module) : cudaErrorInvalidValue; });
}

// Options steer a compiler at run time, and there is nothing to compile.
CUresult cuModuleLoadDataEx(CUmodule *module, const void *image, unsigned int, CUjit_option *, void **) {
  return cuModuleLoadData(module, image);
}

CUresult cuModuleLoadFatBinary(CUmodule *module, const void *image) { return cuModuleLoadData(module, image); }

CUresult cuModuleUnload(CUmodule module) {
  return driver([&] { return unload(module); });
}

CUresult cuModuleGetLoadingMode(CUmoduleLoadingMode *mode) {
  if (!mode)
    return CUDA_ERROR_INVALID_VALUE;
  *mode = CU_MODULE_EAGER_LOADING;
  return CUDA_SUCCESS;
}

CUresult cuModuleGetFunction(CUfunction *function, CUmodule module, const char *name) {
  return onModule(module, [&](Module &module) {
    return function ? cuport::functionOf(module, name, *function) : cudaErrorInvalidValue;
  });
}

CUresult cuModuleGetFunctionCount(unsigned int *count, CUmodule module) {
  return aboutModule(module, [&](Module &module) {
    if (!count)
      return cudaErrorInvalidValue;
    *count = 0;
    for (const cuport_image *image : module.images)
      *count += image->kernel_count;
    return cudaSuccess;
  });
}

CUresult cuModuleEnumerateFunctions(CUfunction *functions, unsigned int count, CUmodule module) {
  return aboutModule(module, [&](Module &module) {
    unsigned next = 0;
    if (!functions)
      return cudaErrorInvalidValue;
    for (const cuport_image *image : module.images)
      for (uint32_t i = 0; i < image->kernel_count && next < count; ++i)
        if (cudaError_t error = cuport::functionOf(module, image->kernels[i].name, functions[next++]))
          return error;
    return cudaSuccess;
  });
}

CUresult cuModuleGetGlobal_v2(CUdeviceptr *address, size_t *size, CUmodule module, const char *name) {
  return onModule(module, [&](Module &module) { return global(module, name, address, size); });
}

CUresult cuLibraryLoadData(CUlibrary *library, const void *code, CUjit_option *, void **, unsigned int, CUlibraryOption *,
                           void **, unsigned int) {
  return driverAnywhere([&] {
    return library ? loadModuleData(code, *reinterpret_cast<CUmodule *>(library)) : cudaErrorInvalidValue;
  });
}

CUresult cuLibraryLoadFromFile(CUlibrary *library, const char *path, CUjit_option *, void **, unsigned int,
                               CUlibraryOption *, void **, unsigned int) {
  return driverAnywhere([&] {
    return library ? loadModuleFile(path, *reinterpret_cast<CUmodule *>(library)) : cudaErrorInvalidValue;
  });
}

// A library and its kernels are no context's; what its module, functions and variables are is asked of the current one.

CUresult cuLibraryUnload(CUlibrary library) {
  return driverAnywhere([&] { return unload(moduleOf(library)); });
}

CUresult cuLibraryGetKernel(CUkernel *kernel, CUlibrary library, const char *name) {
  return aboutModule(moduleOf(library), [&](Module &module) {
    return kernel ? cuport::functionOf(module, name, *reinterpret_cast<CUfunction *>(kernel)) : cudaErrorInvalidValue;
  });
}

CUresult cuLibraryGetKernelCount(unsigned int *count, CUlibrary library) {
  return cuModuleGetFunctionCount(count, moduleOf(library));
}

CUresult cuLibraryEnumerateKernels(CUkernel *kernels, unsigned int count, CUlibrary library) {
  return cuModuleEnumerateFunctions(reinterpret_cast<CUfunction *>(kernels), count, moduleOf(library));
}

CUresult cuLibraryGetModule(CUmodule *module, CUlibrary library) {
  return onModule(moduleOf(library), [&](Module &found) {
    if (!module)
      return cudaErrorInvalidValue;
    *module = &found;
    return cudaSuccess;
  });
}

CUresult cuLibraryGetGlobal(CUdeviceptr *address, size_t *size, CUlibrary library, const char *name) {
  return cuModuleGetGlobal_v2(address, size, moduleOf(library), name);
}

CUresult cuLibraryGetManaged(CUdeviceptr *address, size_t *size, CUlibrary library, const char *name) {
  return aboutModule(moduleOf(library), [&](Module &module) { return global(module, name, address, size); });
}

CUresult cuKernelGetFunction(CUfunction *function, CUkernel kernel) {
  return driver([&] {
    if (!function || !kernel)
      return cudaErrorInvalidValue;
    *function = functionOf(kernel);
    return cudaSuccess;
  });
}

CUresult cuKernelGetLibrary(CUlibrary *library, CUkernel kernel) {
  if (!library || !kernel)
    return CUDA_ERROR_INVALID_VALUE;
  *library = reinterpret_cast<CUlibrary>(functionOf(kernel)->module);
  return CUDA_SUCCESS;
}

CUresult cuKernelGetName(const char **name, CUkernel kernel) {
  if (!name || !kernel)
    return CUDA_ERROR_INVALID_VALUE;
  *name = functionOf(kernel)->name.c_str();
  return CUDA_SUCCESS;
}

CUresult cuKernelGetAttribute(int *value, CUfunction_attribute attribute, CUkernel kernel, CUdevice) {
  return cuFuncGetAttribute(value, attribute, functionOf(kernel));
}

CUresult cuKernelSetAttribute(CUfunction_attribute attribute, int value, CUkernel kernel, CUdevice) {
  return cuFuncSetAttribute(functionOf(kernel), attribute, value);
}

CUresult cuFuncGetName(const char **name, CUfunction function) {
  return driver([&] { return cudaFuncGetName(name, stub(function)); });
}

CUresult cuFuncGetModule(CUmodule *module, CUfunction function) {
  if (!module || !function)
    return CUDA_ERROR_INVALID_VALUE;
  *module = function->module;
  return CUDA_SUCCESS;
}

CUresult cuFuncGetAttribute(int *value, CUfunction_attribute attribute, CUfunction function) {
  return driver([&] {
    cudaFuncAttributes all;
    if (!value)
      return cudaErrorInvalidValue;
    if (cudaError_t error = cudaFuncGetAttributes(&all, stub(function)))
      return error == cudaErrorInvalidDeviceFunction ? cudaErrorInvalidResourceHandle : error;
    const int values[] = {all.maxThreadsPerBlock,
                          int(all.sharedSizeBytes),
                          int(all.constSizeBytes),
                          int(all.localSizeBytes),
                          all.numRegs,
                          all.ptxVersion,
                          all.binaryVersion,
                          all.cacheModeCA,
                          all.maxDynamicSharedSizeBytes,
                          all.preferredShmemCarveout,
                          all.clusterDimMustBeSet,
                          all.requiredClusterWidth,
                          all.requiredClusterHeight,
                          all.requiredClusterDepth,
                          all.nonPortableClusterSizeAllowed,
                          all.clusterSchedulingPolicyPreference};
    if (unsigned(attribute) >= std::size(values))
      return cudaErrorInvalidValue;
    *value = values[attribute];
    return cudaSuccess;
  });
}

// The numbers of both APIs' attributes are the same.
CUresult cuFuncSetAttribute(CUfunction function, CUfunction_attribute attribute, int value) {
  return driver([&] { return cudaFuncSetAttribute(stub(function), cudaFuncAttribute(attribute), value); });
}

CUresult cuFuncSetCacheConfig(CUfunction function, CUfunc_cache config) {
  return driver([&] { return cudaFuncSetCacheConfig(stub(function), cudaFuncCache(config)); });
}

CUresult cuFuncSetSharedMemConfig(CUfunction function, CUsharedconfig config) {
  return driver([&] { return cudaFuncSetSharedMemConfig(stub(function), cudaSharedMemConfig(config)); });
}

CUresult cuFuncIsLoaded(CUfunctionLoadingState *state, CUfunction function) {
  if (!state || !function)
    return CUDA_ERROR_INVALID_VALUE;
  *state = CU_FUNCTION_LOADING_STATE_LOADED;
  return CUDA_SUCCESS;
}

CUresult cuFuncLoad(CUfunction function) { return function ? CUDA_SUCCESS : CUDA_ERROR_INVALID_VALUE; }

CUresult cuOccupancyMaxActiveBlocksPerMultiprocessor(int *blocks, CUfunction function, int blockSize, size_t shared) {
  return driver([&] { return cudaOccupancyMaxActiveBlocksPerMultiprocessor(blocks, stub(function), blockSize, shared); });
}

CUresult cuOccupancyMaxActiveBlocksPerMultiprocessorWithFlags(int *blocks, CUfunction function, int blockSize,
                                                              size_t shared, unsigned int flags) {
  return driver(
      [&] { return cudaOccupancyMaxActiveBlocksPerMultiprocessorWithFlags(blocks, stub(function), blockSize, shared, flags); });
}

CUresult cuOccupancyAvailableDynamicSMemPerBlock(size_t *size, CUfunction function, int blocks, int blockSize) {
  return driver([&] { return cudaOccupancyAvailableDynamicSMemPerBlock(size, stub(function), blocks, blockSize); });
}

// The block size with the most threads at once; of several the largest.
CUresult cuOccupancyMaxPotentialBlockSizeWithFlags(int *minGridSize, int *blockSize, CUfunction function,
                                                   CUoccupancyB2DSize sharedOfBlock, size_t shared, int limit,
                                                   unsigned int) {
  return driver([&] {
    Device *device;
    Function *known;
    if (!minGridSize || !blockSize)
      return cudaErrorInvalidValue;
    if (cudaError_t error = currentDevice(device))
      return error;
    if (cudaError_t error = cuport::functionOf(static_cast<const void *>(function), known))
      return error;
    int most = device->properties.maxThreadsPerBlock;
    if (uint32_t bound = known->kernel.load()->max_threads)
      most = std::min(most, int(bound));
    if (limit > 0)
      most = std::min(most, limit);
    int best = 0, bestSize = 0, bestBlocks = 0;
    int warp = device->properties.warpSize;
    for (int size = (most + warp - 1) / warp * warp; size > 0; size -= warp) {
      int threads = std::min(size, most), blocks;
      size_t bytes = sharedOfBlock ? sharedOfBlock(threads) : shared;
      if (cudaError_t error = blocksPerMultiprocessor(*device, *known, threads, bytes, blocks))
        return error;
      if (blocks * threads > best) {
        best = blocks * threads;
        bestSize = threads;
        bestBlocks = blocks;
      }
    }
    *blockSize = bestSize;
    *minGridSize = bestBlocks * device->properties.multiProcessorCount;
    return cudaSuccess;
  });
}

CUresult cuOccupancyMaxPotentialBlockSize(int *minGridSize, int *blockSize, CUfunction function,
                                          CUoccupancyB2DSize sharedOfBlock, size_t shared, int limit) {
  return cuOccupancyMaxPotentialBlockSizeWithFlags(minGridSize, blockSize, function, sharedOfBlock, shared, limit, 0);
}
