// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Activations and softmax.

#include "Activation.h"

using namespace cuport;
using namespace cuport::dnn;

CUPORT_DESCRIPTOR(Activation)

cudnnStatus_t cudnnSetActivationDescriptor(cudnnActivationDescriptor_t a, cudnnActivationMode_t mode, cudnnNanPropagation_t nan,
                                           double coefficient) {
  if (!a || unsigned(mode) > CUDNN_ACTIVATION_SWISH || unsigned(nan) > CUDNN_PROPAGATE_NAN)
    return CUDNN_STATUS_BAD_PARAM;
  a->mode = mode;
  a->nan = nan;
  a->coefficient = coefficient;
  return CUDNN_STATUS_SUCCESS;
}

cudnnStatus_t cudnnGetActivationDescriptor(const cudnnActivationDescriptor_t a, cudnnActivationMode_t *mode, cudnnNanPropagation_t *nan,
                                           double *coefficient) {
  if (!a || !mode || !nan || !coefficient)
    return CUDNN_STATUS_BAD_PARAM;
  *mode = a->mode;
  *nan = a->nan;
  *coefficient = a->coefficient;
  return CUDNN_STATUS_SUCCESS;
}

cudnnStatus_t cudnnSetActivationDescriptorSwishBeta(cudnnActivationDescriptor_t a, double beta) {
  if (!a)
    return CUDNN_STATUS_BAD_PARAM;
  a->beta = beta;
  return CUDNN_STATUS_SUCCESS;
}

cudnnStatus_t cudnnGetActivationDescriptorSwishBeta(cudnnActivationDescriptor_t a, double *beta) {
  if (!a || !beta)
    return CUDNN_STATUS_BAD_PARAM;
  *beta = a->beta;
  return CUDNN_STATUS_SUCCESS;
}

/// Elements in any order, if it is one for all of them.
static Layout common(const Tensor &a, const Tensor &b) { return a.sameLayout(b) ? Layout::Dense : Layout::Packed; }

cudnnStatus_t cudnnActivationForward(cudnnHandle_t handle, cudnnActivationDescriptor_t activation, const void *alpha,
                                     const cudnnTensorDescriptor_t xDesc, const void *x, const void *beta,
                                     const cudnnTensorDescriptor_t yDesc, void *y) {
  Call call{handle, "cudnnActivationForward"};
  CUPORT_CHECK(call, activation && alpha && isSet(xDesc) && x && beta && isSet(yDesc) && y && xDesc->sameSize(*yDesc) &&
                         xDesc->type == yDesc->type);
  CUPORT_SUPPORT(call, isReal(xDesc));
  return call.enqueue([=, act = Activation(*activation), xt = Tensor(*xDesc), yt = Tensor(*yDesc),
                       blend = blendOf(yDesc->type, alpha, beta)] {
    withCalculated(yt.type, [&](auto type) {
      using C = TypeOf<decltype(type)>;
      Output<C> output(yt, y, blend, common(xt, yt));
      Input<C> input(xt, x, common(xt, yt));
      act.apply<C>(0, yt.count(), output, [&](int64_t i) { return input[i]; });
      output.store();
    });
  });
}

cudnnStatus_t cudnnActivationBackward(cudnnHandle_t handle, cudnnActivationDescriptor_t activation, const void *alpha,
                                      const cudnnTensorDescriptor_t yDesc, const void *y, const cudnnTensorDescriptor_t dyDesc,
                                      const void *dy, const cudnnTensorDescriptor_t xDesc, const void *x, const void *beta,
                                      const cudnnTensorDescriptor_t dxDesc, void *dx) {
  Call call{handle, "cudnnActivationBackward"};
  CUPORT_CHECK(call, activation && alpha && isSet(yDesc) && y && isSet(dyDesc) && dy && isSet(xDesc) && x && beta && isSet(dxDesc) &&
                         dx && xDesc->sameSize(*yDesc) && xDesc->sameSize(*dyDesc) && xDesc->sameSize(*dxDesc) &&
                         xDesc->type == yDesc->type && xDesc->type == dyDesc->type && xDesc->type == dxDesc->type);
  CUPORT_SUPPORT(call, isReal(xDesc));
  return call.enqueue([=, act = Activation(*activation), xt = Tensor(*xDesc), yt = Tensor(*yDesc), dyt = Tensor(*dyDesc),
                       dxt = Tensor(*dxDesc), blend = blendOf(dxDesc->type, alpha, beta)] {
    withCalculated(dxt.type, [&](auto type) {
      using C = TypeOf<decltype(type)>;
      Input<C> input(xt, x), result(yt, y), gradient(dyt, dy);
      Output<C> output(dxt, dx, blend);
      for (int64_t i = 0, count = dxt.count(); i < count; ++i)
        output[i] = gradient[i] * act.derivative(input[i], result[i]);
      output.store();
    });
  });
}

