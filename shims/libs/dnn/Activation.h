// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Activations: a function of one number, and its derivative.

#ifndef CUPORT_LIBS_DNN_ACTIVATION_H
#define CUPORT_LIBS_DNN_ACTIVATION_H

#include "Values.h"

namespace cuport::dnn {

struct Activation {
  cudnnActivationMode_t mode = CUDNN_ACTIVATION_IDENTITY;
  cudnnNanPropagation_t nan = CUDNN_NOT_PROPAGATE_NAN;
  double coefficient = 0; ///< the bound of a clipped ReLU, alpha of an ELU
  double beta = 1;        ///< of swish

  /// y[i] = the function of value(i), for all i from \p first to before \p end.
  template <class C, class Value> void apply(int64_t first, int64_t end, C *y, Value value) const {
    auto each = [&](auto function) {
      for (int64_t i = first; i < end; ++i)
        y[i] = function(C(value(i)));
    };
    C most(coefficient), slope(coefficient), sharpness(beta);
    bool keepsNan = nan == CUDNN_PROPAGATE_NAN;
    switch (mode) {
    case CUDNN_ACTIVATION_SIGMOID: return each([](C x) { return 1 / (1 + std::exp(-x)); });
    case CUDNN_ACTIVATION_RELU:
      return keepsNan ? each([](C x) { return x < 0 ? C(0) : x; }) : each([](C x) { return x > 0 ? x : C(0); });
    case CUDNN_ACTIVATION_TANH: return each([](C x) { return std::tanh(x); });
    case CUDNN_ACTIVATION_CLIPPED_RELU:
      return each([=](C x) { return keepsNan && std::isnan(x) ? x : !(x > 0) ? C(0) : std::min(x, most); });
    case CUDNN_ACTIVATION_ELU: return each([=](C x) { return x > 0 ? x : slope * std::expm1(x); });
    case CUDNN_ACTIVATION_SWISH: return each([=](C x) { return x / (1 + std::exp(-sharpness * x)); });
    default: return each([](C x) { return x; });
    }
  }
  /// At \p x, where the function is \p y.
  template <class C> C derivative(C x, C y) const {
    switch (mode) {
    case CUDNN_ACTIVATION_SIGMOID: return y * (1 - y);
    case CUDNN_ACTIVATION_RELU: return x > 0;
    case CUDNN_ACTIVATION_TANH: return 1 - y * y;
    case CUDNN_ACTIVATION_CLIPPED_RELU: return x > 0 && x < C(coefficient);
    case CUDNN_ACTIVATION_ELU: return x > 0 ? 1 : y + C(coefficient);
    case CUDNN_ACTIVATION_SWISH: {
      C sigmoid = 1 / (1 + std::exp(-C(beta) * x));
      return sigmoid + C(beta) * y * (1 - sigmoid);
    }
    default: return 1;
    }
  }
};

} // namespace cuport::dnn

struct cudnnActivationStruct : cuport::dnn::Activation {};

#endif
