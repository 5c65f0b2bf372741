// NPP's operations on pixels, tables, colours, numbers of images, and signals, against plain loops.
// RUN: %clangxx %s %library-program -lcuport-npp -o %t
// RUN: %t 2>&1 | FileCheck %s
// RUN: env CUPORT_SEPARATE=1 %t 2>&1 | FileCheck %s
// RUN: %clang -x c -std=c11 -Wall -Werror -fsyntax-only -isystem %toolkit/include/cuport -include nppi.h -include npps.h /dev/null
// Of what is not there the name is said, once.
// CHECK-NOT: {{.}}
// CHECK: cuport: nppiColorTwist_32f_C1R is not supported
// CHECK-NEXT: cuport: nppiRGBToHLS_8u_C3R is not supported
// CHECK-NEXT: all as it should be

#include "picture.h"

static NppStreamContext context;

static void arithmetic() {
  Picture<Npp8u> a(9, 5, 3, 1), b(9, 5, 3, 2), to(9, 5, 3, 3), in(9, 5, 3, 4);
  OK(nppiAdd_8u_C3RSfs(a.pixels(), a.step, b.pixels(), b.step, to.pixels(), to.step, a.size(), 1));
  CHECK(to.is([&](int x, int y, int c) { return rounded<Npp8u>((a(x, y, c) + b(x, y, c)) / 2.0); }));
  // The second without the first.
  OK(nppiSub_8u_C3RSfs_Ctx(a.pixels(), a.step, b.pixels(), b.step, to.pixels(), to.step, a.size(), 0, context));
  CHECK(to.is([&](int x, int y, int c) { return rounded<Npp8u>(b(x, y, c) - a(x, y, c)); }));
  OK(nppiMul_8u_C3RSfs(a.pixels(), a.step, b.pixels(), b.step, to.pixels(), to.step, a.size(), 8));
  CHECK(to.is([&](int x, int y, int c) { return rounded<Npp8u>(a(x, y, c) * b(x, y, c) / 256.0); }));
  OK(nppiDiv_8u_C3RSfs(a.pixels(), a.step, b.pixels(), b.step, to.pixels(), to.step, a.size(), -2));
  CHECK(to.is([&](int x, int y, int c) { return rounded<Npp8u>(a(x, y, c) ? 4.0 * b(x, y, c) / a(x, y, c) : b(x, y, c) ? 255 : 0); }));
  OK(nppiSub_8u_C3IRSfs(a.pixels(), a.step, in.pixels(), in.step, a.size(), 0));
  CHECK(in.is([&](int x, int y, int c) { return rounded<Npp8u>(in(x, y, c) - a(x, y, c)); }));
  OK(nppiAbsDiff_8u_C3R(a.pixels(), a.step, b.pixels(), b.step, to.pixels(), to.step, a.size()));
  CHECK(to.is([&](int x, int y, int c) { return std::abs(a(x, y, c) - b(x, y, c)); }));
  OK(nppiXor_8u_C3R(a.pixels(), a.step, b.pixels(), b.step, to.pixels(), to.step, a.size()));
  CHECK(to.is([&](int x, int y, int c) { return a(x, y, c) ^ b(x, y, c); }));
  Npp8u each[] = {3, 90, 200};
  OK(nppiSubC_8u_C3RSfs(a.pixels(), a.step, each, to.pixels(), to.step, a.size(), 0));
  CHECK(to.is([&](int x, int y, int c) { return rounded<Npp8u>(a(x, y, c) - each[c]); }));
  OK(nppiAndC_8u_C3R(a.pixels(), a.step, each, to.pixels(), to.step, a.size()));
  CHECK(to.is([&](int x, int y, int c) { return a(x, y, c) & each[c]; }));
  Npp32u shifts[] = {1, 2, 3};
  OK(nppiLShiftC_8u_C3R(a.pixels(), a.step, shifts, to.pixels(), to.step, a.size()));
  CHECK(to.is([&](int x, int y, int c) { return Npp8u(a(x, y, c) << shifts[c]); }));
  OK(nppiNot_8u_C3R(a.pixels(), a.step, to.pixels(), to.step, a.size()));
  CHECK(to.is([&](int x, int y, int c) { return 255 - a(x, y, c); }));

  Picture<Npp16s> s(6, 4, 4, 1), t(6, 4, 4, 2), u(6, 4, 4, 3);
  OK(nppiMul_16s_AC4RSfs(s.pixels(), s.step, t.pixels(), t.step, u.pixels(), u.step, s.size(), 5));
  CHECK(u.is([&](int x, int y, int c) { return c == 3 ? u(x, y, c) : rounded<Npp16s>(s(x, y, c) * t(x, y, c) / 32.0); }));
  Picture<Npp32f> f(7, 3, 1, 1), g(7, 3, 1, 2), h(7, 3, 1, 3), sum(7, 3, 1, 4);
  OK(nppiDiv_32f_C1R(f.pixels(), f.step, g.pixels(), g.step, h.pixels(), h.step, f.size()));
  CHECK(h.is([&](int x, int y, int) { return g(x, y) / f(x, y); }));
  OK(nppiMulC_32f_C1R(f.pixels(), f.step, 2.5f, h.pixels(), h.step, f.size()));
  CHECK(h.is([&](int x, int y, int) { return 2.5f * f(x, y); }));
  OK(nppiExp_32f_C1R(f.pixels(), f.step, h.pixels(), h.step, f.size()));
  CHECK(h.is([&](int x, int y, int) { return std::exp(f(x, y)); }, 1e-6));
  OK(nppiAddProduct_32f_C1IR(f.pixels(), f.step, g.pixels(), g.step, sum.pixels(), sum.step, f.size()));
  CHECK(sum.is([&](int x, int y, int) { return sum(x, y) + f(x, y) * g(x, y); }, 1e-6));
  Picture<Npp32f> weighted(7, 3, 1, 5);
  OK(nppiAddWeighted_32f_C1IR(f.pixels(), f.step, weighted.pixels(), weighted.step, f.size(), .25f));
  CHECK(weighted.is([&](int x, int y, int) { return .25f * f(x, y) + .75f * weighted(x, y); }, 1e-6));
}

