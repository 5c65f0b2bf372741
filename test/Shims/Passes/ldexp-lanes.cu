// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// ldexp where threads run side by side: to the last bit the C library's, from the smallest subnormal number to the largest, and for
// exponents of any size.
// RUN: %cuport-cc -std=c++17 -O2 %s -o %t && %t
// RUN: %cuport-cc -std=c++17 -O2 -mllvm -cuport-widen=always %s -o %t.wide && %t.wide
// For a processor on which LLVM prefers vectors of half the width, over which LLVM 22 fails.
// RUN: %device-half -w -std=c++17 -O3 -march=sapphirerapids -mllvm -cuport-widen=always -S -o %t.s %s

#include <climits>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <vector>

template <typename Number> __global__ void scale(const Number *x, const int *n, Number *out, int count) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= count)
    return;
  Number sum = 0;
  for (int k = i; k < count; k += count)
    sum = sum + ldexp(x[k], n[k]);
  out[i] = sum;
}

template <typename Number> int wrong(const std::vector<Number> &values, const std::vector<int> &exponents) {
  const int count = values.size() * exponents.size();
  Number *x, *out;
  int *n;
  cudaMallocManaged(&x, count * sizeof *x);
  cudaMallocManaged(&out, count * sizeof *out);
  cudaMallocManaged(&n, count * sizeof *n);
  for (int i = 0; i < count; ++i)
    x[i] = values[i / exponents.size()], n[i] = exponents[i % exponents.size()];
  scale<<<(count + 127) / 128, 128>>>(x, n, out, count);
  if (cudaDeviceSynchronize())
    return -1;
  int result = 0;
  for (int i = 0; i < count; ++i) {
    const Number expected = Number(0) + std::ldexp(x[i], n[i]);
    if (std::isnan(expected) ? !std::isnan(out[i]) : std::memcmp(&expected, &out[i], sizeof expected) != 0)
      std::printf("ldexp(%a, %d) is %a, not %a\n", double(x[i]), n[i], double(out[i]), double(expected)), ++result;
  }
  return result;
}

int main() {
  std::vector<int> exponents = {INT_MIN, INT_MIN + 1, -100000, 100000, INT_MAX - 1, INT_MAX};
  for (int n = -2300; n <= 2300; n += n > -1200 && n < 1200 ? 1 : 11)
    exponents.push_back(n);
  const std::vector<double> doubles = {0x1p-1074, 0x1.8p-1073, 0x1.fffffffffffffp-1023, 0x1p-1022, 0x1.23456789abcdfp-1000, 0.7, 1, -1.5, 0x1.fffffffffffffp0,
                                       0x1.0000000000001p500, -0x1.fffffffffffffp1023, INFINITY, -INFINITY, NAN, 0.0};
  const std::vector<float> floats = {0x1p-149f, 0x1.8p-148f, 0x1.fffffcp-127f, 0x1p-126f, 0x1.23456ap-100f, 0.7f, 1, -1.5f, 0x1.fffffep0f,
                                     0x1.000002p60f, -0x1.fffffep127f, INFINITY, -INFINITY, NAN, 0.0f};
  return wrong(doubles, exponents) || wrong(floats, exponents);
}
