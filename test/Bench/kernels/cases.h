// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Four problems, what a right result of each is, and how it is timed. Each of kernels.cu, loops.cpp and opencl.cpp solves all
// of them and calls measure(); kernel_speed.py builds these programs and compares what they print.

#ifndef CUPORT_BENCH_CASES_H
#define CUPORT_BENCH_CASES_H

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <vector>

constexpr int Count = 1 << 22; ///< elements of vector add, reduction, histogram
constexpr int Side = 256;      ///< rows and columns of the matrices
constexpr int Tile = 32;
constexpr int Threads = 256; ///< of a block
constexpr int Blocks = 64;   ///< where a thread has more than one element
constexpr int Bins = 256;
constexpr int Orbits = 1 << 18; ///< numbers that a kernel only computes with
constexpr int Steps = 160000;   ///< with each

struct Cases {
  std::vector<float> a = std::vector<float>(Count), b = a, c = a;
  std::vector<int> numbers = std::vector<int>(Count);
  std::vector<uint8_t> bytes = std::vector<uint8_t>(Count);
  std::vector<int> bins = std::vector<int>(Bins);
  std::vector<uint32_t> orbits = std::vector<uint32_t>(Orbits);
  int sum = 0;

  Cases() {
    uint32_t state = 1;
    auto random = [&] { return (state = state * 1664525 + 1013904223) >> 16; };
    for (int i = 0; i < Count; ++i) {
      a[i] = float(random() % 64);
      b[i] = float(random() % 64);
      numbers[i] = int(random() % 256);
      bytes[i] = uint8_t(random());
    }
  }

  bool vectorAddIsRight() const {
    for (int i = 0; i < Count; ++i)
      if (c[i] != a[i] + b[i])
        return false;
    return true;
  }
  /// Some elements; all numbers are small enough to be exact.
  bool matrixProductIsRight() const {
    for (int row = 0; row < Side; row += 37)
      for (int column = 0; column < Side; column += 41) {
        float sum = 0;
        for (int k = 0; k < Side; ++k)
          sum += a[row * Side + k] * b[k * Side + column];
        if (c[row * Side + column] != sum)
          return false;
      }
    return true;
  }
  bool reductionIsRight() const {
    int64_t expected = 0;
    for (int number : numbers)
      expected += number;
    return sum == expected;
  }
  bool orbitsAreRight() const {
    for (int i = 0; i < Orbits; i += 1009) {
      uint32_t number = i;
      for (int step = 0; step < Steps; ++step)
        number = number * 1664525 + 1013904223;
      if (orbits[i] != number)
        return false;
    }
    return true;
  }
  bool histogramIsRight() const {
    std::vector<int> expected(Bins);
    for (uint8_t byte : bytes)
      ++expected[byte];
    return bins == expected;
  }
};

inline double processSeconds() {
  timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return double(now.tv_sec) + 1e-9 * double(now.tv_nsec);
}

inline double wallSeconds() {
  timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return double(now.tv_sec) + 1e-9 * double(now.tv_nsec);
}

/// Prints the least time that a run took: of the CPU, all threads together, if \p clock is not another one. \p run has finished when it returns; \p fetch then puts
/// the result into \p cases.
template <typename Run, typename Fetch>
void measure(const char *name, Run run, Fetch fetch, bool (Cases::*isRight)() const, const Cases &cases,
             double (*clock)() = processSeconds) {
  constexpr int Runs = 15;
  double least = 1e9;
  for (int i = 0; i < Runs; ++i) {
    const double begin = clock();
    run();
    least = std::min(least, clock() - begin);
  }
  fetch();
  if (!(cases.*isRight)()) {
    std::printf("%s: wrong result\n", name);
    std::exit(1);
  }
  std::printf("%s: %.3f ms\n", name, 1e3 * least);
}

#endif
