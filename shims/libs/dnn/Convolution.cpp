// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Convolutions forwards and backwards.

#include "Activation.h"
#include "Convolution.h"

using namespace cuport;
using namespace cuport::dnn;

namespace {

/// The filter turned around in each of its dimensions but the first two.
template <class C> void turnAround(const Tensor &w, C *values) {
  int64_t taps = w.countFrom(2);
  for (int64_t i = 0, planes = int64_t(w.size[0]) * w.size[1]; i < planes; ++i)
    std::reverse(values + i * taps, values + (i + 1) * taps);
}

/// A filter to read, turned around where the shape says so.
template <class C> class FilterInput {
  Input<C> given;
  Array<C> turned;

public:
  FilterInput(const Tensor &w, const void *data, const Shape &s) : given(w, data, s.flip ? Layout::Packed : Layout::Dense) {
    if (!s.flip)
      return;
    turned = makeArray<C>(w.count());
    std::copy_n(static_cast<const C *>(given), w.count(), turned.get());
    turnAround(w, turned.get());
  }
  const Tensor &layout() const { return given.layout; }
  /// Only read.
  C *data() const { return turned ? turned.get() : const_cast<C *>(static_cast<const C *>(given)); }
};

/// One of the three is the result, the other two are read. Of float that stands as it is wanted nothing is copied.
template <class C>
void calculate(Pass pass, const Shape &s, const Tensor &x, C *xs, const Tensor &w, C *ws, const Tensor &y, C *ys, int threads) {
  if constexpr (std::is_same_v<C, float>)
    if (convolveByOneDnn(pass, s, x, xs, w, ws, y, ys, threads))
      return;
  if (x.isPacked() && w.isPacked() && y.isPacked())
    return convolve(pass, s, xs, ws, ys);
  Tensor from[] = {x, w, y};
  C *data[] = {xs, ws, ys};
  Array<C> arrays[3];
  for (int i = 0; i < 3; ++i) {
    arrays[i] = makeArray<C>(from[i].count());
    load(from[i], data[i], arrays[i].get(), layoutOf<C>(from[i], Layout::Packed));
  }
  convolve(pass, s, arrays[0].get(), arrays[1].get(), arrays[2].get());
  int result = pass == Pass::Forward ? 2 : pass == Pass::BackwardData ? 0 : 1;
  store(from[result], arrays[result].get(), data[result], {}, layoutOf<C>(from[result], Layout::Packed));
}

template <class C> C *writable(const Input<C> &input) { return const_cast<C *>(static_cast<const C *>(input)); }

/// What loops want, or oneDNN.
template <class C> constexpr Layout wanted = std::is_same_v<C, float> ? Layout::Dense : Layout::Packed;

template <class C>
void forward(const Shape &s, const Tensor &x, const void *xs, const Tensor &w, const void *ws, const Tensor &y, void *ys, const Blend &blend,
             int threads) {
  Input<C> input(x, xs, wanted<C>);
  FilterInput<C> filter(w, ws, s);
  Output<C> output(y, ys, blend, wanted<C>);
  calculate<C>(Pass::Forward, s, input.layout, writable(input), filter.layout(), filter.data(), output.layout, output, threads);
  output.store();
}

bool isInteger(cudnnDataType_t type) { return type == CUDNN_DATA_INT8 || type == CUDNN_DATA_UINT8; }

/// Integers of 8 bits are multiplied with such, and become such or float.
bool typesFit(const Tensor &x, const Tensor &w, const Tensor &y) {
  if (isInteger(x.type))
    return w.type == CUDNN_DATA_INT8 && (isInteger(y.type) || y.type == CUDNN_DATA_FLOAT || y.type == CUDNN_DATA_INT32);
  return isReal(&x) && w.type == x.type && (y.type == x.type || (y.type == CUDNN_DATA_FLOAT && x.type != CUDNN_DATA_DOUBLE));
}

} // namespace

void dnn::convolveTensors(Pass pass, const Shape &s, const Tensor &x, void *xs, const Tensor &w, void *ws, const Tensor &y, void *ys,
                          const Blend &blend, int threads) {
  switch (pass) {
  case Pass::Forward:
    if (isInteger(x.type))
      return forward<int32_t>(s, x, xs, w, ws, y, ys, blend, threads);
    return withCalculated(y.type, [&](auto type) { forward<TypeOf<decltype(type)>>(s, x, xs, w, ws, y, ys, blend, threads); });
  case Pass::BackwardData:
    return withCalculated(x.type, [&](auto type) {
      using C = TypeOf<decltype(type)>;
      Input<C> gradient(y, ys, wanted<C>);
      FilterInput<C> filter(w, ws, s);
      Output<C> output(x, xs, blend, wanted<C>);
      calculate<C>(Pass::BackwardData, s, output.layout, output, filter.layout(), filter.data(), gradient.layout, writable(gradient), threads);
      output.store();
    });
  case Pass::BackwardFilter:
    return withCalculated(w.type, [&](auto type) {
      using C = TypeOf<decltype(type)>;
      Input<C> input(x, xs, wanted<C>), gradient(y, ys, wanted<C>);
      Output<C> output(w, ws, blend, s.flip ? Layout::Packed : wanted<C>);
      calculate<C>(Pass::BackwardFilter, s, input.layout, writable(input), output.layout, output, gradient.layout, writable(gradient), threads);
      if (s.flip)
        turnAround(w, static_cast<C *>(output));
      output.store();
    });
  }
}