static void exchange() {
  Picture<Npp8u> a(5, 4, 3, 1), four(5, 4, 4, 2), one(5, 4, 1, 3), p0(5, 4, 1, 4), p1(5, 4, 1, 5), p2(5, 4, 1, 6), big(9, 8, 3, 7), turned(4, 5, 3, 8);
  OK(nppiCopy_8u_C3C1R(a.pixels(1), a.step, one.pixels(), one.step, a.size()));
  CHECK(one.is([&](int x, int y, int) { return a(x, y, 1); }));
  Npp8u *planes[] = {p0.pixels(), p1.pixels(), p2.pixels()};
  OK(nppiCopy_8u_C3P3R(a.pixels(), a.step, planes, p0.step, a.size()));
  CHECK(p0.is([&](int x, int y, int) { return a(x, y, 0); }) && p2.is([&](int x, int y, int) { return a(x, y, 2); }));
  Picture<Npp8u> back(5, 4, 3, 9);
  OK(nppiCopy_8u_P3C3R(planes, p0.step, back.pixels(), back.step, a.size()));
  CHECK(back.is([&](int x, int y, int c) { return a(x, y, c); }));
  OK(nppiCopy_8u_C1C4R(one.pixels(), one.step, four.pixels(2), four.step, a.size()));
  CHECK(four.is([&](int x, int y, int c) { return c == 2 ? a(x, y, 1) : four(x, y, c); }));
  OK(nppiDup_8u_C1C3R(one.pixels(), one.step, back.pixels(), back.step, a.size()));
  CHECK(back.is([&](int x, int y, int) { return a(x, y, 1); }));
  int order[] = {2, 0, 1};
  OK(nppiSwapChannels_8u_C3R(a.pixels(), a.step, back.pixels(), back.step, a.size(), order));
  CHECK(back.is([&](int x, int y, int c) { return a(x, y, order[c]); }));
  Npp8u value[] = {7, 8, 9};
  OK(nppiSet_8u_C3R(value, back.pixels(), back.step, a.size()));
  CHECK(back.is([&](int, int, int c) { return value[c]; }));
  OK(nppiCopyConstBorder_8u_C3R(a.pixels(), a.step, a.size(), big.pixels(), big.step, big.size(), 1, 2, value));
  CHECK(big.is([&](int x, int y, int c) { return x >= 2 && x < 7 && y >= 1 && y < 5 ? a(x - 2, y - 1, c) : value[c]; }));
  OK(nppiCopyReplicateBorder_8u_C3R(a.pixels(), a.step, a.size(), big.pixels(), big.step, big.size(), 1, 2));
  CHECK(big.is([&](int x, int y, int c) { return a(std::clamp(x - 2, 0, 4), std::clamp(y - 1, 0, 3), c); }));
  OK(nppiCopyWrapBorder_8u_C3R(a.pixels(), a.step, a.size(), big.pixels(), big.step, big.size(), 1, 2));
  CHECK(big.is([&](int x, int y, int c) { return a((x + 3) % 5, (y + 3) % 4, c); }));
  OK(nppiTranspose_8u_C3R(a.pixels(), a.step, turned.pixels(), turned.step, a.size()));
  CHECK(turned.is([&](int x, int y, int c) { return a(y, x, c); }));
  OK(nppiMirror_8u_C3R(a.pixels(), a.step, back.pixels(), back.step, a.size(), NPP_HORIZONTAL_AXIS));
  CHECK(back.is([&](int x, int y, int c) { return a(x, 3 - y, c); }));
  Picture<Npp8u> itself(5, 4, 1, 9);
  OK(nppiMirror_8u_C1IR(itself.pixels(), itself.step, itself.size(), NPP_BOTH_AXIS));
  CHECK(itself.is([&](int x, int y, int) { return itself(4 - x, 3 - y); }));

  Picture<Npp32f> f(5, 4, 1, 1);
  OK(nppiConvert_32f8u_C1R(f.pixels(), f.step, one.pixels(), one.step, f.size(), NPP_RND_ZERO));
  CHECK(one.is([&](int x, int y, int) { return std::clamp(int(f(x, y)), 0, 255); }));
  OK(nppiConvert_32f8u_C1R(f.pixels(), f.step, one.pixels(), one.step, f.size(), NPP_RND_NEAR));
  CHECK(one.is([&](int x, int y, int) { return rounded<Npp8u>(f(x, y)); }));
  OK(nppiConvert_8u32f_C1R(itself.pixels(), itself.step, f.pixels(), f.step, f.size()));
  CHECK(f.is([&](int x, int y, int) { return itself(4 - x, 3 - y); }));
}

