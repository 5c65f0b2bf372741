// NPP's geometry, filters and morphology against plain loops; their order in a stream, and a graph.
// RUN: %clangxx %s %library-program -lcuport-npp -o %t
// RUN: %t 2>&1 | FileCheck %s
// RUN: env CUPORT_SEPARATE=1 %t 2>&1 | FileCheck %s
// CHECK-NOT: {{.}}
// CHECK: all as it should be

#include "picture.h"

template <class T> static double linear(const Picture<T> &a, double x, double y, int c) {
  int left = int(std::floor(x)), top = int(std::floor(y));
  double across = x - left, down = y - top;
  auto at = [&](int i, int j) { return double(a(std::clamp(i, 0, a.width - 1), std::clamp(j, 0, a.height - 1), c)); };
  return (1 - down) * ((1 - across) * at(left, top) + across * at(left + 1, top)) + down * ((1 - across) * at(left, top + 1) + across * at(left + 1, top + 1));
}

static void resizing() {
  Picture<Npp32f> a(8, 6, 3, 1), smaller(4, 3, 3, 2), more(13, 9, 3, 3);
  OK(nppiResize_32f_C3R(a.pixels(), a.step, a.size(), a.all(), smaller.pixels(), smaller.step, smaller.size(), smaller.all(), NPPI_INTER_SUPER));
  CHECK(smaller.is([&](int x, int y, int c) {
    return (a(2 * x, 2 * y, c) + a(2 * x + 1, 2 * y, c) + a(2 * x, 2 * y + 1, c) + a(2 * x + 1, 2 * y + 1, c)) / 4;
  }, 1e-6));
  OK(nppiResize_32f_C3R(a.pixels(), a.step, a.size(), a.all(), more.pixels(), more.step, more.size(), more.all(), NPPI_INTER_LINEAR));
  CHECK(more.is([&](int x, int y, int c) { return linear(a, (x + .5) * 8 / 13 - .5, (y + .5) * 6 / 9 - .5, c); }, 1e-5));
  OK(nppiResize_32f_C3R(a.pixels(), a.step, a.size(), a.all(), more.pixels(), more.step, more.size(), more.all(), NPPI_INTER_NN));
  CHECK(more.is([&](int x, int y, int c) { return a((2 * x + 1) * 8 / 26, (2 * y + 1) * 6 / 18, c); }));
  // A plane keeps its slope under cubic and Lanczos weights that sum up to one, away from the edge; a constant stays one everywhere.
  Picture<Npp8u> flat(9, 9, 1, 1), large(20, 20, 1, 2);
  OK(nppiSet_8u_C1R(77, flat.pixels(), flat.step, flat.size()));
  for (int mode : {NPPI_INTER_CUBIC, NPPI_INTER_LANCZOS}) {
    OK(nppiResize_8u_C1R(flat.pixels(), flat.step, flat.size(), flat.all(), large.pixels(), large.step, large.size(), large.all(), mode));
    CHECK(large.is([&](int, int, int) { return 77; }));
  }
  // Part of it into part.
  Picture<Npp8u> p(8, 8, 1, 4), q(10, 10, 1, 5);
  OK(nppiResize_8u_C1R(p.pixels(), p.step, p.size(), {2, 3, 4, 2}, q.pixels(), q.step, q.size(), {1, 1, 8, 4}, NPPI_INTER_NN));
  CHECK(q.is([&](int x, int y, int) { return x >= 1 && x < 9 && y >= 1 && y < 5 ? p(2 + (x - 1) / 2, 3 + (y - 1) / 2) : q(x, y); }));
  IS(nppiResize_8u_C1R(p.pixels(), p.step, p.size(), p.all(), q.pixels(), q.step, q.size(), q.all(), 99), NPP_INTERPOLATION_ERROR);
}

