// cuDNN's normalisations, dropout and reductions against plain loops.
// REQUIRES: cudnn
// RUN: %clangxx %s %library-program -lcuport-cudnn -o %t
// RUN: %t 2>&1 | FileCheck %s
// RUN: env CUPORT_SEPARATE=1 %t 2>&1 | FileCheck %s
// CHECK-NOT: {{.}}
// CHECK: all as it should be

#include "dnn.h"

#include <algorithm>

static cudnnHandle_t handle;
template <class T> constexpr double tolerance = sizeof(T) == 2 ? 2e-2 : std::is_same_v<T, float> ? 1e-4 : 1e-10;

/// The type of the parameters that go with T.
template <class T> using Parameter = Factor<T>;

template <class T> void batchNorm(cudnnBatchNormMode_t mode, Sizes size, Order order, cudnnBatchNormOps_t ops, double a, double b) {
  using P = Parameter<T>;
  P alpha(a), beta(b), parameterAlpha(2), parameterBeta(-1);
  double epsilon = 1e-3, rate = .25;
  Sizes part{size};
  part[0] = 1;
  if (mode != CUDNN_BATCHNORM_PER_ACTIVATION)
    std::fill(part.begin() + 2, part.end(), 1);
  int count = countOf(size), features = countOf(part), block = count / size[0] / features, each = count / features;
  auto feature = [&](int i) { return i / block % features; };
  Tensor<T> x(size, order, 1), y(size, order, 2), z(size, order, 3), dy(size, order, 4), dx(size, order, 5), dz(size, order, 6);
  Tensor<P> scale(part, Order::Plain, 7), bias(part, Order::Plain, 8), mean(part, Order::Plain, 9), saved(part), inverse(part),
      dScale(part, Order::Plain, 10), dBias(part, Order::Plain, 11);
  std::vector<double> positive = numbers(features, 12);
  for (double &value : positive)
    value += 5;
  Tensor<P> variance(part, Order::Plain, positive);

  OK(cudnnDeriveBNTensorDescriptor(saved.descriptor, x.descriptor, mode));
  int rank, sizes[8], strides[8];
  cudnnDataType_t type;
  OK(cudnnGetTensorNdDescriptor(saved.descriptor, 8, &type, &rank, sizes, strides));
  CHECK(type == dataType<P> && Sizes(sizes, sizes + rank) == part);

  std::vector<double> inferred(count), means(features), variances(features), inverses(features), unbiased(features), forward(count);
  for (int i = 0; i < count; ++i) {
    int f = feature(i);
    inferred[i] = bias.values[f] + scale.values[f] * (x.values[i] - mean.values[f]) / std::sqrt(epsilon + variance.values[f]);
    means[f] += x.values[i] / each;
  }
  for (int i = 0; i < count; ++i)
    variances[feature(i)] += std::pow(x.values[i] - means[feature(i)], 2) / each;
  for (int f = 0; f < features; ++f) {
    inverses[f] = 1 / std::sqrt(variances[f] + epsilon);
    unbiased[f] = variances[f] * each / (each - 1);
  }
  bool acts = ops != CUDNN_BATCHNORM_OPS_BN, adds = ops == CUDNN_BATCHNORM_OPS_BN_ADD_ACTIVATION;
  for (int i = 0; i < count; ++i) {
    int f = feature(i);
    forward[i] = bias.values[f] + scale.values[f] * (x.values[i] - means[f]) * inverses[f] + (adds ? z.values[i] : 0);
    forward[i] = acts ? std::max(0., forward[i]) : forward[i];
  }
  OK(cudnnBatchNormalizationForwardInference(handle, mode, &alpha, &beta, x.descriptor, x, y.descriptor, y, scale.descriptor, scale, bias, mean,
                                             variance, epsilon));
  CHECK(blended(y, inferred, a, b, tolerance<T>));
  Tensor<T> other(size, order, 2);
  cudnnActivationDescriptor_t relu;
  OK(cudnnCreateActivationDescriptor(&relu));
  OK(cudnnSetActivationDescriptor(relu, CUDNN_ACTIVATION_RELU, CUDNN_NOT_PROPAGATE_NAN, 0));
  size_t bytes = 1;
  OK(cudnnGetBatchNormalizationTrainingExReserveSpaceSize(handle, mode, ops, relu, x.descriptor, &bytes));
  IS(bytes, 0u);
  if (acts)
    OK(cudnnBatchNormalizationForwardTrainingEx(handle, mode, ops, &alpha, &beta, x.descriptor, x, z.descriptor, z, other.descriptor, other,
                                                scale.descriptor, scale, bias, rate, mean, variance, epsilon, saved, inverse, relu, nullptr, 0,
                                                nullptr, 0));
  else
    OK(cudnnBatchNormalizationForwardTraining(handle, mode, &alpha, &beta, x.descriptor, x, other.descriptor, other, scale.descriptor, scale,
                                              bias, rate, mean, variance, epsilon, saved, inverse));
  CHECK(blended(other, forward, a, b, tolerance<T>));
  CHECK(blended(mean, means, rate, 1 - rate, tolerance<P>));
  CHECK(blended(variance, unbiased, rate, 1 - rate, tolerance<P>));
  CHECK(blended(saved, means, 1, 0, tolerance<P>));
  CHECK(blended(inverse, inverses, 1, 0, tolerance<P>));

  std::vector<double> gradient(count), sums(features), weighted(features), backward(count);
  for (int i = 0; i < count; ++i) {
    gradient[i] = acts && forward[i] <= 0 ? 0 : dy.values[i];
    sums[feature(i)] += gradient[i];
    weighted[feature(i)] += gradient[i] * (x.values[i] - means[feature(i)]) * inverses[feature(i)];
  }
  for (int i = 0; i < count; ++i) {
    int f = feature(i);
    backward[i] = scale.values[f] * inverses[f] *
                  (gradient[i] - sums[f] / each - (x.values[i] - means[f]) * inverses[f] * weighted[f] / each);
  }
  Tensor<T> result(size, order, forward);
  for (bool hasSaved : {true, false}) {
    Tensor<T> dx(size, order, 5);
    Tensor<P> dScale(part, Order::Plain, 10), dBias(part, Order::Plain, 11);
    P *savedMean = hasSaved ? (P *)saved : nullptr, *savedInverse = hasSaved ? (P *)inverse : nullptr;
    if (acts)
      OK(cudnnBatchNormalizationBackwardEx(handle, mode, ops, &alpha, &beta, &parameterAlpha, &parameterBeta, x.descriptor, x,
                                           result.descriptor, result, dy.descriptor, dy, dz.descriptor, dz, dx.descriptor, dx,
                                           scale.descriptor, scale, bias, dScale, dBias, epsilon, savedMean, savedInverse, relu, nullptr, 0,
                                           nullptr, 0));
    else
      OK(cudnnBatchNormalizationBackward(handle, mode, &alpha, &beta, &parameterAlpha, &parameterBeta, x.descriptor, x, dy.descriptor, dy,
                                         dx.descriptor, dx, scale.descriptor, scale, dScale, dBias, epsilon, savedMean, savedInverse));
    CHECK(blended(dx, backward, a, b, tolerance<T>));
    CHECK(blended(dScale, weighted, 2, -1, tolerance<P>));
    CHECK(blended(dBias, sums, 2, -1, tolerance<P>));
  }
  if (adds)
    CHECK(blended(dz, gradient, 1, 0));
  IS(cudnnBatchNormalizationForwardTraining(handle, mode, &alpha, &beta, x.descriptor, x, other.descriptor, other, other.descriptor, scale, bias,
                                            rate, mean, variance, epsilon, saved, inverse),
     CUDNN_STATUS_BAD_PARAM);
  OK(cudnnDestroyActivationDescriptor(relu));
}

