// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Batch normalisation.

#include "Activation.h"

using namespace cuport;
using namespace cuport::dnn;

namespace {

/// The elements of a batch as those of features, element i of feature f in batch n being (n * features + f) * inner + i.
struct Features {
  int64_t outer, count, inner;
  Features(cudnnBatchNormMode_t mode, const Tensor &layout) : outer(layout.size[0]), count(layout.size[1]), inner(layout.countFrom(2)) {
    if (mode == CUDNN_BATCHNORM_PER_ACTIVATION)
      count *= inner, inner = 1;
    else if (!layout.isPacked()) // channels last
      outer *= inner, inner = 1;
  }
  double each() const { return double(outer * inner); }

  /// body(feature, first element, how many).
  template <class Body> void rows(Body body) const {
    for (int64_t n = 0, at = 0; n < outer; ++n)
      for (int64_t f = 0; f < count; ++f, at += inner)
        body(f, at, inner);
  }
};

/// One number for each feature.
using Numbers = Array<double>;
Numbers zeros(const Features &features) {
  Numbers result = makeArray<double>(features.count);
  std::fill_n(result.get(), features.count, 0.);
  return result;
}

/// result[f] = the sum of value(f, element) / divisor.
template <class Value> Numbers sums(const Features &features, double divisor, Value value) {
  Numbers result = zeros(features);
  features.rows([&](int64_t f, int64_t at, int64_t count) {
    double sum = 0;
    for (int64_t i = at; i < at + count; ++i)
      sum += value(f, i);
    result[f] += sum;
  });
  for (int64_t f = 0; f < features.count; ++f)
    result[f] /= divisor;
  return result;
}

struct Moments {
  Numbers mean, variance;
  template <class C>
  Moments(const Features &features, const C *x)
      : mean(sums(features, features.each(), [&](int64_t, int64_t i) { return x[i]; })),
        variance(sums(features, features.each(), [&](int64_t f, int64_t i) { return (x[i] - mean[f]) * (x[i] - mean[f]); })) {}
};

double inverse(double variance, double epsilon) { return 1 / std::sqrt(variance + epsilon); }

bool isMode(cudnnBatchNormMode_t mode) { return unsigned(mode) <= CUDNN_BATCHNORM_SPATIAL_PERSISTENT; }

/// The sizes of the parameters of \p x.
Tensor parametersOf(const Tensor &x, cudnnBatchNormMode_t mode) {
  Tensor result = x;
  result.size[0] = 1;
  if (mode != CUDNN_BATCHNORM_PER_ACTIVATION)
    std::fill(result.size + 2, result.size + result.rank, 1);
  result.type = x.type == CUDNN_DATA_DOUBLE ? CUDNN_DATA_DOUBLE : CUDNN_DATA_FLOAT;
  result.pack(false);
  return result;
}

bool isData(cudnnBatchNormMode_t mode, const Tensor *x, const Tensor *other, const Tensor *parameters) {
  return isMode(mode) && isSet(x) && isSet(other) && isSet(parameters) && x->sameSize(*other) && x->type == other->type &&
         parameters->sameSize(parametersOf(*x, mode));
}

/// The parameters are packed, so where each element has its own, elements are too.
Layout commonLayout(cudnnBatchNormMode_t mode, const Tensor &x, const Tensor &y) {
  return mode != CUDNN_BATCHNORM_PER_ACTIVATION && x.sameLayout(y) ? Layout::Dense : Layout::Packed;
}

/// y = act(scale * (x - mean) * inverse + bias + z)
template <class C>
void normalise(const Features &features, const C *x, const double *mean, const double *inverses, const C *scale, const C *bias, const C *z,
               const Activation &act, C *y) {
  Array<C> factors = makeArray<C>(features.count), shifts = makeArray<C>(features.count);
  for (int64_t f = 0; f < features.count; ++f) {
    factors[f] = C(scale[f] * inverses[f]);
    shifts[f] = C(mean[f]);
  }
  features.rows([&](int64_t f, int64_t at, int64_t count) {
    C factor = factors[f], shift = shifts[f], added = bias[f];
    if (z)
      act.apply<C>(at, at + count, y, [&](int64_t i) { return (x[i] - shift) * factor + added + z[i]; });
    else
      act.apply<C>(at, at + count, y, [&](int64_t i) { return (x[i] - shift) * factor + added; });
  });
}

Activation activationOf(cudnnBatchNormOps_t ops, const cudnnActivationStruct *given) {
  return ops == CUDNN_BATCHNORM_OPS_BN ? Activation() : Activation(*given);
}

/// What is needed beside is there, and is what cuDNN takes: ReLU.
bool isExtended(cudnnBatchNormOps_t ops, const cudnnActivationStruct *activation) {
  return unsigned(ops) <= CUDNN_BATCHNORM_OPS_BN_ADD_ACTIVATION &&
         (ops == CUDNN_BATCHNORM_OPS_BN ||
          (activation && (activation->mode == CUDNN_ACTIVATION_RELU || activation->mode == CUDNN_ACTIVATION_IDENTITY)));
}

} // namespace

