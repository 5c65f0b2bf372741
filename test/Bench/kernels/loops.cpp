// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What somebody would write by hand for one core.

#include "cases.h"

static void vectorAdd(const float *a, const float *b, float *c) {
  for (int i = 0; i < Count; ++i)
    c[i] = a[i] + b[i];
}

static void matrixProduct(const float *a, const float *b, float *c) {
  std::fill_n(c, Side * Side, 0.0f);
  for (int row = 0; row < Side; ++row)
    for (int k = 0; k < Side; ++k)
      for (int column = 0; column < Side; ++column)
        c[row * Side + column] += a[row * Side + k] * b[k * Side + column];
}

static int reduction(const int *numbers) {
  int sum = 0;
  for (int i = 0; i < Count; ++i)
    sum += numbers[i];
  return sum;
}

static void histogram(const uint8_t *bytes, int *bins) {
  std::fill_n(bins, Bins, 0);
  for (int i = 0; i < Count; ++i)
    ++bins[bytes[i]];
}

int main() {
  Cases cases;
  measure(
      "vector add", [&] { vectorAdd(cases.a.data(), cases.b.data(), cases.c.data()); }, [] {}, &Cases::vectorAddIsRight, cases);
  measure(
      "matrix product", [&] { matrixProduct(cases.a.data(), cases.b.data(), cases.c.data()); }, [] {},
      &Cases::matrixProductIsRight, cases);
  measure("reduction", [&] { cases.sum = reduction(cases.numbers.data()); }, [] {}, &Cases::reductionIsRight, cases);
  measure("histogram", [&] { histogram(cases.bytes.data(), cases.bins.data()); }, [] {}, &Cases::histogramIsRight, cases);
}
