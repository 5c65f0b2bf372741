// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Sums, products and copies of tensors, element by element, and reductions.

#include "Values.h"

using namespace cuport;
using namespace cuport::dnn;

struct cudnnOpTensorStruct {
  cudnnOpTensorOp_t op = CUDNN_OP_TENSOR_ADD;
  cudnnDataType_t type = CUDNN_DATA_FLOAT;
  cudnnNanPropagation_t nan = CUDNN_NOT_PROPAGATE_NAN;
};

CUPORT_DESCRIPTOR(OpTensor)

namespace {

/// Are all sizes of \p part 1 or those of \p whole?
bool repeats(const Tensor &part, const Tensor &whole) {
  if (part.rank != whole.rank)
    return false;
  for (int i = 0; i < part.rank; ++i)
    if (part.size[i] != 1 && part.size[i] != whole.size[i])
      return false;
  return true;
}

/// \p part as a tensor of the size of \p whole, repeated where its size is 1.
Tensor repeated(const Tensor &part, const Tensor &whole) {
  Tensor result = whole;
  result.type = part.type;
  for (int i = 0; i < part.rank; ++i)
    result.stride[i] = part.size[i] == whole.size[i] ? part.stride[i] : 0;
  return result;
}

/// Also integers, calculated in float.
bool isNumber(const Tensor *t) { return isReal(t) || t->type == CUDNN_DATA_INT8 || t->type == CUDNN_DATA_UINT8 || t->type == CUDNN_DATA_INT32; }

} // namespace

cudnnStatus_t cudnnTransformTensor(cudnnHandle_t handle, const void *alpha, const cudnnTensorDescriptor_t xDesc, const void *x,
                                   const void *beta, const cudnnTensorDescriptor_t yDesc, void *y) {
  Call call{handle, "cudnnTransformTensor"};
  CUPORT_CHECK(call, alpha && isSet(xDesc) && x && beta && isSet(yDesc) && y && xDesc->sameSize(*yDesc));
  CUPORT_SUPPORT(call, isNumber(xDesc) && isNumber(yDesc));
  return call.enqueue([=, xt = Tensor(*xDesc), yt = Tensor(*yDesc), blend = blendOf(yDesc->type, alpha, beta)] {
    withCalculated(yt.type, [&](auto type) {
      Input<TypeOf<decltype(type)>> input(xt, x, xt.sameLayout(yt) ? Layout::Dense : Layout::Packed);
      store<TypeOf<decltype(type)>>(yt, input, y, blend, input.layout);
    });
  });
}

cudnnStatus_t cudnnAddTensor(cudnnHandle_t handle, const void *alpha, const cudnnTensorDescriptor_t aDesc, const void *a,
                             const void *beta, const cudnnTensorDescriptor_t cDesc, void *c) {
  Call call{handle, "cudnnAddTensor"};
  CUPORT_CHECK(call, alpha && isSet(aDesc) && a && beta && isSet(cDesc) && c && repeats(*aDesc, *cDesc));
  CUPORT_SUPPORT(call, isNumber(aDesc) && isNumber(cDesc));
  return call.enqueue([=, at = repeated(*aDesc, *cDesc), ct = Tensor(*cDesc), blend = blendOf(cDesc->type, alpha, beta)] {
    withCalculated(ct.type, [&](auto type) {
      Input<TypeOf<decltype(type)>> input(at, a);
      store<TypeOf<decltype(type)>>(ct, input, c, blend, input.layout);
    });
  });
}

cudnnStatus_t cudnnScaleTensor(cudnnHandle_t handle, const cudnnTensorDescriptor_t yDesc, void *y, const void *alpha) {
  Call call{handle, "cudnnScaleTensor"};
  CUPORT_CHECK(call, isSet(yDesc) && y && alpha);
  CUPORT_SUPPORT(call, isNumber(yDesc));
  return call.enqueue([=, yt = Tensor(*yDesc), factor = factor(yDesc->type, alpha)] {
    withCalculated(yt.type, [&](auto type) {
      Input<TypeOf<decltype(type)>> input(yt, y, Layout::Dense);
      store<TypeOf<decltype(type)>>(yt, input, y, {factor, 0}, input.layout);
    });
  });
}

