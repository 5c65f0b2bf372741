// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Divisions and remainders by a number that is known at run time only, for threads side by side: exact, whatever the numbers. Those of 64 bits
// are done in vectors where AVX-512 converts them, those of 64 by 32 without a branch. By zero all bits are set, or the lower 32 of 64, and the least number
// by -1 is itself. A sanitizer reports the first of these divisions and ends the program.
// UNSUPPORTED: shim-sanitizer

// RUN: %cuport-cc -std=c++20 -O2 -mllvm -cuport-widen=always %s -o %t && %t | FileCheck %s
// RUN: %cuport-cc -std=c++20 -O2 -mllvm -cuport-widen=never %s -o %t && %t | FileCheck %s
// RUN: %device-half -w -std=c++20 -O3 -march=x86-64-v3 -Rpass=cuport-lanes -c %s -o %t.o 2>&1 | FileCheck %s --check-prefix=GAINS
// RUN: %device-half -w -std=c++20 -O3 -march=sapphirerapids -S %s -o - | FileCheck %s --check-prefix=LONG
// RUN: %device-half -w -std=c++20 -O3 -march=x86-64-v3 -S %s -o - | FileCheck %s --check-prefix=APART --implicit-check-not=cvttsd2si
// LONG: vcvttpd2uqq
// LONG-LABEL: {{^}}_Z10remaindersPKmPKjPmi.cuport.block:
// LONG: vfnmadd{{.*}}zmm
// APART: div{{l|q}}

#include <cstdio>
#include <cstdlib>
#include <cuda_runtime.h>
#include <type_traits>
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
template __global__ void withOne(const unsigned long long *, unsigned long long, unsigned long long *, unsigned long long *, int);

template <bool Guarded, typename T> __global__ void withOwn(const T *a, const T *b, T *q, T *r, int n) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n && (!Guarded || b[i] != 0)) {
    q[i] = a[i] / b[i];
    r[i] = a[i] % b[i];
  }
}

template <bool Guarded, typename T, typename Short> __global__ void byShort(const T *a, const Short *b, Short c, T *q, T *r, int n) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n && (!Guarded || b[i] != 0)) {
    const T d = b ? b[i] : c;
    q[i] = a[i] / d;
    r[i] = a[i] % d;
  }
}

__global__ void remainders(const unsigned long *a, const unsigned *b, unsigned long *r, int n) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n)
    for (unsigned d = b[i]; d > 2; d >>= 1)
      r[i] += a[i] % d;
}

template <typename T> T quotient(T a, T b) { return std::is_signed_v<T> && b == T(-1) ? T(0ull - a) : a / b; }
template <typename T> T rest(T a, T b) { return std::is_signed_v<T> && b == T(-1) ? T(0) : a % b; }

template <typename T> void check(const char *name) {
  std::vector<unsigned long long> divisors, numbers;
  constexpr unsigned Bits = 8 * sizeof(T);
  for (unsigned power = 0; power < Bits; ++power)
    for (unsigned near : {-1, 0, 1})
      divisors.push_back((1ull << power) + static_cast<int>(near));
  for (unsigned long long odd : {3ull, 7ull, 10ull, 641ull, 12345ull, 0x55555555ull, 0xaaaaaaabull, 0xfffffffdull})
    divisors.push_back(odd);
  if (Bits == 64)
    for (unsigned long long odd : {1000000007ull, 0x5555555555555555ull, 0xaaaaaaaaaaaaaaabull, 0xfffffffffffffffdull, 0x3fffffffffffffffull})
      divisors.push_back(odd);
  // Where a quotient changes: multiples, and their neighbours.
  const unsigned long long last = ~0ull >> (64 - Bits);
  for (unsigned long long x : divisors)
    for (size_t k = 0; k < divisors.size(); k += Bits / 32)
      for (unsigned near : {-1, 0, 1}) {
        const unsigned long long y = divisors[k], step = static_cast<long long>(static_cast<int>(near));
        numbers.push_back(x + step);
        numbers.push_back(x * y + step);
        if (y & last)
          numbers.push_back(last / (y & last) * y + step);
      }
  const int n = static_cast<int>(numbers.size());
  T *a, *b, *q, *r;
  for (T **array : {&a, &b, &q, &r})
    cudaMallocManaged(array, n * sizeof(T));
  long wrong = 0;
  auto compare = [&](bool alsoByZero, auto divisorOf) {
    if (cudaDeviceSynchronize() != cudaSuccess)
      ++wrong;
    for (int i = 0; i < n; ++i)
      if (T d = divisorOf(i); d != 0)
        wrong += q[i] != quotient(a[i], d) || r[i] != rest(a[i], d);
      else if (alsoByZero)
        wrong += (q[i] != T(-1) && q[i] != T(0xffffffff)) || (r[i] != T(-1) && r[i] != T(0xffffffff));
  };
  for (int i = 0; i < n; ++i)
    a[i] = static_cast<T>(numbers[i]);
  for (unsigned long long divisor : divisors) {
    const T d = static_cast<T>(divisor);
    withOne<<<(n + 95) / 96, 96>>>(a, d, q, r, n);
    compare(true, [&](int) { return d; });
  }
  for (int i = 0; i < n; ++i)
    b[i] = static_cast<T>(divisors[i % divisors.size()] >> (i / divisors.size() % Bits));
  withOwn<true><<<(n + 95) / 96, 96>>>(a, b, q, r, n);
  compare(false, [&](int i) { return b[i]; });
  withOwn<false><<<(n + 95) / 96, 96>>>(a, b, q, r, n);
  compare(true, [&](int i) { return b[i]; });
  if constexpr (Bits == 64) {
    using Short = std::conditional_t<std::is_signed_v<T>, int, unsigned>;
    Short *c = reinterpret_cast<Short *>(b);
    std::erase_if(divisors, [](unsigned long long divisor) { return divisor > 0xffffffff; });
    for (unsigned long long divisor : divisors) {
      const Short d = static_cast<Short>(divisor);
      byShort<false><<<(n + 95) / 96, 96>>>(a, static_cast<Short *>(nullptr), d, q, r, n);
      compare(true, [&](int) { return T(d); });
    }
    for (int i = 0; i < n; ++i)
      c[i] = static_cast<Short>(divisors[i % divisors.size()] >> (i / divisors.size() % 16));
    byShort<true><<<(n + 95) / 96, 96>>>(a, c, Short(1), q, r, n);
    compare(false, [&](int i) { return T(c[i]); });
    byShort<false><<<(n + 95) / 96, 96>>>(a, c, Short(1), q, r, n);
    compare(true, [&](int i) { return T(c[i]); });
  }
  printf("%s: %d numbers, %ld wrong\n", name, n, wrong);
}

int main() {
  check<int>("int");
  check<unsigned>("unsigned");
  check<long long>("long long");
  check<unsigned long long>("unsigned long long");
}

// CHECK: int: {{[0-9]+}} numbers, 0 wrong
// CHECK: unsigned: {{[0-9]+}} numbers, 0 wrong
// CHECK: {{^}}long long: {{[0-9]+}} numbers, 0 wrong
// CHECK: unsigned long long: {{[0-9]+}} numbers, 0 wrong
