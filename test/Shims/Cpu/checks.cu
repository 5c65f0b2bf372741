// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// cuport-cc --check on CUDA source: a store behind a shared variable, behind device memory, and a barrier taken out are named with their
// lines; the program that is right is quiet.
// REQUIRES: sanitizers
// RUN: %cuport-cc --check=address %s -o %t.address
// RUN: env ASAN_OPTIONS=detect_leaks=0 %t.address 2>&1 | FileCheck %s --check-prefix=RIGHT
// RUN: not %t.address shared 2>&1 | FileCheck %s --check-prefix=SHARED
// RUN: not %t.address device 2>&1 | FileCheck %s --check-prefix=DEVICE
// RUN: %cuport-cc --check=thread %s -o %t.thread
// RUN: env TSAN_OPTIONS=atexit_sleep_ms=0 %t.thread 2>&1 | FileCheck %s --check-prefix=RIGHT
// RUN: %cuport-cc --check=thread -DWITHOUT_BARRIER %s -o %t.race
// RUN: not env TSAN_OPTIONS=atexit_sleep_ms=0 %t.race 2>&1 | FileCheck %s --check-prefix=RACE

#include <cstdio>
#include <cstring>

__global__ void stores(int *out, int shared, int device) {
  __shared__ int first[10];
  __shared__ int second[10];
  if (threadIdx.x < 10) {
    first[threadIdx.x] = 1;
    second[threadIdx.x] = 2;
  }
  __syncthreads();
  // SHARED: ERROR: AddressSanitizer: use-after-poison
  // SHARED: WRITE of size 4
  // SHARED-NEXT: checks.cu:[[#@LINE+2]]
  if (threadIdx.x == 1)
    first[9 + shared] = 1;
  __syncthreads();
  // DEVICE: ERROR: AddressSanitizer: heap-buffer-overflow
  // DEVICE: WRITE of size 4
  // DEVICE-NEXT: checks.cu:[[#@LINE+1]]
  out[threadIdx.x + device] = first[threadIdx.x % 10] + second[threadIdx.x % 10];
}

__global__ void reverses(int *out) {
  __shared__ int values[64];
  // RACE: WARNING: ThreadSanitizer: data race
  // RACE-DAG: checks.cu:[[#@LINE+2]]
  // RACE-DAG: checks.cu:[[#@LINE+5]]
  values[threadIdx.x] = threadIdx.x;
#ifndef WITHOUT_BARRIER
  __syncthreads();
#endif
  out[threadIdx.x] = values[63 - threadIdx.x];
}

int main(int count, char **values) {
  auto is = [&](const char *name) { return int(count > 1 && !strcmp(values[1], name)); };
  int *out, host[64];
  cudaMalloc(&out, sizeof(host));
  stores<<<1, 64>>>(out, is("shared"), is("device"));
  reverses<<<1, 64>>>(out);
  cudaMemcpy(host, out, sizeof(host), cudaMemcpyDeviceToHost);
  cudaFree(out);
  int wrong = 0;
  for (int i = 0; i < 64; ++i)
    wrong += host[i] != 63 - i;
  // RIGHT-NOT: Sanitizer
  // RIGHT: wrong 0
  printf("wrong %d\n", wrong);
}
