// cuDNN's handles and descriptors, pooling, activations, softmax, and what is done element by element, against plain loops.
// REQUIRES: cudnn
// RUN: %clangxx %s %library-program -lcuport-cudnn -o %t
// RUN: %t 2>&1 | FileCheck %s
// RUN: env CUPORT_SEPARATE=1 %t 2>&1 | FileCheck %s
// RUN: %clang -x c -std=c11 -Wall -Werror -fsyntax-only -isystem %toolkit/include/cuport -include cudnn_ops_infer.h -include cudnn_graph.h /dev/null
// Of what is not supported the name is said, once.
// CHECK: cuport: cudnnSetTensor4dDescriptor is not supported
// CHECK-NEXT: cuport: cudnnCreateAttnDescriptor is not supported
// CHECK-NEXT: all as it should be

#include "dnn.h"

// From cuDNN 9's headers.
static_assert(CUDNN_VERSION == CUDNN_MAJOR * 10000 + CUDNN_MINOR * 100 + CUDNN_PATCHLEVEL && CUDNN_STATUS_BAD_PARAM == 2000);
static_assert(CUDNN_STATUS_FULL_ERROR_CODE(CUDNN_STATUS_NOT_SUPPORTED, 2) == CUDNN_STATUS_NOT_SUPPORTED_SHAPE && CUDNN_DIM_MAX == 8);

static cudnnHandle_t handle;
static const float one = 1, zero = 0;

static void descriptors() {
  IS(cudnnGetVersion(), size_t(CUDNN_VERSION));
  int major;
  OK(cudnnGetProperty(MAJOR_VERSION, &major));
  IS(major, CUDNN_MAJOR);
  CHECK(!std::strcmp(cudnnGetErrorString(CUDNN_STATUS_NOT_SUPPORTED), "CUDNN_STATUS_NOT_SUPPORTED"));
  CHECK(!std::strcmp(cudnnGetErrorString(cudnnStatus_t(1)), "CUDNN_UNKNOWN_STATUS"));
  cudaStream_t stream, got;
  OK(cudaStreamCreate(&stream));
  OK(cudnnSetStream(handle, stream));
  OK(cudnnGetStream(handle, &got));
  CHECK(got == stream);
  OK(cudnnSetStream(handle, nullptr));
  IS(cudnnCreate(nullptr), CUDNN_STATUS_BAD_PARAM);

  cudnnTensorDescriptor_t t;
  OK(cudnnCreateTensorDescriptor(&t));
  cudnnDataType_t type;
  int n, c, h, w, ns, cs, hs, ws, rank, sizes[8], strides[8];
  size_t bytes = 1;
  OK(cudnnGetTensorSizeInBytes(t, &bytes));
  IS(bytes, 0u);
  OK(cudnnSetTensor4dDescriptor(t, CUDNN_TENSOR_NHWC, CUDNN_DATA_HALF, 2, 3, 4, 5));
  OK(cudnnGetTensor4dDescriptor(t, &type, &n, &c, &h, &w, &ns, &cs, &hs, &ws));
  CHECK(type == CUDNN_DATA_HALF && n == 2 && c == 3 && h == 4 && w == 5 && ns == 60 && cs == 1 && hs == 15 && ws == 3);
  OK(cudnnSetTensor4dDescriptorEx(t, CUDNN_DATA_FLOAT, 2, 3, 4, 5, 100, 30, 6, 1));
  OK(cudnnGetTensorSizeInBytes(t, &bytes));
  IS(bytes, (100 + 60 + 18 + 5) * sizeof(float));
  const int five[] = {2, 3, 4, 5, 6, 0};
  OK(cudnnSetTensorNdDescriptorEx(t, CUDNN_TENSOR_NCHW, CUDNN_DATA_DOUBLE, 5, five));
  OK(cudnnGetTensorNdDescriptor(t, 3, &type, &rank, sizes, strides));
  CHECK(rank == 5 && sizes[0] == 2 && sizes[2] == 4 && strides[0] == 360 && strides[2] == 30 && type == CUDNN_DATA_DOUBLE);
  IS(cudnnSetTensorNdDescriptorEx(t, CUDNN_TENSOR_NCHW, CUDNN_DATA_DOUBLE, 6, five), CUDNN_STATUS_BAD_PARAM);
  IS(cudnnSetTensorNdDescriptorEx(t, CUDNN_TENSOR_NCHW, CUDNN_DATA_DOUBLE, 9, five), CUDNN_STATUS_NOT_SUPPORTED);
  IS(cudnnSetTensorNdDescriptor(t, CUDNN_DATA_FLOAT, 1, five, five), CUDNN_STATUS_BAD_PARAM);
  IS(cudnnSetTensor4dDescriptor(t, CUDNN_TENSOR_NCHW, CUDNN_DATA_FLOAT, 0, 1, 1, 1), CUDNN_STATUS_BAD_PARAM);
  IS(cudnnSetTensor4dDescriptor(t, cudnnTensorFormat_t(9), CUDNN_DATA_FLOAT, 1, 1, 1, 1), CUDNN_STATUS_BAD_PARAM);
  IS(cudnnSetTensor4dDescriptor(nullptr, CUDNN_TENSOR_NCHW, CUDNN_DATA_FLOAT, 1, 1, 1, 1), CUDNN_STATUS_BAD_PARAM);
  IS(cudnnSetTensor4dDescriptor(t, CUDNN_TENSOR_NCHW, CUDNN_DATA_FP8_E4M3, 1, 1, 1, 1), CUDNN_STATUS_NOT_SUPPORTED);
  OK(cudnnDestroyTensorDescriptor(t));

  cudnnFilterDescriptor_t f;
  cudnnTensorFormat_t format;
  OK(cudnnCreateFilterDescriptor(&f));
  OK(cudnnSetFilter4dDescriptor(f, CUDNN_DATA_FLOAT, CUDNN_TENSOR_NHWC, 6, 5, 4, 3));
  OK(cudnnGetFilter4dDescriptor(f, &type, &format, &n, &c, &h, &w));
  CHECK(format == CUDNN_TENSOR_NHWC && n == 6 && c == 5 && h == 4 && w == 3);
  OK(cudnnGetFilterSizeInBytes(f, &bytes));
  IS(bytes, 6 * 5 * 4 * 3 * sizeof(float));
  OK(cudnnDestroyFilterDescriptor(f));
  cudnnAttnDescriptor_t attention;
  IS(cudnnCreateAttnDescriptor(&attention), CUDNN_STATUS_NOT_SUPPORTED);
}