cudnnStatus_t cudnnSetTensor(cudnnHandle_t handle, const cudnnTensorDescriptor_t yDesc, void *y, const void *value) {
  Call call{handle, "cudnnSetTensor"};
  CUPORT_CHECK(call, isSet(yDesc) && y && value);
  int64_t bits = 0; // of an element, whatever it is
  __builtin_memcpy(&bits, value, sizeOf(yDesc->type));
  return call.enqueue([=, yt = Tensor(*yDesc)] {
    int64_t size = sizeOf(yt.type), last = yt.rank - 1;
    eachRow(yt, [&](int64_t offset, int64_t) {
      for (int i = 0; i < yt.size[last]; ++i)
        __builtin_memcpy(static_cast<char *>(y) + (offset + int64_t(i) * yt.stride[last]) * size, &bits, size);
    });
  });
}

cudnnStatus_t cudnnSetOpTensorDescriptor(cudnnOpTensorDescriptor_t d, cudnnOpTensorOp_t op, cudnnDataType_t type,
                                         cudnnNanPropagation_t nan) {
  if (!d || unsigned(op) > CUDNN_OP_TENSOR_NOT || !isReal(type) || unsigned(nan) > CUDNN_PROPAGATE_NAN)
    return CUDNN_STATUS_BAD_PARAM;
  *d = {op, type, nan};
  return CUDNN_STATUS_SUCCESS;
}

cudnnStatus_t cudnnGetOpTensorDescriptor(const cudnnOpTensorDescriptor_t d, cudnnOpTensorOp_t *op, cudnnDataType_t *type,
                                         cudnnNanPropagation_t *nan) {
  if (!d || !op || !type || !nan)
    return CUDNN_STATUS_BAD_PARAM;
  *op = d->op;
  *type = d->type;
  *nan = d->nan;
  return CUDNN_STATUS_SUCCESS;
}

namespace {

/// The less or greater of two; of NaN and a number the number, or NaN where it is kept.
template <class C> C choose(C a, C b, bool less, bool keepsNan) {
  if (std::isnan(a) || std::isnan(b))
    return std::isnan(a) == keepsNan ? a : b;
  return (a < b) == less ? a : b;
}

template <class C> C combine(const cudnnOpTensorStruct &d, C a, C b) {
  bool keepsNan = d.nan == CUDNN_PROPAGATE_NAN;
  switch (d.op) {
  case CUDNN_OP_TENSOR_ADD: return a + b;
  case CUDNN_OP_TENSOR_MUL: return a * b;
  case CUDNN_OP_TENSOR_MIN: return choose(a, b, true, keepsNan);
  case CUDNN_OP_TENSOR_MAX: return choose(a, b, false, keepsNan);
  case CUDNN_OP_TENSOR_SQRT: return std::sqrt(a);
  default: return 1 - a;
  }
}

} // namespace

cudnnStatus_t cudnnOpTensor(cudnnHandle_t handle, const cudnnOpTensorDescriptor_t op, const void *alpha1,
                            const cudnnTensorDescriptor_t aDesc, const void *a, const void *alpha2, const cudnnTensorDescriptor_t bDesc,
                            const void *b, const void *beta, const cudnnTensorDescriptor_t cDesc, void *c) {
  Call call{handle, "cudnnOpTensor"};
  bool alone = op && op->op >= CUDNN_OP_TENSOR_SQRT; // b is not looked at
  CUPORT_CHECK(call, op && alpha1 && isSet(aDesc) && a && beta && isSet(cDesc) && c && aDesc->sameSize(*cDesc) &&
                         (alone || (alpha2 && isSet(bDesc) && b && repeats(*bDesc, *cDesc))));
  CUPORT_SUPPORT(call, isNumber(aDesc) && isNumber(cDesc) && (alone || isNumber(bDesc)));
  double second = alone ? 0 : factor(op->type, alpha2);
  return call.enqueue([=, d = *op, at = Tensor(*aDesc), bt = alone ? Tensor(*aDesc) : repeated(*bDesc, *cDesc), ct = Tensor(*cDesc),
                       first = factor(op->type, alpha1), prior = factor(op->type, beta), other = alone ? a : b] {
    withCalculated(d.type, [&](auto type) {
      using C = TypeOf<decltype(type)>;
      Input<C> as(at, a), bs(bt, other);
      Output<C> output(ct, c, {1, prior});
      for (int64_t i = 0, count = ct.count(); i < count; ++i)
        output[i] = combine<C>(d, C(first) * as[i], C(second) * bs[i]);
      output.store();
    });
  });
}
