// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Thresholds, comparisons, and tables.

#include "Image.h"

using namespace cuport::npp;

namespace {

/// f(x, constants of the channel ...) for any number of constants, in place or not.
template <class F> struct WithConstants {
  template <class V, class T, class... K>
    requires(!V::inPlace)
  NppStatus operator()(V, const Call &call, const T *a, int aStep, T *to, int step, NppiSize size, K... given) const {
    if (!(isGiven(given) && ...))
      return NPP_NULL_POINTER_ERROR;
    return [&](auto... k) {
      return each<V>(
          call, size, to, step, [=](int c, T x) { return F()(x, k[c]...); }, image(a, aStep));
    }(constantOf<V>(given)...);
  }
  template <class V, class T, class... K>
    requires(V::inPlace)
  NppStatus operator()(V, const Call &call, T *to, int step, NppiSize size, K... given) const {
    return (*this)(Variant<T, T, 'C', V::to, 'C', V::to, false, false>(), call, static_cast<const T *>(to), step, to, step, size, given...);
  }
};

struct Below {
  template <class T> T operator()(T x, T limit, T value) const { return x < limit ? value : x; }
  template <class T> T operator()(T x, T limit) const { return x < limit ? limit : x; }
};
struct Above {
  template <class T> T operator()(T x, T limit, T value) const { return x > limit ? value : x; }
  template <class T> T operator()(T x, T limit) const { return x > limit ? limit : x; }
};
struct Outside {
  template <class T> T operator()(T x, T low, T lowValue, T high, T highValue) const { return x < low ? lowValue : x > high ? highValue : x; }
};

/// The comparison stands last, and is less or greater.
struct ByComparison {
  template <class V, class... Rest> NppStatus choose(V v, const Call &call, NppCmpOp comparison, Rest... rest) const {
    return comparison == NPP_CMP_LESS      ? WithConstants<Below>()(v, call, rest...)
           : comparison == NPP_CMP_GREATER ? WithConstants<Above>()(v, call, rest...)
                                           : NPP_NOT_SUPPORTED_MODE_ERROR;
  }
  template <class V, class T, class K> NppStatus operator()(V v, const Call &call, const T *a, int aStep, T *to, int step, NppiSize size, K limit, NppCmpOp comparison) const {
    return choose(v, call, comparison, a, aStep, to, step, size, limit);
  }
  template <class V, class T, class K>
  NppStatus operator()(V v, const Call &call, const T *a, int aStep, T *to, int step, NppiSize size, K limit, K value, NppCmpOp comparison) const {
    return choose(v, call, comparison, a, aStep, to, step, size, limit, value);
  }
  template <class V, class T, class K> NppStatus operator()(V v, const Call &call, T *to, int step, NppiSize size, K limit, NppCmpOp comparison) const {
    return choose(v, call, comparison, to, step, size, limit);
  }
  template <class V, class T, class K>
  NppStatus operator()(V v, const Call &call, T *to, int step, NppiSize size, K limit, K value, NppCmpOp comparison) const {
    return choose(v, call, comparison, to, step, size, limit, value);
  }
};

template <class T> bool compares(T x, T y, NppCmpOp comparison) {
  switch (comparison) {
  case NPP_CMP_LESS: return x < y;
  case NPP_CMP_LESS_EQ: return x <= y;
  case NPP_CMP_EQ: return x == y;
  case NPP_CMP_GREATER_EQ: return x >= y;
  default: return x > y;
  }
}

/// 255 where it holds for all channels, else 0.
template <class V, class T, class Of> NppStatus compare(const Call &call, Image<const T> a, Image<Npp8u> to, NppiSize size, NppCmpOp comparison, Of of) {
  if (NppStatus status = check(size, a, to))
    return status;
  return call.enqueue([=] {
    for (int y = 0; y < size.height; ++y)
      for (int64_t x = 0; x < size.width; ++x) {
        bool holds = true;
        for (int c = 0; c < V::fromUsed; ++c)
          holds = holds && compares(a.row(y)[x * V::from + c], of(y, x * V::from + c, c), comparison);
        to.row(y)[x] = holds ? 255 : 0;
      }
  });
}

/// value(levels, values, count, x) for each element, where a table's pointers are the device's.
template <class Value> struct ByTable {
  template <class V, class T, class L>
    requires(!V::inPlace)
  NppStatus operator()(V, const Call &call, const T *a, int aStep, T *to, int step, NppiSize size, const L *values, const L *levels, int count) const {
    if (!values || !levels)
      return NPP_NULL_POINTER_ERROR;
    if (count < 2)
      return NPP_LUT_NUMBER_OF_LEVELS_ERROR;
    return each<V>(
        call, size, to, step, [=](int, T x) { return Value()(levels, values, count, x); }, image(a, aStep));
  }
  template <class V, class T, class L>
    requires(!V::inPlace)
  NppStatus operator()(V, const Call &call, const T *a, int aStep, T *to, int step, NppiSize size, const L **values, const L **levels,
                       int *counts) const {
    if (!values || !levels || !counts)
      return NPP_NULL_POINTER_ERROR;
    for (int c = 0; c < V::used; ++c)
      if (counts[c] < 2)
        return NPP_LUT_NUMBER_OF_LEVELS_ERROR;
    return each<V>(
        call, size, to, step,
        [v = constantOf<V>(values), l = constantOf<V>(levels), n = constantOf<V>(counts)](int c, T x) { return Value()(l[c], v[c], n[c], x); },
        image(a, aStep));
  }
  template <class V, class T, class L>
    requires(V::inPlace)
  NppStatus operator()(V, const Call &call, T *to, int step, NppiSize size, const L *values, const L *levels, int count) const {
    return (*this)(Variant<T, T, 'C', V::to, 'C', V::to, false, false>(), call, static_cast<const T *>(to), step, to, step, size, values, levels, count);
  }
};

/// Of the levels the last that is not above x; -1 where x is outside of all.
template <class L, class T> int levelOf(const L *levels, int count, T x) {
  if (L(x) < levels[0] || L(x) >= levels[count - 1])
    return -1;
  return int(std::upper_bound(levels, levels + count, L(x)) - levels) - 1;
}
struct Steps {
  template <class L, class T> T operator()(const L *levels, const L *values, int count, T x) const {
    int k = levelOf(levels, count, x);
    return k < 0 ? x : saturated<T>(double(values[k]));
  }
};
struct Lines {
  template <class L, class T> T operator()(const L *levels, const L *values, int count, T x) const {
    int k = levelOf(levels, count, x);
    return k < 0 ? x
                 : finish<T>(Calculated<T>(values[k] + (double(values[k + 1]) - values[k]) * (double(x) - levels[k]) / (double(levels[k + 1]) - levels[k])));
  }
};

} // namespace