struct Pooling {
  Sizes x, window, pad, stride;
};

template <class T> void pool(const Pooling &p, cudnnPoolingMode_t mode, Order order, double a, double b) {
  Factor<T> alpha(a), beta(b);
  int rank = int(p.window.size());
  cudnnPoolingDescriptor_t pooling;
  OK(cudnnCreatePoolingDescriptor(&pooling));
  OK(cudnnSetPoolingNdDescriptor(pooling, mode, CUDNN_PROPAGATE_NAN, rank, p.window.data(), p.pad.data(), p.stride.data()));
  Tensor<T> x(p.x, order, 1), dx(p.x, order, 2);
  Sizes size(p.x.size());
  OK(cudnnGetPoolingNdForwardOutputDim(pooling, x.descriptor, int(size.size()), size.data()));
  Tensor<T> y(size, order, 3), dy(size, order, 4);
  int outs = 1, taps = 1, plane = 1;
  for (int i = 0; i < rank; ++i)
    outs *= size[i + 2], taps *= p.window[i], plane *= p.x[i + 2];
  std::vector<double> forward(countOf(size)), backward(countOf(p.x));
  for (int k = 0; k < countOf(size); ++k) {
    std::vector<int> seen;
    for (int t = 0; t < taps; ++t) {
      int at = 0, scale = 1, restO = k % outs, restT = t;
      bool inside = true;
      for (int i = rank; i-- > 0;) {
        int place = restO % size[i + 2] * p.stride[i] - p.pad[i] + restT % p.window[i];
        inside &= place >= 0 && place < p.x[i + 2];
        at += place * scale;
        scale *= p.x[i + 2], restO /= size[i + 2], restT /= p.window[i];
      }
      if (inside)
        seen.push_back(k / outs * plane + at);
    }
    if (mode == CUDNN_POOLING_MAX || mode == CUDNN_POOLING_MAX_DETERMINISTIC) {
      int best = seen[0];
      for (int i : seen)
        best = x.values[i] > x.values[best] ? i : best;
      forward[k] = x.values[best];
      backward[best] += dy.values[k];
    } else {
      double divisor = mode == CUDNN_POOLING_AVERAGE_COUNT_INCLUDE_PADDING ? taps : double(seen.size());
      for (int i : seen) {
        forward[k] += x.values[i] / divisor;
        backward[i] += dy.values[k] / divisor;
      }
    }
  }
  double tolerance = sizeof(T) == 2 ? 8e-3 : 1e-5;
  OK(cudnnPoolingForward(handle, pooling, &alpha, x.descriptor, x, &beta, y.descriptor, y));
  CHECK(blended(y, forward, a, b, tolerance));
  OK(cudnnPoolingBackward(handle, pooling, &alpha, y.descriptor, y, dy.descriptor, dy, x.descriptor, x, &beta, dx.descriptor, dx));
  CHECK(blended(dx, backward, a, b, tolerance));
  OK(cudnnDestroyPoolingDescriptor(pooling));
}

