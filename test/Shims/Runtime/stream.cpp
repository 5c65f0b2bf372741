// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Order within and between streams: the null stream, non-blocking streams, events, host functions.
//
// RUN: %clangxx %s -o %t %runtime-program && %t | FileCheck %s
// CHECK: all as it should be

#include "check.h"

#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

static std::atomic<int> gate{0};
static std::atomic<int> step{0};

static void waitForGate(void *) {
  while (!gate)
    std::this_thread::yield();
}
static void take(void *place) { *static_cast<int *>(place) = ++step; }
static void waitABit() { std::this_thread::sleep_for(std::chrono::milliseconds(20)); }

int main() {
  cudaStream_t a, b, free;
  OK(cudaStreamCreate(&a));
  OK(cudaStreamCreateWithPriority(&b, cudaStreamDefault, -100));
  OK(cudaStreamCreateWithFlags(&free, cudaStreamNonBlocking));
  int least, greatest, priority;
  OK(cudaDeviceGetStreamPriorityRange(&least, &greatest));
  IS(least, 0);
  OK(cudaStreamGetPriority(b, &priority));
  IS(priority, greatest);
  unsigned flags;
  OK(cudaStreamGetFlags(free, &flags));
  IS(flags, unsigned(cudaStreamNonBlocking));
  IS(cudaStreamCreateWithFlags(&a, 77), cudaErrorInvalidValue);

  // The null stream waits for a, b waits for the null stream, free waits for nobody.
  int inNull = 0, inB = 0, inFree = 0;
  OK(cudaLaunchHostFunc(a, waitForGate, nullptr));
  IS(cudaStreamQuery(a), cudaErrorNotReady);
  cudaGetLastError();
  OK(cudaLaunchHostFunc(nullptr, take, &inNull));
  OK(cudaLaunchHostFunc(b, take, &inB));
  OK(cudaLaunchHostFunc(free, take, &inFree));
  OK(cudaStreamSynchronize(free));
  IS(inFree, 1);
  waitABit();
  IS(step.load(), 1);
  gate = 1;
  OK(cudaDeviceSynchronize());
  IS(inNull, 2);
  IS(inB, 3);
  OK(cudaStreamQuery(a));

  // The device waits for a stream that has gone with work to do.
  cudaStream_t gone;
  OK(cudaStreamCreateWithFlags(&gone, cudaStreamNonBlocking));
  int inGone = 0;
  gate = 0;
  OK(cudaLaunchHostFunc(gone, waitForGate, nullptr));
  OK(cudaLaunchHostFunc(gone, take, &inGone));
  OK(cudaStreamDestroy(gone));
  std::thread opens([] {
    waitABit();
    gate = 1;
  });
  OK(cudaDeviceSynchronize());
  IS(inGone, 4);
  opens.join();

  // An event orders two streams that do not know each other.
  cudaStream_t other;
  OK(cudaStreamCreateWithFlags(&other, cudaStreamNonBlocking));
  cudaEvent_t event;
  OK(cudaEventCreate(&event));
  gate = 0;
  int after = 0;
  OK(cudaLaunchHostFunc(free, waitForGate, nullptr));
  OK(cudaEventRecord(event, free));
  OK(cudaStreamWaitEvent(other, event, 0));
  OK(cudaLaunchHostFunc(other, take, &after));
  waitABit();
  IS(after, 0);
  IS(cudaEventQuery(event), cudaErrorNotReady);
  gate = 1;
  OK(cudaStreamSynchronize(other));
  IS(after, 5);
  OK(cudaEventQuery(event));

  // Each thread has a stream of its own.
  int own = 0;
  std::thread([&] {
    OK(cudaLaunchHostFunc(cudaStreamPerThread, take, &own));
    OK(cudaStreamSynchronize(cudaStreamPerThread));
  }).join();
  IS(own, 6);

  // A stream may go while it works: the work is still done.
  gate = 0;
  int late = 0;
  OK(cudaLaunchHostFunc(a, waitForGate, nullptr));
  OK(cudaLaunchHostFunc(a, take, &late));
  OK(cudaStreamDestroy(a));
  gate = 1;
  OK(cudaDeviceSynchronize());
  for (int i = 0; i < 1000 && !late; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  IS(late, 7);

  // What an asynchronous copy reads from pageable memory may change as soon as the call returns.
  std::vector<int> host(1000, 7), back(1000);
  int *device;
  OK(cudaMalloc((void **)&device, 4000));
  gate = 0;
  OK(cudaLaunchHostFunc(b, waitForGate, nullptr));
  OK(cudaMemcpyAsync(device, host.data(), 4000, cudaMemcpyHostToDevice, b));
  host.assign(1000, 8);
  gate = 1;
  OK(cudaMemcpyAsync(back.data(), device, 4000, cudaMemcpyDeviceToHost, b));
  IS(back[0], 7);
  IS(back[999], 7);

  IS(cudaStreamDestroy(nullptr), cudaErrorInvalidResourceHandle);
  OK(cudaStreamDestroy(b));
  return done();
}
