// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Launches of the driver API.

#include "Driver.h"
#include "Kernel.h"
#include "Stream.h"

#include <cstring>

using namespace cuport;

namespace {

/// The parameters in a packed buffer.
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
  arguments.resize(kernel.parameter_count);
  for (uint32_t i = 0; i < kernel.parameter_count; ++i) {
    arguments[i] = buffer + kernel.parameter_offsets[i];
    if (kernel.parameter_offsets[i] + kernel.parameter_sizes[i] > size)
      return cudaErrorInvalidValue;
  }
  return cudaSuccess;
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

template <typename Set> CUresult setFor(CUfunction function, Set set) {
  return driver([&] {
    Device *device;
    Function *known;
    if (cudaError_t error = enter(device))
      return error;
    if (functionOf(static_cast<const void *>(function), known))
      return cudaErrorInvalidResourceHandle;
    return set(*known) ? cudaSuccess : cudaErrorInvalidValue;
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

CUresult cuFuncSetBlockShape(CUfunction function, int x, int y, int z) {
  return setFor(function, [&](Function &known) {
    known.nextBlock = dim3(x, y, z);
    return x > 0 && y > 0 && z > 0;
  });
}

CUresult cuFuncSetSharedSize(CUfunction function, unsigned int bytes) {
  return setFor(function, [&](Function &known) {
    known.nextShared = bytes;
    return true;
  });
}

CUresult cuParamSetSize(CUfunction function, unsigned int bytes) {
  return setFor(function, [&](Function &known) {
    known.nextParameters.resize(bytes);
    return true;
  });
}

CUresult cuParamSetv(CUfunction function, int offset, void *value, unsigned int bytes) {
  return setFor(function, [&](Function &known) {
    if (offset < 0 || !value)
      return false;
    // Its size may be set behind them.
    if (known.nextParameters.size() < size_t(offset) + bytes)
      known.nextParameters.resize(size_t(offset) + bytes);
    std::memcpy(known.nextParameters.data() + offset, value, bytes);
    return true;
  });
}

CUresult cuParamSeti(CUfunction function, int offset, unsigned int value) {
  return cuParamSetv(function, offset, &value, sizeof value);
}

CUresult cuParamSetf(CUfunction function, int offset, float value) {
  return cuParamSetv(function, offset, &value, sizeof value);
}

CUresult cuLaunchGridAsync(CUfunction function, int width, int height, CUstream stream) {
  LaunchShape shape;
  size_t size = 0;
  void *extra[] = {CU_LAUNCH_PARAM_BUFFER_POINTER, nullptr, CU_LAUNCH_PARAM_BUFFER_SIZE, &size, CU_LAUNCH_PARAM_END};
  CUresult result = setFor(function, [&](Function &known) {
    shape = {dim3(width, height), known.nextBlock, known.nextShared, false};
    size = known.nextParameters.size();
    extra[1] = known.nextParameters.data();
    return width > 0 && height > 0;
  });
  if (result != CUDA_SUCCESS)
    return result;
  return launchFunction(function, shape, stream, nullptr, size ? extra : nullptr);
}

CUresult cuLaunchGrid(CUfunction function, int width, int height) { return cuLaunchGridAsync(function, width, height, nullptr); }

CUresult cuLaunch(CUfunction function) { return cuLaunchGrid(function, 1, 1); }
