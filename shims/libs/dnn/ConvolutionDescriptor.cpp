// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Descriptors of convolutions, the sizes of their results, and the choice of an algorithm: there is one for each direction, with
// some bytes of workspace, and any other that is asked for is calculated the same way.

#include "Convolution.h"

using namespace cuport;
using namespace cuport::dnn;

CUPORT_DESCRIPTOR(Convolution)

/// None is needed, but cuDNN wants some bytes, too, and programs take memory of the host where a size is 0.
static constexpr size_t smallWorkspace = 8;

/// Besides the batch and the channels.
static constexpr int maxSpatial = maxRank - 2;

cudnnStatus_t cudnnSetConvolutionNdDescriptor(cudnnConvolutionDescriptor_t c, int rank, const int *pad, const int *stride,
                                              const int *dilation, cudnnConvolutionMode_t mode, cudnnDataType_t computeType) {
  Call call{nullptr, "cudnnSetConvolutionNdDescriptor"};
  bool valid = c && rank >= 0 && pad && stride && dilation && (mode == CUDNN_CONVOLUTION || mode == CUDNN_CROSS_CORRELATION) &&
               (computeType <= CUDNN_DATA_HALF || computeType == CUDNN_DATA_INT32);
  if (valid && rank > maxSpatial)
    return call.fail(CUDNN_STATUS_NOT_SUPPORTED);
  for (int i = 0; valid && i < rank; ++i)
    valid = pad[i] >= 0 && stride[i] > 0 && dilation[i] > 0;
  if (!valid)
    return call.fail(CUDNN_STATUS_BAD_PARAM);
  c->rank = rank;
  std::copy_n(pad, rank, c->pad);
  std::copy_n(stride, rank, c->stride);
  std::copy_n(dilation, rank, c->dilation);
  c->mode = mode;
  c->computeType = computeType;
  return CUDNN_STATUS_SUCCESS;
}

cudnnStatus_t cudnnSetConvolution2dDescriptor(cudnnConvolutionDescriptor_t c, int padH, int padW, int strideH, int strideW,
                                              int dilationH, int dilationW, cudnnConvolutionMode_t mode, cudnnDataType_t computeType) {
  const int pad[] = {padH, padW}, stride[] = {strideH, strideW}, dilation[] = {dilationH, dilationW};
  return cudnnSetConvolutionNdDescriptor(c, 2, pad, stride, dilation, mode, computeType);
}

cudnnStatus_t cudnnGetConvolution2dDescriptor(const cudnnConvolutionDescriptor_t c, int *padH, int *padW, int *strideH, int *strideW,
                                              int *dilationH, int *dilationW, cudnnConvolutionMode_t *mode,
                                              cudnnDataType_t *computeType) {
  if (!c || !padH || !padW || !strideH || !strideW || !dilationH || !dilationW || !mode || !computeType || c->rank != 2)
    return CUDNN_STATUS_BAD_PARAM;
  *padH = c->pad[0], *padW = c->pad[1];
  *strideH = c->stride[0], *strideW = c->stride[1];
  *dilationH = c->dilation[0], *dilationW = c->dilation[1];
  *mode = c->mode;
  *computeType = c->computeType;
  return CUDNN_STATUS_SUCCESS;
}

cudnnStatus_t cudnnGetConvolutionNdDescriptor(const cudnnConvolutionDescriptor_t c, int requested, int *rank, int *pad, int *stride,
                                              int *dilation, cudnnConvolutionMode_t *mode, cudnnDataType_t *computeType) {
  if (!c || requested < 0 || !rank || !mode || !computeType || (requested && (!pad || !stride || !dilation)))
    return CUDNN_STATUS_BAD_PARAM;
  int given = std::min(requested, c->rank);
  *rank = c->rank;
  std::copy_n(c->pad, given, pad);
  std::copy_n(c->stride, given, stride);
  std::copy_n(c->dilation, given, dilation);
  *mode = c->mode;
  *computeType = c->computeType;
  return CUDNN_STATUS_SUCCESS;
}

#define SETTING(name, Value, member, valid)                                                                              \
  cudnnStatus_t cudnnSetConvolution##name(cudnnConvolutionDescriptor_t c, Value value) {                                 \
    if (!c || !(valid))                                                                                                  \
      return CUDNN_STATUS_BAD_PARAM;                                                                                     \
    c->member = value;                                                                                                   \
    return CUDNN_STATUS_SUCCESS;                                                                                         \
  }                                                                                                                      \
  cudnnStatus_t cudnnGetConvolution##name(cudnnConvolutionDescriptor_t c, Value *value) {                                \
    if (!c || !value)                                                                                                    \
      return CUDNN_STATUS_BAD_PARAM;                                                                                     \
    *value = c->member;                                                                                                  \
    return CUDNN_STATUS_SUCCESS;                                                                                         \
  }
SETTING(MathType, cudnnMathType_t, math, value >= CUDNN_DEFAULT_MATH && value <= CUDNN_FMA_MATH)
SETTING(GroupCount, int, groups, value > 0)
SETTING(ReorderType, cudnnReorderType_t, reorder, value == CUDNN_DEFAULT_REORDER || value == CUDNN_NO_REORDER)
#undef SETTING

