// --check: a store past the end of device memory, and a reduction without its barrier, are named with their lines; the right
// program is quiet.
// REQUIRES: sanitizers

// RUN: %cuport-cc --check=address -DOUTSIDE %s -o %t.address && not %t.address 2>&1 | FileCheck %s --check-prefix=ADDRESS
// ADDRESS: AddressSanitizer: heap-buffer-overflow
// ADDRESS: sanitizers.cu:[[#@LINE+41]]
// RUN: %cuport-cc --check=thread -DRACE %s -o %t.race && not %t.race 2>&1 | FileCheck %s --check-prefix=RACE
// RACE: ThreadSanitizer: data race
// RACE: sanitizers.cu:[[#@LINE+46]]
// RUN: %cuport-cc --check=all %s -o %t && %t 2>&1 | FileCheck %s --check-prefix=RIGHT --implicit-check-not=Sanitizer
// RIGHT-COUNT-2: sum 36
// Threads that part at a barrier are told, and that is no race.
// RUN: %cuport-cc --check=thread -DAPART %s -o %t.apart && %t.apart 2>&1 | FileCheck %s --check-prefix=APART --implicit-check-not=Sanitizer
// APART: kernel sum(int*, int*) {{.*}}block [0,0,0]: divergence
// APART-DAG: warp barrier of mask 0xff at {{.*}}sanitizers.cu:[[#@LINE+47]]
// APART-DAG: vote of mask 0xff at {{.*}}sanitizers.cu:[[#@LINE+48]]
// Each thread has variables and parameters of its own.
// RUN: %cuport-cc --check=thread -DLOCAL %s -o %t.local && %t.local 2>&1 | FileCheck %s --check-prefix=LOCAL --implicit-check-not=Sanitizer
// LOCAL: sum 36
// What is not freed is no finding unless it is asked for.
// RUN: %cuport-cc --check=address -DLEAK %s -o %t.leak && %t.leak 2>&1 | FileCheck %s --check-prefix=QUIET --implicit-check-not=Sanitizer
// QUIET: sum 36
// RUN: env ASAN_OPTIONS=detect_leaks=1 not %t.leak 2>&1 | FileCheck %s --check-prefix=LEAK
// LEAK: LeakSanitizer: detected memory leaks

#include <cstdio>

struct Record {
  int values[40];
};

__device__ void take(Record *record) { record->values[3] += threadIdx.x; }

__global__ void own(Record given, Record *out) {
  Record local = given, other = out[0];
  take(&given);
  take(&local);
  take(&other);
  out[1 + threadIdx.x] = threadIdx.x % 2 ? local : other;
  out[1 + threadIdx.x].values[0] = given.values[3];
}

__global__ void sum(int *numbers, int *out) {
  __shared__ int part[8];
  int i = threadIdx.x;
#ifdef OUTSIDE
  numbers[i + 1] = 1;
#endif
  part[i] = numbers[i];
#ifndef RACE
  __syncthreads();
#endif
  for (int half = 4; half; half /= 2) {
    if (i < half)
      part[i] += part[i + half];
    __syncthreads();
  }
  if (i == 0)
    *out = part[0];
#ifdef APART
  if (i % 2)
    __syncwarp(0xff);
  else
    __any_sync(0xff, i);
#endif
}

int main() {
  int *numbers, *out, host[8] = {1, 2, 3, 4, 5, 6, 7, 8}, result = 0;
  cudaMalloc(&numbers, sizeof host);
  cudaMalloc(&out, sizeof result);
  cudaMemcpy(numbers, host, sizeof host, cudaMemcpyHostToDevice);
#ifdef LOCAL
  Record *records;
  cudaMalloc(&records, 9 * sizeof(Record));
  cudaMemset(records, 0, 9 * sizeof(Record));
  own<<<1, 8>>>(Record{}, records);
  cudaFree(records);
#endif
  sum<<<1, 8>>>(numbers, out);
  cudaMemcpy(&result, out, sizeof result, cudaMemcpyDeviceToHost);
  std::printf("sum %d\n", result);
#ifdef LEAK
  int *volatile lost = new int[8];
  lost = nullptr;
#endif
  cudaFree(numbers);
  cudaFree(out);
}
