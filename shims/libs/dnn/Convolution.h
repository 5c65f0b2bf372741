// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A convolution's descriptor, and its shape as loops and oneDNN want it.

#ifndef CUPORT_LIBS_DNN_CONVOLUTION_H
#define CUPORT_LIBS_DNN_CONVOLUTION_H

#include "Values.h"

struct cudnnConvolutionStruct {
  int rank = 0; ///< dimensions without batch and channels
  int pad[cuport::dnn::maxRank] = {}, stride[cuport::dnn::maxRank] = {}, dilation[cuport::dnn::maxRank] = {};
  cudnnConvolutionMode_t mode = CUDNN_CONVOLUTION;
  cudnnDataType_t computeType = CUDNN_DATA_FLOAT;
  int groups = 1;
  cudnnMathType_t math = CUDNN_DEFAULT_MATH;
  cudnnReorderType_t reorder = CUDNN_DEFAULT_REORDER;
};

namespace cuport::dnn {

/// Always of three dimensions: the first are 1 where there are less.
struct Shape {
  int rank; ///< of them in use
  int n, c, k, groups;
  int in[3], filter[3], out[3];
  int pad[3], stride[3], dilation[3];
  bool flip; ///< the filter is turned around, as in mathematics
  int post[3] = {}; ///< behind the last element, where \c pad is in front of the first
};

enum class Pass { Forward, BackwardData, BackwardFilter };

/// Elements along dimension \p i of the result, which may be less than 1.
inline int outputSize(const cudnnConvolutionStruct &c, const Tensor &x, const Tensor &w, int i) {
  int64_t reach = int64_t(w.size[i + 2] - 1) * c.dilation[i] + 1, room = x.size[i + 2] + 2ll * c.pad[i] - reach;
  return room < 0 ? 0 : int(room / c.stride[i] + 1);
}

/// Is x, convolved with w, of the size of y?
bool fits(const cudnnConvolutionStruct &c, const Tensor &x, const Tensor &w, const Tensor &y);
Shape shapeOf(const cudnnConvolutionStruct &c, const Tensor &x, const Tensor &w, const Tensor &y);

/// The convolution by loops, of packed arrays; what is calculated is set.
template <class C> void convolve(Pass pass, const Shape &s, C *x, C *w, C *y);
extern template void convolve(Pass, const Shape &, float *, float *, float *);
extern template void convolve(Pass, const Shape &, double *, double *, double *);
extern template void convolve(Pass, const Shape &, int32_t *, int32_t *, int32_t *);

/// The convolution by oneDNN; false where it has none such, and nothing was done. Tensors are of float.
bool convolveByOneDnn(Pass pass, const Shape &s, const Tensor &x, float *xs, const Tensor &w, float *ws, const Tensor &y, float *ys,
                      int threads);

/// The convolution of tensors of any type; one of the three is the result, the other two are only read.
void convolveTensors(Pass pass, const Shape &s, const Tensor &x, void *xs, const Tensor &w, void *ws, const Tensor &y, void *ys,
                     const Blend &blend, int threads);

} // namespace cuport::dnn

#endif
