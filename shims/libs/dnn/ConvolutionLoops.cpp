// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Convolutions by loops, for the types that oneDNN has not.

#include "Convolution.h"
#include "Window.h"

using namespace cuport;
using namespace cuport::dnn;

namespace {

Span spanOf(const Shape &s, int dimension, int element) {
  return dnn::spanOf(s.in[dimension], s.out[dimension], s.pad[dimension], s.stride[dimension], s.dilation[dimension], element);
}

/// row(first of x, of w, of y, how many) for all rows of results that an element of the filter has a part in. Elements of x
/// are s.stride[2] apart.
template <class Row> void eachRowOfTaps(const Shape &s, Row row) {
  int channels = s.c / s.groups, filters = s.k / s.groups;
  int64_t xPlane = int64_t(s.in[0]) * s.in[1] * s.in[2], yPlane = int64_t(s.out[0]) * s.out[1] * s.out[2];
  int64_t taps = int64_t(s.filter[0]) * s.filter[1] * s.filter[2];
  for (int n = 0; n < s.n; ++n)
    for (int k = 0; k < s.k; ++k)
      for (int c = 0; c < channels; ++c) {
        int64_t x = (int64_t(n) * s.c + k / filters * channels + c) * xPlane, y = (int64_t(n) * s.k + k) * yPlane;
        int64_t w = (int64_t(k) * channels + c) * taps;
        for (int a = 0; a < s.filter[0]; ++a)
          for (int b = 0; b < s.filter[1]; ++b)
            for (int d = 0; d < s.filter[2]; ++d, ++w) {
              Span depth = spanOf(s, 0, a), height = spanOf(s, 1, b), width = spanOf(s, 2, d);
              if (width.count)
                for (int i = 0; i < depth.count; ++i)
                  for (int j = 0; j < height.count; ++j)
                    row(x + ((depth.input + int64_t(i) * s.stride[0]) * s.in[1] + height.input + int64_t(j) * s.stride[1]) * s.in[2] +
                            width.input,
                        w, y + (int64_t(depth.first + i) * s.out[1] + height.first + j) * s.out[2] + width.first, width.count);
            }
      }
}

} // namespace

template <class C> void dnn::convolve(Pass pass, const Shape &s, C *x, C *w, C *y) {
  int64_t step = s.stride[2];
  switch (pass) {
  case Pass::Forward:
    std::fill_n(y, int64_t(s.n) * s.k * s.out[0] * s.out[1] * s.out[2], C(0));
    return eachRowOfTaps(s, [&](int64_t xs, int64_t ws, int64_t ys, int count) {
      C tap = w[ws];
      if (step == 1)
        for (int i = 0; i < count; ++i)
          y[ys + i] += tap * x[xs + i];
      else
        for (int i = 0; i < count; ++i)
          y[ys + i] += tap * x[xs + i * step];
    });
  case Pass::BackwardData:
    std::fill_n(x, int64_t(s.n) * s.c * s.in[0] * s.in[1] * s.in[2], C(0));
    return eachRowOfTaps(s, [&](int64_t xs, int64_t ws, int64_t ys, int count) {
      C tap = w[ws];
      if (step == 1)
        for (int i = 0; i < count; ++i)
          x[xs + i] += tap * y[ys + i];
      else
        for (int i = 0; i < count; ++i)
          x[xs + i * step] += tap * y[ys + i];
    });
  case Pass::BackwardFilter:
    std::fill_n(w, int64_t(s.k) * (s.c / s.groups) * s.filter[0] * s.filter[1] * s.filter[2], C(0));
    return eachRowOfTaps(s, [&](int64_t xs, int64_t ws, int64_t ys, int count) {
      C sum(0);
      for (int i = 0; i < count; ++i)
        sum += x[xs + i * step] * y[ys + i];
      w[ws] += sum;
    });
  }
}

template void dnn::convolve(Pass, const Shape &, float *, float *, float *);
template void dnn::convolve(Pass, const Shape &, double *, double *, double *);
template void dnn::convolve(Pass, const Shape &, int32_t *, int32_t *, int32_t *);
