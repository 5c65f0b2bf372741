// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Divisions and remainders of 32 bits by a number that is known at run time only, for threads side by side: exact, whatever the numbers.

// RUN: %cuport-cc -std=c++17 -O2 -mllvm -cuport-widen=always %s -o %t && %t | FileCheck %s
// RUN: %device-half -w -std=c++17 -O3 -march=x86-64-v3 -Rpass=cuport-lanes -c %s -o %t.o 2>&1 | FileCheck %s --check-prefix=GAINS

#include <cstdio>
#include <cstdlib>
#include <cuda_runtime.h>
#include <vector>

// GAINS: 16 threads of {{.*}}withOne{{.*}} run side by side
template <typename T> __global__ void withOne(const T *a, T b, T *q, T *r, int n) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) {
    q[i] = a[i] / b;
    r[i] = a[i] % b;
  }
}

template __global__ void withOne(const int *, int, int *, int *, int);

template <typename T> __global__ void withOwn(const T *a, const T *b, T *q, T *r, int n) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n && b[i] != 0) {
    q[i] = a[i] / b[i];
    r[i] = a[i] % b[i];
  }
}

template <typename T> void check(const char *name, const std::vector<unsigned> &numbers, const std::vector<unsigned> &divisors) {
  const int n = static_cast<int>(numbers.size());
  T *a, *b, *q, *r;
  for (T **array : {&a, &b, &q, &r})
    cudaMallocManaged(array, n * sizeof(T));
  long wrong = 0;
  auto compare = [&](auto divisorOf) {
    if (cudaDeviceSynchronize() != cudaSuccess)
      ++wrong;
    for (int i = 0; i < n; ++i)
      if (T d = divisorOf(i); d != 0)
        wrong += q[i] != a[i] / d || r[i] != a[i] % d;
  };
  for (int i = 0; i < n; ++i)
    a[i] = static_cast<T>(numbers[i]);
  for (unsigned divisor : divisors) {
    const T d = static_cast<T>(divisor);
    // What no lane may overflow on: the least number by -1.
    if (d == 0 || d == T(-1))
      continue;
    withOne<<<(n + 95) / 96, 96>>>(a, d, q, r, n);
    compare([&](int) { return d; });
  }
  for (int i = 0; i < n; ++i)
    b[i] = static_cast<T>(divisors[i % divisors.size()] >> (i / divisors.size() % 32));
  for (int i = 0; i < n; ++i)
    if (b[i] == T(-1))
      b[i] = 3;
  withOwn<<<(n + 95) / 96, 96>>>(a, b, q, r, n);
  compare([&](int i) { return b[i]; });
  printf("%s: %d numbers, %ld wrong\n", name, n, wrong);
}

int main() {
  std::vector<unsigned> divisors, numbers;
  for (unsigned power = 0; power < 32; ++power)
    for (unsigned near : {-1, 0, 1})
      divisors.push_back((1u << power) + near);
  for (unsigned odd : {3u, 7u, 10u, 641u, 12345u, 0x55555555u, 0xaaaaaaabu, 0xfffffffdu})
    divisors.push_back(odd);
  // Where a quotient changes: multiples, and their neighbours.
  for (unsigned x : divisors)
    for (unsigned y : divisors)
      for (unsigned near : {-1, 0, 1}) {
        numbers.push_back(x + near);
        numbers.push_back(x * y + near);
        if (y)
          numbers.push_back(0xffffffffu / y * y + near);
      }
  check<int>("int", numbers, divisors);
  check<unsigned>("unsigned", numbers, divisors);
}

// CHECK: int: {{[0-9]+}} numbers, 0 wrong
// CHECK: unsigned: {{[0-9]+}} numbers, 0 wrong