template <class T> void responseNorm(unsigned n, Order order, double a, double b) {
  Factor<T> alpha(a), beta(b);
  Sizes size{2, 7, 3, 2};
  double slope = .5, power = .75, k = 2;
  cudnnLRNDescriptor_t lrn;
  OK(cudnnCreateLRNDescriptor(&lrn));
  OK(cudnnSetLRNDescriptor(lrn, n, slope, power, k));
  Tensor<T> x(size, order, 1), y(size, order, 2), dy(size, order, 3), dx(size, order, 4);
  int count = countOf(size), plane = 6, before = (n - 1) / 2, after = n - 1 - before;
  std::vector<double> scale(count), forward(count), backward(count);
  auto each = [&](int i, auto body) {
    for (int c = std::max(0, i / plane % 7 - before); c <= std::min(6, i / plane % 7 + after); ++c)
      body(i + (c - i / plane % 7) * plane);
  };
  for (int i = 0; i < count; ++i) {
    scale[i] = k;
    each(i, [&](int j) { scale[i] += slope / n * x.values[j] * x.values[j]; });
    forward[i] = x.values[i] * std::pow(scale[i], -power);
  }
  for (int i = 0; i < count; ++i) {
    backward[i] += dy.values[i] * std::pow(scale[i], -power);
    each(i, [&](int j) { backward[j] -= dy.values[i] * x.values[i] * power * std::pow(scale[i], -power - 1) * 2 * slope / n * x.values[j]; });
  }
  OK(cudnnLRNCrossChannelForward(handle, lrn, CUDNN_LRN_CROSS_CHANNEL_DIM1, &alpha, x.descriptor, x, &beta, y.descriptor, y));
  CHECK(blended(y, forward, a, b, tolerance<T>));
  Tensor<T> result(size, order, forward);
  OK(cudnnLRNCrossChannelBackward(handle, lrn, CUDNN_LRN_CROSS_CHANNEL_DIM1, &alpha, result.descriptor, result, dy.descriptor, dy, x.descriptor,
                                  x, &beta, dx.descriptor, dx));
  CHECK(blended(dx, backward, a, b, tolerance<T>));
  IS(cudnnSetLRNDescriptor(lrn, 17, slope, power, k), CUDNN_STATUS_BAD_PARAM);
  OK(cudnnDestroyLRNDescriptor(lrn));
}

