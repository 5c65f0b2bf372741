// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Shifts by the width and more, as PTX defines shl and shr: nothing is left, or the sign. At -O0 as when vectorised.
// RUN: %cuport-cc -w %s -o %t
// RUN: %t | FileCheck %s
// RUN: env CUPORT_MODE=thread %t | FileCheck %s
// RUN: %cuport-cc -w -G %s -o %t
// RUN: %t | FileCheck %s
// CHECK: wrong: 0

// A constant amount, and one that is known to be small, cost nothing.
// RUN: %device-half -w -O2 -S -emit-llvm %s -o - | FileCheck %s --check-prefix=PLAIN
// PLAIN-LABEL: define internal {{.*}}@_Z5plainPji.cuport.thread(
// PLAIN-NOT: select
// PLAIN: ret void

#include <cstdio>

constexpr int Amounts = 70;

__global__ void shift(unsigned *left, unsigned *right, int *arithmetic, unsigned long long *wide, long long *wideArithmetic, int from) {
  const int amount = threadIdx.x + from;
  left[threadIdx.x] = 0x80000001u << amount;
  right[threadIdx.x] = 0x80000001u >> amount;
  arithmetic[threadIdx.x] = int(0x80000001u) >> amount;
  wide[threadIdx.x] = 0x8000000000000001ull << amount;
  wideArithmetic[threadIdx.x] = (long long)0x8000000000000001ull >> amount;
}

__global__ void plain(unsigned *values, int amount) {
  values[0] = values[0] << 3 | values[1] >> (amount & 31);
}

int main() {
  unsigned *left, *right;
  int *arithmetic, wrong = 0;
  unsigned long long *wide;
  long long *wideArithmetic;
  cudaMallocManaged(&left, Amounts * sizeof(*left));
  cudaMallocManaged(&right, Amounts * sizeof(*right));
  cudaMallocManaged(&arithmetic, Amounts * sizeof(*arithmetic));
  cudaMallocManaged(&wide, Amounts * sizeof(*wide));
  cudaMallocManaged(&wideArithmetic, Amounts * sizeof(*wideArithmetic));
  for (int from : {0, -3}) { // a negative amount is a large one
    shift<<<1, Amounts>>>(left, right, arithmetic, wide, wideArithmetic, from);
    cudaDeviceSynchronize();
    for (int i = 0; i < Amounts; ++i) {
      const unsigned amount = i + from;
      const bool in32 = amount < 32, in64 = amount < 64;
      const bool right32 = left[i] == (in32 ? 0x80000001u << amount : 0) && right[i] == (in32 ? 0x80000001u >> amount : 0) &&
                           arithmetic[i] == (in32 ? int(0x80000001u) >> amount : -1);
      const bool right64 = wide[i] == (in64 ? 0x8000000000000001ull << amount : 0) &&
                           wideArithmetic[i] == (in64 ? (long long)0x8000000000000001ull >> amount : -1);
      if (!right32 || !right64)
        ++wrong, std::printf("by %d: %x %x %d %llx %lld\n", int(amount), left[i], right[i], arithmetic[i], wide[i], wideArithmetic[i]);
    }
  }
  std::printf("wrong: %d\n", wrong);
}