/// Do the input and the filter go together?
static bool goTogether(const cudnnConvolutionStruct *c, const Tensor *x, const Tensor *w) {
  return c && isSet(x) && isSet(w) && x->rank == w->rank && x->rank == c->rank + 2 && x->size[1] == int64_t(w->size[1]) * c->groups &&
         w->size[0] % c->groups == 0;
}

bool dnn::fits(const cudnnConvolutionStruct &c, const Tensor &x, const Tensor &w, const Tensor &y) {
  if (!goTogether(&c, &x, &w) || y.rank != x.rank || y.size[0] != x.size[0] || y.size[1] != w.size[0])
    return false;
  for (int i = 0; i < c.rank; ++i)
    if (y.size[i + 2] != outputSize(c, x, w, i))
      return false;
  return true;
}

Shape dnn::shapeOf(const cudnnConvolutionStruct &c, const Tensor &x, const Tensor &w, const Tensor &y) {
  Shape s{c.rank, x.size[0], x.size[1], w.size[0], c.groups, {1, 1, 1}, {1, 1, 1}, {1, 1, 1}, {}, {1, 1, 1}, {1, 1, 1}, c.mode == CUDNN_CONVOLUTION};
  for (int i = 0, to = 3 - c.rank; i < c.rank; ++i, ++to) {
    s.in[to] = x.size[i + 2];
    s.filter[to] = w.size[i + 2];
    s.out[to] = y.size[i + 2];
    s.pad[to] = s.post[to] = c.pad[i];
    s.stride[to] = c.stride[i];
    s.dilation[to] = c.dilation[i];
  }
  return s;
}

cudnnStatus_t cudnnGetConvolutionNdForwardOutputDim(const cudnnConvolutionDescriptor_t c, const cudnnTensorDescriptor_t x,
                                                    const cudnnFilterDescriptor_t w, int rank, int *size) {
  if (!goTogether(c, x, w) || !size || rank != x->rank)
    return CUDNN_STATUS_BAD_PARAM;
  size[0] = x->size[0];
  size[1] = w->size[0];
  bool empty = false;
  for (int i = 0; i < c->rank; ++i) {
    size[i + 2] = outputSize(*c, *x, *w, i);
    empty |= !size[i + 2];
  }
  return empty ? CUDNN_STATUS_BAD_PARAM : CUDNN_STATUS_SUCCESS;
}

cudnnStatus_t cudnnGetConvolution2dForwardOutputDim(const cudnnConvolutionDescriptor_t c, const cudnnTensorDescriptor_t x,
                                                    const cudnnFilterDescriptor_t w, int *n, int *k, int *h, int *wide) {
  int size[4];
  if (!n || !k || !h || !wide)
    return CUDNN_STATUS_BAD_PARAM;
  Status status = cudnnGetConvolutionNdForwardOutputDim(c, x, w, 4, size);
  if (!status)
    *n = size[0], *k = size[1], *h = size[2], *wide = size[3];
  return status;
}

namespace {

template <class Perf, class Algorithm>
Status chooseOne(bool valid, const cudnnConvolutionStruct *c, Algorithm algorithm, int requested, int *returned, Perf *results) {
  if (!valid || requested < 1 || !results)
    return CUDNN_STATUS_BAD_PARAM;
  if (returned)
    *returned = 1;
  *results = {algorithm, CUDNN_STATUS_SUCCESS, 0, smallWorkspace, CUDNN_DETERMINISTIC, c->math, {}};
  return CUDNN_STATUS_SUCCESS;
}

bool valid(cudnnHandle_t handle, const cudnnConvolutionStruct *c, const Tensor *x, const Tensor *w, const Tensor *y) {
  return handle && c && isSet(x) && isSet(w) && isSet(y) && fits(*c, *x, *w, *y);
}

} // namespace

// Of a direction: the choices, by what is known and by trying, and the workspace. `x`, `w` and `y` are the input, the filter and
// the output, in whatever order the direction has them.
#define DIRECTION(Kind, Short, best, count, First, first, Second, second, Third, third)                                  \
  cudnnStatus_t cudnnGetConvolution##Kind##AlgorithmMaxCount(cudnnHandle_t handle, int *number) {                        \
    if (!handle || !number)                                                                                              \
      return CUDNN_STATUS_BAD_PARAM;                                                                                     \
    *number = 1;                                                                                                         \
    return CUDNN_STATUS_SUCCESS;                                                                                         \
  }                                                                                                                      \
  cudnnStatus_t cudnnGetConvolution##Kind##Algorithm_v7(cudnnHandle_t handle, const First first, const Second second,    \
                                                        const cudnnConvolutionDescriptor_t c, const Third third,         \
                                                        int requested, int *returned,                                    \
                                                        cudnnConvolution##Short##AlgoPerf_t *results) {                  \
    return chooseOne(valid(handle, c, x, w, y), c, best, requested, returned, results);                                  \
  }                                                                                                                      \
  cudnnStatus_t cudnnGetConvolution##Kind##WorkspaceSize(cudnnHandle_t handle, const First first, const Second second,   \
                                                         const cudnnConvolutionDescriptor_t c, const Third third,        \
                                                         cudnnConvolution##Short##Algo_t algorithm, size_t *size) {      \
    if (!valid(handle, c, x, w, y) || unsigned(algorithm) >= unsigned(count) || !size)                                   \
      return CUDNN_STATUS_BAD_PARAM;                                                                                     \
    *size = smallWorkspace;                                                                                              \
    return CUDNN_STATUS_SUCCESS;                                                                                         \
  }

