// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Allocations, what is known of a pointer, and wrong frees.
//
// RUN: %clangxx %s -o %t %runtime-program && %t | FileCheck %s
// CHECK: all as it should be

#include "check.h"

#include <cstdlib>
#include <cstring>
#include <vector>

int main() {
  void *device = nullptr;
  OK(cudaMalloc(&device, 1000));
  CHECK(reinterpret_cast<uintptr_t>(device) % 256 == 0);
  void *none = &device;
  OK(cudaMalloc(&none, 0));
  CHECK(none == nullptr);
  OK(cudaFree(nullptr));

  // Small memory and much of it begins as zeros, as on a card that gives it for the first time.
  for (size_t size : {size_t(1000), size_t(100000)}) {
    void *dirty = std::malloc(size);
    std::memset(dirty, 1, size);
    std::free(dirty);
    void *fresh = nullptr;
    std::vector<char> seen(size, 1);
    OK(cudaMalloc(&fresh, size));
    OK(cudaMemcpy(seen.data(), fresh, size, cudaMemcpyDeviceToHost));
    CHECK(seen == std::vector<char>(size, 0));
    OK(cudaFree(fresh));
  }

  cudaPointerAttributes attributes;
  OK(cudaPointerGetAttributes(&attributes, static_cast<char *>(device) + 999));
  IS(attributes.type, cudaMemoryTypeDevice);
  IS(attributes.device, 0);
  CHECK(attributes.hostPointer == nullptr);

  int local;
  OK(cudaPointerGetAttributes(&attributes, &local));
  IS(attributes.type, cudaMemoryTypeUnregistered);

  void *pinned = nullptr;
  OK(cudaHostAlloc(&pinned, 64, cudaHostAllocMapped));
  OK(cudaPointerGetAttributes(&attributes, pinned));
  IS(attributes.type, cudaMemoryTypeHost);
  unsigned flags;
  OK(cudaHostGetFlags(&flags, pinned));
  CHECK(flags & cudaHostAllocMapped);
  void *seen = nullptr;
  OK(cudaHostGetDevicePointer(&seen, pinned, 0));
  CHECK(seen == pinned);
  IS(cudaHostGetDevicePointer(&seen, &local, 0), cudaErrorInvalidValue);

  void *managed = nullptr;
  OK(cudaMallocManaged(&managed, 64, cudaMemAttachGlobal));
  OK(cudaPointerGetAttributes(&attributes, managed));
  IS(attributes.type, cudaMemoryTypeManaged);
  IS(cudaMallocManaged(&seen, 0, cudaMemAttachGlobal), cudaErrorInvalidValue);

  // Each kind has its own free, and only the begin of an allocation can be freed.
  IS(cudaFree(pinned), cudaErrorInvalidValue);
  IS(cudaFreeHost(device), cudaErrorInvalidValue);
  IS(cudaFree(static_cast<char *>(device) + 8), cudaErrorInvalidValue);
  OK(cudaFree(device));
  IS(cudaFree(device), cudaErrorInvalidValue);
  OK(cudaFree(managed));
  OK(cudaFreeHost(pinned));

  std::vector<char> own(4096);
  OK(cudaHostRegister(own.data(), own.size(), cudaHostRegisterDefault));
  IS(cudaHostRegister(own.data() + 100, 8, cudaHostRegisterDefault), cudaErrorHostMemoryAlreadyRegistered);
  OK(cudaPointerGetAttributes(&attributes, own.data() + 5));
  IS(attributes.type, cudaMemoryTypeHost);
  OK(cudaHostUnregister(own.data()));
  IS(cudaHostUnregister(own.data()), cudaErrorHostMemoryNotRegistered);

  size_t pitch = 0;
  OK(cudaMallocPitch(&device, &pitch, 100, 7));
  CHECK(pitch >= 100 && pitch % 256 == 0);
  OK(cudaMemset2D(device, pitch, 1, 100, 7));
  IS(cudaMemset2D(device, pitch, 1, 100, 8), cudaErrorInvalidValue);
  OK(cudaFree(device));

  // Too much is an error, and what is there stays usable.
  void *huge = nullptr;
  IS(cudaMalloc(&huge, size_t(1) << 60), cudaErrorMemoryAllocation);
  IS(cudaGetLastError(), cudaErrorMemoryAllocation);
  OK(cudaMalloc(&device, 1 << 20));
  size_t free = 0, total = 0;
  OK(cudaMemGetInfo(&free, &total));
  CHECK(total > 0 && free <= total);
  OK(cudaFree(device));
  cudaGetLastError();

  cudaIpcMemHandle_t handle;
  IS(cudaIpcGetMemHandle(&handle, managed), cudaErrorNotSupported);
  return done();
}
