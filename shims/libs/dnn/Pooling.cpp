// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Pooling.

#include "Values.h"
#include "Window.h"

using namespace cuport;
using namespace cuport::dnn;

struct cudnnPoolingStruct {
  int rank = 0; ///< dimensions without batch and channels
  cudnnPoolingMode_t mode = CUDNN_POOLING_MAX;
  cudnnNanPropagation_t nan = CUDNN_NOT_PROPAGATE_NAN;
  int window[maxRank] = {}, pad[maxRank] = {}, stride[maxRank] = {};
};

CUPORT_DESCRIPTOR(Pooling)

/// Besides the batch and the channels.
static constexpr int maxSpatial = maxRank - 2;

cudnnStatus_t cudnnSetPoolingNdDescriptor(cudnnPoolingDescriptor_t p, const cudnnPoolingMode_t mode, const cudnnNanPropagation_t nan,
                                          int rank, const int *window, const int *pad, const int *stride) {
  Call call{nullptr, "cudnnSetPoolingNdDescriptor"};
  bool valid = p && mode >= CUDNN_POOLING_MAX && mode <= CUDNN_POOLING_MAX_DETERMINISTIC && unsigned(nan) <= CUDNN_PROPAGATE_NAN &&
               rank > 0 && window && pad && stride;
  if (valid && rank > maxSpatial)
    return call.fail(CUDNN_STATUS_NOT_SUPPORTED);
  for (int i = 0; valid && i < rank; ++i)
    valid = window[i] > 0 && stride[i] > 0;
  if (!valid)
    return call.fail(CUDNN_STATUS_BAD_PARAM);
  p->rank = rank;
  p->mode = mode;
  p->nan = nan;
  std::copy_n(window, rank, p->window);
  std::copy_n(pad, rank, p->pad);
  std::copy_n(stride, rank, p->stride);
  return CUDNN_STATUS_SUCCESS;
}

cudnnStatus_t cudnnSetPooling2dDescriptor(cudnnPoolingDescriptor_t p, cudnnPoolingMode_t mode, cudnnNanPropagation_t nan, int windowH,
                                          int windowW, int padH, int padW, int strideH, int strideW) {
  const int window[] = {windowH, windowW}, pad[] = {padH, padW}, stride[] = {strideH, strideW};
  return cudnnSetPoolingNdDescriptor(p, mode, nan, 2, window, pad, stride);
}

cudnnStatus_t cudnnGetPoolingNdDescriptor(const cudnnPoolingDescriptor_t p, int requested, cudnnPoolingMode_t *mode,
                                          cudnnNanPropagation_t *nan, int *rank, int *window, int *pad, int *stride) {
  if (!p || requested < 0 || !mode || !nan || !rank || !window || !pad || !stride)
    return CUDNN_STATUS_BAD_PARAM;
  int given = std::min(requested, p->rank);
  *mode = p->mode;
  *nan = p->nan;
  *rank = p->rank;
  std::copy_n(p->window, given, window);
  std::copy_n(p->pad, given, pad);
  std::copy_n(p->stride, given, stride);
  return CUDNN_STATUS_SUCCESS;
}

cudnnStatus_t cudnnGetPooling2dDescriptor(const cudnnPoolingDescriptor_t p, cudnnPoolingMode_t *mode, cudnnNanPropagation_t *nan,
                                          int *windowH, int *windowW, int *padH, int *padW, int *strideH, int *strideW) {
  if (!p || p->rank != 2 || !mode || !nan || !windowH || !windowW || !padH || !padW || !strideH || !strideW)
    return CUDNN_STATUS_BAD_PARAM;
  *mode = p->mode;
  *nan = p->nan;
  *windowH = p->window[0], *windowW = p->window[1];
  *padH = p->pad[0], *padW = p->pad[1];
  *strideH = p->stride[0], *strideW = p->stride[1];
  return CUDNN_STATUS_SUCCESS;
}

static int outputSize(const cudnnPoolingStruct &p, const Tensor &x, int i) {
  int64_t room = x.size[i + 2] + 2ll * p.pad[i] - p.window[i];
  return room < 0 ? 0 : int(room / p.stride[i] + 1);
}

cudnnStatus_t cudnnGetPoolingNdForwardOutputDim(const cudnnPoolingDescriptor_t p, const cudnnTensorDescriptor_t x, int rank, int *size) {
  if (!p || !isSet(x) || !size || rank != x->rank || x->rank != p->rank + 2)
    return CUDNN_STATUS_BAD_PARAM;
  bool empty = false;
  size[0] = x->size[0], size[1] = x->size[1];
  for (int i = 0; i < p->rank; ++i) {
    size[i + 2] = outputSize(*p, *x, i);
    empty |= !size[i + 2];
  }
  return empty ? CUDNN_STATUS_BAD_PARAM : CUDNN_STATUS_SUCCESS;
}