namespace cuport::npp::nppi {

struct Threshold : ByComparison {};
struct Threshold_Val : ByComparison {};
struct Threshold_LT : WithConstants<Below> {};
struct Threshold_GT : WithConstants<Above> {};
struct Threshold_LTVal : WithConstants<Below> {};
struct Threshold_GTVal : WithConstants<Above> {};
struct Threshold_LTValGTVal : WithConstants<Outside> {};

struct Compare {
  template <class V, class T>
  NppStatus operator()(V, const Call &call, const T *a, int aStep, const T *b, int bStep, Npp8u *to, int step, NppiSize size, NppCmpOp comparison) const {
    if (NppStatus status = check(size, image(b, bStep)))
      return status;
    return compare<V, T>(call, image(a, aStep), image(to, step), size, comparison, [=](int y, int64_t x, int) { return rowOf(b, bStep, y)[x]; });
  }
};
struct CompareC {
  template <class V, class T, class K>
  NppStatus operator()(V, const Call &call, const T *a, int aStep, K given, Npp8u *to, int step, NppiSize size, NppCmpOp comparison) const {
    if (!isGiven(given))
      return NPP_NULL_POINTER_ERROR;
    using Source = Variant<T, T, 'C', V::from, 'C', V::fromUsed, false, false>;
    return compare<V, T>(call, image(a, aStep), image(to, step), size, comparison,
                         [k = constantOf<Source>(given)](int, int64_t, int c) { return T(k[c]); });
  }
};

struct LUT : ByTable<Steps> {};
struct LUT_Linear : ByTable<Lines> {};

struct LUTPalette {
  template <class V, class T>
  NppStatus operator()(V, const Call &call, const T *a, int aStep, T *to, int step, NppiSize size, const T *table, int bits) const {
    if (!table)
      return NPP_NULL_POINTER_ERROR;
    if (bits < 1 || bits > int(sizeof(T) * 8))
      return NPP_LUT_PALETTE_BITSIZE_ERROR;
    return each<V>(
        call, size, to, step, [=](int, T x) { return table[x & ((1u << bits) - 1)]; }, image(a, aStep));
  }
  template <class V, class T>
  NppStatus operator()(V, const Call &call, const T *a, int aStep, T *to, int step, NppiSize size, const T **tables, int bits) const {
    if (!tables)
      return NPP_NULL_POINTER_ERROR;
    if (bits < 1 || bits > int(sizeof(T) * 8))
      return NPP_LUT_PALETTE_BITSIZE_ERROR;
    return each<V>(
        call, size, to, step, [t = constantOf<V>(tables), bits](int c, T x) { return t[c][x & ((1u << bits) - 1)]; }, image(a, aStep));
  }
};

} // namespace cuport::npp::nppi

#define CUPORT_NPPI_Threshold
#define CUPORT_NPPI_Threshold_Val
#define CUPORT_NPPI_Threshold_LT
#define CUPORT_NPPI_Threshold_GT
#define CUPORT_NPPI_Threshold_LTVal
#define CUPORT_NPPI_Threshold_GTVal
#define CUPORT_NPPI_Threshold_LTValGTVal
#define CUPORT_NPPI_Compare
#define CUPORT_NPPI_CompareC
#define CUPORT_NPPI_LUT
#define CUPORT_NPPI_LUT_Linear
#define CUPORT_NPPI_LUTPalette
#include "NppEntries.inc"
