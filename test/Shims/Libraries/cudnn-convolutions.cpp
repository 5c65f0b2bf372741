// cuDNN's convolutions, forwards and backwards, against plain loops: shapes, groups, strides, dilations, layouts, types, factors.
// REQUIRES: cudnn
// RUN: %clangxx %s %library-program -lcuport-cudnn -o %t
// RUN: %t 2>&1 | FileCheck %s
// RUN: env CUPORT_SEPARATE=1 CUPORT_THREADS=3 %t 2>&1 | FileCheck %s
// CHECK: cuport: cudnnConvolutionForward is not supported
// CHECK-NEXT: all as it should be

#include "dnn.h"

static cudnnHandle_t handle;

struct Convolution {
  Sizes x, w; ///< sizes
  Sizes pad, stride, dilation;
  int groups = 1;
  cudnnConvolutionMode_t mode = CUDNN_CROSS_CORRELATION;
  cudnnConvolutionDescriptor_t descriptor = nullptr;

  Sizes y() const {
    Sizes size{x[0], w[0]};
    for (size_t i = 0; i < pad.size(); ++i)
      size.push_back((x[i + 2] + 2 * pad[i] - ((w[i + 2] - 1) * dilation[i] + 1)) / stride[i] + 1);
    return size;
  }
  /// body(element of x, of w, of y) for each product.
  template <class Body> void each(Body body) const {
    int rank = int(pad.size());
    Sizes ys = y();
    int taps = 1, plane = 1, outs = 1;
    for (int i = 0; i < rank; ++i)
      taps *= w[i + 2], plane *= x[i + 2], outs *= ys[i + 2];
    for (int n = 0; n < x[0]; ++n)
      for (int k = 0; k < w[0]; ++k)
        for (int c = 0; c < w[1]; ++c)
          for (int o = 0; o < outs; ++o)
            for (int t = 0; t < taps; ++t) {
              int at = 0, scale = 1, restO = o, restT = t;
              bool inside = true;
              for (int i = rank; i-- > 0;) {
                int tap = restT % w[i + 2];
                int p = restO % ys[i + 2] * stride[i] - pad[i] + (mode == CUDNN_CONVOLUTION ? w[i + 2] - 1 - tap : tap) * dilation[i];
                inside &= p >= 0 && p < x[i + 2];
                at += p * scale;
                scale *= x[i + 2], restO /= ys[i + 2], restT /= w[i + 2];
              }
              int channel = k / (w[0] / groups) * w[1] + c;
              if (inside)
                body((n * x[1] + channel) * plane + at, (k * w[1] + c) * taps + t, (n * w[0] + k) * outs + o);
            }
  }
  Convolution &make(cudnnDataType_t type) {
    OK(cudnnCreateConvolutionDescriptor(&descriptor));
    OK(cudnnSetConvolutionNdDescriptor(descriptor, int(pad.size()), pad.data(), stride.data(), dilation.data(), mode, type));
    OK(cudnnSetConvolutionGroupCount(descriptor, groups));
    return *this;
  }
};

static const Convolution shapes[] = {
    {{2, 3, 7, 6}, {4, 3, 3, 3}, {1, 1}, {1, 1}, {1, 1}},
    {{1, 4, 9, 8}, {6, 4, 3, 2}, {0, 1}, {2, 3}, {2, 1}},
    {{2, 6, 5, 5}, {9, 2, 3, 3}, {2, 2}, {1, 1}, {1, 1}, 3},
    {{1, 8, 6, 6}, {8, 1, 3, 3}, {1, 1}, {2, 2}, {1, 1}, 8},
    {{2, 3, 6, 7}, {5, 3, 2, 3}, {1, 0}, {1, 2}, {1, 2}, 1, CUDNN_CONVOLUTION},
    {{1, 17, 4, 4}, {16, 17, 1, 1}, {0, 0}, {1, 1}, {1, 1}},
    {{1, 2, 4, 5, 6}, {4, 2, 2, 3, 3}, {1, 1, 0}, {1, 2, 1}, {1, 1, 2}},
    {{2, 3, 11}, {4, 3, 4}, {2}, {2}, {1}},
    {{1, 2, 3, 3}, {2, 2, 3, 3}, {3, 3}, {4, 4}, {1, 1}}, // some results see padding only
};