static void pooling() {
  const Pooling all[] = {{{2, 3, 6, 7}, {2, 2}, {0, 0}, {2, 2}},
                         {{1, 2, 7, 5}, {3, 2}, {1, 1}, {2, 1}},
                         {{1, 2, 4, 5, 4}, {2, 3, 2}, {1, 1, 0}, {1, 2, 2}},
                         {{2, 2, 9}, {3}, {1}, {3}}};
  for (const Pooling &p : all)
    for (int mode = CUDNN_POOLING_MAX; mode <= CUDNN_POOLING_MAX_DETERMINISTIC; ++mode)
      for (Order order : {Order::Plain, Order::ChannelsLast, Order::Gaps}) {
        pool<float>(p, cudnnPoolingMode_t(mode), order, 1, 0);
        pool<double>(p, cudnnPoolingMode_t(mode), order, 2, -1);
        pool<__half>(p, cudnnPoolingMode_t(mode), order, 1, 0);
        pool<__nv_bfloat16>(p, cudnnPoolingMode_t(mode), order, 1, 0);
      }
  cudnnPoolingDescriptor_t pooling;
  OK(cudnnCreatePoolingDescriptor(&pooling));
  for (bool keeps : {false, true}) {
    OK(cudnnSetPooling2dDescriptor(pooling, CUDNN_POOLING_MAX, keeps ? CUDNN_PROPAGATE_NAN : CUDNN_NOT_PROPAGATE_NAN, 1, 3, 0, 0, 1, 3));
    Tensor<float> x({1, 1, 1, 6}, Order::Plain, {1, NAN, 2, 5, 4, 3}), y({1, 1, 1, 2});
    OK(cudnnPoolingForward(handle, pooling, &one, x.descriptor, x, &zero, y.descriptor, y));
    CHECK(keeps ? std::isnan(y.host()[0]) : y.host()[0] == 2);
    IS(y.host()[1], 5);
    IS(cudnnPoolingForward(handle, pooling, &one, y.descriptor, y, &zero, x.descriptor, x), CUDNN_STATUS_BAD_PARAM);
  }
  OK(cudnnDestroyPoolingDescriptor(pooling));
}