cudnnStatus_t cudnnGetPooling2dForwardOutputDim(const cudnnPoolingDescriptor_t p, const cudnnTensorDescriptor_t x, int *n, int *c, int *h,
                                                int *w) {
  int size[4];
  if (!n || !c || !h || !w)
    return CUDNN_STATUS_BAD_PARAM;
  Status status = cudnnGetPoolingNdForwardOutputDim(p, x, 4, size);
  if (!status)
    *n = size[0], *c = size[1], *h = size[2], *w = size[3];
  return status;
}

namespace {

/// Always of three dimensions.
struct Planes {
  int64_t count;
  int in[3] = {1, 1, 1}, out[3] = {1, 1, 1}, window[3] = {1, 1, 1}, pad[3] = {0, 0, 0}, stride[3] = {1, 1, 1};
  cudnnPoolingMode_t mode;
  bool keepsNan;

  Planes(const cudnnPoolingStruct &p, const Tensor &x, const Tensor &y)
      : count(int64_t(x.size[0]) * x.size[1]), mode(p.mode), keepsNan(p.nan == CUDNN_PROPAGATE_NAN) {
    for (int i = 0, to = 3 - p.rank; i < p.rank; ++i, ++to) {
      in[to] = x.size[i + 2];
      out[to] = y.size[i + 2];
      window[to] = p.window[i];
      pad[to] = p.pad[i];
      stride[to] = p.stride[i];
    }
  }
  int64_t inSize() const { return int64_t(in[0]) * in[1] * in[2]; }
  int64_t outSize() const { return int64_t(out[0]) * out[1] * out[2]; }
  bool isMax() const { return mode == CUDNN_POOLING_MAX || mode == CUDNN_POOLING_MAX_DETERMINISTIC; }
  /// Along one dimension: which elements of the row the window of \p result stands on.
  std::pair<int, int> range(int dimension, int result) const {
    int begin = result * stride[dimension] - pad[dimension];
    return {std::max(begin, 0), std::min(begin + window[dimension], in[dimension])};
  }
};

/// body(result, index of the first element, ranges) for each result of a plane.
template <class Body> void eachResult(const Planes &p, Body body) {
  int64_t result = 0;
  for (int a = 0; a < p.out[0]; ++a)
    for (int b = 0; b < p.out[1]; ++b)
      for (int c = 0; c < p.out[2]; ++c)
        body(result++, p.range(0, a), p.range(1, b), p.range(2, c));
}

/// What an average is divided by.
template <class C> C divisor(const Planes &p, int64_t seen) {
  return p.mode == CUDNN_POOLING_AVERAGE_COUNT_INCLUDE_PADDING ? C(int64_t(p.window[0]) * p.window[1] * p.window[2])
                                                                : C(std::max<int64_t>(seen, 1));
}

int64_t length(std::pair<int, int> range) { return std::max(0, range.second - range.first); }

template <class C> void forward(const Planes &p, const C *x, C *y) {
  for (int64_t plane = 0; plane < p.count; ++plane, x += p.inSize(), y += p.outSize()) {
    std::fill_n(y, p.outSize(), p.isMax() ? -std::numeric_limits<C>::infinity() : C(0));
    for (int a = 0; a < p.window[0]; ++a)
      for (int b = 0; b < p.window[1]; ++b)
        for (int c = 0; c < p.window[2]; ++c) {
          auto along = [&](int dimension, int element) {
            return spanOf(p.in[dimension], p.out[dimension], p.pad[dimension], p.stride[dimension], 1, element);
          };
          Span depth = along(0, a), height = along(1, b), width = along(2, c);
          int64_t step = p.stride[2];
          for (int i = 0; i < depth.count; ++i)
            for (int j = 0; j < height.count; ++j) {
              const C *from = x + ((depth.input + int64_t(i) * p.stride[0]) * p.in[1] + height.input + int64_t(j) * p.stride[1]) * p.in[2] + width.input;
              C *to = y + (int64_t(depth.first + i) * p.out[1] + height.first + j) * p.out[2] + width.first;
              if (!p.isMax())
                for (int k = 0; k < width.count; ++k)
                  to[k] += from[k * step];
              else if (p.keepsNan)
                for (int k = 0; k < width.count; ++k)
                  to[k] = from[k * step] > to[k] || std::isnan(from[k * step]) ? from[k * step] : to[k];
              else
                for (int k = 0; k < width.count; ++k)
                  to[k] = from[k * step] > to[k] ? from[k * step] : to[k];
            }
        }
    if (!p.isMax())
      eachResult(p, [&](int64_t result, auto depth, auto height, auto width) {
        y[result] /= divisor<C>(p, length(depth) * length(height) * length(width));
      });
  }
}

/// Of equal elements the first has the maximum's gradient.
template <class C> void backward(const Planes &p, const C *x, const C *dy, C *dx) {
  std::fill_n(dx, p.count * p.inSize(), C(0));
  for (int64_t plane = 0; plane < p.count; ++plane, x += x ? p.inSize() : 0, dx += p.inSize(), dy += p.outSize())
    eachResult(p, [&](int64_t result, auto depth, auto height, auto width) {
      auto each = [&](auto body) {
        for (int a = depth.first; a < depth.second; ++a)
          for (int b = height.first; b < height.second; ++b)
            for (int c = width.first; c < width.second; ++c)
              body((int64_t(a) * p.in[1] + b) * p.in[2] + c);
      };
      if (p.isMax()) {
        int64_t best = -1;
        each([&](int64_t i) {
          if (best < 0 || x[i] > x[best] || (p.keepsNan ? std::isnan(x[i]) && !std::isnan(x[best]) : std::isnan(x[best])))
            best = i;
        });
        if (best >= 0)
          dx[best] += dy[result];
      } else {
        C part = dy[result] / divisor<C>(p, length(depth) * length(height) * length(width));
        each([&](int64_t i) { dx[i] += part; });
      }
    });
}

bool fits(const cudnnPoolingStruct &p, const Tensor &x, const Tensor &y) {
  if (!p.rank || x.rank != p.rank + 2 || y.rank != x.rank || x.size[0] != y.size[0] || x.size[1] != y.size[1])
    return false;
  for (int i = 0; i < p.rank; ++i)
    if (y.size[i + 2] != outputSize(p, x, i))
      return false;
  return true;
}

} // namespace

