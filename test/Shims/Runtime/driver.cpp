// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The driver API: start, contexts, memory, modules from what cuport-cc makes, launches, and errors of its own.
//
// RUN: %cuport-cc -cubin %S/Inputs/module.cu -o %t.cubin
// RUN: %clangxx %s -o %t %runtime-program && %t %t.cubin | FileCheck %s
// CHECK: all as it should be

#include "check.h"

#include <cuda.h>

#include <string>
#include <vector>

int main(int, char **arguments) {
  int count;
  IS(cuDeviceGetCount(&count), CUDA_ERROR_NOT_INITIALIZED);
  IS(cuInit(1), CUDA_ERROR_INVALID_VALUE);
  IS(cuInit(0), CUDA_SUCCESS);
  IS(cuDeviceGetCount(&count), CUDA_SUCCESS);
  CUdevice device;
  IS(cuDeviceGet(&device, count), CUDA_ERROR_INVALID_DEVICE);
  IS(cuDeviceGet(&device, 0), CUDA_SUCCESS);
  CUdeviceptr place;
  IS(cuMemAlloc(&place, 64), CUDA_ERROR_INVALID_CONTEXT);
  CUcontext context, current;
  IS(cuCtxGetCurrent(&current), CUDA_SUCCESS);
  CHECK(current == nullptr);
  unsigned flags;
  int active;
  IS(cuDevicePrimaryCtxGetState(device, &flags, &active), CUDA_SUCCESS);
  IS(active, 0);
  IS(cuDevicePrimaryCtxRetain(&context, device), CUDA_SUCCESS);
  IS(cuDevicePrimaryCtxGetState(device, &flags, &active), CUDA_SUCCESS);
  IS(active, 1);
  IS(cuDevicePrimaryCtxRelease(device), CUDA_SUCCESS);
  IS(cuDevicePrimaryCtxGetState(device, &flags, &active), CUDA_SUCCESS);
  IS(active, 0);
  IS(cuDevicePrimaryCtxRelease(device), CUDA_ERROR_INVALID_CONTEXT);
  IS(cuCtxCreate_v2(&context, 0, device), CUDA_SUCCESS);
  IS(cuCtxGetCurrent(&current), CUDA_SUCCESS);
  CHECK(current == context);

  IS(cuMemAlloc(&place, 64), CUDA_SUCCESS);
  IS(cuMemAlloc(&place, 0), CUDA_ERROR_INVALID_VALUE);
  IS(cuMemsetD32(place, 7, 16), CUDA_SUCCESS);
  std::vector<int> host(16);
  IS(cuMemcpyDtoH(host.data(), place, 64), CUDA_SUCCESS);
  IS(host[15], 7);
  IS(cuMemcpyDtoH(host.data(), place, 65), CUDA_ERROR_INVALID_VALUE);
  // The runtime's last error has nothing to do with it.
  IS(cudaGetLastError(), cudaSuccess);
  CUdeviceptr base;
  size_t size;
  IS(cuMemGetAddressRange(&base, &size, place + 20), CUDA_SUCCESS);
  CHECK(base == place && size == 64);
  unsigned type;
  IS(cuPointerGetAttribute(&type, CU_POINTER_ATTRIBUTE_MEMORY_TYPE, place), CUDA_SUCCESS);
  IS(type, unsigned(CU_MEMORYTYPE_DEVICE));

  // Memory is of the context that was current, whichever is when one asks.
  CUcontext second, owner;
  CUdeviceptr elsewhere;
  void *pinned;
  IS(cuCtxCreate_v2(&second, 0, device), CUDA_SUCCESS);
  IS(cuMemAlloc(&elsewhere, 64), CUDA_SUCCESS);
  IS(cuMemAllocHost(&pinned, 64), CUDA_SUCCESS);
  IS(cuMemHostRegister(host.data(), 64, 0), CUDA_SUCCESS);
  IS(cuCtxPopCurrent(&current), CUDA_SUCCESS);
  IS(cuPointerGetAttribute(&owner, CU_POINTER_ATTRIBUTE_CONTEXT, place), CUDA_SUCCESS);
  CHECK(owner == context);
  for (CUdeviceptr each : {elsewhere, CUdeviceptr(pinned), CUdeviceptr(host.data())}) {
    IS(cuPointerGetAttribute(&owner, CU_POINTER_ATTRIBUTE_CONTEXT, each), CUDA_SUCCESS);
    CHECK(owner == second);
  }
  IS(cuMemHostUnregister(host.data()), CUDA_SUCCESS);
  IS(cuMemFreeHost(pinned), CUDA_SUCCESS);
  IS(cuMemFree(elsewhere), CUDA_SUCCESS);
  IS(cuCtxDestroy(second), CUDA_SUCCESS);

  CUmodule module;
  IS(cuModuleLoad(&module, "no such file"), CUDA_ERROR_FILE_NOT_FOUND);
  IS(cuModuleLoad(&module, arguments[1]), CUDA_SUCCESS);
  CUfunction function;
  IS(cuModuleGetFunction(&function, module, "nosuch"), CUDA_ERROR_NOT_FOUND);
  IS(cuModuleGetFunction(&function, module, "scaled"), CUDA_SUCCESS);
  CUdeviceptr offset;
  IS(cuModuleGetGlobal(&offset, &size, module, "offset"), CUDA_SUCCESS);
  IS(size, size_t(4));
  int five = 5, n = 16, factor = 3;
  IS(cuMemcpyHtoD(offset, &five, 4), CUDA_SUCCESS);
  void *parameters[] = {&place, &factor, &n};
  IS(cuLaunchKernel(function, 1, 1, 1, 32, 1, 1, 0, nullptr, parameters, nullptr), CUDA_SUCCESS);
  IS(cuCtxSynchronize(), CUDA_SUCCESS);
  IS(cuMemcpyDtoH(host.data(), place, 64), CUDA_SUCCESS);
  IS(host[15], 7 * 3 + 5);

  // The same arguments packed in a buffer.
  struct {
    CUdeviceptr place;
    int factor, n;
  } packed{place, 2, 16};
  size = sizeof(packed);
  void *extra[] = {CU_LAUNCH_PARAM_BUFFER_POINTER, &packed, CU_LAUNCH_PARAM_BUFFER_SIZE, &size, CU_LAUNCH_PARAM_END};
  IS(cuLaunchKernel(function, 1, 1, 1, 32, 1, 1, 0, nullptr, nullptr, extra), CUDA_SUCCESS);
  IS(cuMemcpyDtoH(host.data(), place, 64), CUDA_SUCCESS);
  IS(host[15], 26 * 2 + 5);
  // As before CUDA 4: one by one, the size of all of them first or last.
  IS(cuFuncSetBlockShape(function, 0, 1, 1), CUDA_ERROR_INVALID_VALUE);
  IS(cuFuncSetBlockShape(function, 32, 1, 1), CUDA_SUCCESS);
  IS(cuFuncSetSharedSize(function, 0), CUDA_SUCCESS);
  IS(cuParamSetv(function, 0, &place, sizeof place), CUDA_SUCCESS);
  IS(cuParamSeti(function, 8, 1), CUDA_SUCCESS);
  IS(cuLaunch(function), CUDA_ERROR_INVALID_VALUE);
  IS(cuParamSeti(function, 12, 1), CUDA_SUCCESS);
  IS(cuParamSetSize(function, 16), CUDA_SUCCESS);
  IS(cuLaunch(function), CUDA_SUCCESS);
  IS(cuLaunchGrid(function, 0, 1), CUDA_ERROR_INVALID_VALUE);
  IS(cuLaunchGridAsync(function, 1, 1, nullptr), CUDA_SUCCESS);
  IS(cuMemcpyDtoH(host.data(), place, 64), CUDA_SUCCESS);
  IS(host[0], 57 + 2 * 5);
  IS(host[1], 57);
  IS(cuLaunchKernel(function, 1, 1, 1, 2000, 1, 1, 0, nullptr, parameters, nullptr), CUDA_ERROR_INVALID_VALUE);
  int threads;
  IS(cuFuncGetAttribute(&threads, CU_FUNC_ATTRIBUTE_MAX_THREADS_PER_BLOCK, function), CUDA_SUCCESS);
  IS(threads, 1024);

  // Loaded twice, a module has its variables twice.
  CUmodule again;
  CUdeviceptr other;
  IS(cuModuleLoad(&again, arguments[1]), CUDA_SUCCESS);
  IS(cuModuleGetGlobal(&other, nullptr, again, "offset"), CUDA_SUCCESS);
  CHECK(other != offset);
  IS(cuModuleUnload(again), CUDA_SUCCESS);
  const char text[64] = "this is no module";
  IS(cuModuleLoadData(&again, text), CUDA_ERROR_INVALID_IMAGE);

  CUDA_MEMCPY2D copy{};
  copy.srcMemoryType = CU_MEMORYTYPE_DEVICE;
  copy.srcDevice = place;
  copy.srcPitch = 16;
  copy.srcXInBytes = 4;
  copy.dstMemoryType = CU_MEMORYTYPE_HOST;
  copy.dstHost = host.data();
  copy.dstPitch = 8;
  copy.WidthInBytes = 8;
  copy.Height = 4;
  IS(cuMemcpy2D(&copy), CUDA_SUCCESS);
  IS(host[7], 57);

  CUstream stream;
  IS(cuStreamCreate(&stream, CU_STREAM_NON_BLOCKING), CUDA_SUCCESS);
  CUstreamAttrValue value{};
  IS(cuStreamGetAttribute(stream, CU_LAUNCH_ATTRIBUTE_SYNCHRONIZATION_POLICY, &value), CUDA_SUCCESS);
  IS(value.syncPolicy, CU_SYNC_POLICY_AUTO);
  value.syncPolicy = CU_SYNC_POLICY_YIELD;
  IS(cuStreamSetAttribute(stream, CU_LAUNCH_ATTRIBUTE_SYNCHRONIZATION_POLICY, &value), CUDA_SUCCESS);
  value.syncPolicy = CU_SYNC_POLICY_AUTO;
  IS(cuStreamGetAttribute(stream, CU_LAUNCH_ATTRIBUTE_SYNCHRONIZATION_POLICY, &value), CUDA_SUCCESS);
  IS(value.syncPolicy, CU_SYNC_POLICY_YIELD);
  IS(cuStreamSetAttribute(stream, CU_LAUNCH_ATTRIBUTE_SYNCHRONIZATION_POLICY, nullptr), CUDA_ERROR_INVALID_VALUE);
  IS(cuStreamDestroy(stream), CUDA_SUCCESS);

  // An event and a module are asked without a context.
  CUevent event;
  IS(cuEventCreate(&event, 0), CUDA_SUCCESS);
  IS(cuCtxPopCurrent(&current), CUDA_SUCCESS);
  IS(cuEventQuery(event), CUDA_SUCCESS);
  unsigned kernels = 0;
  IS(cuModuleGetFunctionCount(&kernels, module), CUDA_SUCCESS);
  CHECK(kernels > 0);
  CUfunction first = nullptr;
  IS(cuModuleEnumerateFunctions(&first, 1, module), CUDA_SUCCESS);
  CHECK(first != nullptr);
  IS(cuModuleGetGlobal(&offset, &size, module, "offset"), CUDA_ERROR_INVALID_CONTEXT);

  // So is a library, and its kernels are no context's; its functions and variables are.
  CUlibrary library;
  CUkernel kernel;
  const char *called = nullptr;
  IS(cuLibraryLoadFromFile(&library, arguments[1], nullptr, nullptr, 0, nullptr, nullptr, 0), CUDA_SUCCESS);
  IS(cuLibraryGetKernel(&kernel, library, "nosuch"), CUDA_ERROR_NOT_FOUND);
  IS(cuLibraryGetKernel(&kernel, library, "scaled"), CUDA_SUCCESS);
  IS(cuKernelGetName(&called, kernel), CUDA_SUCCESS);
  IS(std::string(called), "scaled");
  IS(cuLibraryGetManaged(&offset, &size, library, "nosuch"), CUDA_ERROR_NOT_FOUND);
  IS(cuKernelGetFunction(&function, kernel), CUDA_ERROR_INVALID_CONTEXT);
  IS(cuLibraryGetGlobal(&offset, &size, library, "offset"), CUDA_ERROR_INVALID_CONTEXT);
  // What needs no context makes none current either.
  CUmemPoolProps properties{};
  properties.allocType = CU_MEM_ALLOCATION_TYPE_PINNED;
  properties.location = {CU_MEM_LOCATION_TYPE_DEVICE, device};
  CUmemoryPool pool;
  IS(cuMemPoolCreate(&pool, &properties), CUDA_SUCCESS);
  IS(cuMemPoolDestroy(pool), CUDA_SUCCESS);
  IS(cuCtxGetCurrent(&owner), CUDA_SUCCESS);
  CHECK(owner == nullptr);
  IS(cuCtxPushCurrent(current), CUDA_SUCCESS);
  IS(cuKernelGetFunction(&function, kernel), CUDA_SUCCESS);
  IS(cuLibraryGetGlobal(&offset, &size, library, "offset"), CUDA_SUCCESS);
  IS(cuCtxPopCurrent(&current), CUDA_SUCCESS);
  IS(cuLibraryUnload(library), CUDA_SUCCESS);
  IS(cuCtxPushCurrent(current), CUDA_SUCCESS);
  IS(cuEventDestroy(event), CUDA_SUCCESS);

  const char *name;
  IS(cuGetErrorName(CUDA_ERROR_INVALID_CONTEXT, &name), CUDA_SUCCESS);
  IS(std::string(name), "CUDA_ERROR_INVALID_CONTEXT");
  IS(cuGetErrorString(CUresult(4444), &name), CUDA_ERROR_INVALID_VALUE);
  void *entry = nullptr;
  OK(cudaGetDriverEntryPoint("cuMemAlloc", &entry, 0, nullptr));
  CHECK(entry != nullptr);
  IS(cuModuleUnload(module), CUDA_SUCCESS);
  IS(cuMemFree(place), CUDA_SUCCESS);
  IS(cuCtxDestroy(context), CUDA_SUCCESS);
  IS(cuCtxPopCurrent(&current), CUDA_ERROR_INVALID_CONTEXT);
  return done();
}
