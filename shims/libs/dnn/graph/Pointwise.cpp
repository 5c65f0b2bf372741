// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Operations element by element, forwards and backwards.

#include "Elements.h"

using namespace cuport;
using namespace cuport::dnn;
using namespace cuport::dnn::graph;

namespace {

enum Part { X, B, T, Y, DX, DY };
enum Number { Mode, Alpha1, Alpha2, Lower, Upper, Slope, EluAlpha, SoftplusBeta, SwishBeta, Axis };

bool isBackward(int mode) { return mode >= CUDNN_POINTWISE_RELU_BWD && mode <= CUDNN_POINTWISE_GELU_APPROX_TANH_BWD; }

template <class C> C sigmoid(C x) { return 1 / (1 + std::exp(-x)); }
/// The share of GELU's argument that it lets through, and the slope of that.
template <class C> C gelu(C x) { return C(0.5) * (1 + std::erf(x * C(M_SQRT1_2))); }
template <class C> C geluSlope(C x) { return gelu(x) + x * std::exp(C(-0.5) * x * x) * C(M_2_SQRTPI * M_SQRT1_2 / 2); }
template <class C> C geluTanh(C x) { return std::tanh(C(M_2_SQRTPI * M_SQRT1_2) * (x + C(0.044715) * x * x * x)); }
template <class C> C geluTanhSlope(C x) {
  C t = geluTanh(x);
  return C(0.5) * (1 + t) + C(0.5) * x * (1 - t * t) * C(M_2_SQRTPI * M_SQRT1_2) * (1 + 3 * C(0.044715) * x * x);
}

/// Calls \p body with the function of one argument that the mode is; false where it is none.
template <class C, class Body> bool withUnary(const std::vector<double> &n, Body body) {
  C lower(n[Lower]), upper(n[Upper]), slope(n[Slope]), elu(n[EluAlpha]), softplus(n[SoftplusBeta]), swish(n[SwishBeta]);
  switch (int(n[Mode])) {
  case CUDNN_POINTWISE_SQRT: body([](C x) { return std::sqrt(x); }); return true;
  case CUDNN_POINTWISE_ABS: body([](C x) { return std::fabs(x); }); return true;
  case CUDNN_POINTWISE_CEIL: body([](C x) { return std::ceil(x); }); return true;
  case CUDNN_POINTWISE_COS: body([](C x) { return std::cos(x); }); return true;
  case CUDNN_POINTWISE_EXP: body([](C x) { return std::exp(x); }); return true;
  case CUDNN_POINTWISE_FLOOR: body([](C x) { return std::floor(x); }); return true;
  case CUDNN_POINTWISE_LOG: body([](C x) { return std::log(x); }); return true;
  case CUDNN_POINTWISE_NEG: body([](C x) { return -x; }); return true;
  case CUDNN_POINTWISE_RSQRT: body([](C x) { return 1 / std::sqrt(x); }); return true;
  case CUDNN_POINTWISE_SIN: body([](C x) { return std::sin(x); }); return true;
  case CUDNN_POINTWISE_TAN: body([](C x) { return std::tan(x); }); return true;
  case CUDNN_POINTWISE_ERF: body([](C x) { return std::erf(x); }); return true;
  case CUDNN_POINTWISE_IDENTITY: body([](C x) { return x; }); return true;
  case CUDNN_POINTWISE_RECIPROCAL: body([](C x) { return 1 / x; }); return true;
  case CUDNN_POINTWISE_LOGICAL_NOT: body([](C x) { return C(x == 0); }); return true;
  case CUDNN_POINTWISE_RELU_FWD:
    body([=](C x) { return x < lower ? lower + slope * (x - lower) : x > upper ? upper : x; });
    return true;
  case CUDNN_POINTWISE_TANH_FWD: body([](C x) { return std::tanh(x); }); return true;
  case CUDNN_POINTWISE_SIGMOID_FWD: body([](C x) { return sigmoid(x); }); return true;
  case CUDNN_POINTWISE_ELU_FWD: body([=](C x) { return x > 0 ? x : elu * std::expm1(x); }); return true;
  case CUDNN_POINTWISE_GELU_FWD: body([](C x) { return x * gelu(x); }); return true;
  case CUDNN_POINTWISE_SOFTPLUS_FWD:
    body([=](C x) { return std::max(x, C(0)) + std::log1p(std::exp(-std::fabs(softplus * x))) / softplus; });
    return true;
  case CUDNN_POINTWISE_SWISH_FWD: body([=](C x) { return x * sigmoid(swish * x); }); return true;
  case CUDNN_POINTWISE_GELU_APPROX_TANH_FWD: body([](C x) { return C(0.5) * x * (1 + geluTanh(x)); }); return true;
  default: return false;
  }
}

/// The same of two arguments; backwards these are x and dy.
template <class C, class Body> bool withBinary(const std::vector<double> &n, Body body) {
  C lower(n[Lower]), upper(n[Upper]), slope(n[Slope]), elu(n[EluAlpha]), softplus(n[SoftplusBeta]), swish(n[SwishBeta]);
  switch (int(n[Mode])) {
  case CUDNN_POINTWISE_ADD: body([](C x, C b) { return x + b; }); return true;
  case CUDNN_POINTWISE_MUL: body([](C x, C b) { return x * b; }); return true;
  case CUDNN_POINTWISE_MIN: body([](C x, C b) { return b < x ? b : x; }); return true;
  case CUDNN_POINTWISE_MAX: body([](C x, C b) { return b > x ? b : x; }); return true;
  case CUDNN_POINTWISE_ADD_SQUARE: body([](C x, C b) { return x + b * b; }); return true;
  case CUDNN_POINTWISE_DIV: body([](C x, C b) { return x / b; }); return true;
  case CUDNN_POINTWISE_MOD: body([](C x, C b) { return std::fmod(x, b); }); return true;
  case CUDNN_POINTWISE_POW: body([](C x, C b) { return std::pow(x, b); }); return true;
  case CUDNN_POINTWISE_SUB: body([](C x, C b) { return x - b; }); return true;
  case CUDNN_POINTWISE_ATAN2: body([](C x, C b) { return std::atan2(x, b); }); return true;
  case CUDNN_POINTWISE_CMP_EQ: body([](C x, C b) { return C(x == b); }); return true;
  case CUDNN_POINTWISE_CMP_NEQ: body([](C x, C b) { return C(x != b); }); return true;
  case CUDNN_POINTWISE_CMP_GT: body([](C x, C b) { return C(x > b); }); return true;
  case CUDNN_POINTWISE_CMP_GE: body([](C x, C b) { return C(x >= b); }); return true;
  case CUDNN_POINTWISE_CMP_LT: body([](C x, C b) { return C(x < b); }); return true;
  case CUDNN_POINTWISE_CMP_LE: body([](C x, C b) { return C(x <= b); }); return true;
  case CUDNN_POINTWISE_LOGICAL_AND: body([](C x, C b) { return C(x != 0 && b != 0); }); return true;
  case CUDNN_POINTWISE_LOGICAL_OR: body([](C x, C b) { return C(x != 0 || b != 0); }); return true;
  case CUDNN_POINTWISE_RELU_BWD:
    body([=](C x, C dy) { return x <= lower ? slope * dy : x >= upper ? C(0) : dy; });
    return true;
  case CUDNN_POINTWISE_TANH_BWD: body([](C x, C dy) { return dy * (1 - std::tanh(x) * std::tanh(x)); }); return true;
  case CUDNN_POINTWISE_SIGMOID_BWD: body([](C x, C dy) { return dy * sigmoid(x) * (1 - sigmoid(x)); }); return true;
  case CUDNN_POINTWISE_ELU_BWD: body([=](C x, C dy) { return x > 0 ? dy : dy * elu * std::exp(x); }); return true;
  case CUDNN_POINTWISE_GELU_BWD: body([](C x, C dy) { return dy * geluSlope(x); }); return true;
  case CUDNN_POINTWISE_SOFTPLUS_BWD: body([=](C x, C dy) { return dy * sigmoid(softplus * x); }); return true;
  case CUDNN_POINTWISE_SWISH_BWD:
    body([=](C x, C dy) {
      C s = sigmoid(swish * x);
      return dy * s * (1 + swish * x * (1 - s));
    });
    return true;
  case CUDNN_POINTWISE_GELU_APPROX_TANH_BWD: body([](C x, C dy) { return dy * geluTanhSlope(x); }); return true;
  default: return false;
  }
}

/// A mode that needs neither a function of one nor of two.
bool isSpecial(int mode) { return mode == CUDNN_POINTWISE_BINARY_SELECT || mode == CUDNN_POINTWISE_GEN_INDEX; }

const char *readPointwise(const Descriptor &d, const Tensors &t, std::vector<double> &n) {
  const Descriptor *how = d.descriptor(CUDNN_ATTR_OPERATION_POINTWISE_PW_DESCRIPTOR);
  if (how->type != CUDNN_BACKEND_POINTWISE_DESCRIPTOR)
    return "a mode that is no pointwise descriptor";
  int mode = how->get<cudnnPointwiseMode_t>(CUDNN_ATTR_POINTWISE_MODE);
  n = {double(mode),
       d.real(CUDNN_ATTR_OPERATION_POINTWISE_ALPHA1, 1),
       d.real(CUDNN_ATTR_OPERATION_POINTWISE_ALPHA2, 1),
       how->real(CUDNN_ATTR_POINTWISE_RELU_LOWER_CLIP, 0),
       how->real(CUDNN_ATTR_POINTWISE_RELU_UPPER_CLIP, std::numeric_limits<double>::infinity()),
       how->real(CUDNN_ATTR_POINTWISE_RELU_LOWER_CLIP_SLOPE, 0),
       how->real(CUDNN_ATTR_POINTWISE_ELU_ALPHA, 1),
       how->real(CUDNN_ATTR_POINTWISE_SOFTPLUS_BETA, 1),
       how->real(CUDNN_ATTR_POINTWISE_SWISH_BETA, 1),
       double(how->get<int64_t>(CUDNN_ATTR_POINTWISE_AXIS, -1))};
  bool isUnary = withUnary<float>(n, [](auto) {}), isBinary = withBinary<float>(n, [](auto) {});
  if (!isUnary && !isBinary && !isSpecial(mode))
    return "a mode of pointwise operations that is not there";
  const Tensor *result = isBackward(mode) ? t[DX] : t[Y];
  if (!result || (isBackward(mode) ? !t[DY] : isBinary && !t[B]) || (mode == CUDNN_POINTWISE_BINARY_SELECT && (!t[B] || !t[T])))
    return "a tensor that the mode needs is not set";
  for (int i : {X, B, T, DY})
    if (t[i] && mode != CUDNN_POINTWISE_GEN_INDEX && !spreadsTo(*t[i], *result))
      return "tensors of sizes that do not go together";
  if (mode == CUDNN_POINTWISE_GEN_INDEX && (n[Axis] < 0 || n[Axis] >= result->rank))
    return "an axis that the tensor has not";
  return nullptr;
}

template <class C> void calculate(const Operation &o, const Run &run) {
  const std::vector<double> &n = o.numbers;
  int mode = int(n[Mode]), output = isBackward(mode) ? o.tensors[DX] : o.tensors[Y], second = isBackward(mode) ? o.tensors[DY] : o.tensors[B];
  const Tensor &result = run.tensor(output);
  auto tensor = [&](int number) { return number == none ? nullptr : &run.tensor(number); };
  C alpha1(n[Alpha1]), alpha2(n[Alpha2]);
  if (mode == CUDNN_POINTWISE_GEN_INDEX) {
    Target<C> y(run, output);
    int axis = int(n[Axis]), size = result.size[axis];
    int64_t behind = result.countFrom(axis + 1);
    for (int64_t i = 0, count = result.count(); i < count; ++i)
      y[i] = C(i / behind % size);
    return y.store();
  }
  Source<C> x(run, o.tensors[X]), b(run, second), mask(run, mode == CUDNN_POINTWISE_BINARY_SELECT ? o.tensors[T] : none);
  Target<C> y(run, output);
  const Tensor *xt = tensor(o.tensors[X]), *bt = tensor(second);
  if (mask)
    eachOf<3>(result, {xt, bt, tensor(o.tensors[T])}, [&](int64_t i, const auto &at) { y[i] = mask[at[2]] != 0 ? x[at[0]] : b[at[1]]; });
  else if (!withUnary<C>(n, [&](auto function) {
             eachOf<1>(result, {xt}, [&](int64_t i, const auto &at) { y[i] = function(alpha1 * x[at[0]]); });
           }))
    withBinary<C>(n, [&](auto function) {
      eachOf<2>(result, {xt, bt}, [&](int64_t i, const auto &at) { y[i] = function(alpha1 * x[at[0]], alpha2 * b[at[1]]); });
    });
  y.store();
}

void runPointwise(const Operation &o, const Run &run) {
  withType(run, o, [&](auto type) { calculate<TypeOf<decltype(type)>>(o, run); });
}

} // namespace

const Kind graph::pointwise{CUDNN_BACKEND_OPERATION_POINTWISE_DESCRIPTOR,
                            {{CUDNN_ATTR_OPERATION_POINTWISE_XDESC, Use::Reads},
                             {CUDNN_ATTR_OPERATION_POINTWISE_BDESC, Use::Reads},
                             {CUDNN_ATTR_OPERATION_POINTWISE_TDESC, Use::Reads},
                             {CUDNN_ATTR_OPERATION_POINTWISE_YDESC, Use::Writes},
                             {CUDNN_ATTR_OPERATION_POINTWISE_DXDESC, Use::Writes},
                             {CUDNN_ATTR_OPERATION_POINTWISE_DYDESC, Use::Reads}},
                            readPointwise, runPointwise};
