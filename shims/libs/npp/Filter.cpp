// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Filters over windows, and morphology. Without a border the pixels around the region are read, which have to be there; with one, what is
// outside of the image is its edge, or mirrored.

#include "Image.h"

#include <tuple>
#include <utility>

using namespace cuport::npp;

namespace {

/// Pixels around one of the region.
template <class T> struct Around {
  Image<const T> source; ///< the region's first pixel
  int apart;
  bool hasBorder = false, isMirrored = false;
  NppiSize size{};    ///< of the whole image, with a border
  NppiPoint offset{}; ///< of the region in it

  static int inside(int at, int end, bool isMirrored) {
    if (isMirrored && end > 1) {
      at = std::abs(at) % (2 * (end - 1));
      return at < end ? at : 2 * (end - 1) - at;
    }
    return std::clamp(at, 0, end - 1);
  }
  T operator()(int x, int y, int c) const {
    if (hasBorder) {
      x = inside(x + offset.x, size.width, isMirrored) - offset.x;
      y = inside(y + offset.y, size.height, isMirrored) - offset.y;
    }
    return source.row(y)[int64_t(x) * apart + c];
  }
};

/// f(around, x, y, channel) for each element of the region.
template <class V, class D, class T, class F> NppStatus windows(const Call &call, const Around<T> &around, Image<D> to, NppiSize size, F f) {
  if (NppStatus status = check(size, around.source, to))
    return status;
  return call.enqueue([=] {
    for (int y = 0; y < size.height; ++y)
      for (int x = 0; x < size.width; ++x)
        for (int c = 0; c < V::used; ++c)
          to.row(y)[int64_t(x) * V::to + c] = f(around, x, y, c);
  });
}

/// Calls \p body with the pixels around, where the border is one of those that are there.
template <class V, class T, class Body>
NppStatus withBorder(const Call &call, const T *from, int step, NppiSize size, NppiPoint offset, NppiBorderType border, Body body) {
  if (border != NPP_BORDER_REPLICATE && border != NPP_BORDER_MIRROR)
    return NPP_NOT_SUPPORTED_MODE_ERROR;
  if (size.width <= 0 || size.height <= 0)
    return NPP_SIZE_ERROR;
  return body(Around<T>{image(from, step), V::from, true, border == NPP_BORDER_MIRROR, size, offset});
}

bool isMask(NppiSize mask, NppiPoint anchor) {
  return mask.width > 0 && mask.height > 0 && anchor.x >= 0 && anchor.y >= 0 && anchor.x < mask.width && anchor.y < mask.height;
}

/// An operation that F makes for windows, given what stands behind the size; with and without a border.
template <class F> struct Windowed {
  template <class V, class T, class... Rest>
    requires std::is_invocable_r_v<NppStatus, F, V, const Call &, const Around<T> &, Image<T>, NppiSize, Rest...>
  NppStatus operator()(V v, const Call &call, const T *a, int aStep, T *to, int step, NppiSize size, Rest... rest) const {
    return F()(v, call, Around<T>{image(a, aStep), V::from}, image(to, step), size, rest...);
  }
};
template <class F> struct Bordered {
  template <class V, class T, class... Rest>
  NppStatus operator()(V v, const Call &call, const T *a, int aStep, NppiSize aSize, NppiPoint offset, T *to, int step, NppiSize size, Rest... rest) const {
    // The border stands last.
    return [&]<size_t... i>(std::index_sequence<i...>, auto all) {
      return withBorder<V>(call, a, aStep, aSize, offset, std::get<sizeof...(Rest) - 1>(all), [&](const Around<T> &around) {
        if constexpr (std::is_invocable_r_v<NppStatus, F, V, const Call &, const Around<T> &, Image<T>, NppiSize, std::tuple_element_t<i, decltype(all)>...>)
          return F()(v, call, around, image(to, step), size, std::get<i>(all)...);
        else
          return call.unsupported();
      });
    }(std::make_index_sequence<sizeof...(Rest) - 1>(), std::tuple(rest...));
  }
};

/// A fixed square of weights, the image's row above first.
template <int width> struct Weights {
  float values[width][width];
  template <class T> double sum(const Around<T> &around, int x, int y, int c) const {
    double result = 0;
    for (int j = 0; j < width; ++j)
      for (int i = 0; i < width; ++i)
        result += values[j][i] * double(around(x + i - width / 2, y + j - width / 2, c));
    return result;
  }
};
template <int width, class V, class T> NppStatus weighted(const Call &call, const Around<T> &around, Image<T> to, NppiSize size, const Weights<width> &w) {
  return windows<V>(call, around, to, size, [w](const Around<T> &a, int x, int y, int c) { return finish<T>(Calculated<T>(w.sum(a, x, y, c))); });
}

/// Picks one of the window, or its mean.
template <class F> struct OfBox {
  template <class V, class T>
  NppStatus operator()(V, const Call &call, const Around<T> &around, Image<T> to, NppiSize size, NppiSize mask, NppiPoint anchor) const {
    if (!isMask(mask, anchor))
      return NPP_MASK_SIZE_ERROR;
    return windows<V>(call, around, to, size, [=](const Around<T> &a, int x, int y, int c) {
      F f;
      for (int j = 0; j < mask.height; ++j)
        for (int i = 0; i < mask.width; ++i)
          f.add(a(x - anchor.x + i, y - anchor.y + j, c));
      return f.template result<T>(mask.width * mask.height);
    });
  }
};
struct Mean {
  double sum = 0;
  void add(double x) { sum += x; }
  template <class T> T result(int count) const { return finish<T>(Calculated<T>(sum / count)); }
};
struct Least {
  double value = std::numeric_limits<double>::infinity();
  void add(double x) { value = std::min(value, x); }
  template <class T> T result(int) const { return T(value); }
};
struct Most {
  double value = -std::numeric_limits<double>::infinity();
  void add(double x) { value = std::max(value, x); }
  template <class T> T result(int) const { return T(value); }
};

struct Median {
  template <class V, class T>
  NppStatus operator()(V, const Call &call, const Around<T> &around, Image<T> to, NppiSize size, NppiSize mask, NppiPoint anchor, Npp8u * = nullptr) const {
    if (!isMask(mask, anchor))
      return NPP_MASK_SIZE_ERROR;
    if (NppStatus status = check(size, around.source, to))
      return status;
    return call.enqueue([=] {
      int count = mask.width * mask.height;
      Scratch<T> window(count);
      for (int y = 0; y < size.height; ++y)
        for (int x = 0; x < size.width; ++x)
          for (int c = 0; c < V::used; ++c) {
            for (int i = 0; i < count; ++i)
              window[i] = around(x - anchor.x + i % mask.width, y - anchor.y + i / mask.width, c);
            std::nth_element(window + 0, window + count / 2, window + count);
            to.row(y)[int64_t(x) * V::to + c] = window[count / 2];
          }
    });
  }
};

/// The least or the most of the pixels whose mask is set.
template <class F> struct Masked {
  template <class V, class T>
  NppStatus operator()(V, const Call &call, const Around<T> &around, Image<T> to, NppiSize size, const Npp8u *mask, NppiSize maskSize,
                       NppiPoint anchor) const {
    if (!mask)
      return NPP_NULL_POINTER_ERROR;
    if (!isMask(maskSize, anchor))
      return NPP_MASK_SIZE_ERROR;
    return windows<V>(call, around, to, size, [=](const Around<T> &a, int x, int y, int c) {
      F f;
      for (int j = 0; j < maskSize.height; ++j)
        for (int i = 0; i < maskSize.width; ++i)
          if (mask[j * maskSize.width + i])
            f.add(a(x - anchor.x + i, y - anchor.y + j, c));
      return f.template result<T>(1);
    });
  }
};
template <class F> struct ThreeByThree {
  template <class V, class T> NppStatus operator()(V v, const Call &call, const Around<T> &around, Image<T> to, NppiSize size) const {
    return OfBox<F>()(v, call, around, to, size, NppiSize{3, 3}, NppiPoint{1, 1});
  }
};

/// A convolution: the kernel's first weight is the last pixel's.
struct Convolution {
  template <class V, class T, class K>
  NppStatus operator()(V, const Call &call, const Around<T> &around, Image<T> to, NppiSize size, const K *kernel, NppiSize mask, NppiPoint anchor,
                       Npp32s divisor = 1) const {
    if (!kernel)
      return NPP_NULL_POINTER_ERROR;
    if (!isMask(mask, anchor))
      return NPP_MASK_SIZE_ERROR;
    if (!divisor)
      return NPP_DIVISOR_ERROR;
    return windows<V>(call, around, to, size, [=](const Around<T> &a, int x, int y, int c) {
      double sum = 0;
      for (int j = 0; j < mask.height; ++j)
        for (int i = 0; i < mask.width; ++i)
          sum += double(kernel[j * mask.width + i]) * double(a(x + anchor.x - i, y + anchor.y - j, c));
      return finish<T>(Calculated<T>(sum / divisor));
    });
  }
};
template <bool isRow> struct Line {
  template <class V, class T, class K>
  NppStatus operator()(V v, const Call &call, const Around<T> &around, Image<T> to, NppiSize size, const K *kernel, Npp32s count, Npp32s anchor,
                       Npp32s divisor = 1) const {
    return isRow ? Convolution()(v, call, around, to, size, kernel, NppiSize{count, 1}, NppiPoint{anchor, 0}, divisor)
                 : Convolution()(v, call, around, to, size, kernel, NppiSize{1, count}, NppiPoint{0, anchor}, divisor);
  }
};

/// Of NPP's deviation for a mask: 0.4 + 0.6 for each pixel to the side.
struct Gauss {
  template <class V, class T> NppStatus operator()(V, const Call &call, const Around<T> &around, Image<T> to, NppiSize size, NppiMaskSize mask) const {
    int width = mask == NPP_MASK_SIZE_3_X_3     ? 3
                : mask == NPP_MASK_SIZE_5_X_5   ? 5
                : mask == NPP_MASK_SIZE_7_X_7   ? 7
                : mask == NPP_MASK_SIZE_9_X_9   ? 9
                : mask == NPP_MASK_SIZE_11_X_11 ? 11
                : mask == NPP_MASK_SIZE_13_X_13 ? 13
                : mask == NPP_MASK_SIZE_15_X_15 ? 15
                                                : 0;
    if (!width)
      return NPP_MASK_SIZE_ERROR;
    struct {
      float values[15];
    } line{};
    double deviation = 0.4 + width / 2 * 0.6, sum = 0;
    for (int i = 0; i < width; ++i)
      sum += std::exp(-(i - width / 2) * (i - width / 2) / (2 * deviation * deviation));
    for (int i = 0; i < width; ++i)
      line.values[i] = float(std::exp(-(i - width / 2) * (i - width / 2) / (2 * deviation * deviation)) / sum);
    return windows<V>(call, around, to, size, [=](const Around<T> &a, int x, int y, int c) {
      double result = 0;
      for (int j = 0; j < width; ++j)
        for (int i = 0; i < width; ++i)
          result += double(line.values[j]) * line.values[i] * double(a(x + i - width / 2, y + j - width / 2, c));
      return finish<T>(Calculated<T>(result));
    });
  }
};

template <bool isHorizontal> struct Sobel {
  template <class V, class T> NppStatus operator()(V, const Call &call, const Around<T> &around, Image<T> to, NppiSize size) const {
    return isHorizontal ? weighted<3, V, T>(call, around, to, size, {{{1, 2, 1}, {0, 0, 0}, {-1, -2, -1}}})
                        : weighted<3, V, T>(call, around, to, size, {{{-1, 0, 1}, {-2, 0, 2}, {-1, 0, 1}}});
  }
};

struct Laplace {
  template <class V, class T> NppStatus operator()(V, const Call &call, const Around<T> &around, Image<T> to, NppiSize size, NppiMaskSize mask) const {
    if (mask == NPP_MASK_SIZE_3_X_3)
      return weighted<3, V, T>(call, around, to, size, {{{-1, -1, -1}, {-1, 8, -1}, {-1, -1, -1}}});
    if (mask == NPP_MASK_SIZE_5_X_5)
      return weighted<5, V, T>(call, around, to, size,
                               {{{-1, -3, -4, -3, -1}, {-3, 0, 6, 0, -3}, {-4, 6, 20, 6, -4}, {-3, 0, 6, 0, -3}, {-1, -3, -4, -3, -1}}});
    return NPP_MASK_SIZE_ERROR;
  }
};

} // namespace

