// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Colours. YUV and YCbCr of BT.601 by the coefficients that NPP's documentation gives, results cut off as there; of BT.709 and BT.2020 by
// the recommendations' own.

#include "Image.h"

using namespace cuport::npp;

namespace {

/// The numbers of one pixel.
struct Pixel {
  float a, b, c;
};

Npp8u cut(float value) { return Npp8u(std::clamp(value, 0.0f, 255.0f)); }

struct RgbToYuv {
  Pixel operator()(Pixel p) const {
    float y = 0.299f * p.a + 0.587f * p.b + 0.114f * p.c;
    return {y, 0.492f * (p.c - y) + 128, 0.877f * (p.a - y) + 128};
  }
};
struct YuvToRgb {
  Pixel operator()(Pixel p) const {
    float u = p.b - 128, v = p.c - 128;
    return {p.a + 1.140f * v, p.a - 0.394f * u - 0.581f * v, p.a + 2.032f * u};
  }
};
struct RgbToYcbcr {
  Pixel operator()(Pixel p) const {
    return {0.257f * p.a + 0.504f * p.b + 0.098f * p.c + 16, -0.148f * p.a - 0.291f * p.b + 0.439f * p.c + 128,
            0.439f * p.a - 0.368f * p.b - 0.071f * p.c + 128};
  }
};
struct YcbcrToRgb {
  Pixel operator()(Pixel p) const {
    float y = 1.164f * (p.a - 16), cb = p.b - 128, cr = p.c - 128;
    return {y + 1.596f * cr, y - 0.813f * cr - 0.392f * cb, y + 2.017f * cb};
  }
};
/// All of 0 to 255, as JFIF has it.
struct JpegToRgb {
  Pixel operator()(Pixel p) const {
    float cb = p.b - 128, cr = p.c - 128;
    return {p.a + 1.402f * cr, p.a - 0.34414f * cb - 0.71414f * cr, p.a + 1.772f * cb};
  }
};

/// By the shares of red and blue in the luminance; limited: Y from 16 to 235, the others from 16 to 240.
template <int redShare, int blueShare, bool limited> struct ByShares {
  Pixel operator()(Pixel p) const {
    constexpr float red = redShare / 10000.0f, blue = blueShare / 10000.0f, green = 1 - red - blue;
    float y = limited ? (p.a - 16) * 255 / 219 : p.a, cb = (p.b - 128) * (limited ? 255 / 224.0f : 1), cr = (p.c - 128) * (limited ? 255 / 224.0f : 1);
    return {y + 2 * (1 - red) * cr, y - 2 * blue * (1 - blue) / green * cb - 2 * red * (1 - red) / green * cr, y + 2 * (1 - blue) * cb};
  }
};
using Full709 = ByShares<2126, 722, false>;
using Limited709 = ByShares<2126, 722, true>;
using Limited2020 = ByShares<2627, 593, true>;
using Full601 = ByShares<2990, 1140, false>;

/// H, S and V from 0 to 255.
struct RgbToHsv {
  Pixel operator()(Pixel p) const {
    float most = std::max({p.a, p.b, p.c}), spread = most - std::min({p.a, p.b, p.c});
    if (spread == 0)
      return {0, 0, most};
    float sixth = most == p.a ? (p.b - p.c) / spread : most == p.b ? 2 + (p.c - p.a) / spread : 4 + (p.a - p.b) / spread;
    return {(sixth < 0 ? sixth + 6 : sixth) / 6 * 255, spread / most * 255, most};
  }
};
struct HsvToRgb {
  Pixel operator()(Pixel p) const {
    float sixth = p.a / 255 * 6, s = p.b / 255, whole = std::floor(sixth), part = sixth - whole;
    float low = p.c * (1 - s), falling = p.c * (1 - s * part), rising = p.c * (1 - s * (1 - part));
    switch (int(whole) % 6) {
    case 0: return {p.c, rising, low};
    case 1: return {falling, p.c, low};
    case 2: return {low, p.c, rising};
    case 3: return {low, falling, p.c};
    case 4: return {rising, low, p.c};
    default: return {p.c, low, falling};
    }
  }
};

/// Planes or pixels as three addresses that are so many elements apart.
template <class T> struct Channels {
  T *planes[3];
  int step, apart;
  T *at(int c, int64_t y, int64_t x) const { return rowOf(planes[c], step, y) + x * apart; }
};
template <bool isPlanes, int apart, class P> auto channelsOf(P given, int step) {
  if constexpr (isPlanes) {
    using T = std::remove_pointer_t<std::remove_cv_t<std::remove_pointer_t<P>>>;
    return given ? Channels<T>{{given[0], given[1], given[2]}, step, 1} : Channels<T>{{}, step, 1};
  } else {
    using T = std::remove_pointer_t<P>;
    return given ? Channels<T>{{given, given + 1, given + 2}, step, apart} : Channels<T>{{}, step, apart};
  }
}
template <class... T> NppStatus checkChannels(NppiSize size, const Channels<T> &...channels) {
  for (int c = 0; c < 3; ++c)
    if (NppStatus status = check(size, image(channels.planes[c], channels.step)...))
      return status;
  return NPP_SUCCESS;
}

/// F of each pixel; \c fromBgr and \c toBgr: there the first channel is blue.
template <class F, bool fromBgr = false, bool toBgr = false> struct OfPixels {
  template <class V, class S, class D> NppStatus operator()(V, const Call &call, S given, int aStep, D target, int step, NppiSize size) const {
    auto a = channelsOf<V::fromPlanes, V::from>(given, aStep);
    auto to = channelsOf<V::toPlanes, V::to>(target, step);
    if (NppStatus status = checkChannels(size, a, to))
      return status;
    return call.enqueue([=] {
      for (int y = 0; y < size.height; ++y)
        for (int x = 0; x < size.width; ++x) {
          Pixel result = F()({float(*a.at(fromBgr ? 2 : 0, y, x)), float(*a.at(1, y, x)), float(*a.at(fromBgr ? 0 : 2, y, x))});
          *to.at(toBgr ? 2 : 0, y, x) = cut(result.a);
          *to.at(1, y, x) = cut(result.b);
          *to.at(toBgr ? 0 : 2, y, x) = cut(result.c);
        }
    });
  }
};

/// Two by two pixels share the second and third number, which stand in planes of their own.
template <class F, bool toBgr = false> struct Of420 {
  template <class V, class D> NppStatus operator()(V, const Call &call, const Npp8u *const *given, int *steps, D target, int step, NppiSize size) const {
    auto to = channelsOf<V::toPlanes, V::to>(target, step);
    if (!given || !steps)
      return NPP_NULL_POINTER_ERROR;
    Image<const Npp8u> planes[] = {image(given[0], steps[0]), image(given[1], steps[1]), image(given[2], steps[2])};
    if (NppStatus status = check(size, planes[0], planes[1], planes[2]))
      return status;
    if (NppStatus status = checkChannels(size, to))
      return status;
    return call.enqueue([=, luma = planes[0], second = planes[1], third = planes[2]] {
      for (int y = 0; y < size.height; ++y)
        for (int x = 0; x < size.width; ++x) {
          Pixel result = F()({float(luma.row(y)[x]), float(second.row(y / 2)[x / 2]), float(third.row(y / 2)[x / 2])});
          *to.at(toBgr ? 2 : 0, y, x) = cut(result.a);
          *to.at(1, y, x) = cut(result.b);
          *to.at(toBgr ? 0 : 2, y, x) = cut(result.c);
        }
    });
  }
};

/// The same where they stand by turns in one plane, NV12's.
template <class F, bool toBgr = false> struct OfNv12 {
  template <class V> NppStatus operator()(V, const Call &call, const Npp8u *const *given, int aStep, Npp8u *to, int step, NppiSize size) const {
    if (!given)
      return NPP_NULL_POINTER_ERROR;
    if (NppStatus status = check(size, image(given[0], aStep), image(given[1], aStep), image(to, step)))
      return status;
    return call.enqueue([=, luma = given[0], others = given[1]] {
      for (int y = 0; y < size.height; ++y)
        for (int64_t x = 0; x < size.width; ++x) {
          const Npp8u *pair = rowOf(others, aStep, y / 2) + x / 2 * 2;
          Pixel result = F()({float(rowOf(luma, aStep, y)[x]), float(pair[0]), float(pair[1])});
          Npp8u *pixel = rowOf(to, step, y) + x * V::to;
          pixel[toBgr ? 2 : 0] = cut(result.a);
          pixel[1] = cut(result.b);
          pixel[toBgr ? 0 : 2] = cut(result.c);
          if (V::to == 4)
            pixel[3] = 255;
        }
    });
  }
};

struct Twist {
  float m[3][4];
  explicit Twist(const Npp32f (*given)[4]) { std::memcpy(m, given, sizeof m); }
  Pixel operator()(Pixel p) const {
    float r[3];
    for (int i = 0; i < 3; ++i)
      r[i] = m[i][0] * p.a + m[i][1] * p.b + m[i][2] * p.c + m[i][3];
    return {r[0], r[1], r[2]};
  }
};

template <class T> T grayOf(double value) {
  if constexpr (std::is_floating_point_v<T>)
    return T(value);
  else
    return saturated<T>(std::trunc(value));
}

} // namespace

