// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Every kind of parameter arrives, whatever the processor's convention does with it: empty, split over registers, in memory,
// with a copy constructor; and each thread has its own copy of what it writes to.
// RUN: %cuport-cc -O2 %s -o %t && %t | FileCheck %s
// RUN: env CUPORT_MODE=thread %t | FileCheck %s
// RUN: %cuport-cc -G %s -o %t.debug && %t.debug | FileCheck %s
// CHECK: 1 2.5 3.5 4.5 7 11 0.25 -5 9 6 8
// CHECK-NEXT: own copies: 64

#include <cstdio>

struct Empty {};
struct Three { float a, b, c; };
struct Large { int values[9]; };
struct Copied {
  int value;
  __host__ __device__ Copied(int value) : value(value) {}
  __host__ __device__ Copied(const Copied &other) : value(other.value) {}
  __host__ __device__ ~Copied() {}
};
struct Two { double a; long b; };

template <typename F>
__global__ void all(Empty, char c, Three three, F function, Large large, Copied copied, Empty, double d, Two two, __int128 wide,
                    double *out) {
  out[0] = c;
  out[1] = three.a, out[2] = three.b, out[3] = three.c;
  out[4] = large.values[8];
  out[5] = copied.value;
  out[6] = d;
  out[7] = double(two.b) + two.a;
  out[8] = double(wide >> 64);
  out[9] = function(5);
  out[10] = sizeof(Empty) + 7;
}

__global__ void writes(Large large, int *out) {
  int t = threadIdx.x;
  large.values[t % 9] += t;
  __syncthreads();
  out[t] = large.values[t % 9];
}

int main() {
  double *out;
  int *ints;
  cudaMallocManaged((void **)&out, 11 * sizeof(double));
  cudaMallocManaged((void **)&ints, 64 * sizeof(int));
  Large large = {{0, 1, 2, 3, 4, 5, 6, 7, 7}};
  all<<<1, 1>>>(Empty(), 1, Three{2.5f, 3.5f, 4.5f}, [] __device__(int x) { return x + 1; }, large, Copied(11), Empty(), 0.25,
                Two{-2, -3}, __int128(9) << 64, out);
  cudaDeviceSynchronize();
  for (int i = 0; i < 11; ++i)
    std::printf("%g%c", out[i], i == 10 ? '\n' : ' ');
  for (int i = 0; i < 9; ++i)
    large.values[i] = i;
  writes<<<1, 64>>>(large, ints);
  cudaDeviceSynchronize();
  int right = 0;
  for (int t = 0; t < 64; ++t)
    right += ints[t] == t % 9 + t;
  std::printf("own copies: %d\n", right);
}
