// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Functions of float are written out where kernels call them. They are within CUDA's bounds, and IEEE 754's special cases are the C library's.
// RUN: %cuport-cc -std=c++17 -O2 %s -o %t -lm
// RUN: %t | FileCheck %s
// CHECK: exp 0 wrong
// CHECK-NEXT: exp2 0 wrong
// CHECK-NEXT: exp10 0 wrong
// CHECK-NEXT: expm1 0 wrong
// CHECK-NEXT: log 0 wrong
// CHECK-NEXT: log2 0 wrong
// CHECK-NEXT: log10 0 wrong
// CHECK-NEXT: log1p 0 wrong
// CHECK-NEXT: sinh 0 wrong
// CHECK-NEXT: cosh 0 wrong
// CHECK-NEXT: tanh 0 wrong
// CHECK-NEXT: erf 0 wrong
// CHECK-NEXT: sin 0 wrong
// CHECK-NEXT: cos 0 wrong
// CHECK-NEXT: tan 0 wrong
// CHECK-NEXT: asin 0 wrong
// CHECK-NEXT: acos 0 wrong
// CHECK-NEXT: atan 0 wrong
// CHECK-NEXT: pow 0 wrong
// CHECK-NEXT: special pow 0 wrong
// CHECK-NEXT: atan2 0 wrong
// CHECK-NEXT: special atan2 0 wrong

#include <cfloat>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <string>
#include <vector>

enum { Exp, Exp2, Exp10, Expm1, Log, Log2, Log10, Log1p, Sinh, Cosh, Tanh, Erf, Sin, Cos, Tan, Asin, Acos, Atan, Pow, Atan2 };

__global__ void evaluate(int function, const float *x, const float *y, float *out, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= n)
    return;
  switch (function) {
#define CASE(name, function)  \
  case name:                  \
    out[i] = function(x[i]);  \
    break;
    CASE(Exp, expf)
    CASE(Exp2, exp2f)
    CASE(Exp10, exp10f)
    CASE(Expm1, expm1f)
    CASE(Log, logf)
    CASE(Log2, log2f)
    CASE(Log10, log10f)
    CASE(Log1p, log1pf)
    CASE(Sinh, sinhf)
    CASE(Cosh, coshf)
    CASE(Tanh, tanhf)
    CASE(Erf, erff)
    CASE(Sin, sinf)
    CASE(Cos, cosf)
    CASE(Tan, tanf)
    CASE(Asin, asinf)
    CASE(Acos, acosf)
    CASE(Atan, atanf)
  case Pow:
    out[i] = powf(x[i], y[i]);
    break;
  case Atan2:
    out[i] = atan2f(x[i], y[i]);
    break;
  }
}

template <typename T> T *onDevice(const std::vector<T> &values) {
  T *device;
  cudaMalloc(&device, values.size() * sizeof(T));
  cudaMemcpy(device, values.data(), values.size() * sizeof(T), cudaMemcpyHostToDevice);
  return device;
}

std::vector<float> onCard(int function, const std::vector<float> &x, const std::vector<float> &y) {
  std::vector<float> out(x.size());
  float *inX = onDevice(x), *inY = onDevice(y), *device = onDevice(out);
  const int n = x.size();
  evaluate<<<(n + 255) / 256, 256>>>(function, inX, inY, device, n);
  cudaMemcpy(out.data(), device, n * sizeof(float), cudaMemcpyDeviceToHost);
  cudaFree(inX);
  cudaFree(inY);
  cudaFree(device);
  return out;
}

/// In units of the last place of the nearest float.
double off(float got, double want) {
  const float nearest = static_cast<float>(want);
  if (std::isnan(got) || std::isnan(nearest))
    return std::isnan(got) && std::isnan(nearest) ? 0 : INFINITY;
  if (std::isinf(got) || std::isinf(nearest))
    return got == nearest ? 0 : INFINITY;
  const int exponent = std::fabs(nearest) < FLT_MIN ? -126 : std::ilogb(nearest);
  return std::fabs(got - want) / std::ldexp(1.0, exponent - 23);
}

void report(const char *name, int wrong) { printf("%s %d wrong\n", name, wrong); }

