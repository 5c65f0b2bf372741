// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Reduction.h"

#include <cuda_bf16.h>
#include <cuda_fp16.h>
#include <cuda_fp8.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <type_traits>

using namespace cuport;
using namespace cuport::nccl;

template <class Body> static void withType(ncclDataType_t type, Body body) {
  switch (type) {
  case ncclInt8: return body(int8_t());
  case ncclUint8: return body(uint8_t());
  case ncclInt32: return body(int32_t());
  case ncclUint32: return body(uint32_t());
  case ncclInt64: return body(int64_t());
  case ncclUint64: return body(uint64_t());
  case ncclFloat16: return body(__half());
  case ncclFloat32: return body(float());
  case ncclFloat64: return body(double());
  case ncclBfloat16: return body(__nv_bfloat16());
  case ncclFloat8e4m3: return body(__nv_fp8_e4m3());
  case ncclFloat8e5m2: return body(__nv_fp8_e5m2());
  default: return;
  }
}

size_t nccl::sizeOf(ncclDataType_t type) {
  size_t size = 0;
  withType(type, [&]<class T>(T) { size = sizeof(T); });
  return size;
}

/// What numbers of the type are added in: integers wrap, so they have no sign.
template <class T> auto wider(T value) {
  if constexpr (std::is_integral_v<T>)
    return value;
  else if constexpr (std::is_same_v<T, double>)
    return value;
  else
    return static_cast<float>(value);
}
template <class T> using Wider = decltype(wider(T()));

template <class W> static W added(W a, W b) {
  if constexpr (std::is_integral_v<W>)
    return W(std::make_unsigned_t<W>(a) + std::make_unsigned_t<W>(b));
  else
    return a + b;
}
template <class W> static W multiplied(W a, W b) {
  if constexpr (std::is_integral_v<W>)
    return W(uint64_t(a) * uint64_t(b));
  else
    return a * b;
}

// A piece of numbers at a time, so that they stay near.
static constexpr size_t Piece = 512;

template <class T, class Combine, class First>
static void fold(T *output, size_t count, int ranks, const void *const *inputs, First first, Combine combine) {
  Wider<T> sums[Piece];
  for (size_t begin = 0; begin < count; begin += Piece) {
    size_t some = std::min(Piece, count - begin);
    for (int rank = 0; rank < ranks; ++rank) {
      const T *input = static_cast<const T *>(inputs[rank]) + begin;
      if (rank == 0)
        for (size_t i = 0; i < some; ++i)
          sums[i] = first(wider(input[i]));
      else
        for (size_t i = 0; i < some; ++i)
          sums[i] = combine(sums[i], first(wider(input[i])));
    }
    for (size_t i = 0; i < some; ++i)
      output[begin + i] = T(sums[i]);
  }
}

void nccl::contribute(const Reduction &how, ncclDataType_t type, void *output, const void *input, size_t count) {
  if (how.op != ncclNumOps) {
    std::memcpy(output, input, count * sizeOf(type));
    return;
  }
  withType(type, [&]<class T>(T) {
    auto factor = wider(*static_cast<const T *>(how.factor ? how.factor : how.value));
    for (size_t i = 0; i < count; ++i)
      static_cast<T *>(output)[i] = T(multiplied(wider(static_cast<const T *>(input)[i]), factor));
  });
}

void nccl::reduce(const Reduction &how, ncclDataType_t type, void *output, size_t count, int ranks, const void *const *inputs) {
  withType(type, [&]<class T>(T) {
    using W = Wider<T>;
    T *out = static_cast<T *>(output);
    auto same = [](W x) { return x; };
    switch (int(how.op)) {
    case ncclSum:
    case ncclNumOps: return fold(out, count, ranks, inputs, same, added<W>);
    case ncclProd: return fold(out, count, ranks, inputs, same, multiplied<W>);
    case ncclMax: return fold(out, count, ranks, inputs, same, [](W a, W b) { return a < b ? b : a; });
    case ncclMin: return fold(out, count, ranks, inputs, same, [](W a, W b) { return b < a ? b : a; });
    case ncclAvg:
      if constexpr (std::is_integral_v<W>) {
        fold(out, count, ranks, inputs, same, added<W>);
        for (size_t i = 0; i < count; ++i)
          out[i] = std::is_signed_v<W> ? T(int64_t(out[i]) / ranks) : T(uint64_t(out[i]) / unsigned(ranks));
        return;
      } else {
        return fold(out, count, ranks, inputs, [scale = W(1) / W(ranks)](W x) { return x * scale; }, added<W>);
      }
    }
  });
}