static void thresholds() {
  Picture<Npp8u> a(7, 5, 1, 1), b(7, 5, 1, 2), to(7, 5, 1, 3), c3(7, 5, 3, 4), to3(7, 5, 3, 5);
  OK(nppiThreshold_8u_C1R(a.pixels(), a.step, to.pixels(), to.step, a.size(), 100, NPP_CMP_LESS));
  CHECK(to.is([&](int x, int y, int) { return std::max<int>(a(x, y), 100); }));
  OK(nppiThreshold_LTValGTVal_8u_C1R(a.pixels(), a.step, to.pixels(), to.step, a.size(), 50, 0, 200, 255));
  CHECK(to.is([&](int x, int y, int) { return a(x, y) < 50 ? 0 : a(x, y) > 200 ? 255 : a(x, y); }));
  Npp8u limits[] = {10, 120, 240}, values[] = {1, 2, 3};
  OK(nppiThreshold_Val_8u_C3R(c3.pixels(), c3.step, to3.pixels(), to3.step, c3.size(), limits, values, NPP_CMP_GREATER));
  CHECK(to3.is([&](int x, int y, int c) { return c3(x, y, c) > limits[c] ? values[c] : c3(x, y, c); }));
  IS(nppiThreshold_8u_C1R(a.pixels(), a.step, to.pixels(), to.step, a.size(), 100, NPP_CMP_EQ), NPP_NOT_SUPPORTED_MODE_ERROR);
  OK(nppiCompare_8u_C1R(a.pixels(), a.step, b.pixels(), b.step, to.pixels(), to.step, a.size(), NPP_CMP_GREATER_EQ));
  CHECK(to.is([&](int x, int y, int) { return a(x, y) >= b(x, y) ? 255 : 0; }));
  OK(nppiCompareC_8u_C3R(c3.pixels(), c3.step, limits, to.pixels(), to.step, c3.size(), NPP_CMP_GREATER));
  CHECK(to.is([&](int x, int y, int) { return c3(x, y, 0) > 10 && c3(x, y, 1) > 120 && c3(x, y, 2) > 240 ? 255 : 0; }));

  Array<Npp32s> levels(std::vector<Npp32s>{0, 60, 130, 256}), table(std::vector<Npp32s>{5, 100, 40, 90});
  OK(nppiLUT_8u_C1R(a.pixels(), a.step, to.pixels(), to.step, a.size(), table.data, levels.data, 4));
  CHECK(to.is([&](int x, int y, int) { return a(x, y) < 60 ? 5 : a(x, y) < 130 ? 100 : 40; }));
  OK(nppiLUT_Linear_8u_C1R(a.pixels(), a.step, to.pixels(), to.step, a.size(), table.data, levels.data, 4));
  CHECK(to.is([&](int x, int y, int) {
    double v = a(x, y);
    return rounded<Npp8u>(v < 60 ? 5 + 95 * v / 60 : v < 130 ? 100 - 60 * (v - 60) / 70 : 40 + 50 * (v - 130) / 126);
  }));
  std::vector<Npp8u> palette(256);
  for (int i = 0; i < 256; ++i)
    palette[i] = Npp8u(i * 7);
  Array<Npp8u> onDevice(palette);
  OK(nppiLUTPalette_8u_C1R(a.pixels(), a.step, to.pixels(), to.step, a.size(), onDevice.data, 8));
  CHECK(to.is([&](int x, int y, int) { return Npp8u(a(x, y) * 7); }));
}