template <class T> void activate(cudnnActivationMode_t mode, Order order, double a, double b) {
  Factor<T> alpha(a), beta(b);
  double coefficient = 2, swish = 1.5;
  cudnnActivationDescriptor_t activation;
  OK(cudnnCreateActivationDescriptor(&activation));
  OK(cudnnSetActivationDescriptor(activation, mode, CUDNN_PROPAGATE_NAN, coefficient));
  OK(cudnnSetActivationDescriptorSwishBeta(activation, swish));
  auto f = [&](double x) {
    switch (mode) {
    case CUDNN_ACTIVATION_SIGMOID: return 1 / (1 + std::exp(-x));
    case CUDNN_ACTIVATION_RELU: return std::max(0., x);
    case CUDNN_ACTIVATION_TANH: return std::tanh(x);
    case CUDNN_ACTIVATION_CLIPPED_RELU: return std::min(coefficient, std::max(0., x));
    case CUDNN_ACTIVATION_ELU: return x > 0 ? x : coefficient * (std::exp(x) - 1);
    case CUDNN_ACTIVATION_SWISH: return x / (1 + std::exp(-swish * x));
    default: return x;
    }
  };
  std::vector<double> values = numbers(2 * 3 * 4 * 5, 1);
  for (double &each : values)
    each += .25; // where there is a derivative
  Tensor<T> x({2, 3, 4, 5}, order, values), y({2, 3, 4, 5}, order, 2), dy({2, 3, 4, 5}, order, 3), dx({2, 3, 4, 5}, order, 4);
  std::vector<double> forward, backward;
  for (size_t i = 0; i < values.size(); ++i) {
    forward.push_back(f(values[i]));
    backward.push_back(dy.values[i] * (f(values[i] + 1e-4) - f(values[i] - 1e-4)) / 2e-4);
  }
  double tolerance = sizeof(T) == 2 ? 2e-2 : 1e-5;
  OK(cudnnActivationForward(handle, activation, &alpha, x.descriptor, x, &beta, y.descriptor, y));
  CHECK(blended(y, forward, a, b, tolerance));
  Tensor<T> result({2, 3, 4, 5}, order, forward);
  OK(cudnnActivationBackward(handle, activation, &alpha, result.descriptor, result, dy.descriptor, dy, x.descriptor, x, &beta, dx.descriptor, dx));
  CHECK(blended(dx, backward, a, b, 3 * tolerance));
  // In place, and from one order into another.
  OK(cudnnActivationForward(handle, activation, &alpha, x.descriptor, x, &beta, x.descriptor, x));
  CHECK(blended(x, forward, a, b, tolerance));
  Tensor<T> from({2, 3, 4, 5}, order == Order::Plain ? Order::ChannelsLast : Order::Plain, values), to({2, 3, 4, 5}, order, 5);
  OK(cudnnActivationForward(handle, activation, &alpha, from.descriptor, from, &beta, to.descriptor, to));
  CHECK(blended(to, forward, a, b, tolerance));
  OK(cudnnDestroyActivationDescriptor(activation));
}

template <class T> void softmax(cudnnSoftmaxAlgorithm_t algorithm, cudnnSoftmaxMode_t mode, Order order, double a, double b) {
  Factor<T> alpha(a), beta(b);
  Sizes size{2, 5, 3, 2};
  Tensor<T> x(size, order, 1), y(size, order, 2), dy(size, order, 3), dx(size, order, 4);
  int rows = mode == CUDNN_SOFTMAX_MODE_CHANNEL ? 6 : 1, length = 30 / rows;
  std::vector<double> forward(60), backward(60);
  for (int row = 0; row < 2 * rows; ++row) {
    auto at = [&](int i) { return row / rows * 30 + i * rows + row % rows; };
    double sum = 0, weighted = 0;
    for (int i = 0; i < length; ++i)
      sum += std::exp(x.values[at(i)]);
    for (int i = 0; i < length; ++i) {
      double each = std::exp(x.values[at(i)]) / sum;
      forward[at(i)] = algorithm == CUDNN_SOFTMAX_LOG ? std::log(each) : each;
      weighted += dy.values[at(i)] * (algorithm == CUDNN_SOFTMAX_LOG ? 1 : each);
    }
    for (int i = 0; i < length; ++i)
      backward[at(i)] = algorithm == CUDNN_SOFTMAX_LOG ? dy.values[at(i)] - std::exp(forward[at(i)]) * weighted
                                                       : forward[at(i)] * (dy.values[at(i)] - weighted);
  }
  double tolerance = sizeof(T) == 2 ? 2e-2 : 1e-5;
  OK(cudnnSoftmaxForward(handle, algorithm, mode, &alpha, x.descriptor, x, &beta, y.descriptor, y));
  CHECK(blended(y, forward, a, b, tolerance));
  Tensor<T> result(size, order, forward);
  OK(cudnnSoftmaxBackward(handle, algorithm, mode, &alpha, result.descriptor, result, dy.descriptor, dy, &beta, dx.descriptor, dx));
  CHECK(blended(dx, backward, a, b, tolerance));
}

