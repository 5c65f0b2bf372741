// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The process around the runtime: a child of fork cannot use it, the parent can go on; threads at once; an exit while work waits.
//
// RUN: %clangxx %s -o %t %runtime-program && %t | FileCheck %s
// RUN: %t exit | FileCheck --check-prefix=EXIT --allow-empty %s
// CHECK: all as it should be
// EXIT-NOT: never

#include "check.h"

#include <chrono>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

static void forever(void *) { std::this_thread::sleep_for(std::chrono::hours(1)); }

static void work(int seed) {
  cudaStream_t stream;
  cudaEvent_t event;
  OK(cudaStreamCreate(&stream));
  OK(cudaEventCreate(&event));
  std::vector<int> in(1000, seed), out(1000);
  for (int i = 0; i < 50; ++i) {
    void *place;
    OK(cudaMalloc(&place, 4000));
    OK(cudaMemcpyAsync(place, in.data(), 4000, cudaMemcpyHostToDevice, stream));
    OK(cudaEventRecord(event, stream));
    OK(cudaStreamWaitEvent(nullptr, event, 0));
    OK(cudaMemcpy(out.data(), place, 4000, cudaMemcpyDeviceToHost));
    IS(out[999], seed);
    OK(cudaFree(place));
  }
  OK(cudaStreamDestroy(stream));
  OK(cudaEventDestroy(event));
}

int main(int count, char **) {
  void *place;
  OK(cudaMalloc(&place, 64));
  if (count > 1) {
    cudaLaunchHostFunc(nullptr, forever, nullptr);
    cudaMemsetAsync(place, 0, 64, nullptr);
    return 0;
  }
  pid_t child = fork();
  if (child == 0)
    _exit(cudaMemset(place, 0, 64) == cudaErrorInitializationError ? 0 : 1);
  int status = -1;
  waitpid(child, &status, 0);
  IS(status, 0);
  OK(cudaMemset(place, 0, 64));
  OK(cudaDeviceSynchronize());

  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i)
    threads.emplace_back(work, i);
  for (std::thread &thread : threads)
    thread.join();
  return done();
}