static double cut(double value) { return std::trunc(std::clamp(value, 0.0, 255.0)); }

/// Formulas as NPP's documentation and the recommendations have them.
static void colours() {
  Picture<Npp8u> a(6, 4, 3, 1), to(6, 4, 3, 2), gray(6, 4, 1, 3), luma(6, 4, 1, 4), pairs(6, 2, 1, 5), u(3, 2, 1, 6), v(3, 2, 1, 7);
  OK(nppiRGBToYUV_8u_C3R(a.pixels(), a.step, to.pixels(), to.step, a.size()));
  CHECK(to.is([&](int x, int y, int c) {
    double r = a(x, y, 0), g = a(x, y, 1), b = a(x, y, 2), l = .299 * r + .587 * g + .114 * b;
    return cut(c == 0 ? l : c == 1 ? .492 * (b - l) + 128 : .877 * (r - l) + 128);
  }, .02));
  OK(nppiYCbCrToRGB_8u_C3R(a.pixels(), a.step, to.pixels(), to.step, a.size()));
  CHECK(to.is([&](int x, int y, int c) {
    double l = 1.164 * (a(x, y, 0) - 16), cb = a(x, y, 1) - 128., cr = a(x, y, 2) - 128.;
    return cut(c == 0 ? l + 1.596 * cr : c == 1 ? l - .813 * cr - .392 * cb : l + 2.017 * cb);
  }, .02));
  OK(nppiRGBToGray_8u_C3C1R(a.pixels(), a.step, gray.pixels(), gray.step, a.size()));
  CHECK(gray.is([&](int x, int y, int) { return cut(.299 * a(x, y, 0) + .587 * a(x, y, 1) + .114 * a(x, y, 2)); }, .02));
  const Npp8u *nv12[] = {luma.pixels(), pairs.pixels()};
  OK(nppiNV12ToBGR_709HDTV_8u_P2C3R(nv12, luma.step, to.pixels(), to.step, luma.size()));
  CHECK(to.is([&](int x, int y, int c) {
    double l = luma(x, y), cb = pairs(x / 2 * 2, y / 2) - 128., cr = pairs(x / 2 * 2 + 1, y / 2) - 128.;
    return cut(c == 2 ? l + 1.5748 * cr : c == 1 ? l - .1873 * cb - .4681 * cr : l + 1.8556 * cb);
  }, .02));
  const Npp8u *three[] = {luma.pixels(), u.pixels(), v.pixels()};
  int steps[] = {luma.step, u.step, v.step};
  OK(nppiYUV420ToRGB_8u_P3C3R(three, steps, to.pixels(), to.step, luma.size()));
  CHECK(to.is([&](int x, int y, int c) {
    double l = luma(x, y), cb = u(x / 2, y / 2) - 128., cr = v(x / 2, y / 2) - 128.;
    return cut(c == 0 ? l + 1.140 * cr : c == 1 ? l - .394 * cb - .581 * cr : l + 2.032 * cb);
  }, .02));
  // There and back again.
  Picture<Npp8u> hsv(6, 4, 3, 8);
  OK(nppiRGBToHSV_8u_C3R(a.pixels(), a.step, hsv.pixels(), hsv.step, a.size()));
  OK(nppiHSVToRGB_8u_C3R(hsv.pixels(), hsv.step, to.pixels(), to.step, a.size()));
  std::vector<Npp8u> now = to.data.host();
  for (int y = 0; y < 4; ++y)
    for (int x = 0; x < 6; ++x)
      for (int c = 0; c < 3; ++c)
        CHECK(std::abs(now[to.place(x, y, c)] - a(x, y, c)) <= 8);
  Picture<Npp32f> f(4, 3, 3, 1), g(4, 3, 3, 2);
  Npp32f twist[3][4] = {{1, 2, 3, 4}, {0, 1, -1, 2}, {.5f, 0, .25f, 0}};
  OK(nppiColorTwist_32f_C3R(f.pixels(), f.step, g.pixels(), g.step, f.size(), twist));
  CHECK(g.is([&](int x, int y, int c) { return twist[c][0] * f(x, y, 0) + twist[c][1] * f(x, y, 1) + twist[c][2] * f(x, y, 2) + twist[c][3]; }, 1e-6));
  IS(nppiColorTwist_32f_C1R(f.pixels(), f.step, g.pixels(), g.step, f.size(), twist), NPP_NOT_SUPPORTED_MODE_ERROR);
  IS(nppiRGBToHLS_8u_C3R(a.pixels(), a.step, to.pixels(), to.step, a.size()), NPP_NOT_SUPPORTED_MODE_ERROR);
}