cudnnStatus_t cudnnConvolutionForward(cudnnHandle_t handle, const void *alpha, const cudnnTensorDescriptor_t xDesc, const void *x,
                                      const cudnnFilterDescriptor_t wDesc, const void *w, const cudnnConvolutionDescriptor_t conv,
                                      cudnnConvolutionFwdAlgo_t algorithm, void *, size_t, const void *beta,
                                      const cudnnTensorDescriptor_t yDesc, void *y) {
  Call call{handle, "cudnnConvolutionForward"};
  CUPORT_CHECK(call, alpha && isSet(xDesc) && x && isSet(wDesc) && w && conv && beta && isSet(yDesc) && y &&
                         unsigned(algorithm) < CUDNN_CONVOLUTION_FWD_ALGO_COUNT && fits(*conv, *xDesc, *wDesc, *yDesc));
  CUPORT_SUPPORT(call, typesFit(*xDesc, *wDesc, *yDesc) && conv->rank >= 1 && conv->rank <= 3);
  return call.enqueue([=, s = shapeOf(*conv, *xDesc, *wDesc, *yDesc), xt = Tensor(*xDesc), wt = Tensor(*wDesc), yt = Tensor(*yDesc),
                       blend = blendOf(yDesc->type, alpha, beta), threads = handle->threads] {
    convolveTensors(Pass::Forward, s, xt, const_cast<void *>(x), wt, const_cast<void *>(w), yt, y, blend, threads);
  });
}

cudnnStatus_t cudnnConvolutionBackwardData(cudnnHandle_t handle, const void *alpha, const cudnnFilterDescriptor_t wDesc, const void *w,
                                           const cudnnTensorDescriptor_t dyDesc, const void *dy, const cudnnConvolutionDescriptor_t conv,
                                           cudnnConvolutionBwdDataAlgo_t algorithm, void *, size_t, const void *beta,
                                           const cudnnTensorDescriptor_t dxDesc, void *dx) {
  Call call{handle, "cudnnConvolutionBackwardData"};
  CUPORT_CHECK(call, alpha && isSet(wDesc) && w && isSet(dyDesc) && dy && conv && beta && isSet(dxDesc) && dx &&
                         unsigned(algorithm) < CUDNN_CONVOLUTION_BWD_DATA_ALGO_COUNT && fits(*conv, *dxDesc, *wDesc, *dyDesc));
  CUPORT_SUPPORT(call, isReal(dxDesc) && typesFit(*dyDesc, *wDesc, *dxDesc) && conv->rank >= 1 && conv->rank <= 3);
  return call.enqueue([=, s = shapeOf(*conv, *dxDesc, *wDesc, *dyDesc), xt = Tensor(*dxDesc), wt = Tensor(*wDesc), yt = Tensor(*dyDesc),
                       blend = blendOf(dxDesc->type, alpha, beta), threads = handle->threads] {
    convolveTensors(Pass::BackwardData, s, xt, dx, wt, const_cast<void *>(w), yt, const_cast<void *>(dy), blend, threads);
  });
}

cudnnStatus_t cudnnConvolutionBackwardFilter(cudnnHandle_t handle, const void *alpha, const cudnnTensorDescriptor_t xDesc, const void *x,
                                             const cudnnTensorDescriptor_t dyDesc, const void *dy, const cudnnConvolutionDescriptor_t conv,
                                             cudnnConvolutionBwdFilterAlgo_t algorithm, void *, size_t, const void *beta,
                                             const cudnnFilterDescriptor_t dwDesc, void *dw) {
  Call call{handle, "cudnnConvolutionBackwardFilter"};
  CUPORT_CHECK(call, alpha && isSet(xDesc) && x && isSet(dyDesc) && dy && conv && beta && isSet(dwDesc) && dw &&
                         unsigned(algorithm) < CUDNN_CONVOLUTION_BWD_FILTER_ALGO_COUNT && fits(*conv, *xDesc, *dwDesc, *dyDesc));
  CUPORT_SUPPORT(call, isReal(dwDesc) && typesFit(*xDesc, *dyDesc, *dwDesc) && conv->rank >= 1 && conv->rank <= 3);
  return call.enqueue([=, s = shapeOf(*conv, *xDesc, *dwDesc, *dyDesc), xt = Tensor(*xDesc), wt = Tensor(*dwDesc), yt = Tensor(*dyDesc),
                       blend = blendOf(dwDesc->type, alpha, beta), threads = handle->threads] {
    convolveTensors(Pass::BackwardFilter, s, xt, const_cast<void *>(x), wt, dw, yt, const_cast<void *>(dy), blend, threads);
  });
}

