// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Events measure time, and say what they cannot.
//
// RUN: %clangxx %s -o %t %runtime-program && %t | FileCheck %s
// CHECK: all as it should be

#include "check.h"

#include <chrono>
#include <thread>

int main() {
  cudaEvent_t start, end, plain;
  OK(cudaEventCreate(&start));
  OK(cudaEventCreateWithFlags(&end, cudaEventBlockingSync));
  OK(cudaEventCreateWithFlags(&plain, cudaEventDisableTiming));
  OK(cudaEventQuery(start));
  OK(cudaEventSynchronize(start));
  float ms = -1;
  IS(cudaEventElapsedTime(&ms, start, end), cudaErrorInvalidResourceHandle);

  OK(cudaEventRecord(start, nullptr));
  OK(cudaLaunchHostFunc(
      nullptr, [](void *) { std::this_thread::sleep_for(std::chrono::milliseconds(30)); }, nullptr));
  OK(cudaEventRecord(end, nullptr));
  IS(cudaEventElapsedTime(&ms, start, end), cudaErrorNotReady);
  OK(cudaEventSynchronize(end));
  OK(cudaEventElapsedTime(&ms, start, end));
  CHECK(ms >= 29 && ms < 5000);

  OK(cudaEventRecord(plain, nullptr));
  OK(cudaEventSynchronize(plain));
  IS(cudaEventElapsedTime(&ms, start, plain), cudaErrorInvalidResourceHandle);
  IS(cudaEventCreateWithFlags(&plain, 0x80), cudaErrorInvalidValue);
  IS(cudaEventCreateWithFlags(&plain, cudaEventInterprocess | cudaEventDisableTiming), cudaErrorNotSupported);
  IS(cudaEventRecord(nullptr, nullptr), cudaErrorInvalidResourceHandle);
  OK(cudaEventDestroy(start));
  return done();
}
