// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Pooling: windows over the last dimensions, of which there are up to three.

#include "Elements.h"

using namespace cuport;
using namespace cuport::dnn;
using namespace cuport::dnn::graph;

namespace {

enum Part { X, Y, Index };
namespace back {
enum Part { Dx, Dy, Index, X, Y };
}

/// Those of less than three dimensions stand at the end of each three.
enum Number { Mode, Padding, Alpha, Beta, Window, Pad = Window + 3, Stride = Pad + 3, Numbers = Stride + 3 };

struct Pooling {
  int mode, padding;
  int in[3] = {1, 1, 1}, out[3] = {1, 1, 1}, window[3], pad[3], stride[3];
  int64_t planes = 1;

  Pooling(const std::vector<double> &n, const Tensor &x, const Tensor &y) : mode(int(n[Mode])), padding(int(n[Padding])) {
    for (int i = 0; i < 3; ++i) {
      window[i] = int(n[Window + i]), pad[i] = int(n[Pad + i]), stride[i] = int(n[Stride + i]);
      if (int d = x.rank - 3 + i; d >= 2)
        in[i] = x.size[d], out[i] = y.size[d];
    }
    planes = int64_t(x.size[0]) * x.size[1];
  }
  int64_t inPlane() const { return int64_t(in[0]) * in[1] * in[2]; }
  int64_t outPlane() const { return int64_t(out[0]) * out[1] * out[2]; }

