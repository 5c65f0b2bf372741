// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// frexp and modf write a second result, and keep no threads from running side by side, here by LLVM's own means; both are the C library's to the bit.

// RUN: %cuport-cc -std=c++17 -O2 -mllvm -cuport-widen=always %s -o %t && %t | FileCheck %s
// RUN: %device-half -w -std=c++17 -O3 -march=x86-64-v3 -Rpass=loop-vectorize -c %s -o %t.o 2>&1 | FileCheck %s --check-prefix=GAINS

#include <cmath>
#include <cstdio>
#include <cstring>
#include <cuda_runtime.h>

// GAINS: remark: vectorized loop
template <typename T> __global__ void takeApart(const T *x, T *mantissas, int *exponents, T *wholes, T *rests, int n) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= n)
    return;
  mantissas[i] = frexp(x[i], &exponents[i]);
  T whole;
  rests[i] = modf(x[i], &whole);
  wholes[i] = whole;
}

template __global__ void takeApart(const float *, float *, int *, float *, float *, int);

template <typename T, typename Word> long check(int digits) {
  constexpr int n = 1 << 16;
  T *x, *mantissas, *wholes, *rests;
  int *exponents;
  for (T **array : {&x, &mantissas, &wholes, &rests})
    cudaMallocManaged(array, n * sizeof(T));
  cudaMallocManaged(&exponents, n * sizeof(int));
  // All signs and exponents, tiny ones and those that are no numbers among them.
  for (int i = 0; i < n; ++i) {
    const Word bits = Word(i) << (sizeof(Word) * 8 - 16) | (Word(i) * 0x9e3779b9u & ((Word(1) << (digits - 8)) - 1));
    std::memcpy(&x[i], &bits, sizeof(T));
  }
  takeApart<<<n / 128, 128>>>(x, mantissas, exponents, wholes, rests, n);
  if (cudaDeviceSynchronize() != cudaSuccess)
    return -1;
  auto same = [](T a, T b) { return (std::isnan(a) && std::isnan(b)) || std::memcmp(&a, &b, sizeof(T)) == 0; };
  long wrong = 0;
  for (int i = 0; i < n; ++i) {
    int exponent;
    T whole;
    const T mantissa = std::frexp(x[i], &exponent), rest = std::modf(x[i], &whole);
    wrong += !same(mantissa, mantissas[i]) || (std::isfinite(x[i]) && exponent != exponents[i]) || !same(whole, wholes[i]) || !same(rest, rests[i]);
  }
  return wrong;
}

int main() {
  // CHECK: float 0, double 0
  std::printf("float %ld, double %ld\n", check<float, unsigned>(23), check<double, unsigned long long>(52));
}
