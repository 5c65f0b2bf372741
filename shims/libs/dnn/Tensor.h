// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Where a tensor's elements stand, and what the descriptors hold: plain values, so that a closure has a copy of its own.

#ifndef CUPORT_LIBS_DNN_TENSOR_H
#define CUPORT_LIBS_DNN_TENSOR_H

#include <cudnn.h>

#include <cstdint>

namespace cuport::dnn {

inline constexpr int maxRank = CUDNN_DIM_MAX;

/// Bytes of an element; 0 for a type that no function calculates with.
inline int64_t sizeOf(cudnnDataType_t type) {
  switch (type) {
  case CUDNN_DATA_INT8:
  case CUDNN_DATA_UINT8: return 1;
  case CUDNN_DATA_HALF:
  case CUDNN_DATA_BFLOAT16: return 2;
  case CUDNN_DATA_FLOAT:
  case CUDNN_DATA_INT32: return 4;
  case CUDNN_DATA_DOUBLE:
  case CUDNN_DATA_INT64: return 8;
  default: return 0;
  }
}

/// A tensor or a filter. A rank of 0: not set yet.
struct Tensor {
  cudnnDataType_t type = CUDNN_DATA_FLOAT;
  int rank = 0;
  int size[maxRank] = {};
  int stride[maxRank] = {}; ///< elements

  int64_t count() const {
    int64_t result = 1;
    for (int i = 0; i < rank; ++i)
      result *= size[i];
    return result;
  }
  /// Elements from the first to behind the last.
  int64_t span() const {
    int64_t result = 1;
    for (int i = 0; i < rank; ++i)
      result += int64_t(size[i] - 1) * stride[i];
    return result;
  }
  /// Of the dimensions from \p first on.
  int64_t countFrom(int first) const {
    int64_t result = 1;
    for (int i = first; i < rank; ++i)
      result *= size[i];
    return result;
  }
  /// One element behind the other, the last dimension's first.
  bool isPacked() const {
    int64_t wanted = 1;
    for (int i = rank; i-- > 0; wanted *= size[i])
      if (size[i] != 1 && stride[i] != wanted)
        return false;
    return true;
  }
  bool sameSize(const Tensor &other) const {
    if (rank != other.rank)
      return false;
    for (int i = 0; i < rank; ++i)
      if (size[i] != other.size[i])
        return false;
    return true;
  }
  bool sameLayout(const Tensor &other) const {
    for (int i = 0; i < rank; ++i)
      if (size[i] != 1 && stride[i] != other.stride[i])
        return false;
    return sameSize(other);
  }
  /// Sets the strides for elements one behind the other, the channels (dimension 1) last or where they stand.
  void pack(bool channelsLast) {
    int64_t next = 1;
    if (channelsLast && rank > 1) {
      stride[1] = 1;
      next = size[1];
    }
    for (int i = rank; i-- > 0;)
      if (!channelsLast || i != 1) {
        stride[i] = int(next);
        next *= size[i];
      }
  }
};

/// body(offset of the first element, number of elements before it) for each row along the last dimension.
template <class Body> void eachRow(const Tensor &t, Body body) {
  int index[maxRank] = {};
  int64_t offset = 0, length = t.size[t.rank - 1], rows = t.count() / length;
  for (int64_t row = 0; row < rows; ++row) {
    body(offset, row * length);
    for (int i = t.rank - 1; i-- > 0;) {
      offset += t.stride[i];
      if (++index[i] < t.size[i])
        break;
      offset -= int64_t(t.size[i]) * t.stride[i];
      index[i] = 0;
    }
  }
}

} // namespace cuport::dnn

struct cudnnTensorStruct : cuport::dnn::Tensor {};

struct cudnnFilterStruct : cuport::dnn::Tensor {
  cudnnTensorFormat_t format = CUDNN_TENSOR_NCHW;
};

#endif