using TensorOf = cudnnTensorDescriptor_t;
using FilterOf = cudnnFilterDescriptor_t;
DIRECTION(Forward, Fwd, CUDNN_CONVOLUTION_FWD_ALGO_IMPLICIT_PRECOMP_GEMM, CUDNN_CONVOLUTION_FWD_ALGO_COUNT, TensorOf, x, FilterOf, w, TensorOf, y)
DIRECTION(BackwardData, BwdData, CUDNN_CONVOLUTION_BWD_DATA_ALGO_1, CUDNN_CONVOLUTION_BWD_DATA_ALGO_COUNT, FilterOf, w, TensorOf, y, TensorOf, x)
DIRECTION(BackwardFilter, BwdFilter, CUDNN_CONVOLUTION_BWD_FILTER_ALGO_1, CUDNN_CONVOLUTION_BWD_FILTER_ALGO_COUNT, TensorOf, x, TensorOf, y, FilterOf, w)
#undef DIRECTION

cudnnStatus_t cudnnFindConvolutionForwardAlgorithm(cudnnHandle_t handle, const cudnnTensorDescriptor_t x, const cudnnFilterDescriptor_t w,
                                                   const cudnnConvolutionDescriptor_t c, const cudnnTensorDescriptor_t y, int requested,
                                                   int *returned, cudnnConvolutionFwdAlgoPerf_t *results) {
  return cudnnGetConvolutionForwardAlgorithm_v7(handle, x, w, c, y, requested, returned, results);
}

cudnnStatus_t cudnnFindConvolutionForwardAlgorithmEx(cudnnHandle_t handle, const cudnnTensorDescriptor_t x, const void *,
                                                     const cudnnFilterDescriptor_t w, const void *, const cudnnConvolutionDescriptor_t c,
                                                     const cudnnTensorDescriptor_t y, void *, int requested, int *returned,
                                                     cudnnConvolutionFwdAlgoPerf_t *results, void *, size_t) {
  return cudnnGetConvolutionForwardAlgorithm_v7(handle, x, w, c, y, requested, returned, results);
}

cudnnStatus_t cudnnFindConvolutionBackwardDataAlgorithm(cudnnHandle_t handle, const cudnnFilterDescriptor_t w,
                                                        const cudnnTensorDescriptor_t y, const cudnnConvolutionDescriptor_t c,
                                                        const cudnnTensorDescriptor_t x, int requested, int *returned,
                                                        cudnnConvolutionBwdDataAlgoPerf_t *results) {
  return cudnnGetConvolutionBackwardDataAlgorithm_v7(handle, w, y, c, x, requested, returned, results);
}

cudnnStatus_t cudnnFindConvolutionBackwardDataAlgorithmEx(cudnnHandle_t handle, const cudnnFilterDescriptor_t w, const void *,
                                                          const cudnnTensorDescriptor_t y, const void *,
                                                          const cudnnConvolutionDescriptor_t c, const cudnnTensorDescriptor_t x, void *,
                                                          int requested, int *returned, cudnnConvolutionBwdDataAlgoPerf_t *results,
                                                          void *, size_t) {
  return cudnnGetConvolutionBackwardDataAlgorithm_v7(handle, w, y, c, x, requested, returned, results);
}

cudnnStatus_t cudnnFindConvolutionBackwardFilterAlgorithm(cudnnHandle_t handle, const cudnnTensorDescriptor_t x,
                                                          const cudnnTensorDescriptor_t y, const cudnnConvolutionDescriptor_t c,
                                                          const cudnnFilterDescriptor_t w, int requested, int *returned,
                                                          cudnnConvolutionBwdFilterAlgoPerf_t *results) {
  return cudnnGetConvolutionBackwardFilterAlgorithm_v7(handle, x, y, c, w, requested, returned, results);
}

cudnnStatus_t cudnnFindConvolutionBackwardFilterAlgorithmEx(cudnnHandle_t handle, const cudnnTensorDescriptor_t x, const void *,
                                                            const cudnnTensorDescriptor_t y, const void *,
                                                            const cudnnConvolutionDescriptor_t c, const cudnnFilterDescriptor_t w, void *,
                                                            int requested, int *returned, cudnnConvolutionBwdFilterAlgoPerf_t *results,
                                                            void *, size_t) {
  return cudnnGetConvolutionBackwardFilterAlgorithm_v7(handle, x, y, c, w, requested, returned, results);
}