template <class T> void elementwise(Order order) {
  Factor<T> alpha(2), beta(-1), prior(3);
  Sizes size{2, 3, 4, 5};
  for (const Sizes &part : {Sizes{1, 3, 1, 1}, Sizes{1, 1, 4, 5}, Sizes{2, 3, 4, 5}, Sizes{1, 1, 1, 1}}) {
    Tensor<T> a(part, Order::Plain, 1), c(size, order, 2), d(size, order, 3), e(size, order, 4);
    std::vector<double> wide(countOf(size));
    for (int i = 0; i < countOf(size); ++i) {
      int at = 0, rest = i, scale = 1;
      for (int k = 3; k >= 0; --k) {
        at += part[k] == 1 ? 0 : rest % size[k] * scale;
        rest /= size[k], scale *= part[k];
      }
      wide[i] = a.values[at];
    }
    OK(cudnnAddTensor(handle, &alpha, a.descriptor, a, &beta, c.descriptor, c));
    CHECK(blended(c, wide, 2, -1));
    for (int op = CUDNN_OP_TENSOR_ADD; op <= CUDNN_OP_TENSOR_NOT; ++op) {
      cudnnOpTensorDescriptor_t descriptor;
      OK(cudnnCreateOpTensorDescriptor(&descriptor));
      OK(cudnnSetOpTensorDescriptor(descriptor, cudnnOpTensorOp_t(op), dataType<Factor<T>>, CUDNN_PROPAGATE_NAN));
      std::vector<double> squares(d.values);
      for (double &each : squares)
        each = op == CUDNN_OP_TENSOR_SQRT ? each * each : each;
      Factor<T> first(op == CUDNN_OP_TENSOR_SQRT ? 4 : 2);
      Tensor<T> d(size, order, squares), result(size, order, e.values);
      std::vector<double> wanted;
      for (int i = 0; i < countOf(size); ++i) {
        double x = first * squares[i], y = -wide[i];
        const double all[] = {x + y, x * y, std::min(x, y), std::max(x, y), std::sqrt(x), 1 - x};
        wanted.push_back(all[op]);
      }
      OK(cudnnOpTensor(handle, descriptor, &first, d.descriptor, d, &beta, a.descriptor, a, &prior, result.descriptor, result));
      CHECK(blended(result, wanted, 1, 3));
      OK(cudnnDestroyOpTensorDescriptor(descriptor));
    }
  }
  Tensor<T> x(size, order, 1), y(size, order == Order::Plain ? Order::ChannelsLast : Order::Plain, 2);
  OK(cudnnTransformTensor(handle, &alpha, x.descriptor, x, &beta, y.descriptor, y));
  CHECK(blended(y, x.values, 2, -1));
  OK(cudnnScaleTensor(handle, x.descriptor, x, &alpha));
  CHECK(blended(x, x.values, 2));
  T seven(7);
  OK(cudnnSetTensor(handle, x.descriptor, x, &seven));
  CHECK(blended(x, std::vector<double>(countOf(size), 7)));
  Tensor<T> other({2, 3, 4, 4});
  IS(cudnnAddTensor(handle, &alpha, other.descriptor, other, &beta, x.descriptor, x), CUDNN_STATUS_BAD_PARAM);
  IS(cudnnTransformTensor(handle, &alpha, other.descriptor, other, &beta, x.descriptor, x), CUDNN_STATUS_BAD_PARAM);
}

int main() {
  OK(cudnnCreate(&handle));
  descriptors();
  pooling();
  for (Order order : {Order::Plain, Order::ChannelsLast, Order::Gaps}) {
    for (int mode = CUDNN_ACTIVATION_SIGMOID; mode <= CUDNN_ACTIVATION_SWISH; ++mode) {
      activate<float>(cudnnActivationMode_t(mode), order, 1, 0);
      activate<double>(cudnnActivationMode_t(mode), order, 2, -1);
      activate<__half>(cudnnActivationMode_t(mode), order, 1, 0);
    }
    for (int algorithm = CUDNN_SOFTMAX_FAST; algorithm <= CUDNN_SOFTMAX_LOG; ++algorithm)
      for (auto mode : {CUDNN_SOFTMAX_MODE_INSTANCE, CUDNN_SOFTMAX_MODE_CHANNEL}) {
        softmax<float>(cudnnSoftmaxAlgorithm_t(algorithm), mode, order, 1, 0);
        softmax<double>(cudnnSoftmaxAlgorithm_t(algorithm), mode, order, .5, 1);
        softmax<__half>(cudnnSoftmaxAlgorithm_t(algorithm), mode, order, 1, 0);
      }
    elementwise<float>(order);
    elementwise<double>(order);
    elementwise<__half>(order);
    elementwise<__nv_bfloat16>(order);
  }
  OK(cudnnDestroy(handle));
  return done();
}