cudnnStatus_t cudnnDeriveBNTensorDescriptor(cudnnTensorDescriptor_t derived, const cudnnTensorDescriptor_t x, cudnnBatchNormMode_t mode) {
  if (!derived || !isSet(x) || !isMode(mode))
    return CUDNN_STATUS_BAD_PARAM;
  static_cast<Tensor &>(*derived) = parametersOf(*x, mode);
  return CUDNN_STATUS_SUCCESS;
}

cudnnStatus_t cudnnBatchNormalizationForwardInference(cudnnHandle_t handle, cudnnBatchNormMode_t mode, const void *alpha,
                                                      const void *beta, const cudnnTensorDescriptor_t xDesc, const void *x,
                                                      const cudnnTensorDescriptor_t yDesc, void *y, const cudnnTensorDescriptor_t pDesc,
                                                      const void *scale, const void *bias, const void *mean, const void *variance,
                                                      double epsilon) {
  Call call{handle, "cudnnBatchNormalizationForwardInference"};
  CUPORT_CHECK(call, alpha && beta && isData(mode, xDesc, yDesc, pDesc) && x && y && scale && bias && mean && variance &&
                         epsilon >= CUDNN_BN_MIN_EPSILON);
  CUPORT_SUPPORT(call, isReal(xDesc) && isReal(pDesc));
  return call.enqueue([=, xt = Tensor(*xDesc), yt = Tensor(*yDesc), pt = Tensor(*pDesc), blend = blendOf(yDesc->type, alpha, beta)] {
    withCalculated(yt.type, [&](auto type) {
      using C = TypeOf<decltype(type)>;
      Input<C> input(xt, x, commonLayout(mode, xt, yt)), scales(pt, scale), biases(pt, bias);
      Input<double> means(pt, mean), variances(pt, variance);
      Output<C> output(yt, y, blend, commonLayout(mode, xt, yt));
      Features features(mode, input.layout);
      Numbers inverses = makeArray<double>(features.count);
      for (int64_t f = 0; f < features.count; ++f)
        inverses[f] = inverse(variances[f], epsilon);
      normalise<C>(features, input, means, inverses.get(), scales, biases, nullptr, {}, output);
      output.store();
    });
  });
}

cudnnStatus_t cudnnBatchNormalizationForwardTrainingEx(
    cudnnHandle_t handle, cudnnBatchNormMode_t mode, cudnnBatchNormOps_t ops, const void *alpha, const void *beta,
    const cudnnTensorDescriptor_t xDesc, const void *x, const cudnnTensorDescriptor_t zDesc, const void *z,
    const cudnnTensorDescriptor_t yDesc, void *y, const cudnnTensorDescriptor_t pDesc, const void *scale, const void *bias, double rate,
    void *runningMean, void *runningVariance, double epsilon, void *savedMean, void *savedInverse, cudnnActivationDescriptor_t activation,
    void *, size_t, void *, size_t) {
  Call call{handle, "cudnnBatchNormalizationForwardTrainingEx"};
  bool adds = ops == CUDNN_BATCHNORM_OPS_BN_ADD_ACTIVATION;
  CUPORT_CHECK(call, alpha && beta && isData(mode, xDesc, yDesc, pDesc) && x && y && scale && bias && isExtended(ops, activation) &&
                         (!adds || (z && isSet(zDesc) && zDesc->sameSize(*xDesc))) && !runningMean == !runningVariance &&
                         !savedMean == !savedInverse && epsilon >= CUDNN_BN_MIN_EPSILON);
  CUPORT_SUPPORT(call, isReal(xDesc) && isReal(pDesc) && (!adds || isReal(zDesc)));
  return call.enqueue([=, xt = Tensor(*xDesc), yt = Tensor(*yDesc), zt = Tensor(adds ? *zDesc : *xDesc), pt = Tensor(*pDesc),
                       act = activationOf(ops, activation), blend = blendOf(yDesc->type, alpha, beta)] {
    withCalculated(yt.type, [&](auto type) {
      using C = TypeOf<decltype(type)>;
      Layout layout = adds && !zt.sameLayout(xt) ? Layout::Packed : commonLayout(mode, xt, yt);
      Input<C> input(xt, x, layout), scales(pt, scale), biases(pt, bias), others(zt, adds ? z : x, layout);
      Features features(mode, input.layout);
      Moments moments(features, static_cast<const C *>(input));
      Numbers inverses = makeArray<double>(features.count);
      for (int64_t f = 0; f < features.count; ++f)
        inverses[f] = inverse(moments.variance[f], epsilon);
      // The new ones, mixed with what there was.
      auto keep = [&](const Numbers &values, void *to, double share, double correction) {
        if (!to)
          return;
        Output<double> output(pt, to, {share, 1 - share});
        for (int64_t f = 0; f < features.count; ++f)
          output[f] = values[f] * correction;
        output.store();
      };
      keep(moments.mean, runningMean, rate, 1);
      keep(moments.variance, runningVariance, rate, features.each() > 1 ? features.each() / (features.each() - 1) : 1);
      keep(moments.mean, savedMean, 1, 1);
      keep(inverses, savedInverse, 1, 1);
      Output<C> output(yt, y, blend, layout);
      normalise<C>(features, input, moments.mean.get(), inverses.get(), scales, biases, adds ? static_cast<const C *>(others) : nullptr, act,
                   output);
      output.store();
    });
  });
}

