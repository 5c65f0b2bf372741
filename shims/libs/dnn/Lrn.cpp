// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Local response normalisation, across channels.

#include "Values.h"

using namespace cuport;
using namespace cuport::dnn;

struct cudnnLRNStruct {
  unsigned n = 5;
  double alpha = 1e-4, beta = .75, k = 2;
};

CUPORT_DESCRIPTOR(LRN)

cudnnStatus_t cudnnSetLRNDescriptor(cudnnLRNDescriptor_t d, unsigned n, double alpha, double beta, double k) {
  if (!d || n < CUDNN_LRN_MIN_N || n > CUDNN_LRN_MAX_N || k < CUDNN_LRN_MIN_K || beta < CUDNN_LRN_MIN_BETA)
    return CUDNN_STATUS_BAD_PARAM;
  *d = {n, alpha, beta, k};
  return CUDNN_STATUS_SUCCESS;
}

cudnnStatus_t cudnnGetLRNDescriptor(cudnnLRNDescriptor_t d, unsigned *n, double *alpha, double *beta, double *k) {
  if (!d)
    return CUDNN_STATUS_BAD_PARAM;
  if (n)
    *n = d->n;
  if (alpha)
    *alpha = d->alpha;
  if (beta)
    *beta = d->beta;
  if (k)
    *k = d->k;
  return CUDNN_STATUS_SUCCESS;
}

namespace {

/// A batch of channels, each of `plane` elements.
struct Channels {
  int64_t batch, count, plane;
  explicit Channels(const Tensor &t) : batch(t.size[0]), count(t.size[1]), plane(t.countFrom(2)) {}
};

/// to[c] = the sum of value(element) over the channels from c - before to c + after.
template <class C, class Value> void sumOver(const Channels &channels, int64_t before, int64_t after, C *to, Value value) {
  std::fill_n(to, channels.count * channels.plane, C(0));
  for (int64_t c = 0; c < channels.count; ++c)
    for (int64_t other = std::max<int64_t>(0, c - before); other <= std::min(c + after, channels.count - 1); ++other)
      for (int64_t i = 0; i < channels.plane; ++i)
        to[c * channels.plane + i] += value(other * channels.plane + i);
}

int64_t before(const cudnnLRNStruct &d) { return (d.n - 1) / 2; }
int64_t after(const cudnnLRNStruct &d) { return d.n - 1 - before(d); }

/// What an element is divided by, before the power.
template <class C> void scales(const cudnnLRNStruct &d, const Channels &channels, const C *x, C *to) {
  sumOver(channels, before(d), after(d), to, [&](int64_t i) { return x[i] * x[i]; });
  for (int64_t i = 0; i < channels.count * channels.plane; ++i)
    to[i] = C(d.k) + C(d.alpha / d.n) * to[i];
}

} // namespace

cudnnStatus_t cudnnLRNCrossChannelForward(cudnnHandle_t handle, cudnnLRNDescriptor_t lrn, cudnnLRNMode_t mode, const void *alpha,
                                          const cudnnTensorDescriptor_t xDesc, const void *x, const void *beta,
                                          const cudnnTensorDescriptor_t yDesc, void *y) {
  Call call{handle, "cudnnLRNCrossChannelForward"};
  CUPORT_CHECK(call, lrn && mode == CUDNN_LRN_CROSS_CHANNEL_DIM1 && alpha && isSet(xDesc) && x && beta && isSet(yDesc) && y &&
                         xDesc->sameSize(*yDesc) && xDesc->type == yDesc->type);
  CUPORT_SUPPORT(call, isReal(xDesc));
  return call.enqueue([=, d = *lrn, xt = Tensor(*xDesc), yt = Tensor(*yDesc), blend = blendOf(yDesc->type, alpha, beta)] {
    withCalculated(yt.type, [&](auto type) {
      using C = TypeOf<decltype(type)>;
      Input<C> input(xt, x);
      Output<C> output(yt, y, blend);
      Channels channels(xt);
      int64_t size = channels.count * channels.plane;
      Array<C> scale = makeArray<C>(size);
      for (int64_t n = 0; n < channels.batch; ++n) {
        scales(d, channels, input + n * size, scale.get());
        for (int64_t i = 0; i < size; ++i)
          output[n * size + i] = input[n * size + i] * std::pow(scale[i], C(-d.beta));
      }
      output.store();
    });
  });
}

cudnnStatus_t cudnnLRNCrossChannelBackward(cudnnHandle_t handle, cudnnLRNDescriptor_t lrn, cudnnLRNMode_t mode, const void *alpha,
                                           const cudnnTensorDescriptor_t yDesc, const void *y, const cudnnTensorDescriptor_t dyDesc,
                                           const void *dy, const cudnnTensorDescriptor_t xDesc, const void *x, const void *beta,
                                           const cudnnTensorDescriptor_t dxDesc, void *dx) {
  Call call{handle, "cudnnLRNCrossChannelBackward"};
  CUPORT_CHECK(call, lrn && mode == CUDNN_LRN_CROSS_CHANNEL_DIM1 && alpha && isSet(yDesc) && y && isSet(dyDesc) && dy && isSet(xDesc) && x &&
                         beta && isSet(dxDesc) && dx && xDesc->sameSize(*yDesc) && xDesc->sameSize(*dyDesc) && xDesc->sameSize(*dxDesc) &&
                         xDesc->type == yDesc->type && xDesc->type == dyDesc->type && xDesc->type == dxDesc->type);
  CUPORT_SUPPORT(call, isReal(xDesc));
  return call.enqueue([=, d = *lrn, xt = Tensor(*xDesc), yt = Tensor(*yDesc), dyt = Tensor(*dyDesc), dxt = Tensor(*dxDesc),
                       blend = blendOf(dxDesc->type, alpha, beta)] {
    withCalculated(dxt.type, [&](auto type) {
      using C = TypeOf<decltype(type)>;
      Input<C> input(xt, x), results(yt, y), gradient(dyt, dy);
      Output<C> output(dxt, dx, blend);
      Channels channels(xt);
      int64_t size = channels.count * channels.plane;
      Array<C> scale = makeArray<C>(size), sums = makeArray<C>(size);
      for (int64_t n = 0; n < channels.batch; ++n) {
        int64_t first = n * size;
        scales(d, channels, input + first, scale.get());
        // Those that this channel is in the window of.
        sumOver(channels, after(d), before(d), sums.get(), [&](int64_t i) { return gradient[first + i] * results[first + i] / scale[i]; });
        for (int64_t i = 0; i < size; ++i)
          output[first + i] = gradient[first + i] * std::pow(scale[i], C(-d.beta)) - C(2 * d.alpha * d.beta / d.n) * input[first + i] * sums[i];
      }
      output.store();
    });
  });
}