template <class T> void convolve(Convolution c, Order order, Order filterOrder, double a, double b, int tolerance = 0) {
  c.make(CUDNN_DATA_FLOAT);
  Factor<T> alpha(a), beta(b);
  Tensor<T> x(c.x, order, 1), y(c.y(), order, 2), dx(c.x, order, 3), db({1, c.w[0], 1, 1}, Order::Plain, 4);
  Filter<T> w(c.w, filterOrder, 5), dw(c.w, filterOrder, 6);
  Sizes size(c.x.size());
  OK(cudnnGetConvolutionNdForwardOutputDim(c.descriptor, x.descriptor, w.descriptor, int(size.size()), size.data()));
  CHECK(size == c.y());
  std::vector<double> forward(countOf(c.y())), backward(countOf(c.x)), filter(countOf(c.w));
  c.each([&](int i, int j, int k) {
    forward[k] += x.values[i] * w.values[j];
    backward[i] += y.values[k] * w.values[j];
    filter[j] += x.values[i] * y.values[k];
  });
  OK(cudnnConvolutionBackwardData(handle, &alpha, w.descriptor, w, y.descriptor, y, c.descriptor, CUDNN_CONVOLUTION_BWD_DATA_ALGO_1, nullptr, 0,
                                  &beta, dx.descriptor, dx));
  OK(cudnnConvolutionBackwardFilter(handle, &alpha, x.descriptor, x, y.descriptor, y, c.descriptor, CUDNN_CONVOLUTION_BWD_FILTER_ALGO_0,
                                    nullptr, 0, &beta, dw.descriptor, dw));
  CHECK(blended(dx, backward, a, b));
  CHECK(blended(dw, filter, a, b));
  if (c.x.size() == 4) {
    std::vector<double> sums(c.w[0]);
    for (int i = 0, plane = c.y()[2] * c.y()[3]; i < countOf(c.y()); ++i)
      sums[i / plane % c.w[0]] += y.values[i];
    OK(cudnnConvolutionBackwardBias(handle, &alpha, y.descriptor, y, &beta, db.descriptor, db));
    CHECK(blended(db, sums, a, b));
  }
  OK(cudnnConvolutionForward(handle, &alpha, x.descriptor, x, w.descriptor, w, c.descriptor, CUDNN_CONVOLUTION_FWD_ALGO_GEMM, nullptr, 0, &beta,
                             y.descriptor, y));
  CHECK(blended(y, forward, a, b));
  OK(cudnnDestroyConvolutionDescriptor(c.descriptor));
}

/// Of 8 bits, into such or float: added up exactly.
template <class X, class Y> void integers(Convolution c) {
  c.make(CUDNN_DATA_INT32);
  float alpha = .5, beta = 1;
  Tensor<X> x(c.x, Order::ChannelsLast, std::is_unsigned_v<X> ? std::vector<double>(countOf(c.x), 251) : numbers(countOf(c.x), 1, 255));
  Tensor<Y> y(c.y(), Order::ChannelsLast, 2);
  Filter<int8_t> w(c.w, Order::ChannelsLast, 3);
  std::vector<double> forward(countOf(c.y()));
  c.each([&](int i, int j, int k) { forward[k] += x.values[i] * w.values[j]; });
  OK(cudnnConvolutionForward(handle, &alpha, x.descriptor, x, w.descriptor, w, c.descriptor, CUDNN_CONVOLUTION_FWD_ALGO_IMPLICIT_GEMM, nullptr,
                             0, &beta, y.descriptor, y));
  CHECK(blended(y, forward, alpha, beta));
  OK(cudnnDestroyConvolutionDescriptor(c.descriptor));
}

