// The Bessel functions that CUDA has for float on the host, too: the type is float's, and the result one of float's.

// RUN: %cuport-cc -std=c++17 %s -o %t && %t | FileCheck %s

#include <cstdio>
#include <type_traits>

static_assert(std::is_same_v<decltype(j0(1.0f)), float> && std::is_same_v<decltype(j1(1.0f)), float> && std::is_same_v<decltype(jn(2, 1.0f)), float>);
static_assert(std::is_same_v<decltype(y0(1.0f)), float> && std::is_same_v<decltype(y1(1.0f)), float> && std::is_same_v<decltype(yn(2, 1.0f)), float>);
static_assert(std::is_same_v<decltype(j0(1.0)), double> && std::is_same_v<decltype(yn(2, 1.0)), double>);

int main() {
  // Abramowitz and Stegun, tables 9.1 and 9.2.
  // CHECK: 0.76520 0.44005 0.11490 0.08826 -0.78121 -1.65068
  std::printf("%.5f %.5f %.5f %.5f %.5f %.5f\n", j0(1.0f), j1(1.0f), jn(2, 1.0f), y0(1.0f), y1(1.0f), yn(2, 1.0f));
}
