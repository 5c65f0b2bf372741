// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Launches by kernels: what clang calls for <<<>>> in device code; see shims/include/cuport/device_runtime.h.

#include "Kernel.h"

#include <cstdlib>
#include <cstring>

using namespace cuport;

/// The stream number that a kernel gives for what is to run after all else of its grid.
static constexpr uintptr_t TailLaunch = 3;

CUPORT_EXPORT void *cudaGetParameterBuffer(size_t alignment, size_t size) {
  constexpr size_t Least = 64; // what a row's offsets may ask for
  alignment = std::max(alignment, Least);
  return std::aligned_alloc(alignment, (std::max(size, Least) + alignment - 1) / alignment * alignment);
}

namespace {

// Copies and fills are kernels of one thread.
constexpr uint32_t Sizes[] = {8, 8, 8}, Offsets[] = {0, 8, 16};
template <class T> T argument(void *const *arguments, int index) { return *static_cast<T *>(arguments[index]); }
void copyBytes(void *const *arguments) {
  std::memmove(argument<void *>(arguments, 0), argument<const void *>(arguments, 1), argument<size_t>(arguments, 2));
}
void fillBytes(void *const *arguments) {
  std::memset(argument<void *>(arguments, 0), int(argument<size_t>(arguments, 1)), argument<size_t>(arguments, 2));
}
template <void (*Body)(void *const *)> constexpr cuport_kernel own(const char *name) {
  return {.name = name,
          .file = "",
          .line = 0,
          .flags = 0,
          .thread = Body,
          .block = [](void *const *arguments, cuport_block *) { Body(arguments); },
          .parameter_sizes = Sizes,
          .parameter_offsets = Offsets,
          .parameter_count = 3,
          .static_shared = 0,
          .frame = 0,
          .max_threads = 0,
          .architecture = 0,
          .parameter_types = nullptr};
}
const cuport_kernel copyKernel = own<copyBytes>("cudaMemcpyAsync"), fillKernel = own<fillBytes>("cudaMemsetAsync");

cudaError_t launchChild(const cuport_kernel &kernel, char *buffer, const LaunchShape &shape, cudaStream_t stream) {
  std::vector<Device *> *all;
  if (cudaError_t error = devices(all))
    return error;
  // Kernels do not know their device.
  const Device &device = *all->front();
  if (cudaError_t error = checkShape(device, kernel, shape))
    return error;
  if (kernel.static_shared + shape.dynamicShared > device.properties.sharedMemPerBlockOptin)
    return cudaErrorInvalidValue;
  std::vector<void *> arguments(kernel.parameter_count);
  for (uint32_t i = 0; i < kernel.parameter_count; ++i)
    arguments[i] = buffer + kernel.parameter_offsets[i];
  cuport_launch request;
  request.kernel = &kernel;
  request.grid = {shape.grid.x, shape.grid.y, shape.grid.z};
  request.block = {shape.block.x, shape.block.y, shape.block.z};
  request.dynamic_shared = uint32_t(shape.dynamicShared);
  request.flags = 0;
  request.arguments = arguments.data();
  return cudaError_t(backend().child_launch(&request, reinterpret_cast<uintptr_t>(stream) == TailLaunch));
}

cudaError_t launchOwn(const cuport_kernel &kernel, uint64_t first, uint64_t second, uint64_t count, cudaStream_t stream) {
  if (count == 0)
    return cudaSuccess;
  uint64_t buffer[] = {first, second, count};
  return noted(launchChild(kernel, reinterpret_cast<char *>(buffer), {}, stream));
}

} // namespace

CUPORT_EXPORT cudaError_t cudaLaunchDevice(void *handle, void *buffer, dim3 grid, dim3 block, unsigned shared,
                                           cudaStream_t stream) {
  const cuport_kernel *kernel = *static_cast<const cuport_kernel *const *>(handle);
  cudaError_t error = launchChild(*kernel, static_cast<char *>(buffer), {grid, block, shared, false}, stream);
  std::free(buffer);
  return noted(error);
}

CUPORT_EXPORT cudaError_t cuport_child_copy(void *destination, const void *source, size_t count, cudaStream_t stream) {
  return launchOwn(copyKernel, reinterpret_cast<uintptr_t>(destination), reinterpret_cast<uintptr_t>(source), count, stream);
}

CUPORT_EXPORT cudaError_t cuport_child_fill(void *destination, int value, size_t count, cudaStream_t stream) {
  return launchOwn(fillKernel, reinterpret_cast<uintptr_t>(destination), uint8_t(value), count, stream);
}

CUPORT_EXPORT cudaError_t cuport_synchronize_children() { return noted(cudaError_t(backend().child_synchronize())); }
