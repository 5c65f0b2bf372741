// cuDNN's spatial transformers: grids and samples against plain loops, and the ways back against differences of these.
// REQUIRES: cudnn
// RUN: %clangxx %s %library-program -lcuport-cudnn -o %t
// RUN: %t 2>&1 | FileCheck %s
// RUN: env CUPORT_SEPARATE=1 %t 2>&1 | FileCheck %s
// CHECK-NOT: {{.}}
// CHECK: all as it should be

#include "dnn.h"

static cudnnHandle_t handle;
using Values = std::vector<double>;

static const Sizes from{2, 3, 4, 5}, to{2, 3, 3, 2};
static const int places = 2 * 3 * 2;

static Values gridOf(const Values &theta) {
  Values grid;
  for (int p = 0; p < places; ++p) {
    double at[] = {p % 2 * 2 - 1., p / 2 % 3 - 1., 1};
    for (int i = 0; i < 2; ++i) {
      grid.push_back(0);
      for (int k = 0; k < 3; ++k)
        grid.back() += theta[p / 6 * 6 + i * 3 + k] * at[k];
    }
  }
  return grid;
}

static Values sample(const Values &x, const Values &grid) {
  Values y;
  for (int row = 0; row < 6; ++row)
    for (int i = 0; i < 6; ++i) {
      double atX = (grid[(row / 3 * 6 + i) * 2] + 1) * 2, atY = (grid[(row / 3 * 6 + i) * 2 + 1] + 1) * 1.5;
      y.push_back(0);
      for (int h = 0; h < 4; ++h)
        for (int w = 0; w < 5; ++w)
          y.back() += x[row * 20 + h * 5 + w] * std::max(0., 1 - std::abs(atX - w)) * std::max(0., 1 - std::abs(atY - h));
    }
  return y;
}

/// Slopes of the sum of what \p f gives, each with its weight.
template <class F> Values slopes(Values of, const Values &weights, F f) {
  Values result;
  for (double &each : of) {
    double kept = each;
    auto value = [&](double shift) {
      each = kept + shift;
      Values all = f(of);
      double sum = 0;
      for (size_t i = 0; i < all.size(); ++i)
        sum += all[i] * weights[i];
      return sum;
    };
    result.push_back((value(1e-5) - value(-1e-5)) / 2e-5);
    each = kept;
  }
  return result;
}

template <class T> void sampler(Order order, double a, double b) {
  Factor<T> alpha(a), beta(b);
  // Some of the places are outside, and none is on an element, where there are two slopes.
  Values theta{.75, .25, .125, -.25, .5, .1875, 1.25, 0, .375, .5, .75, .0625};
  double tolerance = sizeof(T) == 2 ? 2e-2 : 1e-4;
  cudnnSpatialTransformerDescriptor_t transformer;
  OK(cudnnCreateSpatialTransformerDescriptor(&transformer));
  OK(cudnnSetSpatialTransformerNdDescriptor(transformer, CUDNN_SAMPLER_BILINEAR, dataType<T>, 4, to.data()));
  Tensor<T> maps({2, 2, 3}, Order::Plain, theta), dMaps({2, 2, 3}), grid({2, 3, 2, 2}), dGrid({2, 3, 2, 2}, Order::Plain, 2);
  Tensor<T> x(from, order, 3), dx(from, order, 4), y(to, order, 5), dy(to, order, 6);
  Values wanted = gridOf(theta);
  OK(cudnnSpatialTfGridGeneratorForward(handle, transformer, maps, grid));
  CHECK(blended(grid, wanted, 1, 0, tolerance));
  OK(cudnnSpatialTfSamplerForward(handle, transformer, &alpha, x.descriptor, x, grid, &beta, y.descriptor, y));
  CHECK(blended(y, sample(x.values, wanted), a, b, tolerance));
  OK(cudnnSpatialTfSamplerBackward(handle, transformer, &alpha, x.descriptor, x, &beta, dx.descriptor, dx, &alpha, dy.descriptor, dy, grid, &beta,
                                   dGrid));
  CHECK(blended(dx, slopes(x.values, dy.values, [&](const Values &v) { return sample(v, wanted); }), a, b, tolerance));
  CHECK(blended(dGrid, slopes(wanted, dy.values, [&](const Values &v) { return sample(x.values, v); }), a, b, tolerance));
  Tensor<T> given({2, 3, 2, 2}, Order::Plain, 7);
  OK(cudnnSpatialTfGridGeneratorBackward(handle, transformer, given, dMaps));
  CHECK(blended(dMaps, slopes(theta, given.values, gridOf), 1, 0, tolerance));
  IS(cudnnSpatialTfSamplerForward(handle, transformer, &alpha, x.descriptor, x, grid, &beta, x.descriptor, x), CUDNN_STATUS_BAD_PARAM);
  OK(cudnnDestroySpatialTransformerDescriptor(transformer));
}

int main() {
  OK(cudnnCreate(&handle));
  for (Order order : {Order::Plain, Order::ChannelsLast, Order::Gaps}) {
    sampler<float>(order, 1, 0);
    sampler<double>(order, 2, -1);
    sampler<__half>(order, 1, 0);
  }
  OK(cudnnDestroy(handle));
  return done();
}
