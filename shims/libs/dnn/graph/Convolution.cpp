// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Convolutions forwards and backwards as operations of a graph.

#include "../Convolution.h"
#include "Program.h"

using namespace cuport;
using namespace cuport::dnn;
using namespace cuport::dnn::graph;

namespace {

enum Part { X, W, Y };

/// The numbers are alpha, beta, then the shape's; those of less than three dimensions stand at the end of each three.
enum Number { Alpha, Beta, Rank, Flip, Pad, Post = Pad + 3, Stride = Post + 3, Dilation = Stride + 3, Numbers = Dilation + 3 };

Shape shapeOf(const std::vector<double> &n, const Tensor &x, const Tensor &w, const Tensor &y) {
  int rank = int(n[Rank]);
  Shape s{rank, x.size[0], x.size[1], w.size[0], x.size[1] / w.size[1], {1, 1, 1}, {1, 1, 1}, {1, 1, 1}, {}, {}, {}, n[Flip] != 0};
  for (int i = 0; i < 3; ++i) {
    s.pad[i] = int(n[Pad + i]);
    s.post[i] = int(n[Post + i]);
    s.stride[i] = int(n[Stride + i]);
    s.dilation[i] = int(n[Dilation + i]);
    if (i >= 3 - rank) {
      s.in[i] = x.size[2 + i - (3 - rank)];
      s.filter[i] = w.size[2 + i - (3 - rank)];
      s.out[i] = y.size[2 + i - (3 - rank)];
    }
  }
  return s;
}

const char *readConvolution(const Descriptor *how, double alpha, double beta, const Tensors &t, std::vector<double> &n) {
  if (!how || how->type != CUDNN_BACKEND_CONVOLUTION_DESCRIPTOR)
    return "a shape that is no convolution descriptor";
  int rank = int(how->get<int64_t>(CUDNN_ATTR_CONVOLUTION_SPATIAL_DIMS));
  const Tensor &x = *t[X], &w = *t[W], &y = *t[Y];
  if (rank < 1 || rank > 3)
    return "more than three dimensions";
  n.assign(Numbers, 0);
  n[Alpha] = alpha, n[Beta] = beta, n[Rank] = rank;
  n[Flip] = how->get<cudnnConvolutionMode_t>(CUDNN_ATTR_CONVOLUTION_CONV_MODE) == CUDNN_CONVOLUTION;
  for (auto [attribute, number, otherwise] : {std::tuple{CUDNN_ATTR_CONVOLUTION_PRE_PADDINGS, Pad, 0},
                                              {CUDNN_ATTR_CONVOLUTION_POST_PADDINGS, Post, 0},
                                              {CUDNN_ATTR_CONVOLUTION_FILTER_STRIDES, Stride, 1},
                                              {CUDNN_ATTR_CONVOLUTION_DILATIONS, Dilation, 1}}) {
    std::vector<int64_t> values = how->integers(attribute);
    if (int(values.size()) != rank)
      return "paddings, strides or dilations that are not one a dimension";
    for (int i = 0; i < 3; ++i)
      n[number + i] = i < 3 - rank ? otherwise : double(values[i - (3 - rank)]);
  }
  if (x.rank != rank + 2 || w.rank != x.rank || y.rank != x.rank || x.size[0] != y.size[0] || w.size[0] != y.size[1] ||
      x.size[1] % w.size[1] || w.size[0] % (x.size[1] / w.size[1]))
    return "tensors of sizes that do not go together";
  Shape s = shapeOf(n, x, w, y);
  for (int i = 3 - rank; i < 3; ++i) {
    int64_t room = int64_t(s.in[i]) + s.pad[i] + s.post[i] - (int64_t(s.filter[i] - 1) * s.dilation[i] + 1);
    if (s.pad[i] < 0 || s.post[i] < 0 || s.stride[i] < 1 || s.dilation[i] < 1 || room < 0 || room / s.stride[i] + 1 != s.out[i])
      return "tensors of sizes that do not go together";
  }
  for (const Tensor *each : {&x, &w, &y})
    if (each->type == CUDNN_DATA_BOOLEAN || each->type == CUDNN_DATA_INT64)
      return "booleans or integers of 64 bits";
  return nullptr;
}

template <Pass pass> void runConvolution(const Operation &o, const Run &run) {
  int x = o.tensors[X], w = o.tensors[W], y = o.tensors[Y];
  convolveTensors(pass, shapeOf(o.numbers, run.tensor(x), run.tensor(w), run.tensor(y)), run.tensor(x), run.place(x), run.tensor(w),
                  run.place(w), run.tensor(y), run.place(y), {o.numbers[Alpha], o.numbers[Beta]}, run.threads);
}

} // namespace

const Kind graph::convolutionForward{
    CUDNN_BACKEND_OPERATION_CONVOLUTION_FORWARD_DESCRIPTOR,
    {{CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_X, Use::Reads},
     {CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_W, Use::Reads},
     {CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_Y, Use::Writes}},
    [](const Descriptor &d, const Tensors &t, std::vector<double> &n) {
      return readConvolution(d.descriptor(CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_CONV_DESC),
                             d.real(CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_ALPHA, 1), d.real(CUDNN_ATTR_OPERATION_CONVOLUTION_FORWARD_BETA, 0),
                             t, n);
    },
    runConvolution<Pass::Forward>};

const Kind graph::convolutionBackwardData{
    CUDNN_BACKEND_OPERATION_CONVOLUTION_BACKWARD_DATA_DESCRIPTOR,
    {{CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_DATA_DX, Use::Writes},
     {CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_DATA_W, Use::Reads},
     {CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_DATA_DY, Use::Reads}},
    [](const Descriptor &d, const Tensors &t, std::vector<double> &n) {
      return readConvolution(d.descriptor(CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_DATA_CONV_DESC),
                             d.real(CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_DATA_ALPHA, 1),
                             d.real(CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_DATA_BETA, 0), t, n);
    },
    runConvolution<Pass::BackwardData>};

const Kind graph::convolutionBackwardFilter{
    CUDNN_BACKEND_OPERATION_CONVOLUTION_BACKWARD_FILTER_DESCRIPTOR,
    {{CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_X, Use::Reads},
     {CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_DW, Use::Writes},
     {CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_DY, Use::Reads}},
    [](const Descriptor &d, const Tensors &t, std::vector<double> &n) {
      return readConvolution(d.descriptor(CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_CONV_DESC),
                             d.real(CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_ALPHA, 1),
                             d.real(CUDNN_ATTR_OPERATION_CONVOLUTION_BWD_FILTER_BETA, 0), t, n);
    },
    runConvolution<Pass::BackwardFilter>};