/// y = relu(alpha1 * convolution + alpha2 * z + bias), where z may be y.
template <class T> void fused(Order order, bool inPlace) {
  Convolution c = shapes[0];
  c.make(CUDNN_DATA_FLOAT);
  Factor<T> one(2), two(-1);
  Tensor<T> x(c.x, order, 1), y(c.y(), order, 2), z(c.y(), order, 3), bias({1, c.w[0], 1, 1}, Order::Plain, 4);
  Filter<T> w(c.w, Order::Plain, 5);
  std::vector<double> forward(countOf(c.y()));
  c.each([&](int i, int j, int k) { forward[k] += 2 * x.values[i] * w.values[j]; });
  int plane = c.y()[2] * c.y()[3];
  for (int i = 0; i < countOf(c.y()); ++i)
    forward[i] = std::max(0., forward[i] - (inPlace ? y : z).values[i] + bias.values[i / plane % c.w[0]]);
  cudnnActivationDescriptor_t relu;
  OK(cudnnCreateActivationDescriptor(&relu));
  OK(cudnnSetActivationDescriptor(relu, CUDNN_ACTIVATION_RELU, CUDNN_PROPAGATE_NAN, 0));
  OK(cudnnConvolutionBiasActivationForward(handle, &one, x.descriptor, x, w.descriptor, w, c.descriptor,
                                           CUDNN_CONVOLUTION_FWD_ALGO_IMPLICIT_PRECOMP_GEMM, nullptr, 0, &two, z.descriptor, inPlace ? y : z,
                                           bias.descriptor, bias, relu, y.descriptor, y));
  CHECK(blended(y, forward));
  OK(cudnnDestroyActivationDescriptor(relu));
  OK(cudnnDestroyConvolutionDescriptor(c.descriptor));
}

