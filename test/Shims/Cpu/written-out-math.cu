// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Exponentials, logarithms, powers, sine, cosine, tanh and erf of float are written out where kernels call them. They are within CUDA's bounds, most within
// one unit of the last place, and IEEE 754's special cases are the C library's.
// RUN: %cuport-cc -std=c++17 -O2 %s -o %t -lm
// RUN: %t | FileCheck %s
// CHECK: exp 0 wrong
// CHECK-NEXT: exp2 0 wrong
// CHECK-NEXT: exp10 0 wrong
// CHECK-NEXT: log 0 wrong
// CHECK-NEXT: log2 0 wrong
// CHECK-NEXT: log10 0 wrong
// CHECK-NEXT: tanh 0 wrong
// CHECK-NEXT: erf 0 wrong
// CHECK-NEXT: sin 0 wrong
// CHECK-NEXT: cos 0 wrong
// CHECK-NEXT: pow 0 wrong
// CHECK-NEXT: special pow 0 wrong

#include <cfloat>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <limits>
#include <vector>

enum { Exp, Exp2, Exp10, Log, Log2, Log10, Tanh, Erf, Sin, Cos, Pow };

__global__ void evaluate(int function, const float *x, const float *y, float *out, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= n)
    return;
  switch (function) {
  case Exp:
    out[i] = expf(x[i]);
    break;
  case Exp2:
    out[i] = exp2f(x[i]);
    break;
  case Exp10:
    out[i] = exp10f(x[i]);
    break;
  case Log:
    out[i] = logf(x[i]);
    break;
  case Log2:
    out[i] = log2f(x[i]);
    break;
  case Log10:
    out[i] = log10f(x[i]);
    break;
  case Tanh:
    out[i] = tanhf(x[i]);
    break;
  case Erf:
    out[i] = erff(x[i]);
    break;
  case Sin:
    out[i] = sinf(x[i]);
    break;
  case Cos:
    out[i] = cosf(x[i]);
    break;
  case Pow:
    out[i] = powf(x[i], y[i]);
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

/// `bound`: in units of the last place, of the exact result. CUDA's, of the nearest float, are one for exp, log and log2 and two for the rest.
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
    if (off(found[i], reference(x[i])) > bound && wrong++ < 5)
      printf("%s(%a) is %a, not %a\n", name, x[i], found[i], reference(x[i]));
  report(name, wrong);
}

int main() {
  compare("exp", Exp, [](double x) { return exp(x); }, 1);
  compare("exp2", Exp2, [](double x) { return exp2(x); }, 1);
  compare("exp10", Exp10, [](double x) { return pow(10.0, x); }, 1.5);
  compare("log", Log, [](double x) { return log(x); }, 1);
  compare("log2", Log2, [](double x) { return log2(x); }, 1);
  compare("log10", Log10, [](double x) { return log10(x); }, 1);
  compare("tanh", Tanh, [](double x) { return tanh(x); }, 1.5);
  compare("erf", Erf, [](double x) { return erf(x); }, 1.5);
  compare("sin", Sin, [](double x) { return sin(x); }, 1.5);
  compare("cos", Cos, [](double x) { return cos(x); }, 1.5);

  std::vector<float> x, y;
  unsigned random = 1;
  auto next = [&] { return (random = random * 1664525u + 1013904223u) >> 8; };
  for (int i = 0; i < 1000000; ++i) {
    x.push_back(std::ldexp(1 + next() * 0x1p-24, int(next() % 60) - 30));
    y.push_back((next() * 0x1p-23 - 1) * 8);
  }
  std::vector<float> found = onCard(Pow, x, y);
  int wrong = 0;
  for (size_t i = 0; i < x.size(); ++i)
    if (off(found[i], pow(double(x[i]), double(y[i]))) > 1 && wrong++ < 5)
      printf("pow(%a, %a) is %a\n", x[i], y[i], found[i]);
  report("pow", wrong);

  const float specials[] = {0.0f, -0.0f, 1.0f, -1.0f, 0.5f, -0.5f, 2.0f, -2.0f, 3.0f, -3.0f, 2.5f, -2.5f, INFINITY, -INFINITY, NAN,
                            FLT_MAX, -FLT_MAX, FLT_MIN, -FLT_TRUE_MIN, 16777217.0f, 16777215.0f, -16777215.0f, 1e30f};
  x.clear();
  y.clear();
  for (float base : specials)
    for (float exponent : specials) {
      x.push_back(base);
      y.push_back(exponent);
    }
  found = onCard(Pow, x, y);
  wrong = 0;
  for (size_t i = 0; i < x.size(); ++i) {
    const float want = static_cast<float>(pow(double(x[i]), double(y[i])));
    const bool same = std::isnan(want) ? std::isnan(found[i])
                                       : off(found[i], want) <= 1 && std::signbit(found[i]) == std::signbit(want);
    if (!same && wrong++ < 5)
      printf("pow(%a, %a) is %a, not %a\n", x[i], y[i], found[i], want);
  }
  report("special pow", wrong);
}