  /// body(number of y) for each window.
  template <class Body> void eachWindow(Body body) const {
    int64_t number = 0;
    for (int64_t p = 0; p < planes; ++p)
      for (int a = 0; a < out[0]; ++a)
        for (int b = 0; b < out[1]; ++b)
          for (int c = 0; c < out[2]; ++c)
            body(number++, p, std::array{a, b, c});
  }
  /// body(number of x or -1 in the padding, place in the window).
  template <class Body> void eachPlace(int64_t plane, const std::array<int, 3> &of, Body body) const {
    int place = 0;
    for (int a = 0; a < window[0]; ++a)
      for (int b = 0; b < window[1]; ++b)
        for (int c = 0; c < window[2]; ++c, ++place) {
          int at[] = {of[0] * stride[0] - pad[0] + a, of[1] * stride[1] - pad[1] + b, of[2] * stride[2] - pad[2] + c};
          bool isInside = true;
          for (int i = 0; i < 3; ++i) {
            if (padding == CUDNN_EDGE_VAL_PAD)
              at[i] = std::clamp(at[i], 0, in[i] - 1);
            isInside = isInside && at[i] >= 0 && at[i] < in[i];
          }
          body(isInside ? plane * inPlane() + (int64_t(at[0]) * in[1] + at[1]) * in[2] + at[2] : -1, place);
        }
  }
  /// How many elements a mean is of.
  int64_t share(int64_t plane, const std::array<int, 3> &of) const {
    if (mode != CUDNN_RESAMPLE_AVGPOOL_EXCLUDE_PADDING)
      return int64_t(window[0]) * window[1] * window[2];
    int64_t inside = 0;
    eachPlace(plane, of, [&](int64_t number, int) { inside += number >= 0; });
    return std::max<int64_t>(inside, 1);
  }
  /// The largest element: its number, and its place in the window.
  template <class T> std::pair<int64_t, int> largest(int64_t plane, const std::array<int, 3> &of, const T *x, T *value) const {
    std::pair<int64_t, int> best{-1, 0};
    T most = -std::numeric_limits<T>::infinity();
    bool isFirst = true;
    eachPlace(plane, of, [&](int64_t number, int place) {
      if (number < 0 && padding == CUDNN_NEG_INF_PAD)
        return;
      T here = number < 0 ? T(0) : x[number];
      if (isFirst || here > most || (std::isnan(here) && !std::isnan(most)))
        best = {number, place}, most = here;
      isFirst = false;
    });
    *value = most;
    return best;
  }
};

const char *readPooling(const Descriptor *how, double alpha, double beta, const Tensor &x, const Tensor &y, const Tensor *index,
                        std::vector<double> &n) {
  if (!how || how->type != CUDNN_BACKEND_RESAMPLE_DESCRIPTOR)
    return "a shape that is no resample descriptor";
  int mode = how->get<cudnnResampleMode_t>(CUDNN_ATTR_RESAMPLE_MODE), rank = int(how->get<int64_t>(CUDNN_ATTR_RESAMPLE_SPATIAL_DIMS));
  if (mode == CUDNN_RESAMPLE_NEAREST || mode == CUDNN_RESAMPLE_BILINEAR)
    return "resampling to the nearest or bilinearly";
  if (rank < 1 || rank > 3 || x.rank != rank + 2 || y.rank != x.rank || x.size[0] != y.size[0] || x.size[1] != y.size[1])
    return "tensors of sizes that do not go together";
  n.assign(Numbers, 0);
  n[Mode] = mode, n[Padding] = how->get<cudnnPaddingMode_t>(CUDNN_ATTR_RESAMPLE_PADDING_MODE), n[Alpha] = alpha, n[Beta] = beta;
  std::vector<int64_t> window = how->integers(CUDNN_ATTR_RESAMPLE_WINDOW_DIMS), before = how->integers(CUDNN_ATTR_RESAMPLE_PRE_PADDINGS),
                       behind = how->integers(CUDNN_ATTR_RESAMPLE_POST_PADDINGS), stride = how->integers(CUDNN_ATTR_RESAMPLE_STRIDES);
  for (const auto *each : {&window, &before, &behind, &stride})
    if (int(each->size()) != rank)
      return "windows, paddings or strides that are not one a dimension";
  for (int i = 0; i < 3; ++i) {
    int d = i - (3 - rank);
    n[Window + i] = d < 0 ? 1 : double(window[d]);
    n[Pad + i] = d < 0 ? 0 : double(before[d]);
    n[Stride + i] = d < 0 ? 1 : double(stride[d]);
    if (d >= 0 && (window[d] < 1 || stride[d] < 1 || before[d] < 0 || behind[d] < 0 ||
                   (x.size[d + 2] + before[d] + behind[d] - window[d]) / stride[d] + 1 != y.size[d + 2]))
      return "tensors of sizes that do not go together";
  }
  if (index && (mode != CUDNN_RESAMPLE_MAXPOOL || !index->sameSize(y)))
    return "indices of other than the largest elements";
  return nullptr;
}

const char *readForward(const Descriptor &d, const Tensors &t, std::vector<double> &n) {
  return readPooling(d.descriptor(CUDNN_ATTR_OPERATION_RESAMPLE_FWD_DESC), d.real(CUDNN_ATTR_OPERATION_RESAMPLE_FWD_ALPHA, 1),
                     d.real(CUDNN_ATTR_OPERATION_RESAMPLE_FWD_BETA, 0), *t[X], *t[Y], t[Index], n);
}

template <class T> void forward(const Operation &o, const Run &run) {
  Pooling p(o.numbers, run.tensor(o.tensors[X]), run.tensor(o.tensors[Y]));
  Source<T> x(run, o.tensors[X]);
  Target<T> y(run, o.tensors[Y], {o.numbers[Alpha], o.numbers[Beta]});
  Target<float> index(run, o.tensors[Index]);
  p.eachWindow([&](int64_t number, int64_t plane, const std::array<int, 3> &at) {
    if (p.mode == CUDNN_RESAMPLE_MAXPOOL) {
      T value;
      int place = p.largest<T>(plane, at, x, &value).second;
      y[number] = value;
      if (index)
        index[number] = float(place);
      return;
    }
    double sum = 0;
    p.eachPlace(plane, at, [&](int64_t from, int) { sum += from < 0 ? 0.0 : double(x[from]); });
    y[number] = T(sum / double(p.share(plane, at)));
  });
  y.store();
  index.store();
}

const char *readBackward(const Descriptor &d, const Tensors &t, std::vector<double> &n) {
  if (const char *reason = readPooling(d.descriptor(CUDNN_ATTR_OPERATION_RESAMPLE_BWD_DESC),
                                       d.real(CUDNN_ATTR_OPERATION_RESAMPLE_BWD_ALPHA, 1), d.real(CUDNN_ATTR_OPERATION_RESAMPLE_BWD_BETA, 0),
                                       *t[back::Dx], *t[back::Dy], t[back::Index], n))
    return reason;
  return int(n[Mode]) == CUDNN_RESAMPLE_MAXPOOL && !t[back::Index] && !(t[back::X] && t[back::X]->sameSize(*t[back::Dx]))
             ? "the largest elements, of which neither indices nor x are given"
             : nullptr;
}

template <class T> void backward(const Operation &o, const Run &run) {
  Pooling p(o.numbers, run.tensor(o.tensors[back::Dx]), run.tensor(o.tensors[back::Dy]));
  Source<T> dy(run, o.tensors[back::Dy]), x(run, o.tensors[back::X]);
  Source<float> index(run, o.tensors[back::Index]);
  Target<T> dx(run, o.tensors[back::Dx], {o.numbers[Alpha], o.numbers[Beta]});
  std::fill_n(static_cast<T *>(dx), p.planes * p.inPlane(), T(0));
  p.eachWindow([&](int64_t number, int64_t plane, const std::array<int, 3> &at) {
    if (p.mode != CUDNN_RESAMPLE_MAXPOOL) {
      T part = T(double(dy[number]) / double(p.share(plane, at)));
      p.eachPlace(plane, at, [&](int64_t to, int) {
        if (to >= 0)
          dx[to] += part;
      });
    } else if (index) {
      p.eachPlace(plane, at, [&](int64_t to, int place) {
        if (to >= 0 && place == int(index[number]))
          dx[to] += dy[number];
      });
    } else {
      T value;
      if (int64_t to = p.largest<T>(plane, at, x, &value).first; to >= 0)
        dx[to] += dy[number];
    }
  });
  dx.store();
}

} // namespace

