// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Exponentials, logarithms, powers, sine and cosine of doubles are written out where threads run side by side. Results are within one unit
// of the last place of the C library's long double, and IEEE 754's special cases are the C library's.
// RUN: %cuport-cc -std=c++17 -O2 %s -o %t -lm
// RUN: %t | FileCheck %s
// RUN: %cuport-cc -std=c++17 -O2 -mllvm -cuport-widen=never %s -o %t.alone -lm
// RUN: %t.alone | FileCheck %s
// CHECK: exp 0 wrong
// CHECK-NEXT: exp2 0 wrong
// CHECK-NEXT: exp10 0 wrong
// CHECK-NEXT: log 0 wrong
// CHECK-NEXT: log2 0 wrong
// CHECK-NEXT: log10 0 wrong
// CHECK-NEXT: sin 0 wrong
// CHECK-NEXT: cos 0 wrong
// CHECK-NEXT: pow 0 wrong
// CHECK-NEXT: special pow 0 wrong

// That it is so. exp10 and log10 are written out for one thread, too, and there is no call left.
// RUN: %device-half -w -std=c++17 -O3 -march=x86-64-v3 -Rpass=cuport-lanes -S -o %t.s %s 2>&1 | FileCheck %s --check-prefix=WIDE
// WIDE-COUNT-7: 8 threads of {{.*}} run side by side

#include <cfloat>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <vector>

enum Function { Exp, Exp2, Exp10, Log, Log2, Log10, Sin, Cos, Pow };

template <Function F> __global__ void evaluate(const double *x, const double *y, double *out, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= n)
    return;
  if (F == Exp)
    out[i] = exp(x[i]);
  else if (F == Exp2)
    out[i] = exp2(x[i]);
  else if (F == Exp10)
    out[i] = exp10(x[i]);
  else if (F == Log)
    out[i] = log(x[i]);
  else if (F == Log2)
    out[i] = log2(x[i]);
  else if (F == Log10)
    out[i] = log10(x[i]);
  else if (F == Sin)
    out[i] = sin(x[i]);
  else if (F == Cos)
    out[i] = cos(x[i]);
  else
    out[i] = pow(x[i], y[i]);
}

double *onDevice(const std::vector<double> &values) {
  double *device;
  cudaMalloc(&device, values.size() * sizeof(double));
  cudaMemcpy(device, values.data(), values.size() * sizeof(double), cudaMemcpyHostToDevice);
  return device;
}

template <Function F> std::vector<double> onCard(const std::vector<double> &x, const std::vector<double> &y) {
  std::vector<double> out(x.size());
  double *inX = onDevice(x), *inY = onDevice(y), *device = onDevice(out);
  const int n = x.size();
  evaluate<F><<<(n + 255) / 256, 256>>>(inX, inY, device, n);
  cudaMemcpy(out.data(), device, n * sizeof(double), cudaMemcpyDeviceToHost);
  cudaFree(inX);
  cudaFree(inY);
  cudaFree(device);
  return out;
}

/// In units of the last place of the nearest double.
double off(double got, long double want) {
  const double nearest = static_cast<double>(want);
  if (std::isnan(got) || std::isnan(nearest))
    return std::isnan(got) && std::isnan(nearest) ? 0 : INFINITY;
  if (std::isinf(got) || std::isinf(nearest))
    return got == nearest ? 0 : INFINITY;
  const int exponent = std::fabs(nearest) < DBL_MIN ? -1022 : std::ilogb(nearest);
  return static_cast<double>(std::fabs(got - want) / std::ldexp(1.0L, exponent - 52));
}

unsigned long long next() {
  static unsigned long long random = 88172645463325252ull;
  random ^= random << 13;
  random ^= random >> 7;
  return random ^= random << 17;
}
double between(double least, double most) { return least + (most - least) * (next() >> 11) * 0x1p-53; }
double ofAnyBits() {
  const unsigned long long bits = next();
  double number;
  memcpy(&number, &bits, sizeof(number));
  return number;
}

template <Function F> void compare(const char *name, long double (*reference)(long double), double least, double most) {
  std::vector<double> x;
  for (int i = 0; i < 200000; ++i) {
    x.push_back(ofAnyBits());
    x.push_back(ldexp(between(0.5, 1), -1022 - i % 52));
    x.push_back(between(least, most));
    x.push_back(between(0.5, 2));
    x.push_back(i * 1.57079632679489661923);
  }
  for (double special : {0.0, -0.0, 1.0, -1.0, double(INFINITY), -double(INFINITY), double(NAN), DBL_MIN, DBL_TRUE_MIN, DBL_MAX, 1e22})
    x.push_back(special);
  const std::vector<double> found = onCard<F>(x, x);
  int wrong = 0;
  for (size_t i = 0; i < x.size(); ++i)
    if ((off(found[i], reference(x[i])) > 1 || (x[i] == 0 && std::signbit(found[i]) != std::signbit(reference(x[i])))) && wrong++ < 5)
      printf("%s(%a) is %a, not %a\n", name, x[i], found[i], static_cast<double>(reference(x[i])));
  printf("%s %d wrong\n", name, wrong);
}

int main() {
  compare<Exp>("exp", [](long double x) { return std::exp(x); }, -750, 715);
  compare<Exp2>("exp2", [](long double x) { return std::exp2(x); }, -1080, 1030);
  compare<Exp10>("exp10", exp10l, -330, 310);
  compare<Log>("log", [](long double x) { return std::log(x); }, 0, 100);
  compare<Log2>("log2", [](long double x) { return std::log2(x); }, 0, 100);
  compare<Log10>("log10", [](long double x) { return std::log10(x); }, 0, 100);
  compare<Sin>("sin", [](long double x) { return std::sin(x); }, -0x1p31, 0x1p31);
  compare<Cos>("cos", [](long double x) { return std::cos(x); }, -0x1p31, 0x1p31);

  std::vector<double> x, y;
  for (int i = 0; i < 500000; ++i) {
    x.push_back(i % 2 ? between(0, 4) : std::fabs(ofAnyBits()));
    y.push_back(i % 4 < 2 ? between(-8, 8) : between(-700, 700) / std::fabs(std::log(x.back())));
  }
  std::vector<double> found = onCard<Pow>(x, y);
  int wrong = 0;
  for (size_t i = 0; i < x.size(); ++i)
    if (off(found[i], std::pow(static_cast<long double>(x[i]), static_cast<long double>(y[i]))) > 1 && wrong++ < 5)
      printf("pow(%a, %a) is %a\n", x[i], y[i], found[i]);
  printf("pow %d wrong\n", wrong);

  const double specials[] = {0.0,  -0.0,     1.0,      -1.0, 0.5,     -0.5,     2.0,     -2.0,          3.0,       -3.0, 2.5,
                             -2.5, INFINITY, -INFINITY, NAN, DBL_MAX, -DBL_MAX, DBL_MIN, -DBL_TRUE_MIN, 0x1p53 + 2, 0x1p53 - 1, 1e300};
  x.clear();
  y.clear();
  for (double base : specials)
    for (double exponent : specials) {
      x.push_back(base);
      y.push_back(exponent);
    }
  found = onCard<Pow>(x, y);
  wrong = 0;
  for (size_t i = 0; i < x.size(); ++i) {
    const double want = pow(x[i], y[i]);
    const bool same = std::isnan(want) ? std::isnan(found[i]) : off(found[i], want) <= 1 && std::signbit(found[i]) == std::signbit(want);
    if (!same && wrong++ < 5)
      printf("pow(%a, %a) is %a, not %a\n", x[i], y[i], found[i], want);
  }
  printf("special pow %d wrong\n", wrong);
}