cudnnStatus_t cudnnConvolutionBackwardBias(cudnnHandle_t handle, const void *alpha, const cudnnTensorDescriptor_t dyDesc, const void *dy,
                                           const void *beta, const cudnnTensorDescriptor_t dbDesc, void *db) {
  Call call{handle, "cudnnConvolutionBackwardBias"};
  CUPORT_CHECK(call, alpha && isSet(dyDesc) && dy && beta && isSet(dbDesc) && db && dbDesc->rank == dyDesc->rank &&
                         dbDesc->size[1] == dyDesc->size[1] && dbDesc->count() == dbDesc->size[1]);
  CUPORT_SUPPORT(call, isReal(dyDesc) && isReal(dbDesc));
  return call.enqueue([=, yt = Tensor(*dyDesc), bt = Tensor(*dbDesc), blend = blendOf(dyDesc->type, alpha, beta)] {
    withCalculated(yt.type, [&](auto type) {
      using C = TypeOf<decltype(type)>;
      Input<C> gradient(yt, dy);
      Output<C> output(bt, db, blend);
      int channels = yt.size[1];
      int64_t plane = yt.countFrom(2);
      for (int c = 0; c < channels; ++c) {
        double sum = 0;
        for (int n = 0; n < yt.size[0]; ++n)
          for (int64_t i = 0; i < plane; ++i)
            sum += gradient[(int64_t(n) * channels + c) * plane + i];
        output[c] = C(sum);
      }
      output.store();
    });
  });
}

cudnnStatus_t cudnnConvolutionBiasActivationForward(cudnnHandle_t handle, const void *alpha1, const cudnnTensorDescriptor_t xDesc,
                                                    const void *x, const cudnnFilterDescriptor_t wDesc, const void *w,
                                                    const cudnnConvolutionDescriptor_t conv, cudnnConvolutionFwdAlgo_t algorithm, void *,
                                                    size_t, const void *alpha2, const cudnnTensorDescriptor_t zDesc, const void *z,
                                                    const cudnnTensorDescriptor_t biasDesc, const void *bias,
                                                    const cudnnActivationDescriptor_t activation, const cudnnTensorDescriptor_t yDesc,
                                                    void *y) {
  Call call{handle, "cudnnConvolutionBiasActivationForward"};
  CUPORT_CHECK(call, alpha1 && isSet(xDesc) && x && isSet(wDesc) && w && conv && alpha2 && isSet(zDesc) && isSet(biasDesc) && bias &&
                         activation && isSet(yDesc) && y && unsigned(algorithm) < CUDNN_CONVOLUTION_FWD_ALGO_COUNT &&
                         fits(*conv, *xDesc, *wDesc, *yDesc) && zDesc->sameSize(*yDesc) && biasDesc->rank == yDesc->rank &&
                         biasDesc->size[1] == yDesc->size[1] && biasDesc->count() == biasDesc->size[1] &&
                         (activation->mode == CUDNN_ACTIVATION_RELU || activation->mode == CUDNN_ACTIVATION_IDENTITY));
  Blend factors = blendOf(yDesc->type, alpha1, alpha2);
  CUPORT_CHECK(call, z || factors.beta == 0);
  CUPORT_SUPPORT(call, typesFit(*xDesc, *wDesc, *yDesc) && conv->rank >= 1 && conv->rank <= 3);
  return call.enqueue([=, s = shapeOf(*conv, *xDesc, *wDesc, *yDesc), xt = Tensor(*xDesc), wt = Tensor(*wDesc), yt = Tensor(*yDesc),
                       zt = Tensor(*zDesc), bt = Tensor(*biasDesc), act = Activation(*activation), threads = handle->threads] {
    withCalculated(yt.type, [&](auto type) {
      using C = TypeOf<decltype(type)>;
      Tensor result = layoutOf<C>(yt, Layout::Packed);
      Output<C> output(yt, y, {});
      // Where y is z it is read before it is written.
      Array<C> sums = makeArray<C>(yt.count());
      if (isInteger(xt.type))
        forward<int32_t>(s, xt, x, wt, w, result, sums.get(), {}, threads);
      else
        forward<C>(s, xt, x, wt, w, result, sums.get(), {}, threads);
      Input<C> biases(bt, bias);
      C alpha(factors.alpha), beta(factors.beta);
      int64_t plane = yt.countFrom(2), count = yt.count();
      auto finish = [&](auto added) {
        for (int64_t first = 0, channel = 0; first < count; first += plane, channel = (channel + 1) % s.k)
          act.apply<C>(first, first + plane, output, [&](int64_t i) { return alpha * sums[i] + added(i) + biases[channel]; });
      };
      if (beta == 0)
        finish([](int64_t) { return C(0); });
      else {
        Input<C> others(zt, z);
        finish([&](int64_t i) { return beta * others[i]; });
      }
      output.store();
    });
  });
}