template <class T> void dropout(Order order, float rate) {
  Sizes size{4, 5, 20, 10};
  Tensor<T> x(size, order, std::vector<double>(countOf(size), 3)), y(size, order), dy(size, order, 3), dx(size, order);
  size_t states, reserve;
  OK(cudnnDropoutGetStatesSize(handle, &states));
  OK(cudnnDropoutGetReserveSpaceSize(x.descriptor, &reserve));
  IS(reserve, size_t(countOf(size) / 8));
  Array<char> state(states), mask(reserve);
  cudnnDropoutDescriptor_t dropout;
  OK(cudnnCreateDropoutDescriptor(&dropout));
  auto run = [&](unsigned long long seed, int times) {
    OK(cudnnSetDropoutDescriptor(dropout, handle, rate, state, states, seed));
    for (int i = 0; i < times; ++i)
      OK(cudnnDropoutForward(handle, dropout, x.descriptor, x, y.descriptor, y, mask, reserve));
    return y.host();
  };
  std::vector<double> first = run(1, 1);
  CHECK(run(1, 2) != first || rate == 0 || rate == 1);
  CHECK(run(2, 1) != first || rate == 0 || rate == 1);
  CHECK(run(1, 1) == first);
  OK(cudnnDropoutBackward(handle, dropout, dy.descriptor, dy, dx.descriptor, dx, mask, reserve));
  double scale = rate < 1 ? 1 / (1 - rate) : 0;
  std::vector<double> backward;
  int stayed = 0;
  for (int i = 0; i < countOf(size); ++i) {
    CHECK(first[i] == 0 || std::abs(first[i] - 3 * scale) < 1e-2);
    stayed += first[i] != 0;
    backward.push_back(first[i] != 0 ? dy.values[i] * scale : 0);
  }
  CHECK(blended(dx, backward, 1, 0, tolerance<T>));
  CHECK(std::abs(stayed / double(countOf(size)) - (1 - rate)) < .04);
  IS(cudnnDropoutForward(handle, dropout, x.descriptor, x, y.descriptor, y, mask, reserve - 1), CUDNN_STATUS_BAD_PARAM);
  OK(cudnnDestroyDropoutDescriptor(dropout));
}