/// `bound`: in units of the last place, from the exact result. From the nearest float, which is up to half a unit from that, CUDA's are one for exp,
/// expm1, log, log1p and log2, three for sinh and atan2, four for tan and pow, and two for the others.
void compare(const char *name, int function, double (*reference)(double), double bound) {
  std::vector<float> x;
  // Every 4093rd float of all there are, the infinities and quiet numbers that are none among them.
  for (unsigned long long bits = 0; bits < 1ull << 32; bits += 4093) {
    const unsigned word = bits;
    float number;
    memcpy(&number, &word, sizeof(number));
    x.push_back(number);
  }
  for (float special : {0.0f, -0.0f, 1.0f, -1.0f, INFINITY, -INFINITY, NAN, FLT_MIN, FLT_TRUE_MIN, FLT_MAX})
    x.push_back(special);
  const std::vector<float> found = onCard(function, x, x);
  int wrong = 0;
  for (size_t i = 0; i < x.size(); ++i)
    if ((off(found[i], reference(x[i])) > bound || (x[i] == 0 && std::signbit(found[i]) != std::signbit(reference(x[i])))) && wrong++ < 5)
      printf("%s(%a) is %a, not %a\n", name, x[i], found[i], reference(x[i]));
  report(name, wrong);
}

void compareOfTwo(const char *name, int function, double (*reference)(double, double), double bound) {
  std::vector<float> x, y;
  unsigned random = 1;
  auto next = [&] { return (random = random * 1664525u + 1013904223u) >> 8; };
  for (int i = 0; i < 1000000; ++i) {
    x.push_back(std::ldexp(1 + next() * 0x1p-24, int(next() % 60) - 30));
    y.push_back((next() * 0x1p-23 - 1) * 8);
  }
  std::vector<float> found = onCard(function, x, y);
  int wrong = 0;
  for (size_t i = 0; i < x.size(); ++i)
    if (off(found[i], reference(x[i], y[i])) > bound && wrong++ < 5)
      printf("%s(%a, %a) is %a\n", name, x[i], y[i], found[i]);
  report(name, wrong);

  const float specials[] = {0.0f, -0.0f, 1.0f, -1.0f, 0.5f, -0.5f, 2.0f, -2.0f, 3.0f, -3.0f, 2.5f, -2.5f, INFINITY, -INFINITY, NAN,
                            FLT_MAX, -FLT_MAX, FLT_MIN, -FLT_TRUE_MIN, 16777217.0f, 16777215.0f, -16777215.0f, 1e30f};
  x.clear();
  y.clear();
  for (float one : specials)
    for (float other : specials) {
      x.push_back(one);
      y.push_back(other);
    }
  found = onCard(function, x, y);
  wrong = 0;
  for (size_t i = 0; i < x.size(); ++i) {
    const double exact = reference(x[i], y[i]);
    const bool same = std::isnan(exact) ? std::isnan(found[i])
                                        : off(found[i], exact) <= bound && std::signbit(found[i]) == std::signbit(exact);
    if (!same && wrong++ < 5)
      printf("%s(%a, %a) is %a, not %a\n", name, x[i], y[i], found[i], exact);
  }
  report((std::string("special ") + name).c_str(), wrong);
}

int main() {
  compare("exp", Exp, [](double x) { return exp(x); }, 1.1);
  compare("exp2", Exp2, [](double x) { return exp2(x); }, 1.2);
  compare("exp10", Exp10, [](double x) { return pow(10.0, x); }, 1.5);
  compare("expm1", Expm1, [](double x) { return expm1(x); }, 1.5);
  compare("log", Log, [](double x) { return log(x); }, 1.1);
  compare("log2", Log2, [](double x) { return log2(x); }, 1.1);
  compare("log10", Log10, [](double x) { return log10(x); }, 1.1);
  compare("log1p", Log1p, [](double x) { return log1p(x); }, 1.5);
  compare("sinh", Sinh, [](double x) { return sinh(x); }, 2);
  compare("cosh", Cosh, [](double x) { return cosh(x); }, 2);
  compare("tanh", Tanh, [](double x) { return tanh(x); }, 1.5);
  compare("erf", Erf, [](double x) { return erf(x); }, 1.5);
  compare("sin", Sin, [](double x) { return sin(x); }, 1.5);
  compare("cos", Cos, [](double x) { return cos(x); }, 1.5);
  compare("tan", Tan, [](double x) { return tan(x); }, 3.5);
  compare("asin", Asin, [](double x) { return asin(x); }, 2);
  compare("acos", Acos, [](double x) { return acos(x); }, 1.5);
  compare("atan", Atan, [](double x) { return atan(x); }, 2);
  compareOfTwo("pow", Pow, [](double x, double y) { return pow(x, y); }, 1);
  compareOfTwo("atan2", Atan2, [](double y, double x) { return atan2(y, x); }, 2.5);
}
