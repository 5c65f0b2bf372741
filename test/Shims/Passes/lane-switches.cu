// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A switch over all numbers that there may be, as over the last bits of one, has a default that nobody comes to: it keeps nothing from being
// run side by side.

// RUN: %device-half -w -std=c++17 -O3 -march=x86-64-v3 -Rpass=cuport-lanes -S -emit-llvm %s -o %t.ll 2>&1 | FileCheck %s --check-prefix=GAINS
// GAINS: threads of _Z5tailsPKjPji run side by side
// RUN: %cuport-cc -std=c++17 -O3 %s -o %t
// RUN: %t | FileCheck %s
// RUN: %cuport-cc -std=c++17 -O3 -mllvm -cuport-widen=always %s -o %t.always
// RUN: %t.always | FileCheck %s
// CHECK: 0 wrong

#include <cstdio>

/// What is left behind fours, each way falling into the next, and a way back that no case has in common.
__host__ __device__ unsigned tail(unsigned bits, unsigned seed, int rounds) {
  unsigned sum = seed;
  for (int round = 0; round < rounds; ++round) {
    switch ((bits >> round) & 3) {
    case 3:
      sum = sum * 5 + 1;
      [[fallthrough]];
    case 2:
      sum ^= sum >> 7;
      break;
    case 1:
      sum += bits;
      break;
    case 0:
      sum = ~sum;
    }
  }
  return sum;
}

__global__ void tails(const unsigned *in, unsigned *out, int rounds) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  out[i] = tail(in[i], i, rounds);
}

int main() {
  constexpr int Count = 1 << 12;
  unsigned *in, *out;
  cudaMallocManaged(&in, Count * sizeof(unsigned));
  cudaMallocManaged(&out, Count * sizeof(unsigned));
  int wrong = 0;
  for (int i = 0; i < Count; ++i)
    in[i] = i * 2654435761u;
  for (int rounds : {0, 1, 2, 29}) {
    tails<<<Count / 128, 128>>>(in, out, rounds);
    wrong += cudaDeviceSynchronize() != cudaSuccess;
    for (int i = 0; i < Count; ++i)
      wrong += out[i] != tail(in[i], i, rounds);
  }
  printf("%d wrong\n", wrong);
}
