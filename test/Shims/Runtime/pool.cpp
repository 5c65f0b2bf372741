// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Memory in a stream's order, and pools.
//
// RUN: %clangxx %s -o %t %runtime-program && %t | FileCheck %s
// CHECK: all as it should be

#include "check.h"

#include <atomic>
#include <cstdint>
#include <thread>

int main() {
  cudaMemPool_t pool, same;
  OK(cudaDeviceGetDefaultMemPool(&pool, 0));
  OK(cudaDeviceGetMemPool(&same, 0));
  CHECK(pool == same);
  cudaStream_t stream;
  OK(cudaStreamCreate(&stream));
  int *place, host = 0;
  OK(cudaMallocAsync((void **)&place, 4000, stream));
  uint64_t used = 0;
  OK(cudaMemPoolGetAttribute(pool, cudaMemPoolAttrUsedMemCurrent, &used));
  IS(used, uint64_t(4000));
  OK(cudaMemsetAsync(place, 1, 4000, stream));
  OK(cudaMemcpyAsync(&host, place + 999, 4, cudaMemcpyDeviceToHost, stream));
  IS(host, 0x01010101);
  // What is given back no longer counts, though the stream has not come to it yet.
  std::atomic<bool> goOn{false};
  OK(cudaLaunchHostFunc(stream, [](void *flag) { while (!*static_cast<std::atomic<bool> *>(flag)) std::this_thread::yield(); }, &goOn));
  OK(cudaFreeAsync(place, stream));
  OK(cudaMemPoolGetAttribute(pool, cudaMemPoolAttrUsedMemCurrent, &used));
  IS(used, uint64_t(0));
  goOn = true;
  OK(cudaStreamSynchronize(stream));
  OK(cudaMemPoolGetAttribute(pool, cudaMemPoolAttrUsedMemCurrent, &used));
  IS(used, uint64_t(0));
  OK(cudaMemPoolGetAttribute(pool, cudaMemPoolAttrUsedMemHigh, &used));
  IS(used, uint64_t(4000));
  IS(cudaFreeAsync(&host, stream), cudaErrorInvalidValue);

  cudaMemPoolProps properties{};
  properties.allocType = cudaMemAllocationTypePinned;
  properties.location = {cudaMemLocationTypeDevice, 0};
  cudaMemPool_t own;
  OK(cudaMemPoolCreate(&own, &properties));
  OK(cudaMallocFromPoolAsync((void **)&place, 100, own, stream));
  OK(cudaMemPoolGetAttribute(own, cudaMemPoolAttrUsedMemCurrent, &used));
  IS(used, uint64_t(100));
  OK(cudaFree(place));
  OK(cudaMemPoolGetAttribute(own, cudaMemPoolAttrUsedMemCurrent, &used));
  IS(used, uint64_t(0));
  uint64_t threshold = 1 << 20;
  OK(cudaMemPoolSetAttribute(own, cudaMemPoolAttrReleaseThreshold, &threshold));
  OK(cudaMemPoolDestroy(own));
  IS(cudaMemPoolDestroy(pool), cudaErrorInvalidValue);
  properties.handleTypes = cudaMemHandleTypePosixFileDescriptor;
  IS(cudaMemPoolCreate(&own, &properties), cudaErrorNotSupported);

  void *managed;
  OK(cudaMallocManaged(&managed, 4096));
  OK(cudaMemPrefetchAsync(managed, 4096, 0, stream));
  OK(cudaMemAdvise(managed, 4096, cudaMemAdviseSetReadMostly, 0));
  int value = -1;
  OK(cudaMemRangeGetAttribute(&value, 4, cudaMemRangeAttributeReadMostly, managed, 4096));
  IS(value, 1);
  OK(cudaMemRangeGetAttribute(&value, 4, cudaMemRangeAttributeLastPrefetchLocation, managed, 4096));
  IS(value, 0);
  IS(cudaMemPrefetchAsync(&host, 4, 0, stream), cudaErrorInvalidValue);
  return done();
}
