// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Kernels and variables that compiled objects bring, and how a launch finds them.
//
//   cuport_register_image(image)                     names -> kernels and variables
//   __hipRegisterFunction(unit, stub, ..., name)     stub  -> Function, bound to the kernel of its name when first needed
//
// Constructors of objects call these in any order and maybe before this library's own constructors: all state here is made
// when first touched and never destroyed.

#ifndef CUPORT_RUNTIME_KERNEL_H
#define CUPORT_RUNTIME_KERNEL_H

#include "Device.h"

#include <string>
#include <vector>

/// A kernel as the API knows it: what a stub, a cudaFunction_t, a cudaKernel_t or a CUfunction means.
struct CUfunc_st {
  static constexpr uint32_t Magic = 0x46756e63;

  uint32_t magic = Magic;
  std::string name;
  std::string unit;
  CUmod_st *module = nullptr; ///< null: part of the program
  std::atomic<const cuport_kernel *> kernel{nullptr};

  // What cudaFuncSetAttribute set; -1: not set.
  std::atomic<int> maxDynamicShared{-1};
  std::atomic<int> carveout{cudaSharedmemCarveoutDefault};
  std::atomic<int> cacheConfig{cudaFuncCachePreferNone};
  std::atomic<int> sharedConfig{cudaSharedMemBankSizeDefault};
  std::atomic<int> nonPortableCluster{0};

  // What the driver API's calls from before cuLaunchKernel set for the launches to come. Two threads may not do so at once, in CUDA either.
  dim3 nextBlock{1, 1, 1};
  unsigned nextShared = 0;
  std::vector<char> nextParameters;
};

namespace cuport {

using Function = CUfunc_st;

/// The function that a stub (or a handle of the API) means, with its kernel; cudaErrorInvalidDeviceFunction if nothing was
/// compiled for it.
cudaError_t functionOf(const void *handle, Function *&function);
/// Whether the pointer is of a __constant__ variable.
bool isConstant(const void *pointer);

/// A host variable's copy on the device; cudaErrorInvalidSymbol if it is no device variable.
cudaError_t variableOf(const void *symbol, const cuport_variable *&variable);

/// Whether a texture reference gives floats for integers.
bool readsNormalized(const void *symbol);

/// Visits every variable of the program and of its modules.
void eachVariable(void (*visit)(const cuport_variable *variable, void *data), void *data);

/// The address of \p count bytes at \p offset of a variable's copy on the device; cudaErrorInvalidValue if it has not so many.
cudaError_t placeIn(const void *symbol, size_t offset, size_t count, char *&place);

/// Images that were registered by this thread since \p scope was made go to its list, for modules.
struct ImageScope {
  ImageScope();
  ~ImageScope();
  std::vector<const cuport_image *> images;
  ImageScope *outer;
};

struct LaunchShape {
  dim3 grid{1, 1, 1};
  dim3 block{1, 1, 1};
  size_t dynamicShared = 0;
  bool cooperative = false;
};

/// Whether \p device has room for such blocks and so many, as far as only the kernel counts.
cudaError_t checkShape(const Device &device, const cuport_kernel &kernel, const LaunchShape &shape);

/// CUDA's checks of a launch of \p function on \p device.
cudaError_t checkLaunch(Device &device, const Function &function, const LaunchShape &shape);

/// What the backend is asked; \p arguments are not copied.
cuport_launch requestOf(const Function &function, const LaunchShape &shape, void *const *arguments);

/// Queues it, or puts it in the graph that captures the stream. \p arguments are as many as the kernel has parameters.
cudaError_t launch(Stream &stream, Function &function, const LaunchShape &shape, void *const *arguments);

/// How many blocks of so many threads fit on a multiprocessor.
cudaError_t blocksPerMultiprocessor(const Device &device, const Function &function, int blockSize, size_t dynamicShared,
                                    int &blocks);

/// Registers a thread of every kernel is said to use.
constexpr int RegistersPerThread = 32;

/// Bytes of dynamic shared memory that a launch may ask for.
size_t dynamicSharedLimit(const Device &device, const Function &function);

} // namespace cuport

#endif