cudnnStatus_t cudnnBatchNormalizationForwardTraining(cudnnHandle_t handle, cudnnBatchNormMode_t mode, const void *alpha,
                                                     const void *beta, const cudnnTensorDescriptor_t xDesc, const void *x,
                                                     const cudnnTensorDescriptor_t yDesc, void *y, const cudnnTensorDescriptor_t pDesc,
                                                     const void *scale, const void *bias, double rate, void *runningMean,
                                                     void *runningVariance, double epsilon, void *savedMean, void *savedInverse) {
  return cudnnBatchNormalizationForwardTrainingEx(handle, mode, CUDNN_BATCHNORM_OPS_BN, alpha, beta, xDesc, x, nullptr, nullptr, yDesc, y,
                                                  pDesc, scale, bias, rate, runningMean, runningVariance, epsilon, savedMean, savedInverse,
                                                  nullptr, nullptr, 0, nullptr, 0);
}

cudnnStatus_t cudnnBatchNormalizationBackwardEx(
    cudnnHandle_t handle, cudnnBatchNormMode_t mode, cudnnBatchNormOps_t ops, const void *alphaData, const void *betaData,
    const void *alphaParameters, const void *betaParameters, const cudnnTensorDescriptor_t xDesc, const void *x,
    const cudnnTensorDescriptor_t yDesc, const void *y, const cudnnTensorDescriptor_t dyDesc, const void *dy,
    const cudnnTensorDescriptor_t dzDesc, void *dz, const cudnnTensorDescriptor_t dxDesc, void *dx, const cudnnTensorDescriptor_t pDesc,
    const void *scale, const void *, void *dScale, void *dBias, double epsilon, const void *savedMean, const void *savedInverse,
    cudnnActivationDescriptor_t activation, void *, size_t, void *, size_t) {
  Call call{handle, "cudnnBatchNormalizationBackwardEx"};
  bool adds = ops == CUDNN_BATCHNORM_OPS_BN_ADD_ACTIVATION, acts = ops != CUDNN_BATCHNORM_OPS_BN;
  CUPORT_CHECK(call, alphaData && betaData && alphaParameters && betaParameters && isData(mode, xDesc, dyDesc, pDesc) && isSet(dxDesc) &&
                         dxDesc->sameSize(*xDesc) && x && dy && dx && scale && dScale && dBias && isExtended(ops, activation) &&
                         (!acts || (y && isSet(yDesc) && yDesc->sameSize(*xDesc))) &&
                         (!adds || (dz && isSet(dzDesc) && dzDesc->sameSize(*xDesc))) && !savedMean == !savedInverse &&
                         epsilon >= CUDNN_BN_MIN_EPSILON);
  CUPORT_SUPPORT(call, isReal(xDesc) && isReal(dxDesc) && isReal(pDesc) && (!acts || isReal(yDesc)) && (!adds || isReal(dzDesc)));
  return call.enqueue([=, xt = Tensor(*xDesc), yt = Tensor(acts ? *yDesc : *xDesc), dyt = Tensor(*dyDesc), dzt = Tensor(adds ? *dzDesc : *xDesc),
                       dxt = Tensor(*dxDesc), pt = Tensor(*pDesc), act = activationOf(ops, activation),
                       data = blendOf(xDesc->type, alphaData, betaData), parameters = blendOf(xDesc->type, alphaParameters, betaParameters)] {
    withCalculated(xt.type, [&](auto type) {
      using C = TypeOf<decltype(type)>;
      Layout layout = commonLayout(mode, xt, dyt) == commonLayout(mode, xt, dxt) && !acts ? commonLayout(mode, xt, dyt) : Layout::Packed;
      Input<C> input(xt, x, layout), given(dyt, dy, layout), scales(pt, scale);
      Features features(mode, input.layout);
      int64_t count = xt.count();
      // Of what stands before the activation, which is the gradient of what was added, too.
      Array<C> own;
      const C *gradient = given;
      if (acts) {
        Input<C> results(yt, y);
        own = makeArray<C>(count);
        for (int64_t i = 0; i < count; ++i)
          own[i] = given[i] * act.derivative(results[i], results[i]);
        gradient = own.get();
      }
      if (adds)
        store(dzt, gradient, dz, {}, input.layout);
      Numbers mean = zeros(features), inverses = zeros(features);
      if (savedMean) {
        Input<double> means(pt, savedMean), saved(pt, savedInverse);
        std::copy_n(static_cast<const double *>(means), features.count, mean.get());
        std::copy_n(static_cast<const double *>(saved), features.count, inverses.get());
      } else {
        Moments moments(features, static_cast<const C *>(input));
        for (int64_t f = 0; f < features.count; ++f) {
          mean[f] = moments.mean[f];
          inverses[f] = inverse(moments.variance[f], epsilon);
        }
      }
      Numbers sum = sums(features, 1, [&](int64_t, int64_t i) { return gradient[i]; });
      Numbers weighted = sums(features, 1, [&](int64_t f, int64_t i) { return gradient[i] * (input[i] - mean[f]) * inverses[f]; });
      Output<C> output(dxt, dx, data, layout);
      features.rows([&](int64_t f, int64_t at, int64_t length) {
        C shift(mean[f]), factor(scales[f] * inverses[f]), constant(sum[f] / features.each());
        C slope(weighted[f] / features.each() * inverses[f]);
        for (int64_t i = at; i < at + length; ++i)
          output[i] = factor * (gradient[i] - constant - (input[i] - shift) * slope);
      });
      output.store();
      auto keep = [&](const Numbers &values, void *to) { store(pt, values.get(), to, parameters, layoutOf<double>(pt, Layout::Packed)); };
      keep(weighted, dScale);
      keep(sum, dBias);
    });
  });
}

