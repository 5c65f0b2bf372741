// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Numbers of images: sums, means, extremes, differences, histograms, integrals. Results are the device's.

#include "Image.h"

using namespace cuport::npp;

namespace {

/// Calls body(channel, x, y, element) for all elements.
template <class V, class T, class Body> void walk(Image<const T> from, NppiSize size, Body body) {
  for (int y = 0; y < size.height; ++y)
    for (int x = 0; x < size.width; ++x)
      for (int c = 0; c < V::used; ++c)
        body(c, x, y, from.row(y)[int64_t(x) * V::from + c]);
}

template <class F> struct Of {
  /// The buffer in front of the result, or behind it.
  template <class V, class T, class R> NppStatus operator()(V, const Call &call, const T *a, int aStep, NppiSize size, Npp8u *, R *result) const {
    return run<V>(call, image(a, aStep), size, result);
  }
  template <class V, class T, class R> static NppStatus run(const Call &call, Image<const T> from, NppiSize size, R *result) {
    if (!result)
      return NPP_NULL_POINTER_ERROR;
    if (NppStatus status = check(size, from))
      return status;
    return call.enqueue([=] {
      F sums[V::used];
      walk<V>(from, size, [&](int c, int, int, T x) { sums[c].add(double(x)); });
      for (int c = 0; c < V::used; ++c)
        result[c] = R(sums[c].result(double(size.width) * size.height));
    });
  }
};

struct SumOf {
  double sum = 0;
  void add(double x) { sum += x; }
  double result(double) const { return sum; }
};
struct MeanOf : SumOf {
  double result(double count) const { return sum / count; }
};
struct LeastOf {
  double least = std::numeric_limits<double>::infinity();
  void add(double x) { least = std::min(least, x); }
  double result(double) const { return least; }
};
struct MostOf {
  double most = -std::numeric_limits<double>::infinity();
  void add(double x) { most = std::max(most, x); }
  double result(double) const { return most; }
};

template <int norm> struct Difference {
  template <class V, class T>
  NppStatus operator()(V, const Call &call, const T *a, int aStep, const T *b, int bStep, NppiSize size, Npp64f *result, Npp8u *) const {
    if (!result)
      return NPP_NULL_POINTER_ERROR;
    if (NppStatus status = check(size, image(a, aStep), image(b, bStep)))
      return status;
    return call.enqueue([=] {
      double sums[V::used] = {};
      walk<V>(image(a, aStep), size, [&](int c, int x, int y, T value) {
        double d = std::fabs(double(value) - double(rowOf(b, bStep, y)[int64_t(x) * V::from + c]));
        sums[c] = norm == 0 ? std::max(sums[c], d) : sums[c] + (norm == 1 ? d : d * d);
      });
      for (int c = 0; c < V::used; ++c)
        result[c] = norm == 2 ? std::sqrt(sums[c]) : sums[c];
    });
  }
};

/// binOf(channel, x) gives -1 for what is in none; counts stand in arrays of the device's.
template <class V, class T, class BinOf>
NppStatus histogram(const Call &call, Image<const T> from, NppiSize size, Constant<Npp32s *, V::used> counts, Constant<int, V::used> levels, BinOf binOf) {
  if (NppStatus status = check(size, from))
    return status;
  for (int c = 0; c < V::used; ++c) {
    if (!counts[c])
      return NPP_NULL_POINTER_ERROR;
    if (levels[c] < 2)
      return NPP_HISTOGRAM_NUMBER_OF_LEVELS_ERROR;
  }
  return call.enqueue([=] {
    for (int c = 0; c < V::used; ++c)
      std::fill_n(counts[c], levels[c] - 1, 0);
    walk<V>(from, size, [&](int c, int, int, T x) {
      if (int bin = binOf(c, x); bin >= 0)
        ++counts[c][bin];
    });
  });
}

/// Levels from the lower to the upper, as nppiEvenLevelsHost_32s spreads them.
int evenLevel(int number, int levels, Npp32s lower, Npp32s upper) {
  return int(std::floor((double(upper) - lower) * number / (levels - 1) + 0.5)) + lower;
}

} // namespace

