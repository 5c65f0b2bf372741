// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A tensor of the graph as a packed array to calculate with.
//
//   Source<C> x(run, number)                  its elements; x[i]
//   Target<C> y(run, number, blend); ...; y.store()
//   eachOf(result, {&a, &b}, body)            body(i, {of a, of b}) for all elements of the result; sizes of 1 are repeated

#ifndef CUPORT_LIBS_DNN_GRAPH_ELEMENTS_H
#define CUPORT_LIBS_DNN_GRAPH_ELEMENTS_H

#include "../Values.h"
#include "Program.h"

#include <array>
#include <optional>

namespace cuport::dnn::graph {

/// A bit an element, in the order of memory.
template <class C> void loadBits(const Tensor &t, const void *data, C *to) {
  auto *bits = static_cast<const uint8_t *>(data);
  eachRow(t, [&](int64_t offset, int64_t before) {
    for (int64_t i = 0, length = t.size[t.rank - 1]; i < length; ++i) {
      int64_t at = offset + i * t.stride[t.rank - 1];
      to[before + i] = C(bits[at / 8] >> (at % 8) & 1);
    }
  });
}
template <class C> void storeBits(const Tensor &t, const C *from, void *data) {
  auto *bits = static_cast<uint8_t *>(data);
  eachRow(t, [&](int64_t offset, int64_t before) {
    for (int64_t i = 0, length = t.size[t.rank - 1]; i < length; ++i) {
      int64_t at = offset + i * t.stride[t.rank - 1];
      uint8_t bit = uint8_t(1 << (at % 8));
      bits[at / 8] = from[before + i] != C(0) ? bits[at / 8] | bit : bits[at / 8] & ~bit;
    }
  });
}

template <class C> class Source {
  Array<C> bits;
  std::optional<Input<C>> input;
  const C *values = nullptr;

public:
  Source(const Run &run, int number) {
    if (number == none)
      return;
    const Tensor &t = run.tensor(number);
    if (t.type == CUDNN_DATA_BOOLEAN) {
      bits = makeArray<C>(t.count());
      loadBits(t, run.place(number), bits.get());
      values = bits.get();
    } else {
      values = input.emplace(t, run.place(number));
    }
  }
  explicit operator bool() const { return values; }
  operator const C *() const { return values; }
};

template <class C> class Target {
  const Tensor *bitTensor = nullptr;
  void *data = nullptr;
  Array<C> bits;
  std::optional<Output<C>> output;
  C *values = nullptr;

public:
  Target(const Run &run, int number, const Blend &blend = {}) {
    if (number == none)
      return;
    const Tensor &t = run.tensor(number);
    data = run.place(number);
    if (t.type == CUDNN_DATA_BOOLEAN) {
      bitTensor = &t;
      bits = makeArray<C>(t.count());
      values = bits.get();
    } else {
      values = output.emplace(t, data, blend);
    }
  }
  explicit operator bool() const { return values; }
  operator C *() const { return values; }
  void store() {
    if (bitTensor)
      storeBits(*bitTensor, values, data);
    else if (output)
      output->store();
  }
};

/// Can \p from be repeated to the size of \p to?
inline bool spreadsTo(const Tensor &from, const Tensor &to) {
  if (from.count() == 1)
    return true;
  if (from.rank != to.rank)
    return false;
  for (int i = 0; i < from.rank; ++i)
    if (from.size[i] != 1 && from.size[i] != to.size[i])
      return false;
  return true;
}

/// How far apart a packed array's elements are along each dimension, 0 where a size of 1 is repeated.
inline std::array<int64_t, maxRank> stepsThrough(const Tensor &from) {
  std::array<int64_t, maxRank> steps{};
  int64_t step = 1;
  if (from.count() > 1)
    for (int i = from.rank; i-- > 0; step *= from.size[i])
      steps[i] = from.size[i] == 1 ? 0 : step;
  return steps;
}

template <size_t N, class Body> void eachOf(const Tensor &result, const std::array<const Tensor *, N> &inputs, Body body) {
  std::array<std::array<int64_t, maxRank>, N> steps{};
  for (size_t n = 0; n < N; ++n)
    if (inputs[n])
      steps[n] = stepsThrough(*inputs[n]);
  int last = result.rank - 1, index[maxRank] = {};
  std::array<int64_t, N> at{};
  int64_t count = result.count(), length = result.size[last];
  for (int64_t i = 0; i < count; i += length) {
    std::array<int64_t, N> here = at;
    for (int64_t j = 0; j < length; ++j) {
      body(i + j, here);
      for (size_t n = 0; n < N; ++n)
        here[n] += steps[n][last];
    }
    for (int k = last; k-- > 0;) {
      for (size_t n = 0; n < N; ++n)
        at[n] += steps[n][k];
      if (++index[k] < result.size[k])
        break;
      for (size_t n = 0; n < N; ++n)
        at[n] -= steps[n][k] * result.size[k];
      index[k] = 0;
    }
  }
}

/// Calls \p body with Type<double> where one of the operation's tensors wants it, else with Type<float>.
template <class Body> void withType(const Run &run, const Operation &o, Body body) {
  if (isWide(run, o))
    body(Type<double>());
  else
    body(Type<float>());
}

} // namespace cuport::dnn::graph

#endif
