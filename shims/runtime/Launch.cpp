// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Launches: CUDA's checks, then the stream.

#include "Capture.h"
#include "Graph.h"
#include "Kernel.h"
#include "Stream.h"

#include <vector>

using namespace cuport;

cudaError_t cuport::checkShape(const Device &device, const cuport_kernel &kernel, const LaunchShape &shape) {
  const cudaDeviceProp &limits = device.properties;
  const dim3 &grid = shape.grid;
  const dim3 &block = shape.block;
  auto over = [](unsigned value, int limit) { return value == 0 || value > unsigned(limit); };
  if (over(block.x, limits.maxThreadsDim[0]) || over(block.y, limits.maxThreadsDim[1]) ||
      over(block.z, limits.maxThreadsDim[2]) || over(grid.x, limits.maxGridSize[0]) ||
      over(grid.y, limits.maxGridSize[1]) || over(grid.z, limits.maxGridSize[2]))
    return cudaErrorInvalidConfiguration;
  uint64_t threads = uint64_t(block.x) * block.y * block.z;
  if (threads > uint64_t(limits.maxThreadsPerBlock))
    return cudaErrorInvalidConfiguration;
  return kernel.max_threads && threads > kernel.max_threads ? cudaErrorLaunchOutOfResources : cudaSuccess;
}

cudaError_t cuport::checkLaunch(Device &device, const Function &function, const LaunchShape &shape) {
  const cudaDeviceProp &limits = device.properties;
  if (cudaError_t error = checkShape(device, *function.kernel.load(std::memory_order_relaxed), shape))
    return error;
  if (shape.dynamicShared > dynamicSharedLimit(device, function))
    return cudaErrorInvalidValue;
  if (shape.cooperative) {
    if (!limits.cooperativeLaunch)
      return notSupported("cooperative launch");
    int blocks, threads = int(shape.block.x * shape.block.y * shape.block.z);
    if (cudaError_t error = blocksPerMultiprocessor(device, function, threads, shape.dynamicShared, blocks))
      return error;
    if (uint64_t(shape.grid.x) * shape.grid.y * shape.grid.z > uint64_t(blocks) * limits.multiProcessorCount)
      return cudaErrorCooperativeLaunchTooLarge;
  }
  return cudaSuccess;
}

cuport_launch cuport::requestOf(const Function &function, const LaunchShape &shape,
                                void *const *arguments) {
  cuport_launch request;
  request.kernel = function.kernel.load(std::memory_order_relaxed);
  request.grid = {shape.grid.x, shape.grid.y, shape.grid.z};
  request.block = {shape.block.x, shape.block.y, shape.block.z};
  request.dynamic_shared = uint32_t(shape.dynamicShared);
  request.flags = shape.cooperative ? CUPORT_LAUNCH_COOPERATIVE : 0;
  request.arguments = arguments;
  return request;
}

cudaError_t cuport::launch(Stream &stream, Function &function, const LaunchShape &shape,
                           void *const *arguments) {
  if (cudaError_t error = checkLaunch(stream.device, function, shape))
    return error;
  cuport_launch request = requestOf(function, shape, arguments);
  if (request.kernel->parameter_count && !arguments)
    return cudaErrorInvalidValue;
  if (stream.capture.load(std::memory_order_acquire)) [[unlikely]]
    return captureNode(stream, KernelLaunch(function, shape, arguments));
  if (cudaError_t error = refuseImplicit(stream))
    return error;
  return enqueue(stream, [&](cuport_queue *queue) { return backend().launch(queue, &request); });
}

namespace {

struct CallConfiguration {
  dim3 grid, block;
  size_t shared;
  cudaStream_t stream;
};
thread_local std::vector<CallConfiguration> configurations;

cudaError_t launchByHandle(const void *handle, const LaunchShape &shape, void **arguments, cudaStream_t stream) {
  return onStream(stream, [&](Stream &stream) {
    Function *function;
    if (cudaError_t error = functionOf(handle, function))
      return error;
    return launch(stream, *function, shape, arguments);
  });
}

} // namespace

CUPORT_EXPORT cudaError_t __hipPushCallConfiguration(dim3 grid, dim3 block, size_t shared, cudaStream_t stream) {
  configurations.push_back({grid, block, shared, stream});
  return cudaSuccess;
}

CUPORT_EXPORT cudaError_t __hipPopCallConfiguration(dim3 *grid, dim3 *block, size_t *shared, cudaStream_t *stream) {
  if (configurations.empty())
    return noted(cudaErrorMissingConfiguration);
  CallConfiguration top = configurations.back();
  configurations.pop_back();
  *grid = top.grid;
  *block = top.block;
  *shared = top.shared;
  *stream = top.stream;
  return cudaSuccess;
}

cudaError_t cudaLaunchKernel(const void *function, dim3 grid, dim3 block, void **arguments, size_t shared,
                             cudaStream_t stream) {
  return launchByHandle(function, {grid, block, shared, false}, arguments, stream);
}

CUPORT_EXPORT cudaError_t hipLaunchKernel(const void *function, dim3 grid, dim3 block, void **arguments, size_t shared,
                                          cudaStream_t stream) {
  return launchByHandle(function, {grid, block, shared, false}, arguments, stream);
}

CUPORT_EXPORT cudaError_t hipLaunchKernel_spt(const void *function, dim3 grid, dim3 block, void **arguments, size_t shared,
                                              cudaStream_t stream) {
  PerThreadDefault perThread;
  return launchByHandle(function, {grid, block, shared, false}, arguments, stream);
}

cudaError_t cudaLaunchCooperativeKernel(const void *function, dim3 grid, dim3 block, void **arguments, size_t shared,
                                        cudaStream_t stream) {
  return launchByHandle(function, {grid, block, shared, true}, arguments, stream);
}

cudaError_t cudaLaunchKernelExC(const cudaLaunchConfig_t *config, const void *function, void **arguments) {
  if (!config || (config->numAttrs && !config->attrs))
    return noted(cudaErrorInvalidValue);
  LaunchShape shape{config->gridDim, config->blockDim, config->dynamicSmemBytes, false};
  for (unsigned i = 0; i < config->numAttrs; ++i) {
    const cudaLaunchAttribute &attribute = config->attrs[i];
    switch (attribute.id) {
    case cudaLaunchAttributeCooperative:
      shape.cooperative = attribute.val.cooperative != 0;
      break;
    case cudaLaunchAttributeClusterDimension:
      if (attribute.val.clusterDim.x * attribute.val.clusterDim.y * attribute.val.clusterDim.z > 1)
        return cuport_not_supported("cudaLaunchAttributeClusterDimension");
      break;
    case cudaLaunchAttributeProgrammaticEvent:
      return cuport_not_supported("cudaLaunchAttributeProgrammaticEvent");
    case cudaLaunchAttributeLaunchCompletionEvent:
      return cuport_not_supported("cudaLaunchAttributeLaunchCompletionEvent");
    case cudaLaunchAttributeDeviceUpdatableKernelNode:
      if (attribute.val.deviceUpdatableKernelNode.deviceUpdatable)
        return cuport_not_supported("cudaLaunchAttributeDeviceUpdatableKernelNode");
      break;
    default:
      // Hints for caches, priorities and overlap: what a kernel computes is the same without.
      break;
    }
  }
  return launchByHandle(function, shape, arguments, config->stream);
}