namespace cuport::npp::nppi {

struct Sum : Of<SumOf> {};
struct Mean : Of<MeanOf> {};
struct Min : Of<LeastOf> {};
struct Max : Of<MostOf> {};

struct Mean_StdDev {
  template <class V, class T>
  NppStatus operator()(V, const Call &call, const T *a, int aStep, NppiSize size, Npp8u *, Npp64f *mean, Npp64f *deviation) const {
    if (!mean || !deviation)
      return NPP_NULL_POINTER_ERROR;
    if (NppStatus status = check(size, image(a, aStep)))
      return status;
    return call.enqueue([=] {
      double count = double(size.width) * size.height, sum = 0, squares = 0;
      walk<V>(image(a, aStep), size, [&](int, int, int, T x) { sum += double(x); });
      walk<V>(image(a, aStep), size, [&](int, int, int, T x) { squares += (double(x) - sum / count) * (double(x) - sum / count); });
      *mean = sum / count;
      *deviation = std::sqrt(squares / count);
    });
  }
};

struct MinMax {
  template <class V, class T> NppStatus operator()(V, const Call &call, const T *a, int aStep, NppiSize size, T *least, T *most, Npp8u *) const {
    if (!least || !most)
      return NPP_NULL_POINTER_ERROR;
    if (NppStatus status = check(size, image(a, aStep)))
      return status;
    return call.enqueue([=] {
      for (int c = 0; c < V::used; ++c)
        least[c] = most[c] = a[c];
      walk<V>(image(a, aStep), size, [&](int c, int, int, T x) {
        least[c] = std::min(least[c], x);
        most[c] = std::max(most[c], x);
      });
    });
  }
};

struct MinMaxIndx {
  template <class V, class T>
  NppStatus operator()(V, const Call &call, const T *a, int aStep, NppiSize size, T *least, T *most, NppiPoint *leastAt, NppiPoint *mostAt, Npp8u *) const {
    if (!least || !most || !leastAt || !mostAt)
      return NPP_NULL_POINTER_ERROR;
    if (NppStatus status = check(size, image(a, aStep)))
      return status;
    return call.enqueue([=] {
      *least = *most = *a;
      *leastAt = *mostAt = {0, 0};
      walk<V>(image(a, aStep), size, [&](int, int x, int y, T value) {
        if (value < *least)
          *least = value, *leastAt = {x, y};
        if (value > *most)
          *most = value, *mostAt = {x, y};
      });
    });
  }
};

struct NormDiff_Inf : Difference<0> {};
struct NormDiff_L1 : Difference<1> {};
struct NormDiff_L2 : Difference<2> {};

struct CountInRange {
  template <class V, class T, class K>
  NppStatus operator()(V, const Call &call, const T *a, int aStep, NppiSize size, int *counts, K lower, K upper, Npp8u *) const {
    if (!counts || !isGiven(lower) || !isGiven(upper))
      return NPP_NULL_POINTER_ERROR;
    if (NppStatus status = check(size, image(a, aStep)))
      return status;
    return call.enqueue([=, low = constantOf<V>(lower), high = constantOf<V>(upper)] {
      std::fill_n(counts, V::used, 0);
      walk<V>(image(a, aStep), size, [&](int c, int, int, T x) { counts[c] += x >= low[c] && x <= high[c]; });
    });
  }
};

struct HistogramEven {
  template <class V, class T>
  NppStatus operator()(V, const Call &call, const T *a, int aStep, NppiSize size, Npp32s *counts, int levels, Npp32s lower, Npp32s upper, Npp8u *) const {
    return even<V>(call, image(a, aStep), size, {{counts}}, {{levels}}, {{lower}}, {{upper}});
  }
  template <class V, class T>
  NppStatus operator()(V, const Call &call, const T *a, int aStep, NppiSize size, Npp32s **counts, int *levels, Npp32s *lower, Npp32s *upper,
                       Npp8u *) const {
    if (!counts || !levels || !lower || !upper)
      return NPP_NULL_POINTER_ERROR;
    return even<V>(call, image(a, aStep), size, constantOf<V>(counts), constantOf<V>(levels), constantOf<V>(lower),
                   constantOf<V>(upper));
  }

private:
  template <class V, class T>
  static NppStatus even(const Call &call, Image<const T> from, NppiSize size, Constant<Npp32s *, V::used> counts, Constant<int, V::used> levels,
                        Constant<Npp32s, V::used> lower, Constant<Npp32s, V::used> upper) {
    return histogram<V>(call, from, size, counts, levels, [=](int c, T x) {
      if (x < lower[c] || x >= upper[c])
        return -1;
      int bin = std::clamp(int((double(x) - lower[c]) * (levels[c] - 1) / (double(upper[c]) - lower[c])), 0, levels[c] - 2);
      // Levels are whole numbers, so the guess may be one off.
      while (bin > 0 && x < evenLevel(bin, levels[c], lower[c], upper[c]))
        --bin;
      while (bin < levels[c] - 2 && x >= evenLevel(bin + 1, levels[c], lower[c], upper[c]))
        ++bin;
      return bin;
    });
  }
};

struct HistogramRange {
  template <class V, class T, class L>
  NppStatus operator()(V, const Call &call, const T *a, int aStep, NppiSize size, Npp32s *counts, const L *levels, int count, Npp8u *) const {
    return range<V, T, L>(call, image(a, aStep), size, {{counts}}, {{levels}}, {{count}});
  }
  template <class V, class T, class L>
  NppStatus operator()(V, const Call &call, const T *a, int aStep, NppiSize size, Npp32s **counts, const L **levels, int *count, Npp8u *) const {
    if (!counts || !levels || !count)
      return NPP_NULL_POINTER_ERROR;
    return range<V, T, L>(call, image(a, aStep), size, constantOf<V>(counts), constantOf<V>(levels), constantOf<V>(count));
  }

private:
  template <class V, class T, class L>
  static NppStatus range(const Call &call, Image<const T> from, NppiSize size, Constant<Npp32s *, V::used> counts, Constant<const L *, V::used> levels,
                         Constant<int, V::used> count) {
    for (const L *each : levels.values)
      if (!each)
        return NPP_NULL_POINTER_ERROR;
    return histogram<V>(call, from, size, counts, count, [=](int c, T x) {
      const L *begin = levels[c], *end = begin + count[c];
      return L(x) < *begin || L(x) >= end[-1] ? -1 : int(std::upper_bound(begin, end, L(x)) - begin) - 1;
    });
  }
};

/// One row and one column more than the source, which are the value that it begins with.
struct Integral {
  template <class V, class S, class D>
  NppStatus operator()(V, const Call &call, const S *a, int aStep, D *to, int step, NppiSize size, D value) const {
    if (NppStatus status = check(size, image(a, aStep), image(to, step)))
      return status;
    return call.enqueue([=] {
      std::fill_n(to, size.width + 1, value);
      for (int y = 0; y < size.height; ++y) {
        double sum = 0;
        D *row = rowOf(to, step, y + 1);
        row[0] = value;
        for (int x = 0; x < size.width; ++x) {
          sum += double(rowOf(a, aStep, y)[x]);
          row[x + 1] = D(double(rowOf(to, step, y)[x + 1]) + sum);
        }
      }
    });
  }
};

} // namespace cuport::npp::nppi

NppStatus nppiEvenLevelsHost_32s(Npp32s *levels, int count, Npp32s lower, Npp32s upper) {
  if (!levels)
    return NPP_NULL_POINTER_ERROR;
  if (count < 2)
    return NPP_HISTOGRAM_NUMBER_OF_LEVELS_ERROR;
  for (int i = 0; i < count; ++i)
    levels[i] = evenLevel(i, count, lower, upper);
  return NPP_SUCCESS;
}

#define CUPORT_NPPI_Sum
#define CUPORT_NPPI_Mean
#define CUPORT_NPPI_Min
#define CUPORT_NPPI_Max
#define CUPORT_NPPI_Mean_StdDev
#define CUPORT_NPPI_MinMax
#define CUPORT_NPPI_MinMaxIndx
#define CUPORT_NPPI_NormDiff_Inf
#define CUPORT_NPPI_NormDiff_L1
#define CUPORT_NPPI_NormDiff_L2
#define CUPORT_NPPI_CountInRange
#define CUPORT_NPPI_HistogramEven
#define CUPORT_NPPI_HistogramRange
#define CUPORT_NPPI_Integral
#include "NppEntries.inc"
