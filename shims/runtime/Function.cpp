// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What there is to know and to set of a kernel.

#include "Kernel.h"

#include <algorithm>

using namespace cuport;

size_t cuport::dynamicSharedLimit(const Device &device, const Function &function) {
  size_t fixed = function.kernel.load(std::memory_order_relaxed)->static_shared;
  int set = function.maxDynamicShared.load(std::memory_order_relaxed);
  if (set >= 0)
    return size_t(set);
  size_t all = device.properties.sharedMemPerBlock;
  return fixed > all ? 0 : all - fixed;
}

namespace {

template <class Body> cudaError_t onFunction(const void *handle, Body &&body) {
  return api([&](Device &device) {
    Function *function;
    if (cudaError_t error = functionOf(handle, function))
      return error;
    return cudaError_t(body(device, *function));
  });
}

int maxThreads(const Device &device, const Function &function) {
  uint32_t bound = function.kernel.load()->max_threads;
  int most = device.properties.maxThreadsPerBlock;
  return bound ? std::min(int(bound), most) : most;
}

} // namespace

cudaError_t cudaFuncGetAttributes(cudaFuncAttributes *attributes, const void *handle) {
  return onFunction(handle, [&](Device &device, Function &function) {
    if (!attributes)
      return cudaErrorInvalidValue;
    *attributes = cudaFuncAttributes{};
    const cuport_kernel &kernel = *function.kernel.load();
    // CUB takes the sizes of its blocks from the architecture that a kernel was compiled for.
    const int architecture = device.properties.major * 10 + device.properties.minor;
    attributes->sharedSizeBytes = kernel.static_shared;
    attributes->maxThreadsPerBlock = maxThreads(device, function);
    attributes->numRegs = RegistersPerThread;
    attributes->ptxVersion = kernel.architecture ? int(kernel.architecture / 10) : architecture;
    attributes->binaryVersion = architecture;
    attributes->maxDynamicSharedSizeBytes = int(dynamicSharedLimit(device, function));
    attributes->preferredShmemCarveout = function.carveout;
    attributes->nonPortableClusterSizeAllowed = function.nonPortableCluster;
    return cudaSuccess;
  });
}

cudaError_t cudaFuncGetParamInfo(const void *handle, size_t index, size_t *offset, size_t *size) {
  return onFunction(handle, [&](Device &, Function &function) {
    const cuport_kernel &kernel = *function.kernel.load();
    if (!offset || index >= kernel.parameter_count)
      return cudaErrorInvalidValue;
    *offset = kernel.parameter_offsets[index];
    if (size)
      *size = kernel.parameter_sizes[index];
    return cudaSuccess;
  });
}

cudaError_t cudaFuncSetAttribute(const void *handle, cudaFuncAttribute attribute, int value) {
  return onFunction(handle, [&](Device &device, Function &function) {
    switch (attribute) {
    case cudaFuncAttributeMaxDynamicSharedMemorySize: {
      size_t fixed = function.kernel.load()->static_shared;
      if (value < 0 || size_t(value) + fixed > device.properties.sharedMemPerBlockOptin)
        return cudaErrorInvalidValue;
      function.maxDynamicShared = value;
      return cudaSuccess;
    }
    case cudaFuncAttributePreferredSharedMemoryCarveout:
      if (value < -1 || value > 100)
        return cudaErrorInvalidValue;
      function.carveout = value;
      return cudaSuccess;
    case cudaFuncAttributeNonPortableClusterSizeAllowed:
      function.nonPortableCluster = value != 0;
      return cudaSuccess;
    case cudaFuncAttributeClusterDimMustBeSet:
    case cudaFuncAttributeRequiredClusterWidth:
    case cudaFuncAttributeRequiredClusterHeight:
    case cudaFuncAttributeRequiredClusterDepth:
    case cudaFuncAttributeClusterSchedulingPolicyPreference:
      return notSupported("cudaFuncSetAttribute of thread block clusters");
    default:
      return cudaErrorInvalidValue;
    }
  });
}

cudaError_t cudaFuncSetCacheConfig(const void *handle, cudaFuncCache config) {
  return onFunction(handle, [&](Device &, Function &function) {
    if (unsigned(config) > cudaFuncCachePreferEqual)
      return cudaErrorInvalidValue;
    function.cacheConfig = config;
    return cudaSuccess;
  });
}

cudaError_t cudaFuncSetSharedMemConfig(const void *handle, cudaSharedMemConfig config) {
  return onFunction(handle, [&](Device &, Function &function) {
    if (unsigned(config) > cudaSharedMemBankSizeEightByte)
      return cudaErrorInvalidValue;
    function.sharedConfig = config;
    return cudaSuccess;
  });
}

cudaError_t cudaFuncGetName(const char **name, const void *handle) {
  return onFunction(handle, [&](Device &, Function &function) {
    if (!name)
      return cudaErrorInvalidValue;
    *name = function.name.c_str();
    return cudaSuccess;
  });
}

cudaError_t cudaGetFuncBySymbol(cudaFunction_t *result, const void *handle) {
  return onFunction(handle, [&](Device &, Function &function) {
    if (!result)
      return cudaErrorInvalidValue;
    *result = &function;
    return cudaSuccess;
  });
}

cudaError_t cudaGetKernel(cudaKernel_t *result, const void *handle) {
  return onFunction(handle, [&](Device &, Function &function) {
    if (!result)
      return cudaErrorInvalidValue;
    *result = reinterpret_cast<cudaKernel_t>(&function);
    return cudaSuccess;
  });
}

cudaError_t cudaSetDoubleForDevice(double *) { return cudaSuccess; }

cudaError_t cudaSetDoubleForHost(double *) { return cudaSuccess; }