namespace cuport::npp::nppi {

struct Filter : Windowed<Convolution> {};
struct FilterBorder : Bordered<Convolution> {};
struct FilterRow : Windowed<Line<true>> {};
struct FilterColumn : Windowed<Line<false>> {};
struct FilterBox : Windowed<OfBox<Mean>> {};
struct FilterBoxBorder : Bordered<OfBox<Mean>> {};
struct FilterMin : Windowed<OfBox<Least>> {};
struct FilterMax : Windowed<OfBox<Most>> {};
struct FilterMedian : Windowed<Median> {};
struct FilterGauss : Windowed<Gauss> {};
struct FilterGaussBorder : Bordered<Gauss> {};
struct FilterSobelHoriz : Windowed<Sobel<true>> {};
struct FilterSobelVert : Windowed<Sobel<false>> {};
struct FilterSobelHorizBorder : Bordered<Sobel<true>> {};
struct FilterSobelVertBorder : Bordered<Sobel<false>> {};
struct FilterLaplace : Windowed<Laplace> {};
struct Erode : Windowed<Masked<Least>> {};
struct Dilate : Windowed<Masked<Most>> {};
struct Erode3x3 : Windowed<ThreeByThree<Least>> {};
struct Dilate3x3 : Windowed<ThreeByThree<Most>> {};

} // namespace cuport::npp::nppi

#define CUPORT_NPPI_Filter
#define CUPORT_NPPI_FilterBorder
#define CUPORT_NPPI_FilterRow
#define CUPORT_NPPI_FilterColumn
#define CUPORT_NPPI_FilterBox
#define CUPORT_NPPI_FilterBoxBorder
#define CUPORT_NPPI_FilterMin
#define CUPORT_NPPI_FilterMax
#define CUPORT_NPPI_FilterMedian
#define CUPORT_NPPI_FilterGauss
#define CUPORT_NPPI_FilterGaussBorder
#define CUPORT_NPPI_FilterSobelHoriz
#define CUPORT_NPPI_FilterSobelVert
#define CUPORT_NPPI_FilterSobelHorizBorder
#define CUPORT_NPPI_FilterSobelVertBorder
#define CUPORT_NPPI_FilterLaplace
#define CUPORT_NPPI_Erode
#define CUPORT_NPPI_Dilate
#define CUPORT_NPPI_Erode3x3
#define CUPORT_NPPI_Dilate3x3
#include "NppEntries.inc"