static void statistics() {
  Picture<Npp8u> a(11, 7, 3, 1), b(11, 7, 3, 2), one(11, 7, 1, 3);
  size_t bytes;
  int narrow;
  OK(nppiSumGetBufferHostSize_8u_C3R(a.size(), &bytes));
  OK(nppiSumGetBufferHostSize_8u_C3R(a.size(), &narrow));
  CHECK(bytes && narrow == int(bytes));
  Array<Npp8u> buffer((std::vector<Npp8u>(bytes)));
  Array<Npp64f> results(std::vector<Npp64f>(6));
  std::vector<double> sums(3), differences(3), least(3, 255), most(3);
  for (int y = 0; y < 7; ++y)
    for (int x = 0; x < 11; ++x)
      for (int c = 0; c < 3; ++c) {
        double v = a(x, y, c);
        sums[c] += v, least[c] = std::min(least[c], v), most[c] = std::max(most[c], v), differences[c] += std::pow(v - b(x, y, c), 2);
      }
  OK(nppiSum_8u_C3R(a.pixels(), a.step, a.size(), buffer.data, results.data));
  OK(nppiMean_8u_C3R(a.pixels(), a.step, a.size(), buffer.data, results.data + 3));
  for (int c = 0; c < 3; ++c)
    CHECK(results.host()[c] == sums[c] && results.host()[3 + c] == sums[c] / 77);
  OK(nppiNormDiff_L2_8u_C3R(a.pixels(), a.step, b.pixels(), b.step, a.size(), results.data, buffer.data));
  for (int c = 0; c < 3; ++c)
    CHECK(std::abs(results.host()[c] - std::sqrt(differences[c])) < 1e-9);
  Array<Npp8u> extremes(std::vector<Npp8u>(6));
  OK(nppiMinMax_8u_C3R(a.pixels(), a.step, a.size(), extremes.data, extremes.data + 3, buffer.data));
  for (int c = 0; c < 3; ++c)
    CHECK(extremes.host()[c] == least[c] && extremes.host()[3 + c] == most[c]);
  double mean = 0, deviation = 0;
  int highest = -1, inRange = 0;
  NppiPoint at{};
  std::vector<Npp32s> counts(4), ranges(2);
  for (int y = 0; y < 7; ++y)
    for (int x = 0; x < 11; ++x) {
      mean += one(x, y) / 77.;
      inRange += one(x, y) >= 40 && one(x, y) <= 90;
      if (one(x, y) > highest)
        highest = one(x, y), at = {x, y};
      // Levels 0, 50, 100, 150, 200.
      if (one(x, y) < 200)
        ++counts[one(x, y) / 50];
      if (one(x, y) >= 10 && one(x, y) < 99)
        ++ranges[one(x, y) >= 60];
    }
  for (int y = 0; y < 7; ++y)
    for (int x = 0; x < 11; ++x)
      deviation += std::pow(one(x, y) - mean, 2) / 77;
  OK(nppiMean_StdDev_8u_C1R(one.pixels(), one.step, one.size(), buffer.data, results.data, results.data + 1));
  CHECK(std::abs(results.host()[0] - mean) < 1e-9 && std::abs(results.host()[1] - std::sqrt(deviation)) < 1e-9);
  Array<NppiPoint> points(std::vector<NppiPoint>(2));
  OK(nppiMinMaxIndx_8u_C1R(one.pixels(), one.step, one.size(), extremes.data, extremes.data + 1, points.data, points.data + 1, buffer.data));
  CHECK(extremes.host()[1] == highest && points.host()[1].x == at.x && points.host()[1].y == at.y);
  Array<int> count(std::vector<int>(4));
  OK(nppiCountInRange_8u_C1R(one.pixels(), one.step, one.size(), count.data, 40, 90, buffer.data));
  IS(count.host()[0], inRange);
  Npp32s levels[5];
  OK(nppiEvenLevelsHost_32s(levels, 5, 0, 200));
  CHECK(levels[1] == 50 && levels[4] == 200);
  OK(nppiHistogramEven_8u_C1R(one.pixels(), one.step, one.size(), count.data, 5, 0, 200, buffer.data));
  CHECK(count.host() == counts);
  Array<Npp32s> uneven(std::vector<Npp32s>{10, 60, 99});
  OK(nppiHistogramRange_8u_C1R(one.pixels(), one.step, one.size(), count.data, uneven.data, 3, buffer.data));
  CHECK(count.host()[0] == ranges[0] && count.host()[1] == ranges[1]);
  Picture<Npp32f> integral(12, 8, 1, 4);
  OK(nppiIntegral_8u32f_C1R(one.pixels(), one.step, integral.pixels(), integral.step, one.size(), 5));
  CHECK(integral.is([&](int x, int y, int) {
    double sum = 5;
    for (int j = 0; j < y; ++j)
      for (int i = 0; i < x; ++i)
        sum += one(i, j);
    return sum;
  }));
}