namespace cuport::npp::nppi {

struct RGBToYUV : OfPixels<RgbToYuv> {};
struct BGRToYUV : OfPixels<RgbToYuv, true> {};
struct YUVToRGB : OfPixels<YuvToRgb> {};
struct YUVToBGR : OfPixels<YuvToRgb, false, true> {};
struct RGBToYCbCr : OfPixels<RgbToYcbcr> {};
struct YCbCrToRGB : OfPixels<YcbcrToRgb> {};
struct YCbCrToBGR : OfPixels<YcbcrToRgb, false, true> {};
struct YCbCrToBGR_709CSC : OfPixels<Limited709, false, true> {};
struct RGBToHSV : OfPixels<RgbToHsv> {};
struct HSVToRGB : OfPixels<HsvToRgb> {};

struct YUV420ToRGB : Of420<YuvToRgb> {};
struct YUV420ToBGR : Of420<YuvToRgb, true> {};
struct YCbCr420ToRGB : Of420<YcbcrToRgb> {};
struct YCbCr420ToBGR : Of420<YcbcrToRgb, true> {};
struct YCbCr420ToBGR_709CSC : Of420<Limited709, true> {};
struct YCbCr420ToRGB_JPEG : Of420<JpegToRgb> {};
struct YCbCr420ToBGR_JPEG : Of420<JpegToRgb, true> {};

struct NV12ToRGB : OfNv12<YuvToRgb> {};
struct NV12ToBGR : OfNv12<YuvToRgb, true> {};
struct NV12ToRGB_601 : OfNv12<Full601> {};
struct NV12ToBGR_601 : OfNv12<Full601, true> {};
struct NV12ToRGB_709CSC : OfNv12<Limited709> {};
struct NV12ToBGR_709CSC : OfNv12<Limited709, true> {};
struct NV12ToRGB_709HDTV : OfNv12<Full709> {};
struct NV12ToBGR_709HDTV : OfNv12<Full709, true> {};
struct NV12ToRGB_BT2020 : OfNv12<Limited2020> {};
struct NV12ToBGR_BT2020 : OfNv12<Limited2020, true> {};

struct NV12ToRGB_ColorTwist32f {
  template <class V, class T>
  NppStatus operator()(V, const Call &call, const T *const *given, int *steps, T *to, int step, NppiSize size, const Npp32f (*twist)[4]) const {
    if (!given || !steps || !twist)
      return NPP_NULL_POINTER_ERROR;
    if (NppStatus status = check(size, image(given[0], steps[0]), image(given[1], steps[1]), image(to, step)))
      return status;
    return call.enqueue([=, luma = image(given[0], steps[0]), others = image(given[1], steps[1]), f = Twist(twist)] {
      for (int y = 0; y < size.height; ++y)
        for (int64_t x = 0; x < size.width; ++x) {
          const T *pair = others.row(y / 2) + x / 2 * 2;
          Pixel result = f({float(luma.row(y)[x]), float(pair[0]), float(pair[1])});
          T *pixel = rowOf(to, step, y) + x * V::to;
          pixel[0] = finish<T>(result.a), pixel[1] = finish<T>(result.b), pixel[2] = finish<T>(result.c);
        }
    });
  }
};

struct RGBToGray {
  template <class V, class T> NppStatus operator()(V, const Call &call, const T *a, int aStep, T *to, int step, NppiSize size) const {
    if (NppStatus status = check(size, image(a, aStep), image(to, step)))
      return status;
    return call.enqueue([=] {
      for (int y = 0; y < size.height; ++y)
        for (int64_t x = 0; x < size.width; ++x) {
          const T *p = rowOf(a, aStep, y) + x * V::from;
          rowOf(to, step, y)[x] = grayOf<T>(0.299f * p[0] + 0.587f * p[1] + 0.114f * p[2]);
        }
    });
  }
};
struct ColorToGray {
  template <class V, class T>
  NppStatus operator()(V, const Call &call, const T *a, int aStep, T *to, int step, NppiSize size, const Npp32f *shares) const {
    if (!shares)
      return NPP_NULL_POINTER_ERROR;
    if (NppStatus status = check(size, image(a, aStep), image(to, step)))
      return status;
    using Source = Variant<T, T, 'C', V::from, 'C', V::fromUsed, false, false>;
    return call.enqueue([=, k = constantOf<Source>(shares)] {
      for (int y = 0; y < size.height; ++y)
        for (int64_t x = 0; x < size.width; ++x) {
          float sum = 0;
          for (int c = 0; c < V::fromUsed; ++c)
            sum += k[c] * rowOf(a, aStep, y)[x * V::from + c];
          rowOf(to, step, y)[x] = grayOf<T>(sum);
        }
    });
  }
};

struct ColorTwist {
  template <class V, class S, class D>
    requires(V::fromUsed == 3 && !V::inPlace)
  NppStatus operator()(V, const Call &call, S given, int aStep, D target, int step, NppiSize size, const Npp32f (*twist)[4]) const {
    auto a = channelsOf<V::fromPlanes, V::from>(given, aStep);
    auto to = channelsOf<V::toPlanes, V::to>(target, step);
    if (!twist)
      return NPP_NULL_POINTER_ERROR;
    if (NppStatus status = checkChannels(size, a, to))
      return status;
    return call.enqueue([=, f = Twist(twist)] {
      for (int y = 0; y < size.height; ++y)
        for (int x = 0; x < size.width; ++x) {
          Pixel result = f({*a.at(0, y, x), *a.at(1, y, x), *a.at(2, y, x)});
          *to.at(0, y, x) = result.a, *to.at(1, y, x) = result.b, *to.at(2, y, x) = result.c;
        }
    });
  }
};

} // namespace cuport::npp::nppi