static void warping() {
  Picture<Npp8u> a(9, 7, 3, 1), to(10, 10, 3, 2);
  // Moved by 2 and -1.
  double move[2][3] = {{1, 0, 2}, {0, 1, -1}};
  auto moved = [&](int x, int y, int c) { return x >= 2 && y <= 5 ? (x - 2 < 9 ? a(x - 2, y + 1, c) : to(x, y, c)) : to(x, y, c); };
  OK(nppiWarpAffine_8u_C3R(a.pixels(), a.size(), a.step, a.all(), to.pixels(), to.step, to.all(), move, NPPI_INTER_NN));
  CHECK(to.is(moved));
  double back[2][3] = {{1, 0, -2}, {0, 1, 1}};
  Picture<Npp8u> again(10, 10, 3, 2);
  OK(nppiWarpAffineBack_8u_C3R(a.pixels(), a.size(), a.step, a.all(), again.pixels(), again.step, again.all(), back, NPPI_INTER_LINEAR));
  CHECK(again.is(moved));
  Picture<Npp8u> third(10, 10, 3, 2);
  double projective[3][3] = {{2, 0, 4}, {0, 2, -2}, {0, 0, 2}};
  OK(nppiWarpPerspective_8u_C3R(a.pixels(), a.size(), a.step, a.all(), third.pixels(), third.step, third.all(), projective, NPPI_INTER_LINEAR));
  CHECK(third.is(moved));
  // A quarter counterclockwise: right becomes up.
  Picture<Npp32f> f(5, 5, 1, 1), turned(5, 5, 1, 2);
  OK(nppiRotate_32f_C1R(f.pixels(), f.size(), f.step, f.all(), turned.pixels(), turned.step, turned.all(), 90, 0, 4, NPPI_INTER_NN));
  CHECK(turned.is([&](int x, int y, int) { return f(4 - y, x); }));
  Picture<Npp32f> xs(4, 3, 1, 3), ys(4, 3, 1, 4), mapped(4, 3, 1, 5);
  std::vector<Npp32f> across = xs.made, down = ys.made;
  for (int y = 0; y < 3; ++y)
    for (int x = 0; x < 4; ++x)
      across[xs.place(x, y, 0)] = x == 3 ? 50 : .75f * x + .5f, down[ys.place(x, y, 0)] = y * 1.25f;
  Array<Npp32f> xMap(across), yMap(down);
  int64_t first = xs.place(0, 0, 0);
  OK(nppiRemap_32f_C1R(f.pixels(), f.size(), f.step, f.all(), xMap.data + first, xs.step, yMap.data + first, ys.step, mapped.pixels(), mapped.step,
                       mapped.size(), NPPI_INTER_LINEAR));
  CHECK(mapped.is([&](int x, int y, int) { return x == 3 ? mapped(x, y) : linear(f, .75 * x + .5, 1.25 * y, 0); }, 1e-5));
}

