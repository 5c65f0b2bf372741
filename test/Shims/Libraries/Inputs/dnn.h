// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What the tests of cuDNN share: tensors of the device with a copy on the host, in all layouts and types. Values are small whole
// numbers, so that sums of products are exact.

#ifndef CUPORT_TEST_DNN_H
#define CUPORT_TEST_DNN_H

#include "blas.h"

#include <cuda_bf16.h>
#include <cuda_fp16.h>
#include <cudnn.h>

#include <cmath>
#include <memory>

using Sizes = std::vector<int>;

template <class T> inline constexpr cudnnDataType_t dataType = CUDNN_DATA_FLOAT;
template <> inline constexpr cudnnDataType_t dataType<double> = CUDNN_DATA_DOUBLE;
template <> inline constexpr cudnnDataType_t dataType<__half> = CUDNN_DATA_HALF;
template <> inline constexpr cudnnDataType_t dataType<__nv_bfloat16> = CUDNN_DATA_BFLOAT16;
template <> inline constexpr cudnnDataType_t dataType<int8_t> = CUDNN_DATA_INT8;
template <> inline constexpr cudnnDataType_t dataType<uint8_t> = CUDNN_DATA_UINT8;
template <> inline constexpr cudnnDataType_t dataType<int32_t> = CUDNN_DATA_INT32;

/// As T has it: integers to the nearest and saturated.
template <class T> T rounded(double value) {
  if constexpr (std::is_integral_v<T>)
    return T(std::nearbyint(std::min<double>(std::numeric_limits<T>::max(), std::max<double>(std::numeric_limits<T>::min(), value))));
  else if constexpr (std::is_same_v<T, double>)
    return value;
  else
    return T(float(value));
}
template <class T> double toDouble(T value) {
  if constexpr (std::is_arithmetic_v<T>)
    return value;
  else
    return float(value);
}

/// Factors on the host, of the type that goes with T.
template <class T> using Factor = std::conditional_t<std::is_same_v<T, double>, double, float>;

enum class Order { Plain, ChannelsLast, Gaps };

inline int countOf(const Sizes &size) {
  int count = 1;
  for (int each : size)
    count *= each;
  return count;
}

inline Sizes stridesOf(const Sizes &size, Order order) {
  Sizes stride(size.size());
  int next = 1;
  if (order == Order::ChannelsLast) {
    stride[1] = 1;
    next = size[1];
  }
  for (int i = int(size.size()) - 1; i >= 0; --i)
    if (order != Order::ChannelsLast || i != 1) {
      stride[i] = next;
      next = next * size[i] + (order == Order::Gaps ? 2 : 0);
    }
  return stride;
}

/// A tensor or a filter. On the host, elements are numbered with the last dimension first, whatever the order is.
template <class T> struct Elements {
  Sizes size, stride;
  std::vector<double> values; ///< when it was made
  std::unique_ptr<Array<T>> data;

  int place(int index) const {
    int at = 0;
    for (int i = int(size.size()) - 1; i >= 0; --i) {
      at += index % size[i] * stride[i];
      index /= size[i];
    }
    return at;
  }
  Elements(const Sizes &size, Order order, const std::vector<double> &values) : size(size), stride(stridesOf(size, order)), values(values) {
    std::vector<T> stored(place(countOf(size) - 1) + 1, T(99));
    for (int i = 0; i < countOf(size); ++i)
      stored[place(i)] = rounded<T>(values[i]);
    data.reset(new Array<T>(stored));
  }
  /// What the device has now; says if something between elements was changed.
  std::vector<double> host() const {
    std::vector<T> stored = data->host();
    std::vector<double> result(countOf(size));
    for (int i = 0; i < countOf(size); ++i) {
      result[i] = toDouble(stored[place(i)]);
      stored[place(i)] = T(99);
    }
    for (T each : stored)
      CHECK(toDouble(each) == 99);
    return result;
  }
  operator T *() const { return data->data; }
};

inline std::vector<double> numbers(int count, int seed, int range = 7) {
  std::vector<double> result(count);
  for (int i = 0; i < count; ++i)
    result[i] = (i * 5 + i / 7 * 3 + seed * 11) % range - range / 2;
  return result;
}

template <class T> struct Tensor : Elements<T> {
  cudnnTensorDescriptor_t descriptor;
  Tensor(const Sizes &size, Order order, const std::vector<double> &values) : Elements<T>(size, order, values) {
    OK(cudnnCreateTensorDescriptor(&descriptor));
    OK(cudnnSetTensorNdDescriptor(descriptor, dataType<T>, int(size.size()), size.data(), this->stride.data()));
  }
  Tensor(const Sizes &size, Order order = Order::Plain, int seed = 1) : Tensor(size, order, numbers(countOf(size), seed)) {}
  ~Tensor() { OK(cudnnDestroyTensorDescriptor(descriptor)); }
};

template <class T> struct Filter : Elements<T> {
  cudnnFilterDescriptor_t descriptor;
  Filter(const Sizes &size, Order order, int seed) : Elements<T>(size, order, numbers(countOf(size), seed, 5)) {
    OK(cudnnCreateFilterDescriptor(&descriptor));
    OK(cudnnSetFilterNdDescriptor(descriptor, dataType<T>, order == Order::ChannelsLast ? CUDNN_TENSOR_NHWC : CUDNN_TENSOR_NCHW,
                                  int(size.size()), size.data()));
  }
  ~Filter() { OK(cudnnDestroyFilterDescriptor(descriptor)); }
};

/// Is everything alpha * result + beta * what was there, as T has it?
template <class T>
bool blended(const Elements<T> &now, const std::vector<double> &result, double alpha = 1, double beta = 0, double tolerance = 0) {
  std::vector<double> got = now.host();
  for (size_t i = 0; i < result.size(); ++i) {
    double wanted = toDouble(rounded<T>(alpha * result[i] + (beta != 0 ? beta * now.values[i] : 0)));
    if (!(std::abs(got[i] - wanted) <= tolerance * std::max(1., std::abs(wanted)))) {
      std::printf("element %zu is %g, not %g\n", i, got[i], wanted);
      return false;
    }
  }
  return true;
}

#endif