static void signals() {
  std::vector<Npp32f> as{1, -2, 3.5, 4}, bs{2, 3, -7, 8};
  Array<Npp32f> a(as), b(bs), to(as), result(std::vector<Npp32f>(1));
  Array<Npp8u> buffer(std::vector<Npp8u>(16));
  OK(nppsSub_32f(a.data, b.data, to.data, 4));
  CHECK((to.host() == std::vector<Npp32f>{1, 5, -10.5, 4}));
  OK(nppsDivC_32f(a.data, 2, to.data, 4));
  CHECK((to.host() == std::vector<Npp32f>{.5, -1, 1.75, 2}));
  OK(nppsMulC_32f_I(2, to.data, 4));
  CHECK(to.host() == as);
  OK(nppsDotProd_32f(a.data, b.data, 4, result.data, buffer.data));
  IS(result.host()[0], 2 - 6 - 24.5f + 32);
  OK(nppsNorm_L1_32f(a.data, 4, result.data, buffer.data));
  IS(result.host()[0], 10.5f);
  OK(nppsMax_32f(b.data, 4, result.data, buffer.data));
  IS(result.host()[0], 8);
  OK(nppsStdDev_32f(a.data, 4, result.data, buffer.data));
  double mean = 6.5 / 4, squares = 0;
  for (double each : as)
    squares += (each - mean) * (each - mean);
  CHECK(std::abs(result.host()[0] - std::sqrt(squares / 3)) < 1e-5);
  Array<Npp32fc> x(std::vector<Npp32fc>{{1, 2}, {3, -1}}), y(std::vector<Npp32fc>{{0, 1}, {2, 2}}), z(std::vector<Npp32fc>(2));
  OK(nppsMul_32fc(x.data, y.data, z.data, 2));
  CHECK(z.host()[0].re == -2 && z.host()[0].im == 1 && z.host()[1].re == 8 && z.host()[1].im == 4);
  Array<Npp16s> shorts(std::vector<Npp16s>{1, -2, 30000});
  Array<Npp32s> ints(std::vector<Npp32s>{100000, -5, 7});
  OK(nppsConvert_32s16s(ints.data, shorts.data, 3));
  CHECK((shorts.host() == std::vector<Npp16s>{32767, -5, 7}));
  OK(nppsIntegral_32s(ints.data, ints.data, 3, buffer.data));
  CHECK((ints.host() == std::vector<Npp32s>{100000, 99995, 100002}));
  Npp32f *own = nppsMalloc_32f(4);
  OK(nppsSet_32f(3, own, 4));
  OK(nppsZero_32f(own, 2));
  OK(nppsCopy_32f(own, to.data, 4));
  CHECK((to.host() == std::vector<Npp32f>{0, 0, 3, 3}));
  nppsFree(own);
}

static void errors() {
  Picture<Npp8u> a(4, 4, 1, 1);
  int step = 0;
  Npp8u *own = nppiMalloc_8u_C3(10, 4, &step);
  CHECK(own && step >= 30);
  nppiFree(own);
  IS(nppiNot_8u_C1R(nullptr, a.step, a.pixels(), a.step, a.size()), NPP_NULL_POINTER_ERROR);
  IS(nppiNot_8u_C1R(a.pixels(), 0, a.pixels(), a.step, a.size()), NPP_STEP_ERROR);
  IS(nppiNot_8u_C1R(a.pixels(), a.step, a.pixels(), a.step, {0, 4}), NPP_SIZE_ERROR);
  CHECK(nppGetLibVersion()->major == NPP_VER_MAJOR);
  cudaStream_t stream;
  OK(cudaStreamCreate(&stream));
  OK(nppSetStream(stream));
  CHECK(nppGetStream() == stream);
  OK(nppGetStreamContext(&context));
  CHECK(context.hStream == stream && context.nMultiProcessorCount > 0);
}

int main() {
  errors();
  arithmetic();
  exchange();
  thresholds();
  colours();
  statistics();
  signals();
  return done();
}
