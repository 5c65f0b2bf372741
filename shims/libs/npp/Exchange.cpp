// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Copies, fills, borders, orders of channels, conversions of type.

#include "Image.h"

using namespace cuport::npp;

namespace {

/// place(x, y) gives the pixel of the source that the target's has, or {-1, -1} for a constant.
template <class V, class T, class Place>
NppStatus bordered(const Call &call, Image<const T> from, NppiSize fromSize, Image<T> to, NppiSize size, int top, int left,
                   Constant<T, V::used> constant, Place place) {
  if (NppStatus status = check(size, from, to))
    return status;
  if (fromSize.width <= 0 || fromSize.height <= 0 || top < 0 || left < 0 || fromSize.width > size.width || fromSize.height > size.height)
    return NPP_SIZE_ERROR;
  return call.enqueue([=] {
    for (int y = 0; y < size.height; ++y)
      for (int x = 0; x < size.width; ++x) {
        int fromX = place(x - left, fromSize.width), fromY = place(y - top, fromSize.height);
        T *pixel = to.row(y) + int64_t(x) * V::to;
        for (int c = 0; c < V::used; ++c)
          pixel[c] = fromX < 0 || fromY < 0 ? constant[c] : from.row(fromY)[int64_t(fromX) * V::from + c];
      }
  });
}

} // namespace

