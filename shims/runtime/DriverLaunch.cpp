// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Launches of the driver API.

#include "Driver.h"
#include "Kernel.h"
#include "Stream.h"

using namespace cuport;

namespace {

// Where each parameter lies in a packed buffer. An image says the parameters' sizes, not their alignment; scalars, pointers and
// vectors are aligned to their size, a struct to at most `most`.
size_t layOut(const cuport_kernel &kernel, size_t most, char *buffer, std::vector<void *> &arguments) {
  size_t offset = 0;
  arguments.resize(kernel.parameter_count);
  for (uint32_t i = 0; i < kernel.parameter_count; ++i) {
    size_t size = kernel.parameter_sizes[i];
    size_t alignment = std::min<size_t>(size & -size, most);
    if (alignment)
      offset = (offset + alignment - 1) & -alignment;
    arguments[i] = buffer + offset;
    offset += size;
  }
  return offset;
}

cudaError_t unpack(const cuport_kernel &kernel, void **extra, std::vector<void *> &arguments) {
  char *buffer = nullptr;
  size_t size = 0;
  for (; *extra != CU_LAUNCH_PARAM_END; extra += 2) {
    if (*extra == CU_LAUNCH_PARAM_BUFFER_POINTER)
      buffer = static_cast<char *>(extra[1]);
    else if (*extra == CU_LAUNCH_PARAM_BUFFER_SIZE)
      size = *static_cast<size_t *>(extra[1]);
    else
      return cudaErrorInvalidValue;
  }
  if (!buffer)
    return cudaErrorInvalidValue;
  // 16 is a vector's alignment, 8 a struct's of pointers: the one that gives the buffer's size is meant.
  for (size_t most : {16, 8, 4}) {
    size_t used = layOut(kernel, most, buffer, arguments);
    if (used == size || (used + most - 1) / most * most == size)
      return cudaSuccess;
  }
  return layOut(kernel, 16, buffer, arguments) <= size ? cudaSuccess : cudaErrorInvalidValue;
}

CUresult launchFunction(CUfunction function, const LaunchShape &shape, CUstream handle, void **parameters, void **extra) {
  return driver([&] {
    Device *device;
    Stream *stream;
    Function *known;
    std::vector<void *> unpacked;
    if (cudaError_t error = enter(device))
      return error;
    if (cudaError_t error = streamOf(handle, *device, stream))
      return error;
    if (functionOf(static_cast<const void *>(function), known))
      return cudaErrorInvalidResourceHandle;
    if (parameters && extra)
      return cudaErrorInvalidValue;
    if (extra) {
      if (cudaError_t error = unpack(*known->kernel.load(), extra, unpacked))
        return error;
      parameters = unpacked.data();
    }
    return launch(*stream, *known, shape, parameters);
  });
}

} // namespace

CUresult cuLaunchKernel(CUfunction function, unsigned int gridX, unsigned int gridY, unsigned int gridZ,
                        unsigned int blockX, unsigned int blockY, unsigned int blockZ, unsigned int shared, CUstream stream,
                        void **parameters, void **extra) {
  return launchFunction(function, {{gridX, gridY, gridZ}, {blockX, blockY, blockZ}, shared, false}, stream, parameters,
                        extra);
}

CUresult cuLaunchCooperativeKernel(CUfunction function, unsigned int gridX, unsigned int gridY, unsigned int gridZ,
                                   unsigned int blockX, unsigned int blockY, unsigned int blockZ, unsigned int shared,
                                   CUstream stream, void **parameters) {
  return launchFunction(function, {{gridX, gridY, gridZ}, {blockX, blockY, blockZ}, shared, true}, stream, parameters,
                        nullptr);
}

CUresult cuLaunchKernelEx(const CUlaunchConfig *config, CUfunction function, void **parameters, void **extra) {
  if (!config || (config->numAttrs && !config->attrs))
    return CUDA_ERROR_INVALID_VALUE;
  LaunchShape shape{{config->gridDimX, config->gridDimY, config->gridDimZ},
                    {config->blockDimX, config->blockDimY, config->blockDimZ},
                    config->sharedMemBytes,
                    false};
  for (unsigned i = 0; i < config->numAttrs; ++i) {
    const CUlaunchAttribute &attribute = config->attrs[i];
    if (attribute.id == CU_LAUNCH_ATTRIBUTE_COOPERATIVE)
      shape.cooperative = attribute.value.cooperative != 0;
    else if (attribute.id == CU_LAUNCH_ATTRIBUTE_CLUSTER_DIMENSION &&
             attribute.value.clusterDim.x * attribute.value.clusterDim.y * attribute.value.clusterDim.z > 1)
      return cuport_not_supported_driver("CU_LAUNCH_ATTRIBUTE_CLUSTER_DIMENSION");
  }
  return launchFunction(function, shape, config->hStream, parameters, extra);
}

CUresult cuLaunchHostFunc(CUstream stream, CUhostFn function, void *data) {
  return driver([&] { return cudaLaunchHostFunc(stream, function, data); });
}