template <class T> void reduce(Order order, double a, double b) {
  Factor<T> alpha(a), beta(b);
  Sizes size{3, 2, 3, 2};
  for (const Sizes &part : {Sizes{1, 2, 1, 1}, Sizes{3, 1, 3, 1}, Sizes{1, 1, 1, 1}, Sizes{3, 2, 3, 2}, Sizes{3, 2, 1, 2}})
    for (int op = CUDNN_REDUCE_TENSOR_ADD; op <= CUDNN_REDUCE_TENSOR_MUL_NO_ZEROS; ++op) {
      std::vector<double> values = numbers(countOf(size), 1, 5);
      if (op == CUDNN_REDUCE_TENSOR_MUL || op == CUDNN_REDUCE_TENSOR_MUL_NO_ZEROS)
        for (double &value : values)
          value = value > 1 || value < -1 ? -2 : op == CUDNN_REDUCE_TENSOR_MUL ? 1 : value;
      Tensor<T> x(size, order, values), y(part, order, 2);
      std::vector<double> wanted(countOf(part));
      std::vector<int> picked(countOf(part)), seen(countOf(part));
      for (int i = 0; i < countOf(size); ++i) {
        int at = 0, rest = i, scale = 1;
        for (int k = 3; k >= 0; --k) {
          at += part[k] == 1 ? 0 : rest % size[k] * scale;
          rest /= size[k], scale *= part[k];
        }
        double v = values[i], &w = wanted[at];
        int number = seen[at]++;
        double magnitude = op == CUDNN_REDUCE_TENSOR_AMAX ? std::abs(v) : v;
        if (op >= CUDNN_REDUCE_TENSOR_MIN && op <= CUDNN_REDUCE_TENSOR_AMAX) {
          if (!number || (op == CUDNN_REDUCE_TENSOR_MIN ? v < w : magnitude > w))
            w = magnitude, picked[at] = number;
          continue;
        }
        double start = number ? w : op == CUDNN_REDUCE_TENSOR_MUL || op == CUDNN_REDUCE_TENSOR_MUL_NO_ZEROS ? 1 : 0;
        w = op == CUDNN_REDUCE_TENSOR_MUL            ? start * v
            : op == CUDNN_REDUCE_TENSOR_MUL_NO_ZEROS ? start * (v != 0 ? v : 1)
            : op == CUDNN_REDUCE_TENSOR_NORM1        ? start + std::abs(v)
            : op == CUDNN_REDUCE_TENSOR_NORM2        ? start + v * v
                                                     : start + v;
      }
      for (size_t i = 0; i < wanted.size(); ++i)
        wanted[i] = op == CUDNN_REDUCE_TENSOR_AVG ? wanted[i] / seen[i] : op == CUDNN_REDUCE_TENSOR_NORM2 ? std::sqrt(wanted[i]) : wanted[i];
      cudnnReduceTensorDescriptor_t descriptor;
      OK(cudnnCreateReduceTensorDescriptor(&descriptor));
      OK(cudnnSetReduceTensorDescriptor(descriptor, cudnnReduceTensorOp_t(op), CUDNN_DATA_FLOAT, CUDNN_PROPAGATE_NAN,
                                        CUDNN_REDUCE_TENSOR_FLATTENED_INDICES, CUDNN_32BIT_INDICES));
      bool picks = op >= CUDNN_REDUCE_TENSOR_MIN && op <= CUDNN_REDUCE_TENSOR_AMAX;
      size_t bytes, workspace;
      OK(cudnnGetReductionIndicesSize(handle, descriptor, x.descriptor, y.descriptor, &bytes));
      OK(cudnnGetReductionWorkspaceSize(handle, descriptor, x.descriptor, y.descriptor, &workspace));
      IS(bytes, picks ? picked.size() * 4 : 0);
      Array<int> indices(countOf(part));
      OK(cudnnReduceTensor(handle, descriptor, indices, bytes, nullptr, workspace, &alpha, x.descriptor, x, &beta, y.descriptor, y));
      CHECK(blended(y, wanted, a, b, sizeof(T) == 2 ? 1e-2 : 1e-6));
      CHECK(!picks || indices.host() == picked);
      IS(cudnnReduceTensor(handle, descriptor, indices, bytes, nullptr, workspace, &alpha, y.descriptor, y, &beta, x.descriptor, x),
         part == size ? CUDNN_STATUS_SUCCESS : CUDNN_STATUS_BAD_PARAM);
      OK(cudnnDestroyReduceTensorDescriptor(descriptor));
    }
}

int main() {
  OK(cudnnCreate(&handle));
  for (Order order : {Order::Plain, Order::ChannelsLast, Order::Gaps}) {
    for (auto mode : {CUDNN_BATCHNORM_PER_ACTIVATION, CUDNN_BATCHNORM_SPATIAL, CUDNN_BATCHNORM_SPATIAL_PERSISTENT})
      for (int ops = CUDNN_BATCHNORM_OPS_BN; ops <= CUDNN_BATCHNORM_OPS_BN_ADD_ACTIVATION; ++ops) {
        batchNorm<float>(mode, {4, 3, 5, 2}, order, cudnnBatchNormOps_t(ops), 1, 0);
        batchNorm<double>(mode, {3, 2, 2, 3, 2}, order, cudnnBatchNormOps_t(ops), 2, -1);
        batchNorm<__half>(mode, {4, 3, 5, 2}, order, cudnnBatchNormOps_t(ops), 1, 0);
      }
    for (unsigned n : {1, 4, 5}) {
      responseNorm<float>(n, order, 1, 0);
      responseNorm<double>(n, order, 2, -1);
      responseNorm<__half>(n, order, 1, 0);
    }
    for (float rate : {0.f, .25f, 1.f}) {
      dropout<float>(order, rate);
      dropout<__half>(order, rate);
    }
    reduce<float>(order, 1, 0);
    reduce<double>(order, 2, -1);
    reduce<__half>(order, 1, 0);
  }
  OK(cudnnDestroy(handle));
  return done();
}
