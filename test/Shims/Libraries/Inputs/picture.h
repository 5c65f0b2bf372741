// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What the tests of NPP share: pictures of the device that have pixels around them, with a copy of what they were made with.

#ifndef CUPORT_TEST_PICTURE_H
#define CUPORT_TEST_PICTURE_H

#include "blas.h"

#include <npp.h>

#include <algorithm>
#include <cmath>

template <class T> struct Picture {
  static constexpr int around = 8;
  int width, height, channels, step;
  std::vector<T> made;
  Array<T> data;

  static std::vector<T> numbers(int count, int seed) {
    std::vector<T> result(count);
    for (int i = 0; i < count; ++i) {
      int value = (i * 37 + i / 11 * 5 + seed * 91) % 251;
      result[i] = std::is_floating_point_v<T> ? T(value / 4.0 - 20) : std::is_same_v<T, Npp8u> ? T(value) : T(value * 57 % 5000 - (std::is_signed_v<T> ? 2500 : 0));
    }
    return result;
  }
  Picture(int width, int height, int channels, int seed)
      : width(width), height(height), channels(channels), step(int((width + 2 * around) * channels * sizeof(T))),
        made(numbers((width + 2 * around) * (height + 2 * around) * channels, seed)), data(made) {}
  int64_t place(int x, int y, int c) const { return ((y + around) * int64_t(width + 2 * around) + x + around) * channels + c; }
  /// When it was made.
  T operator()(int x, int y, int c = 0) const { return made[place(x, y, c)]; }
  T *pixels(int channel = 0) const { return data.data + place(0, 0, channel); }
  NppiSize size() const { return {width, height}; }
  NppiRect all() const { return {0, 0, width, height}; }

  /// Is each element what wanted(x, y, c) says, and what is around as it was?
  template <class F> bool is(F wanted, double tolerance = 0) const {
    std::vector<T> now = data.host();
    for (int y = -around; y < height + around; ++y)
      for (int x = -around; x < width + around; ++x)
        for (int c = 0; c < channels; ++c) {
          bool inside = x >= 0 && x < width && y >= 0 && y < height;
          double got = double(now[place(x, y, c)]), want = inside ? double(wanted(x, y, c)) : double((*this)(x, y, c));
          if (!(std::abs(got - want) <= (inside ? tolerance : 0) * std::max(1.0, std::abs(want)))) {
            std::printf("pixel %d %d, channel %d is %g, not %g\n", x, y, c, got, want);
            return false;
          }
        }
    return true;
  }
};

/// To the nearest, halves to even, and saturated.
template <class T> T rounded(double value) {
  if constexpr (std::is_floating_point_v<T>)
    return T(value);
  else
    return T(std::clamp<double>(std::nearbyint(value), std::numeric_limits<T>::min(), std::numeric_limits<T>::max()));
}

#endif