cudnnStatus_t cudnnBatchNormalizationBackward(cudnnHandle_t handle, cudnnBatchNormMode_t mode, const void *alphaData,
                                              const void *betaData, const void *alphaParameters, const void *betaParameters,
                                              const cudnnTensorDescriptor_t xDesc, const void *x, const cudnnTensorDescriptor_t dyDesc,
                                              const void *dy, const cudnnTensorDescriptor_t dxDesc, void *dx,
                                              const cudnnTensorDescriptor_t pDesc, const void *scale, void *dScale, void *dBias,
                                              double epsilon, const void *savedMean, const void *savedInverse) {
  return cudnnBatchNormalizationBackwardEx(handle, mode, CUDNN_BATCHNORM_OPS_BN, alphaData, betaData, alphaParameters, betaParameters,
                                           xDesc, x, nullptr, nullptr, dyDesc, dy, nullptr, nullptr, dxDesc, dx, pDesc, scale, nullptr,
                                           dScale, dBias, epsilon, savedMean, savedInverse, nullptr, nullptr, 0, nullptr, 0);
}

// y is what the way back needs of the way there, so nothing is kept.
static Status noSpace(bool valid, size_t *size) {
  if (!valid || !size)
    return CUDNN_STATUS_BAD_PARAM;
  *size = 0;
  return CUDNN_STATUS_SUCCESS;
}

cudnnStatus_t cudnnGetBatchNormalizationForwardTrainingExWorkspaceSize(cudnnHandle_t handle, cudnnBatchNormMode_t mode,
                                                                       cudnnBatchNormOps_t, const cudnnTensorDescriptor_t x,
                                                                       const cudnnTensorDescriptor_t, const cudnnTensorDescriptor_t,
                                                                       const cudnnTensorDescriptor_t, const cudnnActivationDescriptor_t,
                                                                       size_t *size) {
  return noSpace(handle && isMode(mode) && isSet(x), size);
}

cudnnStatus_t cudnnGetBatchNormalizationBackwardExWorkspaceSize(cudnnHandle_t handle, cudnnBatchNormMode_t mode, cudnnBatchNormOps_t,
                                                                const cudnnTensorDescriptor_t x, const cudnnTensorDescriptor_t,
                                                                const cudnnTensorDescriptor_t, const cudnnTensorDescriptor_t,
                                                                const cudnnTensorDescriptor_t, const cudnnTensorDescriptor_t,
                                                                const cudnnActivationDescriptor_t, size_t *size) {
  return noSpace(handle && isMode(mode) && isSet(x), size);
}

cudnnStatus_t cudnnGetBatchNormalizationTrainingExReserveSpaceSize(cudnnHandle_t handle, cudnnBatchNormMode_t mode, cudnnBatchNormOps_t,
                                                                   const cudnnActivationDescriptor_t, const cudnnTensorDescriptor_t x,
                                                                   size_t *size) {
  return noSpace(handle && isMode(mode) && isSet(x), size);
}
