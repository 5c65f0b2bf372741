// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Resizing, warping, remapping, mirroring. A pixel of the target is read at a place of the source, between its pixels by one of NPP's modes:
// nearest, linear, cubic (Catmull and Rom's), Lanczos of three lobes; a smaller image also by the mean of what a pixel covers (super).

#include "Image.h"

using namespace cuport::npp;

namespace {

struct Place {
  double x, y;
};

bool isMode(int mode) { return mode == NPPI_INTER_NN || mode == NPPI_INTER_LINEAR || mode == NPPI_INTER_CUBIC || mode == NPPI_INTER_LANCZOS; }

double weight(int mode, double distance) {
  double d = std::fabs(distance);
  switch (mode) {
  case NPPI_INTER_LINEAR: return std::max(0.0, 1 - d);
  case NPPI_INTER_CUBIC: return d < 1 ? 1 - d * d * (2.5 - 1.5 * d) : d < 2 ? 2 + d * (-4 + d * (2.5 - .5 * d)) : 0;
  default: return d == 0 ? 1 : d < 3 ? std::sin(M_PI * d) * std::sin(M_PI * d / 3) / (M_PI * M_PI * d * d / 3) : 0;
  }
}

/// A source as it is read: pixels inside of the rectangle, and its edge where a neighbour is outside.
template <class T> struct Reader {
  Image<const T> source;
  NppiRect rectangle;
  int apart; ///< elements from pixel to pixel

  T pixel(int x, int y, int c) const {
    x = std::clamp(x, rectangle.x, rectangle.x + rectangle.width - 1);
    y = std::clamp(y, rectangle.y, rectangle.y + rectangle.height - 1);
    return source.row(y)[int64_t(x) * apart + c];
  }
  bool has(Place p) const {
    return p.x > rectangle.x - 0.5 && p.x < rectangle.x + rectangle.width - 0.5 && p.y > rectangle.y - 0.5 && p.y < rectangle.y + rectangle.height - 0.5;
  }
  T at(Place p, int mode, int c) const {
    if (mode == NPPI_INTER_NN)
      return pixel(int(std::floor(p.x + 0.5)), int(std::floor(p.y + 0.5)), c);
    int reach = mode == NPPI_INTER_LINEAR ? 1 : mode == NPPI_INTER_CUBIC ? 2 : 3;
    int left = int(std::floor(p.x)) - reach + 1, top = int(std::floor(p.y)) - reach + 1;
    double sum = 0, total = 0;
    for (int j = 0; j < 2 * reach; ++j) {
      double down = weight(mode, p.y - (top + j)), row = 0, part = 0;
      for (int i = 0; i < 2 * reach; ++i) {
        double across = weight(mode, p.x - (left + i));
        row += across * double(pixel(left + i, top + j, c));
        part += across;
      }
      sum += down * row;
      total += down * part;
    }
    return saturated<T>(std::is_floating_point_v<T> ? sum / total : std::nearbyint(sum / total));
  }
  /// The mean of a box.
  T mean(double left, double top, double right, double bottom, int c) const {
    double sum = 0, total = 0;
    for (int y = int(std::floor(top)); y < bottom; ++y)
      for (int x = int(std::floor(left)); x < right; ++x) {
        double share = (std::min(right, x + 1.0) - std::max(left, double(x))) * (std::min(bottom, y + 1.0) - std::max(top, double(y)));
        sum += share * double(pixel(x, y, c));
        total += share;
      }
    return saturated<T>(std::is_floating_point_v<T> ? sum / total : std::nearbyint(sum / total));
  }
};

NppiRect clipped(NppiRect r, NppiSize size) {
  int left = std::max(r.x, 0), top = std::max(r.y, 0);
  return {left, top, std::min(r.x + r.width, size.width) - left, std::min(r.y + r.height, size.height) - top};
}
bool isEmpty(NppiRect r) { return r.width <= 0 || r.height <= 0; }

/// As many pairs of images as there are planes, each with so many channels.
template <class V, class S, class D, class Body> NppStatus eachPlane(S from, D to, Body body) {
  if constexpr (V::fromPlanes) {
    if (!from || !to)
      return NPP_NULL_POINTER_ERROR;
    for (int c = 0; c < V::used; ++c)
      if (NppStatus status = body(from[c], to[c]))
        return status;
    return NPP_SUCCESS;
  } else {
    return body(from, to);
  }
}

/// source(x, y) is where the target's pixel is read; what is outside of the source's rectangle stays as it was.
template <class V, class T, class F>
NppStatus warp(const Call &call, Image<const T> from, NppiSize fromSize, NppiRect fromRectangle, Image<T> to, NppiRect rectangle, int mode, F source) {
  if (NppStatus status = check({rectangle.width, rectangle.height}, from, to))
    return status;
  if (!isMode(mode))
    return NPP_INTERPOLATION_ERROR;
  NppiRect inside = clipped(fromRectangle, fromSize);
  if (isEmpty(inside))
    return NPP_RECTANGLE_ERROR;
  return call.enqueue([=] {
    constexpr int channels = V::fromPlanes ? 1 : V::used;
    Reader<T> reader{from, inside, V::from};
    for (int y = rectangle.y; y < rectangle.y + rectangle.height; ++y)
      for (int x = rectangle.x; x < rectangle.x + rectangle.width; ++x)
        if (Place place = source(x, y); reader.has(place))
          for (int c = 0; c < channels; ++c)
            to.row(y)[int64_t(x) * V::to + c] = reader.at(place, mode, c);
  });
}

struct Affine {
  double m[2][3];
  Place operator()(double x, double y) const { return {m[0][0] * x + m[0][1] * y + m[0][2], m[1][0] * x + m[1][1] * y + m[1][2]}; }
  static Affine of(const double (*given)[3]) {
    Affine result;
    std::memcpy(result.m, given, sizeof result.m);
    return result;
  }
  double determinant() const { return m[0][0] * m[1][1] - m[0][1] * m[1][0]; }
  Affine inverse() const {
    double d = determinant(), a = m[1][1] / d, b = -m[0][1] / d, c = -m[1][0] / d, e = m[0][0] / d;
    return {{{a, b, -a * m[0][2] - b * m[1][2]}, {c, e, -c * m[0][2] - e * m[1][2]}}};
  }
};

struct Projective {
  double m[3][3];
  Place operator()(double x, double y) const {
    double w = m[2][0] * x + m[2][1] * y + m[2][2];
    return {(m[0][0] * x + m[0][1] * y + m[0][2]) / w, (m[1][0] * x + m[1][1] * y + m[1][2]) / w};
  }
  static Projective of(const double (*given)[3]) {
    Projective result;
    std::memcpy(result.m, given, sizeof result.m);
    return result;
  }
  /// Up to a factor, which does not matter.
  Projective inverse() const {
    Projective r;
    for (int i = 0; i < 3; ++i)
      for (int j = 0; j < 3; ++j)
        r.m[i][j] = m[(j + 1) % 3][(i + 1) % 3] * m[(j + 2) % 3][(i + 2) % 3] - m[(j + 1) % 3][(i + 2) % 3] * m[(j + 2) % 3][(i + 1) % 3];
    return r;
  }
  double determinant() const {
    return m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1]) - m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0]) +
           m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0]);
  }
};

