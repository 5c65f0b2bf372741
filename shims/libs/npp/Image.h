// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Images, and what is done to each of their elements.
//
//   each<V>(call, size, target, step, f, image(a, stepOfA), ...)     target = f(channel, a ...)
//   finish<T>(value, scale)                                          value / 2^scale, rounded and saturated

#ifndef CUPORT_LIBS_NPP_IMAGE_H
#define CUPORT_LIBS_NPP_IMAGE_H

#include "Entry.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace cuport::npp {

template <class T> T *rowOf(T *data, int step, int64_t y) {
  using Byte = std::conditional_t<std::is_const_v<T>, const char, char>;
  return reinterpret_cast<T *>(reinterpret_cast<Byte *>(data) + y * step);
}

template <class T> struct Image {
  T *data;
  int step;
  T *row(int64_t y) const { return rowOf(data, step, y); }
};
template <class T> Image<T> image(T *data, int step) { return {data, step}; }

/// What is wrong of the images of a call.
template <class... T> NppStatus check(NppiSize size, Image<T>... images) {
  if (((images.data == nullptr) || ...))
    return NPP_NULL_POINTER_ERROR;
  if (size.width <= 0 || size.height <= 0)
    return NPP_SIZE_ERROR;
  if (((images.step <= 0) || ...))
    return NPP_STEP_ERROR;
  return NPP_SUCCESS;
}

/// In float for float, else exactly.
template <class T> using Calculated = std::conditional_t<std::is_same_v<T, float>, float, double>;

template <class T> T saturated(double value) {
  if constexpr (std::is_floating_point_v<T>) {
    return T(value);
  } else {
    double low = double(std::numeric_limits<T>::min()), high = double(std::numeric_limits<T>::max());
    return !(value > low) ? std::isnan(value) ? T(0) : std::numeric_limits<T>::min() : value >= high ? std::numeric_limits<T>::max() : T(value);
  }
}

template <class T> T finish(Calculated<T> value, int scale = 0) {
  if constexpr (std::is_floating_point_v<T>)
    return value;
  else
    return saturated<T>(std::nearbyint(scale ? std::ldexp(value, -scale) : value));
}

template <class V, class D, class F, class... S>
NppStatus each(const Call &call, NppiSize size, D *target, int step, F f, Image<const S>... images) {
  if (NppStatus status = check(size, image(target, step), images...))
    return status;
  return call.enqueue([=] {
    for (int y = 0; y < size.height; ++y) {
      D *to = rowOf(target, step, y);
      [&](const S *...from) {
        for (int64_t x = 0, end = int64_t(size.width) * V::to; x < end; x += V::to)
          for (int c = 0; c < V::used; ++c)
            to[x + c] = f(c, from[x + c]...);
      }(images.row(y)...);
    }
  });
}

/// A number for each channel, from one or from an array of the host's.
template <class T, int count> struct Constant {
  T values[count];
  T operator[](int channel) const { return values[channel]; }
};
template <class V, class K> auto constantOf(K given) {
  using T = std::remove_cv_t<std::remove_pointer_t<K>>;
  Constant<T, V::used> result;
  if constexpr (std::is_pointer_v<K>)
    std::copy_n(given, V::used, result.values);
  else
    std::fill_n(result.values, V::used, given);
  return result;
}
template <class K> bool isGiven(K given) {
  if constexpr (std::is_pointer_v<K>)
    return given != nullptr;
  else
    return true;
}

/// Memory for the time of a closure.
template <class T> class Scratch {
  T *data;

public:
  explicit Scratch(int64_t count) : data(new T[count]) {}
  ~Scratch() { delete[] data; }
  Scratch(const Scratch &) = delete;
  operator T *() const { return data; }
};

} // namespace cuport::npp

#endif
