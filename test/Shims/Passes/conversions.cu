// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Floating point that an integer cannot hold, as PTX's cvt.rzi has it: the nearest there is, and for a NaN 0 or 2^(bits - 1). At -O0 as when
// vectorised, one by one and side by side.
// RUN: %cuport-cc -w -std=c++17 %s -o %t && %t | FileCheck %s
// RUN: env CUPORT_MODE=thread %t | FileCheck %s
// RUN: %cuport-cc -w -std=c++17 -G %s -o %t && %t | FileCheck %s
// RUN: %cuport-cc -w -std=c++17 -O2 -march=x86-64 %s -o %t && %t | FileCheck %s
// RUN: %cuport-cc -w -std=c++17 -O2 -march=x86-64-v3 -mllvm -cuport-widen=always %s -o %t && %t | FileCheck %s

// Vectors are made of them.
// RUN: %device-half -w -std=c++17 -O2 -march=x86-64-v3 -S %s -o - | FileCheck %s --check-prefix=VECTORS
// VECTORS-LABEL: _Z9tableRowsPKfPi.cuport.block
// VECTORS: vcvttps2dq %ymm

#include <cmath>
#include <cstdio>
#include <limits>
#include <type_traits>

__global__ void tableRows(const float *in, int *out) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  out[i] = static_cast<int>(in[i] * 0.5f);
}

template <typename From, typename To> __global__ void convert(const From *in, To *out, int n) {
  for (int i = threadIdx.x; i < n; i += blockDim.x)
    out[i] = static_cast<To>(in[i]);
}

/// PTX ISA, cvt; what has fewer bits than 32 is the end of what has 32.
template <typename To, typename From> To expected(From x) {
  if constexpr (sizeof(To) < 4) {
    return static_cast<To>(expected<std::conditional_t<std::is_signed_v<To>, int, unsigned>>(x));
  } else {
    if (std::isnan(x))
      return sizeof(From) == 4 && sizeof(To) == 4 ? 0 : To(1) << (8 * sizeof(To) - 1);
    const long double exact = std::trunc(static_cast<long double>(x));
    if (exact < static_cast<long double>(std::numeric_limits<To>::min()))
      return std::numeric_limits<To>::min();
    if (exact > static_cast<long double>(std::numeric_limits<To>::max()))
      return std::numeric_limits<To>::max();
    return static_cast<To>(exact);
  }
}

template <typename To, typename From> void check(const char *name) {
  From *in;
  To *out;
  constexpr int Most = 4096;
  cudaMallocManaged(&in, Most * sizeof(From));
  cudaMallocManaged(&out, Most * sizeof(To));
  const From inf = std::numeric_limits<From>::infinity();
  int n = 0;
  auto add = [&](From x) {
    for (From y : {x, -x, std::nextafter(x, inf), std::nextafter(x, -inf), -std::nextafter(x, inf), -std::nextafter(x, -inf)})
      in[n++] = y;
  };
  for (From x : {From(0), From(0.5), From(300.7), From(1e30), inf, From(NAN), std::numeric_limits<From>::denorm_min()})
    add(x);
  for (int power = 0; power < 66; ++power)
    for (From more : {From(-1), From(-0.5), From(0), From(0.5), From(1)})
      add(std::ldexp(From(1), power) + more);
  convert<<<1, 64>>>(in, out, n);
  int wrong = cudaDeviceSynchronize() != cudaSuccess;
  for (int i = 0; i < n; ++i)
    wrong += out[i] != expected<To>(in[i]);
  std::printf("%s: %d of %d wrong\n", name, wrong, n);
}

int main() {
#define CHECK(FROM, TO) check<TO, FROM>(#FROM " to " #TO)
  CHECK(float, signed char);
  CHECK(float, unsigned char);
  CHECK(float, short);
  CHECK(float, unsigned short);
  CHECK(float, int);
  CHECK(float, unsigned);
  CHECK(float, long long);
  CHECK(float, unsigned long long);
  CHECK(double, signed char);
  CHECK(double, unsigned char);
  CHECK(double, short);
  CHECK(double, unsigned short);
  CHECK(double, int);
  CHECK(double, unsigned);
  CHECK(double, long long);
  CHECK(double, unsigned long long);
  // CHECK-COUNT-16: : 0 of 2022 wrong
  // CHECK-NOT: wrong
  return 0;
}