/// By coefficients from the source to the target, or back.
template <class Map, bool isBack> struct Warp {
  template <class V, class S, class D>
  NppStatus operator()(V, const Call &call, S from, NppiSize fromSize, int fromStep, NppiRect fromRectangle, D to, int step, NppiRect rectangle,
                       const double (*coefficients)[3], int mode) const {
    using T = typename V::From;
    if (!coefficients)
      return NPP_NULL_POINTER_ERROR;
    Map map = Map::of(coefficients);
    if (map.determinant() == 0)
      return NPP_COEFFICIENT_ERROR;
    return eachPlane<V>(from, to, [&](const T *a, T *b) {
      return warp<V, T>(call, image(a, fromStep), fromSize, fromRectangle, image(b, step), rectangle, mode, isBack ? map : map.inverse());
    });
  }
};

} // namespace

namespace cuport::npp::nppi {

struct WarpAffine : Warp<Affine, false> {};
struct WarpAffineBack : Warp<Affine, true> {};
struct WarpPerspective : Warp<Projective, false> {};
struct WarpPerspectiveBack : Warp<Projective, true> {};

/// Degrees counterclockwise around the origin, then shifted.
struct Rotate {
  template <class V, class T>
  NppStatus operator()(V, const Call &call, const T *from, NppiSize fromSize, int fromStep, NppiRect fromRectangle, T *to, int step, NppiRect rectangle,
                       double angle, double shiftX, double shiftY, int mode) const {
    double c = std::cos(angle * M_PI / 180), s = std::sin(angle * M_PI / 180);
    Affine map{{{c, s, shiftX}, {-s, c, shiftY}}};
    return warp<V, T>(call, image(from, fromStep), fromSize, fromRectangle, image(to, step), rectangle, mode, map.inverse());
  }
};

struct Remap {
  template <class V, class S, class D>
  NppStatus operator()(V, const Call &call, S from, NppiSize fromSize, int fromStep, NppiRect fromRectangle, const Npp32f *xs, int xStep,
                       const Npp32f *ys, int yStep, D to, int step, NppiSize size, int mode) const {
    using T = typename V::From;
    if (NppStatus status = check(size, image(xs, xStep), image(ys, yStep)))
      return status;
    return eachPlane<V>(from, to, [&](const T *a, T *b) {
      return warp<V, T>(call, image(a, fromStep), fromSize, fromRectangle, image(b, step), {0, 0, size.width, size.height}, mode,
                        [=](int x, int y) { return Place{rowOf(xs, xStep, y)[x], rowOf(ys, yStep, y)[x]}; });
    });
  }
};

/// The rectangles' corners are each other's, so that of pixels the middles count.
struct Resize {
  template <class V, class S, class D>
  NppStatus operator()(V, const Call &call, S from, int fromStep, NppiSize fromSize, NppiRect fromRectangle, D to, int step, NppiSize size,
                       NppiRect rectangle, int mode) const {
    using T = typename V::From;
    NppiRect inside = clipped(fromRectangle, fromSize), target = clipped(rectangle, size);
    if (isEmpty(inside) || isEmpty(target))
      return NPP_RECTANGLE_ERROR;
    if (!isMode(mode) && mode != NPPI_INTER_SUPER)
      return NPP_INTERPOLATION_ERROR;
    return eachPlane<V>(from, to, [&](const T *a, T *b) {
      if (NppStatus status = check(size, image(a, fromStep), image(b, step)))
        return status;
      return call.enqueue([=] {
        constexpr int channels = V::fromPlanes ? 1 : V::used;
        Reader<T> reader{image(a, fromStep), inside, V::from};
        double acrossFactor = double(fromRectangle.width) / rectangle.width, downFactor = double(fromRectangle.height) / rectangle.height;
        for (int y = target.y; y < target.y + target.height; ++y)
          for (int x = target.x; x < target.x + target.width; ++x) {
            double left = fromRectangle.x + (x - rectangle.x) * acrossFactor, top = fromRectangle.y + (y - rectangle.y) * downFactor;
            Place place{left + acrossFactor / 2 - 0.5, top + downFactor / 2 - 0.5};
            if (mode == NPPI_INTER_NN) // in whole numbers, so that a middle between two pixels is always the right one's
              place = {double(fromRectangle.x + (2ll * (x - rectangle.x) + 1) * fromRectangle.width / (2 * rectangle.width)),
                       double(fromRectangle.y + (2ll * (y - rectangle.y) + 1) * fromRectangle.height / (2 * rectangle.height))};
            for (int c = 0; c < channels; ++c)
              rowOf(b, step, y)[int64_t(x) * V::to + c] =
                  mode == NPPI_INTER_SUPER ? reader.mean(left, top, left + acrossFactor, top + downFactor, c) : reader.at(place, mode, c);
          }
      });
    });
  }
};

struct ResizeSqrPixel {
  template <class V, class S, class D>
  NppStatus operator()(V, const Call &call, S from, NppiSize fromSize, int fromStep, NppiRect fromRectangle, D to, int step, NppiRect rectangle,
                       double xFactor, double yFactor, double xShift, double yShift, int mode) const {
    using T = typename V::From;
    if (xFactor <= 0 || yFactor <= 0)
      return NPP_RESIZE_FACTOR_ERROR;
    return eachPlane<V>(from, to, [&](const T *a, T *b) {
      return warp<V, T>(call, image(a, fromStep), fromSize, fromRectangle, image(b, step), rectangle, mode, [=](int x, int y) {
        return Place{(x + 0.5 - xShift) / xFactor - 0.5, (y + 0.5 - yShift) / yFactor - 0.5};
      });
    });
  }
};

struct Mirror {
  template <class V, class T>
    requires(!V::inPlace)
  NppStatus operator()(V, const Call &call, const T *a, int aStep, T *to, int step, NppiSize size, NppiAxis axis) const {
    if (NppStatus status = check(size, image(a, aStep), image(to, step)))
      return status;
    if (axis != NPP_HORIZONTAL_AXIS && axis != NPP_VERTICAL_AXIS && axis != NPP_BOTH_AXIS)
      return NPP_MIRROR_FLIP_ERROR;
    return call.enqueue([=] {
      bool down = axis != NPP_VERTICAL_AXIS, across = axis != NPP_HORIZONTAL_AXIS;
      // In place each half needs the other.
      Scratch<T> all(int64_t(size.width) * size.height * V::from);
      for (int64_t y = 0; y < size.height; ++y)
        std::copy_n(rowOf(a, aStep, y), int64_t(size.width) * V::from, all + y * size.width * V::from);
      for (int64_t y = 0; y < size.height; ++y)
        for (int64_t x = 0; x < size.width; ++x) {
          int64_t fromX = across ? size.width - 1 - x : x, fromY = down ? size.height - 1 - y : y;
          std::copy_n(all + (fromY * size.width + fromX) * V::from, V::used, rowOf(to, step, y) + x * V::to);
        }
    });
  }
  template <class V, class T>
    requires(V::inPlace)
  NppStatus operator()(V, const Call &call, T *to, int step, NppiSize size, NppiAxis axis) const {
    return (*this)(Variant<T, T, 'C', V::to, 'C', V::to, false, false>(), call, static_cast<const T *>(to), step, to, step, size, axis);
  }
};

} // namespace cuport::npp::nppi

#define CUPORT_NPPI_WarpAffine
#define CUPORT_NPPI_WarpAffineBack
#define CUPORT_NPPI_WarpPerspective
#define CUPORT_NPPI_WarpPerspectiveBack
#define CUPORT_NPPI_Rotate
#define CUPORT_NPPI_Remap
#define CUPORT_NPPI_Resize
#define CUPORT_NPPI_ResizeSqrPixel
#define CUPORT_NPPI_Mirror
#include "NppEntries.inc"
