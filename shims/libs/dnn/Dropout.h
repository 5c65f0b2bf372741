// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Dropout's descriptor, and masks of one bit an element.

#ifndef CUPORT_LIBS_DNN_DROPOUT_H
#define CUPORT_LIBS_DNN_DROPOUT_H

#include "Values.h"

namespace cuport::dnn {

/// On the device.
struct DropoutState {
  uint64_t seed, drawn;
  /// The number-th from here on.
  uint64_t draw(uint64_t number) const;
};

} // namespace cuport::dnn

struct cudnnDropoutStruct {
  float rate = 0;
  cuport::dnn::DropoutState *states = nullptr;
  unsigned long long seed = 0;
};

namespace cuport::dnn {

/// Bytes.
inline int64_t maskSize(int64_t count) { return (count + 31) / 32 * 4; }

/// A bit for each element that stays.
inline void drawMask(const cudnnDropoutStruct &d, uint32_t *mask, int64_t count) {
  std::fill_n(mask, maskSize(count) / 4, 0u);
  for (int64_t i = 0; i < count; ++i)
    mask[i / 32] |= uint32_t(double(d.states->draw(i) >> 11) * 0x1p-53 >= d.rate) << (i % 32);
  d.states->drawn += count;
}

template <class C> void applyMask(const cudnnDropoutStruct &d, const uint32_t *mask, const C *x, C *y, int64_t count) {
  C scale = d.rate < 1 ? 1 / (1 - C(d.rate)) : 0;
  for (int64_t i = 0; i < count; ++i)
    y[i] = mask[i / 32] >> (i % 32) & 1 ? x[i] * scale : C(0);
}

} // namespace cuport::dnn

#endif