const Kind graph::resampleForward{CUDNN_BACKEND_OPERATION_RESAMPLE_FWD_DESCRIPTOR,
                                  {{CUDNN_ATTR_OPERATION_RESAMPLE_FWD_XDESC, Use::Reads},
                                   {CUDNN_ATTR_OPERATION_RESAMPLE_FWD_YDESC, Use::Writes},
                                   {CUDNN_ATTR_OPERATION_RESAMPLE_FWD_IDXDESC, Use::Writes}},
                                  readForward,
                                  [](const Operation &o, const Run &run) {
                                    isWide(&run.tensor(o.tensors[X])) ? forward<double>(o, run) : forward<float>(o, run);
                                  }};

const Kind graph::resampleBackward{CUDNN_BACKEND_OPERATION_RESAMPLE_BWD_DESCRIPTOR,
                                   {{CUDNN_ATTR_OPERATION_RESAMPLE_BWD_DXDESC, Use::Writes},
                                    {CUDNN_ATTR_OPERATION_RESAMPLE_BWD_DYDESC, Use::Reads},
                                    {CUDNN_ATTR_OPERATION_RESAMPLE_BWD_IDXDESC, Use::Reads},
                                    {CUDNN_ATTR_OPERATION_RESAMPLE_BWD_XDESC, Use::Reads},
                                    {CUDNN_ATTR_OPERATION_RESAMPLE_BWD_YDESC, Use::Reads}},
                                   readBackward,
                                   [](const Operation &o, const Run &run) {
                                     isWide(&run.tensor(o.tensors[back::Dx])) ? backward<double>(o, run) : backward<float>(o, run);
                                   }};