static void choices() {
  Convolution c = shapes[0];
  c.make(CUDNN_DATA_FLOAT);
  Tensor<float> x(c.x), y(c.y());
  Filter<float> w(c.w, Order::Plain, 1);
  int count = 0, most;
  size_t size = 1;
  cudnnConvolutionFwdAlgoPerf_t forward[CUDNN_CONVOLUTION_FWD_ALGO_COUNT];
  OK(cudnnGetConvolutionForwardAlgorithmMaxCount(handle, &most));
  OK(cudnnGetConvolutionForwardAlgorithm_v7(handle, x.descriptor, w.descriptor, c.descriptor, y.descriptor, most, &count, forward));
  IS(count, 1);
  IS(int(forward[0].status), 0);
  OK(cudnnGetConvolutionForwardWorkspaceSize(handle, x.descriptor, w.descriptor, c.descriptor, y.descriptor, forward[0].algo, &size));
  IS(size, 8u);
  IS(forward[0].memory, size);
  cudnnConvolutionBwdDataAlgoPerf_t data;
  OK(cudnnFindConvolutionBackwardDataAlgorithm(handle, w.descriptor, y.descriptor, c.descriptor, x.descriptor, 1, &count, &data));
  OK(cudnnGetConvolutionBackwardDataWorkspaceSize(handle, w.descriptor, y.descriptor, c.descriptor, x.descriptor, data.algo, &size));
  cudnnConvolutionBwdFilterAlgoPerf_t filter;
  OK(cudnnFindConvolutionBackwardFilterAlgorithmEx(handle, x.descriptor, x, y.descriptor, y, c.descriptor, w.descriptor, w, 1, &count, &filter,
                                                   nullptr, 0));
  OK(cudnnGetConvolutionBackwardFilterWorkspaceSize(handle, x.descriptor, y.descriptor, c.descriptor, w.descriptor, filter.algo, &size));

  // What is wrong: sizes that do not go together, types, no pointer, what is not set.
  float one = 1, zero = 0;
  Tensor<float> other({2, 4, 7, 7});
  Tensor<double> doubles(c.y());
  auto call = [&](auto &x, auto &y, void *workspace = nullptr) {
    return cudnnConvolutionForward(handle, &one, x.descriptor, x, w.descriptor, w, c.descriptor, CUDNN_CONVOLUTION_FWD_ALGO_DIRECT, workspace, 0,
                                   &zero, y.descriptor, y);
  };
  IS(call(x, other), CUDNN_STATUS_BAD_PARAM);
  IS(call(other, y), CUDNN_STATUS_BAD_PARAM);
  char message[200] = "";
  cudnnGetLastErrorString(message, sizeof(message));
  CHECK(!std::strcmp(message, "cudnnConvolutionForward: CUDNN_STATUS_BAD_PARAM"));
  IS(call(x, doubles), CUDNN_STATUS_NOT_SUPPORTED);
  IS(cudnnConvolutionForward(handle, &one, x.descriptor, nullptr, w.descriptor, w, c.descriptor, CUDNN_CONVOLUTION_FWD_ALGO_GEMM, nullptr, 0,
                             &zero, y.descriptor, y),
     CUDNN_STATUS_BAD_PARAM);
  const int some[] = {1, 1}, none[] = {0, 0}, less[] = {-1, 0};
  IS(cudnnSetConvolutionNdDescriptor(c.descriptor, 2, less, some, some, CUDNN_CONVOLUTION, CUDNN_DATA_FLOAT), CUDNN_STATUS_BAD_PARAM);
  IS(cudnnSetConvolutionNdDescriptor(c.descriptor, 2, none, none, some, CUDNN_CONVOLUTION, CUDNN_DATA_FLOAT), CUDNN_STATUS_BAD_PARAM);
  IS(cudnnSetConvolutionNdDescriptor(c.descriptor, 7, none, some, some, CUDNN_CONVOLUTION, CUDNN_DATA_FLOAT), CUDNN_STATUS_NOT_SUPPORTED);
  IS(cudnnSetConvolutionGroupCount(c.descriptor, 0), CUDNN_STATUS_BAD_PARAM);
  int a, b, d, e, f, g;
  cudnnConvolutionMode_t mode;
  cudnnDataType_t type;
  OK(cudnnSetConvolution2dDescriptor(c.descriptor, 1, 2, 3, 4, 5, 6, CUDNN_CROSS_CORRELATION, CUDNN_DATA_HALF));
  OK(cudnnGetConvolution2dDescriptor(c.descriptor, &a, &b, &d, &e, &f, &g, &mode, &type));
  CHECK(a == 1 && b == 2 && d == 3 && e == 4 && f == 5 && g == 6 && mode == CUDNN_CROSS_CORRELATION && type == CUDNN_DATA_HALF);
  OK(cudnnDestroyConvolutionDescriptor(c.descriptor));
}

int main() {
  OK(cudnnCreate(&handle));
  for (const Convolution &c : shapes)
    for (Order order : {Order::Plain, Order::ChannelsLast, Order::Gaps}) {
      Order filter = order == Order::Gaps ? Order::Plain : order;
      convolve<float>(c, order, filter, 1, 0);
      convolve<float>(c, order, filter, 2, -1);
      convolve<double>(c, order, filter, 1, .5);
      convolve<__half>(c, order, filter, 1, 0);
      convolve<__nv_bfloat16>(c, order, filter, 1, 1);
    }
  convolve<float>(shapes[0], Order::ChannelsLast, Order::Plain, 1, 0);
  convolve<float>(shapes[4], Order::Plain, Order::ChannelsLast, 1, 0);
  integers<int8_t, int8_t>(shapes[0]);
  integers<int8_t, float>(shapes[2]);
  integers<uint8_t, int8_t>(shapes[1]);
  for (bool inPlace : {false, true}) {
    fused<float>(Order::Plain, inPlace);
    fused<float>(Order::ChannelsLast, inPlace);
    fused<double>(Order::Gaps, inPlace);
    fused<__half>(Order::ChannelsLast, inPlace);
  }
  choices();
  OK(cudnnDestroy(handle));
  return done();
}