#define CUPORT_NPPI_RGBToYUV
#define CUPORT_NPPI_BGRToYUV
#define CUPORT_NPPI_YUVToRGB
#define CUPORT_NPPI_YUVToBGR
#define CUPORT_NPPI_RGBToYCbCr
#define CUPORT_NPPI_YCbCrToRGB
#define CUPORT_NPPI_YCbCrToBGR
#define CUPORT_NPPI_YCbCrToBGR_709CSC
#define CUPORT_NPPI_RGBToHSV
#define CUPORT_NPPI_HSVToRGB
#define CUPORT_NPPI_YUV420ToRGB
#define CUPORT_NPPI_YUV420ToBGR
#define CUPORT_NPPI_YCbCr420ToRGB
#define CUPORT_NPPI_YCbCr420ToBGR
#define CUPORT_NPPI_YCbCr420ToBGR_709CSC
#define CUPORT_NPPI_YCbCr420ToRGB_JPEG
#define CUPORT_NPPI_YCbCr420ToBGR_JPEG
#define CUPORT_NPPI_NV12ToRGB
#define CUPORT_NPPI_NV12ToBGR
#define CUPORT_NPPI_NV12ToRGB_601
#define CUPORT_NPPI_NV12ToBGR_601
#define CUPORT_NPPI_NV12ToRGB_709CSC
#define CUPORT_NPPI_NV12ToBGR_709CSC
#define CUPORT_NPPI_NV12ToRGB_709HDTV
#define CUPORT_NPPI_NV12ToBGR_709HDTV
#define CUPORT_NPPI_NV12ToRGB_BT2020
#define CUPORT_NPPI_NV12ToBGR_BT2020
#define CUPORT_NPPI_NV12ToRGB_ColorTwist32f
#define CUPORT_NPPI_RGBToGray
#define CUPORT_NPPI_ColorToGray
#define CUPORT_NPPI_ColorTwist
#include "NppEntries.inc"