static void filters() {
  Picture<Npp8u> a(9, 6, 3, 1), to(9, 6, 3, 2);
  OK(nppiFilterBox_8u_C3R(a.pixels(), a.step, to.pixels(), to.step, a.size(), {3, 2}, {1, 0}));
  CHECK(to.is([&](int x, int y, int c) {
    double sum = 0;
    for (int j = 0; j < 2; ++j)
      for (int i = -1; i < 2; ++i)
        sum += a(x + i, y + j, c);
    return rounded<Npp8u>(sum / 6);
  }));
  auto edge = [&](int x, int y, int c) { return a(std::clamp(x, 0, 8), std::clamp(y, 0, 5), c); };
  OK(nppiFilterBoxBorder_8u_C3R(a.pixels(), a.step, a.size(), {0, 0}, to.pixels(), to.step, a.size(), {5, 5}, {2, 2}, NPP_BORDER_REPLICATE));
  CHECK(to.is([&](int x, int y, int c) {
    double sum = 0;
    for (int i = 0; i < 25; ++i)
      sum += edge(x + i % 5 - 2, y + i / 5 - 2, c);
    return rounded<Npp8u>(sum / 25);
  }));
  IS(nppiFilterBoxBorder_8u_C3R(a.pixels(), a.step, a.size(), {0, 0}, to.pixels(), to.step, a.size(), {5, 5}, {2, 2}, NPP_BORDER_WRAP),
     NPP_NOT_SUPPORTED_MODE_ERROR);
  OK(nppiFilterMedian_8u_C3R(a.pixels(), a.step, to.pixels(), to.step, a.size(), {3, 3}, {1, 1}, nullptr));
  CHECK(to.is([&](int x, int y, int c) {
    std::vector<Npp8u> all;
    for (int i = 0; i < 9; ++i)
      all.push_back(a(x + i % 3 - 1, y + i / 3 - 1, c));
    std::sort(all.begin(), all.end());
    return all[4];
  }));
  Array<Npp8u> mask(std::vector<Npp8u>{0, 1, 0, 1, 1, 0});
  auto picked = [&](int x, int y, int c, bool isMost) {
    std::vector<Npp8u> all{a(x + 1 - 1, y, c), a(x - 1, y + 1, c), a(x, y + 1, c)};
    return isMost ? *std::max_element(all.begin(), all.end()) : *std::min_element(all.begin(), all.end());
  };
  OK(nppiErode_8u_C3R(a.pixels(), a.step, to.pixels(), to.step, a.size(), mask.data, {3, 2}, {1, 0}));
  CHECK(to.is([&](int x, int y, int c) { return picked(x, y, c, false); }));
  OK(nppiDilate_8u_C3R(a.pixels(), a.step, to.pixels(), to.step, a.size(), mask.data, {3, 2}, {1, 0}));
  CHECK(to.is([&](int x, int y, int c) { return picked(x, y, c, true); }));
  OK(nppiDilate3x3_8u_C3R(a.pixels(), a.step, to.pixels(), to.step, a.size()));
  CHECK(to.is([&](int x, int y, int c) {
    int most = 0;
    for (int i = 0; i < 9; ++i)
      most = std::max<int>(most, a(x + i % 3 - 1, y + i / 3 - 1, c));
    return most;
  }));
  // A convolution: the kernel is turned around.
  Array<Npp32s> kernel(std::vector<Npp32s>{1, 2, 3, 4, 5, 6});
  OK(nppiFilter_8u_C3R(a.pixels(), a.step, to.pixels(), to.step, a.size(), kernel.data, {3, 2}, {1, 1}, 21));
  CHECK(to.is([&](int x, int y, int c) {
    double sum = 0;
    for (int j = 0; j < 2; ++j)
      for (int i = 0; i < 3; ++i)
        sum += (j * 3 + i + 1) * a(x + 1 - i, y + 1 - j, c);
    return rounded<Npp8u>(sum / 21);
  }));
  Picture<Npp32f> f(8, 5, 1, 3), g(8, 5, 1, 4);
  Array<Npp32f> line(std::vector<Npp32f>{.5f, .25f, -.125f});
  OK(nppiFilterColumn_32f_C1R(f.pixels(), f.step, g.pixels(), g.step, f.size(), line.data, 3, 1));
  CHECK(g.is([&](int x, int y, int) { return .5 * f(x, y + 1) + .25 * f(x, y) - .125 * f(x, y - 1); }, 1e-6));
  OK(nppiFilterSobelVert_32f_C1R(f.pixels(), f.step, g.pixels(), g.step, f.size()));
  CHECK(g.is([&](int x, int y, int) {
    return f(x + 1, y - 1) + 2 * f(x + 1, y) + f(x + 1, y + 1) - f(x - 1, y - 1) - 2 * f(x - 1, y) - f(x - 1, y + 1);
  }, 1e-6));
  OK(nppiFilterLaplace_32f_C1R(f.pixels(), f.step, g.pixels(), g.step, f.size(), NPP_MASK_SIZE_3_X_3));
  CHECK(g.is([&](int x, int y, int) {
    double sum = 9 * f(x, y);
    for (int i = 0; i < 9; ++i)
      sum -= f(x + i % 3 - 1, y + i / 3 - 1);
    return sum;
  }, 1e-6));
  OK(nppiFilterGauss_32f_C1R(f.pixels(), f.step, g.pixels(), g.step, f.size(), NPP_MASK_SIZE_5_X_5));
  CHECK(g.is([&](int x, int y, int) {
    double sum = 0, total = 0;
    for (int j = -2; j <= 2; ++j)
      for (int i = -2; i <= 2; ++i) {
        double weight = std::exp(-(i * i + j * j) / (2 * 1.6 * 1.6));
        sum += weight * f(x + i, y + j), total += weight;
      }
    return sum / total;
  }, 1e-5));
}

static void streams() {
  cudaStream_t stream;
  OK(cudaStreamCreate(&stream));
  Picture<Npp8u> a(64, 64, 1, 1), b(64, 64, 1, 2);
  NppStreamContext context{};
  context.hStream = stream;
  cudaGraph_t graph;
  cudaGraphExec_t executable;
  OK(cudaStreamBeginCapture(stream, cudaStreamCaptureModeGlobal));
  OK(nppiAddC_8u_C1IRSfs_Ctx(1, b.pixels(), b.step, b.size(), 0, context));
  OK(nppiCopy_8u_C1R_Ctx(b.pixels(), b.step, a.pixels(), a.step, a.size(), context));
  OK(cudaStreamEndCapture(stream, &graph));
  OK(cudaGraphInstantiate(&executable, graph, 0));
  OK(cudaGraphLaunch(executable, stream));
  OK(cudaGraphLaunch(executable, stream));
  OK(cudaStreamSynchronize(stream));
  CHECK(a.is([&](int x, int y, int) { return std::min(b(x, y) + 2, 255); }));
}

int main() {
  resizing();
  warping();
  filters();
  streams();
  return done();
}
