// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// libcudart as a program of nvcc's sees it: a test double over libcuport-rt, and nothing of NVIDIA's. A program that cuport-cc built for
// the CPU registers and launches its kernels here as nvcc's host half does at NVIDIA's, by the names of CUDA 13.
//
//   program  ->  __hipRegisterFunction, hipLaunchKernel  ->  __cudaRegisterFunction, __cudaGetKernel, __cudaLaunchKernel  ->  libcuport-rt

#include "runtime/Api.h"

#include <dlfcn.h>

#define NEXT(NAME) reinterpret_cast<decltype(&NAME)>(dlsym(RTLD_NEXT, #NAME))

CUPORT_EXPORT void __cudaRegisterFunction(void **, const char *, char *, const char *, int, void *, void *, void *, void *, int *) {}
CUPORT_EXPORT void __cudaRegisterVar(void **, char *, char *, const char *, int, size_t, int, int) {}

CUPORT_EXPORT void __hipRegisterFunction(void **unit, const void *stub, char *device, const char *name, unsigned limit, void *a, void *b, void *c,
                                         void *d, int *e) {
  NEXT(__hipRegisterFunction)(unit, stub, device, name, limit, a, b, c, d, e);
  __cudaRegisterFunction(unit, static_cast<const char *>(stub), device, name, int(limit), a, b, c, d, e);
}

CUPORT_EXPORT void __hipRegisterVar(void **unit, void *shadow, char *device, char *name, int external, size_t size, int constant, int global) {
  NEXT(__hipRegisterVar)(unit, shadow, device, name, external, size, constant, global);
  __cudaRegisterVar(unit, static_cast<char *>(shadow), device, name, external, size, constant, global);
}

CUPORT_EXPORT cudaError_t hipLaunchKernel(const void *, dim3, dim3, void **, size_t, cudaStream_t);

// A handle is not the function itself.
CUPORT_EXPORT cudaError_t __cudaGetKernel(void **kernel, const void *function) {
  *kernel = const_cast<char *>(static_cast<const char *>(function)) + 1;
  return cudaSuccess;
}
CUPORT_EXPORT cudaError_t __cudaLaunchKernel(void *kernel, dim3 grid, dim3 block, void **arguments, size_t shared, cudaStream_t stream) {
  return NEXT(hipLaunchKernel)(static_cast<char *>(kernel) - 1, grid, block, arguments, shared, stream);
}
cudaError_t hipLaunchKernel(const void *function, dim3 grid, dim3 block, void **arguments, size_t shared, cudaStream_t stream) {
  void *kernel;
  if (cudaError_t error = __cudaGetKernel(&kernel, function))
    return error;
  return __cudaLaunchKernel(kernel, grid, block, arguments, shared, stream);
}

cudaError_t cudaMalloc(void **pointer, size_t size) {
  return reinterpret_cast<cudaError_t (*)(void **, size_t)>(dlsym(RTLD_NEXT, "cudaMalloc"))(pointer, size);
}