namespace {

/// Rows of `size` elements that are `inner` apart.
struct Rows {
  int64_t outer, size, inner;
  Rows(cudnnSoftmaxMode_t mode, const Tensor &t)
      : outer(t.size[0]), size(mode == CUDNN_SOFTMAX_MODE_CHANNEL ? t.size[1] : t.countFrom(1)),
        inner(mode == CUDNN_SOFTMAX_MODE_CHANNEL ? t.countFrom(2) : 1) {}
  int64_t first(int64_t o) const { return o * size * inner; }
};

template <class C> void softmax(cudnnSoftmaxAlgorithm_t algorithm, const Rows &rows, const C *x, C *y) {
  Array<C> most = makeArray<C>(rows.inner), sums = makeArray<C>(rows.inner);
  for (int64_t o = 0; o < rows.outer; ++o) {
    const C *from = x + rows.first(o);
    C *to = y + rows.first(o);
    std::fill_n(most.get(), rows.inner, algorithm == CUDNN_SOFTMAX_FAST ? C(0) : -std::numeric_limits<C>::infinity());
    std::fill_n(sums.get(), rows.inner, C(0));
    // body(element, row) for all of them.
    auto each = [&](auto body) {
      for (int64_t i = 0; i < rows.size; ++i)
        for (int64_t j = 0; j < rows.inner; ++j)
          body(i * rows.inner + j, j);
    };
    if (algorithm != CUDNN_SOFTMAX_FAST)
      each([&](int64_t i, int64_t j) { most[j] = std::max(most[j], from[i]); });
    if (algorithm == CUDNN_SOFTMAX_LOG) {
      each([&](int64_t i, int64_t j) { sums[j] += std::exp(from[i] - most[j]); });
      for (int64_t j = 0; j < rows.inner; ++j)
        most[j] += std::log(sums[j]);
      each([&](int64_t i, int64_t j) { to[i] = from[i] - most[j]; });
      continue;
    }
    each([&](int64_t i, int64_t j) {
      to[i] = std::exp(from[i] - most[j]);
      sums[j] += to[i];
    });
    each([&](int64_t i, int64_t j) { to[i] /= sums[j]; });
  }
}

template <class C> void softmaxBackward(cudnnSoftmaxAlgorithm_t algorithm, const Rows &rows, const C *y, const C *dy, C *dx) {
  bool isLog = algorithm == CUDNN_SOFTMAX_LOG;
  Array<C> sums = makeArray<C>(rows.inner);
  for (int64_t o = 0; o < rows.outer; ++o) {
    int64_t first = rows.first(o);
    std::fill_n(sums.get(), rows.inner, C(0));
    for (int64_t i = 0; i < rows.size; ++i)
      for (int64_t j = 0, at = first + i * rows.inner; j < rows.inner; ++j, ++at)
        sums[j] += isLog ? dy[at] : dy[at] * y[at];
    for (int64_t i = 0; i < rows.size; ++i)
      for (int64_t j = 0, at = first + i * rows.inner; j < rows.inner; ++j, ++at)
        dx[at] = isLog ? dy[at] - std::exp(y[at]) * sums[j] : y[at] * (dy[at] - sums[j]);
  }
}

bool isSoftmax(cudnnSoftmaxAlgorithm_t algorithm, cudnnSoftmaxMode_t mode) {
  return unsigned(algorithm) <= CUDNN_SOFTMAX_LOG && unsigned(mode) <= CUDNN_SOFTMAX_MODE_CHANNEL;
}

} // namespace

cudnnStatus_t cudnnSoftmaxForward(cudnnHandle_t handle, cudnnSoftmaxAlgorithm_t algorithm, cudnnSoftmaxMode_t mode, const void *alpha,
                                  const cudnnTensorDescriptor_t xDesc, const void *x, const void *beta,
                                  const cudnnTensorDescriptor_t yDesc, void *y) {
  Call call{handle, "cudnnSoftmaxForward"};
  CUPORT_CHECK(call, isSoftmax(algorithm, mode) && alpha && isSet(xDesc) && x && beta && isSet(yDesc) && y && xDesc->sameSize(*yDesc) &&
                         xDesc->type == yDesc->type);
  CUPORT_SUPPORT(call, isReal(xDesc));
  return call.enqueue([=, xt = Tensor(*xDesc), yt = Tensor(*yDesc), blend = blendOf(yDesc->type, alpha, beta)] {
    withCalculated(yt.type, [&](auto type) {
      using C = TypeOf<decltype(type)>;
      Input<C> input(xt, x);
      Output<C> output(yt, y, blend);
      softmax<C>(algorithm, Rows(mode, yt), input, output);
      output.store();
    });
  });
}

cudnnStatus_t cudnnSoftmaxBackward(cudnnHandle_t handle, cudnnSoftmaxAlgorithm_t algorithm, cudnnSoftmaxMode_t mode, const void *alpha,
                                   const cudnnTensorDescriptor_t yDesc, const void *y, const cudnnTensorDescriptor_t dyDesc,
                                   const void *dy, const void *beta, const cudnnTensorDescriptor_t dxDesc, void *dx) {
  Call call{handle, "cudnnSoftmaxBackward"};
  CUPORT_CHECK(call, isSoftmax(algorithm, mode) && alpha && isSet(yDesc) && y && isSet(dyDesc) && dy && beta && isSet(dxDesc) && dx &&
                         yDesc->sameSize(*dyDesc) && yDesc->sameSize(*dxDesc) && yDesc->type == dyDesc->type &&
                         yDesc->type == dxDesc->type);
  CUPORT_SUPPORT(call, isReal(yDesc));
  return call.enqueue([=, yt = Tensor(*yDesc), dyt = Tensor(*dyDesc), dxt = Tensor(*dxDesc), blend = blendOf(dxDesc->type, alpha, beta)] {
    withCalculated(dxt.type, [&](auto type) {
      using C = TypeOf<decltype(type)>;
      Input<C> result(yt, y), gradient(dyt, dy);
      Output<C> output(dxt, dx, blend);
      softmaxBackward<C>(algorithm, Rows(mode, dxt), result, gradient, output);
      output.store();
    });
  });
}
