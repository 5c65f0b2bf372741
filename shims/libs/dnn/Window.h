// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What a window that steps over a row sees of it.

#ifndef CUPORT_LIBS_DNN_WINDOW_H
#define CUPORT_LIBS_DNN_WINDOW_H

#include <algorithm>
#include <cstdint>

namespace cuport::dnn {

/// Of one element of the window: the results, from `first` on, for which it stands on an element of the row and not on padding;
/// for the first it stands on `input`, and a stride further for each other.
struct Span {
  int first, count;
  int64_t input;
};

inline Span spanOf(int in, int out, int pad, int stride, int dilation, int element) {
  int64_t shift = int64_t(element) * dilation - pad; // input = result * stride + shift
  int64_t first = shift < 0 ? (-shift + stride - 1) / stride : 0, room = in - 1 - shift;
  int64_t end = room < 0 ? 0 : std::min<int64_t>(out, room / stride + 1);
  return {int(first), int(std::max<int64_t>(0, end - first)), first * stride + shift};
}

} // namespace cuport::dnn

#endif
