// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Elements of any type and layout as what is calculated with: packed arrays of float, double or 32-bit integers.
//
//   Input<float> x(tensor, data)            the data itself where it is that already, else a copy
//   Output<float> y(tensor, data, blend)    the data itself, or an array; y.store() then blends it in

#ifndef CUPORT_LIBS_DNN_VALUES_H
#define CUPORT_LIBS_DNN_VALUES_H

#include "Handle.h"

#include <cuda_bf16.h>
#include <cuda_fp16.h>
#include <cuda_fp8.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <type_traits>

namespace cuport::dnn {

template <class T> struct Type {
  using type = T;
};
template <class T> using TypeOf = typename T::type;

template <class T> inline constexpr cudnnDataType_t dataType = CUDNN_DATA_FLOAT;
template <> inline constexpr cudnnDataType_t dataType<double> = CUDNN_DATA_DOUBLE;
template <> inline constexpr cudnnDataType_t dataType<int32_t> = CUDNN_DATA_INT32;

/// Calls \p body with Type<T> of how elements are stored.
template <class Body> void withStored(cudnnDataType_t type, Body body) {
  switch (type) {
  case CUDNN_DATA_HALF: return body(Type<__half>());
  case CUDNN_DATA_BFLOAT16: return body(Type<__nv_bfloat16>());
  case CUDNN_DATA_DOUBLE: return body(Type<double>());
  case CUDNN_DATA_INT8: return body(Type<int8_t>());
  case CUDNN_DATA_UINT8: return body(Type<uint8_t>());
  case CUDNN_DATA_INT32: return body(Type<int32_t>());
  case CUDNN_DATA_INT64: return body(Type<int64_t>());
  case CUDNN_DATA_FP8_E4M3: return body(Type<__nv_fp8_e4m3>());
  case CUDNN_DATA_FP8_E5M2: return body(Type<__nv_fp8_e5m2>());
  default: return body(Type<float>());
  }
}

/// Calls \p body with Type<T> of what is calculated in: double for double, else float.
template <class Body> void withCalculated(cudnnDataType_t type, Body body) {
  if (type == CUDNN_DATA_DOUBLE)
    body(Type<double>());
  else
    body(Type<float>());
}

/// To the nearest; integers saturate.
template <class To, class From> To convert(From value) {
  if constexpr (std::is_integral_v<To> && std::is_floating_point_v<From>) {
    From low = From(std::numeric_limits<To>::min()), high = From(std::numeric_limits<To>::max());
    return !(value > low) ? std::numeric_limits<To>::min() : value >= high ? std::numeric_limits<To>::max() : To(std::nearbyint(value));
  } else if constexpr (std::is_integral_v<To> && std::is_integral_v<From> && sizeof(To) < sizeof(From)) {
    return To(std::clamp<From>(value, std::numeric_limits<To>::min(), std::numeric_limits<To>::max()));
  } else if constexpr (std::is_arithmetic_v<From> && std::is_arithmetic_v<To>) {
    return To(value);
  } else {
    return To(float(value));
  }
}

/// \p count elements, not set.
template <class C> using Array = std::unique_ptr<C[]>;
template <class C> Array<C> makeArray(int64_t count) { return Array<C>(new C[count]); }

/// How an operation wants its arrays: packed, or as they stand where the channels are last.
enum class Layout { Packed, Dense };

/// The tensor of C that stands for \p t.
template <class C> Tensor layoutOf(const Tensor &t, Layout wanted) {
  Tensor result = t;
  result.type = dataType<C>;
  result.pack(true);
  if (wanted == Layout::Packed || !t.sameLayout(result))
    result.pack(false);
  return result;
}

/// body(offset in t, offset in an array of the layout, how many, how far apart in t) for all elements.
template <class Body> void eachRun(const Tensor &t, const Tensor &layout, Body body) {
  if (t.sameLayout(layout))
    return body(0, 0, t.count(), 1);
  int64_t length = t.size[t.rank - 1], stride = t.stride[t.rank - 1];
  eachRow(t, [&](int64_t offset, int64_t before) { body(offset, before, length, stride); });
}

/// \p layout is packed, or t's own.
template <class C> void load(const Tensor &t, const void *data, C *to, const Tensor &layout) {
  withStored(t.type, [&](auto type) {
    const auto *from = static_cast<const TypeOf<decltype(type)> *>(data);
    eachRun(t, layout, [&](int64_t offset, int64_t before, int64_t length, int64_t stride) {
      for (int64_t i = 0; i < length; ++i)
        to[before + i] = convert<C>(from[offset + i * stride]);
    });
  });
}

/// Of a type that \p from is calculated in; blended in float, and in double for double.
template <class C> void store(const Tensor &t, const C *from, void *data, const Blend &blend, const Tensor &layout) {
  using B = std::conditional_t<std::is_same_v<C, double>, double, float>;
  B alpha(blend.alpha), beta(blend.beta);
  withStored(t.type, [&](auto type) {
    using T = TypeOf<decltype(type)>;
    T *to = static_cast<T *>(data);
    eachRun(t, layout, [&](int64_t offset, int64_t before, int64_t length, int64_t stride) {
      if (blend.isPlain())
        for (int64_t i = 0; i < length; ++i)
          to[offset + i * stride] = convert<T>(from[before + i]);
      else if (beta == 0)
        for (int64_t i = 0; i < length; ++i)
          to[offset + i * stride] = convert<T>(alpha * B(from[before + i]));
      else
        for (int64_t i = 0; i < length; ++i)
          to[offset + i * stride] = convert<T>(alpha * B(from[before + i]) + beta * convert<B>(to[offset + i * stride]));
    });
  });
}

template <class C> class Input {
  Array<C> copy;
  const C *values;

public:
  const Tensor layout;

  Input(const Tensor &t, const void *data, Layout wanted = Layout::Packed)
      : values(static_cast<const C *>(data)), layout(layoutOf<C>(t, wanted)) {
    if (t.type == dataType<C> && t.sameLayout(layout))
      return;
    copy = makeArray<C>(t.count());
    load(t, data, copy.get(), layout);
    values = copy.get();
  }
  operator const C *() const { return values; }
};

template <class C> class Output {
  const Tensor tensor;
  void *data;
  Blend blend;
  Array<C> copy;
  C *values;

public:
  const Tensor layout;

  Output(const Tensor &t, void *data, const Blend &blend, Layout wanted = Layout::Packed)
      : tensor(t), data(data), blend(blend), values(static_cast<C *>(data)), layout(layoutOf<C>(t, wanted)) {
    if (t.type == dataType<C> && t.sameLayout(layout) && blend.isPlain())
      return;
    copy = makeArray<C>(t.count());
    values = copy.get();
  }
  operator C *() const { return values; }
  void store() {
    if (copy)
      dnn::store(tensor, values, data, blend, layout);
  }
};

} // namespace cuport::dnn

#endif