cudnnStatus_t cudnnPoolingForward(cudnnHandle_t handle, const cudnnPoolingDescriptor_t pooling, const void *alpha,
                                  const cudnnTensorDescriptor_t xDesc, const void *x, const void *beta,
                                  const cudnnTensorDescriptor_t yDesc, void *y) {
  Call call{handle, "cudnnPoolingForward"};
  CUPORT_CHECK(call, pooling && alpha && isSet(xDesc) && x && beta && isSet(yDesc) && y && xDesc->type == yDesc->type &&
                         fits(*pooling, *xDesc, *yDesc));
  CUPORT_SUPPORT(call, pooling->rank <= 3 && (isReal(xDesc) || xDesc->type == CUDNN_DATA_INT8));
  return call.enqueue([=, planes = Planes(*pooling, *xDesc, *yDesc), xt = Tensor(*xDesc), yt = Tensor(*yDesc),
                       blend = blendOf(yDesc->type, alpha, beta)] {
    withCalculated(yt.type, [&](auto type) {
      using C = TypeOf<decltype(type)>;
      Input<C> input(xt, x);
      Output<C> output(yt, y, blend);
      forward<C>(planes, input, output);
      output.store();
    });
  });
}

cudnnStatus_t cudnnPoolingBackward(cudnnHandle_t handle, const cudnnPoolingDescriptor_t pooling, const void *alpha,
                                   const cudnnTensorDescriptor_t yDesc, const void *y, const cudnnTensorDescriptor_t dyDesc,
                                   const void *dy, const cudnnTensorDescriptor_t xDesc, const void *x, const void *beta,
                                   const cudnnTensorDescriptor_t dxDesc, void *dx) {
  Call call{handle, "cudnnPoolingBackward"};
  CUPORT_CHECK(call, pooling && alpha && isSet(dyDesc) && dy && isSet(xDesc) && beta && isSet(dxDesc) && dx && isSet(yDesc) &&
                         dyDesc->sameSize(*yDesc) && xDesc->sameSize(*dxDesc) && xDesc->type == dyDesc->type &&
                         xDesc->type == dxDesc->type && fits(*pooling, *xDesc, *dyDesc));
  Planes shape(*pooling, *xDesc, *dyDesc);
  CUPORT_CHECK(call, x || !shape.isMax());
  CUPORT_SUPPORT(call, pooling->rank <= 3 && isReal(xDesc));
  return call.enqueue([=, planes = shape, xt = Tensor(*xDesc), yt = Tensor(*dyDesc), dxt = Tensor(*dxDesc),
                       blend = blendOf(dxDesc->type, alpha, beta)] {
    withCalculated(dxt.type, [&](auto type) {
      using C = TypeOf<decltype(type)>;
      Input<C> gradient(yt, dy);
      Output<C> output(dxt, dx, blend);
      if (planes.isMax()) {
        Input<C> input(xt, x);
        backward<C>(planes, input, gradient, output);
      } else {
        backward<C>(planes, nullptr, gradient, output);
      }
      output.store();
    });
  });
}