namespace cuport::npp::nppi {

struct Copy {
  template <class V, class T>
    requires(!V::fromPlanes && !V::toPlanes)
  NppStatus operator()(V, const Call &call, const T *a, int aStep, T *to, int step, NppiSize size) const {
    if (NppStatus status = check(size, image(a, aStep), image(to, step)))
      return status;
    return call.enqueue([=] {
      constexpr int used = std::min(V::fromUsed, V::used);
      for (int y = 0; y < size.height; ++y)
        for (int64_t x = 0; x < size.width; ++x)
          for (int c = 0; c < used; ++c)
            rowOf(to, step, y)[x * V::to + c] = rowOf(a, aStep, y)[x * V::from + c];
    });
  }
  template <class V, class T>
    requires(!V::fromPlanes && V::toPlanes)
  NppStatus operator()(V, const Call &call, const T *a, int aStep, T *const *to, int step, NppiSize size) const {
    if (!to)
      return NPP_NULL_POINTER_ERROR;
    Constant<T *, V::used> planes = constantOf<V>(to);
    for (T *plane : planes.values)
      if (NppStatus status = check(size, image(a, aStep), image(plane, step)))
        return status;
    return call.enqueue([=] {
      for (int y = 0; y < size.height; ++y)
        for (int64_t x = 0; x < size.width; ++x)
          for (int c = 0; c < V::used; ++c)
            rowOf(planes[c], step, y)[x] = rowOf(a, aStep, y)[x * V::from + c];
    });
  }
  template <class V, class T>
    requires(V::fromPlanes && !V::toPlanes)
  NppStatus operator()(V, const Call &call, const T *const *a, int aStep, T *to, int step, NppiSize size) const {
    if (!a)
      return NPP_NULL_POINTER_ERROR;
    Constant<const T *, V::used> planes = constantOf<V>(a);
    for (const T *plane : planes.values)
      if (NppStatus status = check(size, image(plane, aStep), image(to, step)))
        return status;
    return call.enqueue([=] {
      for (int y = 0; y < size.height; ++y)
        for (int64_t x = 0; x < size.width; ++x)
          for (int c = 0; c < V::used; ++c)
            rowOf(to, step, y)[x * V::to + c] = rowOf(planes[c], aStep, y)[x];
    });
  }
};

/// One channel to all of the target's.
struct Dup {
  template <class V, class T> NppStatus operator()(V, const Call &call, const T *a, int aStep, T *to, int step, NppiSize size) const {
    if (NppStatus status = check(size, image(a, aStep), image(to, step)))
      return status;
    return call.enqueue([=] {
      for (int y = 0; y < size.height; ++y)
        for (int64_t x = 0; x < size.width; ++x)
          std::fill_n(rowOf(to, step, y) + x * V::to, V::used, rowOf(a, aStep, y)[x]);
    });
  }
};

struct Set {
  template <class V, class T, class K> NppStatus operator()(V, const Call &call, K given, T *to, int step, NppiSize size) const {
    if (!isGiven(given))
      return NPP_NULL_POINTER_ERROR;
    return each<V>(call, size, to, step, [k = constantOf<V>(given)](int c) { return k[c]; });
  }
};

struct CopyConstBorder {
  template <class V, class T, class K>
  NppStatus operator()(V, const Call &call, const T *a, int aStep, NppiSize aSize, T *to, int step, NppiSize size, int top, int left, K given) const {
    if (!isGiven(given))
      return NPP_NULL_POINTER_ERROR;
    return bordered<V, T>(call, image(a, aStep), aSize, image(to, step), size, top, left, constantOf<V>(given),
                          [](int at, int end) { return at < end ? at : -1; });
  }
};
struct CopyReplicateBorder {
  template <class V, class T>
  NppStatus operator()(V, const Call &call, const T *a, int aStep, NppiSize aSize, T *to, int step, NppiSize size, int top, int left) const {
    return bordered<V, T>(call, image(a, aStep), aSize, image(to, step), size, top, left, {}, [](int at, int end) { return std::clamp(at, 0, end - 1); });
  }
};
struct CopyWrapBorder {
  template <class V, class T>
  NppStatus operator()(V, const Call &call, const T *a, int aStep, NppiSize aSize, T *to, int step, NppiSize size, int top, int left) const {
    return bordered<V, T>(call, image(a, aStep), aSize, image(to, step), size, top, left, {}, [](int at, int end) { return (at % end + end) % end; });
  }
};

struct SwapChannels {
  template <class V, class T>
    requires(!V::inPlace)
  NppStatus operator()(V, const Call &call, const T *a, int aStep, T *to, int step, NppiSize size, const int *order) const {
    if (!order)
      return NPP_NULL_POINTER_ERROR;
    if (NppStatus status = check(size, image(a, aStep), image(to, step)))
      return status;
    Constant<int, V::used> from = constantOf<V>(order);
    for (int each : from.values)
      if (each < 0 || each >= V::from)
        return NPP_CHANNEL_ORDER_ERROR;
    return call.enqueue([=] {
      for (int y = 0; y < size.height; ++y)
        for (int64_t x = 0; x < size.width; ++x) {
          T pixel[V::from];
          std::copy_n(rowOf(a, aStep, y) + x * V::from, V::from, pixel);
          for (int c = 0; c < V::used; ++c)
            rowOf(to, step, y)[x * V::to + c] = pixel[from[c]];
        }
    });
  }
  template <class V, class T>
    requires(V::inPlace)
  NppStatus operator()(V, const Call &call, T *to, int step, NppiSize size, const int *order) const {
    return (*this)(Variant<T, T, 'C', V::to, 'C', V::to, false, false>(), call, static_cast<const T *>(to), step, to, step, size, order);
  }
};

struct Convert {
  template <class V, class S, class D> NppStatus operator()(V, const Call &call, const S *a, int aStep, D *to, int step, NppiSize size) const {
    return each<V>(
        call, size, to, step, [](int, S x) { return finish<D>(Calculated<D>(x)); }, image(a, aStep));
  }
  template <class V, class S, class D>
  NppStatus operator()(V, const Call &call, const S *a, int aStep, D *to, int step, NppiSize size, NppRoundMode mode, int scale = 0) const {
    return each<V>(
        call, size, to, step,
        [=](int, S x) {
          double value = std::ldexp(double(x), -scale);
          return saturated<D>(mode == NPP_RND_ZERO ? std::trunc(value) : mode == NPP_RND_FINANCIAL ? std::round(value) : std::nearbyint(value));
        },
        image(a, aStep));
  }
};

struct Transpose {
  template <class V, class T> NppStatus operator()(V, const Call &call, const T *a, int aStep, T *to, int step, NppiSize size) const {
    if (NppStatus status = check(size, image(a, aStep), image(to, step)))
      return status;
    return call.enqueue([=] {
      for (int64_t y = 0; y < size.height; ++y)
        for (int64_t x = 0; x < size.width; ++x)
          std::copy_n(rowOf(a, aStep, y) + x * V::from, V::used, rowOf(to, step, x) + y * V::to);
    });
  }
};

} // namespace cuport::npp::nppi

#define CUPORT_NPPI_Copy
#define CUPORT_NPPI_Dup
#define CUPORT_NPPI_Set
#define CUPORT_NPPI_CopyConstBorder
#define CUPORT_NPPI_CopyReplicateBorder
#define CUPORT_NPPI_CopyWrapBorder
#define CUPORT_NPPI_SwapChannels
#define CUPORT_NPPI_Convert
#define CUPORT_NPPI_Transpose
#include "NppEntries.inc"
