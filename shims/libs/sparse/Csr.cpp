// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Functions for one format and type: incomplete factors, sums, tridiagonal systems, and products with BSR.

#include "Values.h"

#include <algorithm>
#include <climits>

using namespace cuport;
using namespace cuport::sparse;

/// Of an incomplete factorisation: the first pivot that is missing or 0, from the descriptor's base; -1: none.
struct csrilu02Info {
  int zeroPivot = -1;
  bool boosts = false;
  double tolerance = 0;
  std::complex<double> boost = 0;
};
struct csric02Info {
  int zeroPivot = -1;
};

namespace {

/// The part of a row's columns, which are sorted, before and behind its diagonal.
int findColumn(const int *indices, int begin, int end, int column) {
  const int *found = std::lower_bound(indices + begin, indices + end, column);
  return found != indices + end && *found == column ? int(found - indices) : -1;
}

/// L U = A in A's places, L with ones on its diagonal.
template <class T> void factorLu(int rows, T *values, const int *offsets, const int *indices, int base, csrilu02Info &info) {
  info.zeroPivot = -1;
  auto begin = [&](int row) { return offsets[row] - base; };
  for (int i = 0; i < rows; ++i) {
    for (int place = begin(i); place < begin(i + 1) && indices[place] - base < i; ++place) {
      int k = indices[place] - base, pivot = findColumn(indices, begin(k), begin(k + 1), k + base);
      if (pivot < 0 || values[pivot] == T(0))
        continue; // it was noted when row k was done
      values[place] /= values[pivot];
      for (int next = pivot + 1; next < begin(k + 1); ++next)
        if (int there = findColumn(indices, place + 1, begin(i + 1), indices[next]); there >= 0)
          values[there] -= values[place] * values[next];
    }
    int pivot = findColumn(indices, begin(i), begin(i + 1), i + base);
    if (pivot >= 0 && info.boosts && std::abs(values[pivot]) <= info.tolerance)
      values[pivot] = convert<T>(info.boost);
    if ((pivot < 0 || values[pivot] == T(0)) && info.zeroPivot < 0)
      info.zeroPivot = i + base;
  }
}

/// L L^H = A in the places of A's lower triangle.
template <class T> void factorCholesky(int rows, T *values, const int *offsets, const int *indices, int base, csric02Info &info) {
  info.zeroPivot = -1;
  auto begin = [&](int row) { return offsets[row] - base; };
  for (int i = 0; i < rows; ++i) {
    int pivot = -1;
    for (int place = begin(i); place < begin(i + 1) && indices[place] - base <= i; ++place) {
      int k = indices[place] - base;
      T sum = values[place];
      // Of rows i and k what stands before column k.
      for (int p = begin(i), q = begin(k); p < begin(i + 1) && q < begin(k + 1) && indices[p] - base < k && indices[q] - base < k;) {
        if (indices[p] == indices[q])
          sum -= values[p] * conjugate(values[q]), ++p, ++q;
        else
          ++(indices[p] < indices[q] ? p : q);
      }
      if (k == i) {
        pivot = place;
        values[place] = std::sqrt(sum);
      } else if (int diagonal = findColumn(indices, begin(k), begin(k + 1), k + base); diagonal >= 0 && values[diagonal] != T(0)) {
        values[place] = sum / values[diagonal];
      }
    }
    bool isGood = pivot >= 0 && std::abs(values[pivot]) > 0 && std::abs(values[pivot]) == std::abs(values[pivot]);
    if (!isGood && info.zeroPivot < 0)
      info.zeroPivot = i + base;
  }
}

/// A row without its diagonal is found before there are values.
template <class Info>
Status analyse(Call call, int rows, int nonzeros, const cusparseMatDescr_t descriptor, const int *offsets, const int *indices, Info *info) {
  CUPORT_CHECK(call, rows >= 0 && nonzeros >= 0 && descriptor && offsets && info);
  return call.enqueue([=, base = int(descriptor->base)] {
    info->zeroPivot = -1;
    for (int i = 0; i < rows && info->zeroPivot < 0; ++i)
      if (findColumn(indices, offsets[i] - base, offsets[i + 1] - base, i + base) < 0)
        info->zeroPivot = i + base;
  });
}

template <class T>
Status factorLu(Call call, int rows, int nonzeros, const cusparseMatDescr_t descriptor, T *values, const int *offsets, const int *indices, csrilu02Info *info) {
  CUPORT_CHECK(call, rows >= 0 && nonzeros >= 0 && descriptor && offsets && info);
  return call.enqueue([=, base = int(descriptor->base)] {
    factorLu(rows, reinterpret_cast<Number<T> *>(values), offsets, indices, base, *info);
  });
}

template <class T>
Status factorCholesky(Call call, int rows, int nonzeros, const cusparseMatDescr_t descriptor, T *values, const int *offsets, const int *indices,
                      csric02Info *info) {
  CUPORT_CHECK(call, rows >= 0 && nonzeros >= 0 && descriptor && offsets && info);
  return call.enqueue([=, base = int(descriptor->base)] {
    factorCholesky(rows, reinterpret_cast<Number<T> *>(values), offsets, indices, base, *info);
  });
}

/// \p info is the host's, and its operation may be on the way.
template <class Info> Status zeroPivot(Call call, const Info *info, int *position) {
  CUPORT_CHECK(call, info && position);
  if (Status status = statusOf(cudaStreamSynchronize(call.handle->stream)))
    return status;
  auto give = [=] { *position = info->zeroPivot; };
  if (call.hostScalars())
    give();
  else if (Status status = call.enqueue(give))
    return status;
  return info->zeroPivot >= 0 ? CUSPARSE_STATUS_ZERO_PIVOT : CUSPARSE_STATUS_SUCCESS;
}

template <class T> Status boost(Call call, csrilu02Info *info, int enable, const double *tolerance, const T *value) {
  CUPORT_CHECK(call, info && (!enable || (tolerance && value)));
  info->boosts = enable;
  if (enable) {
    info->tolerance = *tolerance;
    info->boost = convert<std::complex<double>>(*reinterpret_cast<const Number<T> *>(value));
  }
  return CUSPARSE_STATUS_SUCCESS;
}

Status giveSize(Call call, bool valid, size_t *size) {
  CUPORT_CHECK(call, valid && size);
  *size = smallBuffer;
  return CUSPARSE_STATUS_SUCCESS;
}

/// A tridiagonal matrix with the right sides in x, by Gaussian elimination with exchanges of neighbours; steps are of one element to the
/// next. \p lower[0] and \p upper[n - 1] are not used.
template <class T> void solveTridiagonal(int n, const T *lower, const T *diagonal, const T *upper, int64_t step, T *x, int64_t stepX) {
  if (!n)
    return;
  std::vector<T> d(n), u(n), second(n), l(n);
  for (int i = 0; i < n; ++i) {
    d[i] = diagonal[i * step];
    u[i] = i + 1 < n ? upper[i * step] : T(0);
    l[i] = i + 1 < n ? lower[(i + 1) * step] : T(0);
  }
  for (int i = 0; i + 1 < n; ++i) {
    T &here = x[i * stepX], &next = x[(i + 1) * stepX];
    if (std::abs(d[i]) < std::abs(l[i])) {
      std::swap(d[i], l[i]);
      std::swap(u[i], d[i + 1]);
      std::swap(here, next);
      second[i] = u[i + 1];
      u[i + 1] = T(0);
    }
    T factor = l[i] / d[i];
    d[i + 1] -= factor * u[i];
    u[i + 1] -= factor * second[i];
    next -= factor * here;
  }
  for (int i = n - 1; i >= 0; --i) {
    T value = x[i * stepX];
    if (i + 1 < n)
      value -= u[i] * x[(i + 1) * stepX];
    if (i + 2 < n)
      value -= second[i] * x[(i + 2) * stepX];
    x[i * stepX] = value / d[i];
  }
}

/// \p columns right sides of one matrix.
template <class T, bool pivots> Status solveColumns(Call call, int n, int columns, const T *lower, const T *diagonal, const T *upper, T *b, int leading) {
  CUPORT_CHECK(call, n >= (pivots ? 3 : 0) && columns >= 0 && leading >= n);
  using N = Number<T>;
  auto of = [](const T *place) { return reinterpret_cast<const N *>(place); };
  return call.enqueue([=] {
    for (int j = 0; j < columns; ++j)
      solveTridiagonal<N>(n, of(lower), of(diagonal), of(upper), 1, reinterpret_cast<N *>(b) + int64_t(j) * leading, 1);
  });
}

/// Many systems: system k begins k * \p between further, and its elements are \p step apart.
template <class T, bool isInterleaved>
Status solveMany(Call call, int n, const T *lower, const T *diagonal, const T *upper, T *x, int count, int64_t between, int64_t step) {
  CUPORT_CHECK(call, n >= 0 && count >= 0 && between >= 0);
  using N = Number<T>;
  auto of = [](const T *place) { return reinterpret_cast<const N *>(place); };
  return call.enqueue([=] {
    for (int64_t k = 0; k < count; ++k)
      solveTridiagonal<N>(n, of(lower) + k * between, of(diagonal) + k * between, of(upper) + k * between, step,
                          reinterpret_cast<N *>(x) + k * between, step);
  });
}

struct Csr {
  const int *offsets, *indices;
  int base;
};
Csr csr(const cusparseMatDescr_t descriptor, const int *offsets, const int *indices) { return {offsets, indices, int(descriptor->base)}; }

/// \p visit(column, place in A or -1, place in B or -1) for each column of a row of A + B; columns are sorted.
template <class Visit> void eachOfSum(const Csr &a, const Csr &b, int row, Visit visit) {
  int p = a.offsets[row] - a.base, endA = a.offsets[row + 1] - a.base, q = b.offsets[row] - b.base, endB = b.offsets[row + 1] - b.base;
  while (p < endA || q < endB) {
    int columnA = p < endA ? a.indices[p] - a.base : INT_MAX, columnB = q < endB ? b.indices[q] - b.base : INT_MAX;
    int column = std::min(columnA, columnB);
    visit(column, columnA == column ? p++ : -1, columnB == column ? q++ : -1);
  }
}

template <class T>
Status add(Call call, int rows, int columns, const T *alpha, const cusparseMatDescr_t descriptorA, const T *valuesA, const int *offsetsA, const int *indicesA,
           const T *beta, const cusparseMatDescr_t descriptorB, const T *valuesB, const int *offsetsB, const int *indicesB,
           const cusparseMatDescr_t descriptorC, T *valuesC, int *offsetsC, int *indicesC) {
  CUPORT_CHECK(call, rows >= 0 && columns >= 0 && alpha && beta && descriptorA && descriptorB && descriptorC);
  using N = Number<T>;
  Csr a = csr(descriptorA, offsetsA, indicesA), b = csr(descriptorB, offsetsB, indicesB);
  return call.enqueue([=, first = call.scalar(alpha, sizeof(T)), second = call.scalar(beta, sizeof(T)), base = int(descriptorC->base)] {
    N ofA = *static_cast<const N *>(first.data()), ofB = *static_cast<const N *>(second.data());
    auto at = [](const T *values, int place) { return place < 0 ? N(0) : reinterpret_cast<const N *>(values)[place]; };
    int next = 0;
    for (int row = 0; row < rows; ++row) {
      offsetsC[row] = next + base;
      eachOfSum(a, b, row, [&](int column, int p, int q) {
        indicesC[next] = column + base;
        reinterpret_cast<N *>(valuesC)[next++] = ofA * at(valuesA, p) + ofB * at(valuesB, q);
      });
    }
    offsetsC[rows] = next + base;
  });
}

} // namespace

#define INFO(Name, T)                                                                                                    \
  cusparseStatus_t cusparseCreate##Name##Info(T **info) {                                                                \
    if (!info)                                                                                                           \
      return CUSPARSE_STATUS_INVALID_VALUE;                                                                              \
    *info = new T;                                                                                                       \
    return CUSPARSE_STATUS_SUCCESS;                                                                                      \
  }                                                                                                                      \
  cusparseStatus_t cusparseDestroy##Name##Info(T *info) {                                                                \
    delete info;                                                                                                         \
    return CUSPARSE_STATUS_SUCCESS;                                                                                      \
  }
INFO(Csrilu02, csrilu02Info)
INFO(Csric02, csric02Info)
#undef INFO

cusparseStatus_t cusparseXcsrilu02_zeroPivot(cusparseHandle_t handle, csrilu02Info_t info, int *position) {
  return zeroPivot({handle, "cusparseXcsrilu02_zeroPivot"}, info, position);
}
cusparseStatus_t cusparseXcsric02_zeroPivot(cusparseHandle_t handle, csric02Info_t info, int *position) {
  return zeroPivot({handle, "cusparseXcsric02_zeroPivot"}, info, position);
}

#define CALL(name) Call{handle, "cusparse" #name}

#define FACTOR(name, T, Info, factor)                                                                                    \
  cusparseStatus_t cusparse##name##_bufferSize(cusparseHandle_t handle, int rows, int nonzeros, const cusparseMatDescr_t descriptor, T *,  \
                                               const int *, const int *, Info info, int *size) {                        \
    size_t bytes = 0;                                                                                                    \
    Status status = giveSize(CALL(name), rows >= 0 && nonzeros >= 0 && descriptor && info && size, &bytes);              \
    if (!status)                                                                                                         \
      *size = int(bytes);                                                                                                \
    return status;                                                                                                       \
  }                                                                                                                      \
  cusparseStatus_t cusparse##name##_bufferSizeExt(cusparseHandle_t handle, int rows, int nonzeros, const cusparseMatDescr_t descriptor,    \
                                                  T *, const int *, const int *, Info info, size_t *size) {             \
    return giveSize(CALL(name), rows >= 0 && nonzeros >= 0 && descriptor && info, size);                                 \
  }                                                                                                                      \
  cusparseStatus_t cusparse##name##_analysis(cusparseHandle_t handle, int rows, int nonzeros, const cusparseMatDescr_t descriptor,         \
                                             const T *, const int *offsets, const int *indices, Info info,              \
                                             cusparseSolvePolicy_t, void *) {                                            \
    return analyse(CALL(name##_analysis), rows, nonzeros, descriptor, offsets, indices, info);                           \
  }                                                                                                                      \
  cusparseStatus_t cusparse##name(cusparseHandle_t handle, int rows, int nonzeros, const cusparseMatDescr_t descriptor, T *values,         \
                                  const int *offsets, const int *indices, Info info, cusparseSolvePolicy_t, void *) {    \
    return factor<T>(CALL(name), rows, nonzeros, descriptor, values, offsets, indices, info);                            \
  }

#define FUNCTIONS(L, T)                                                                                                  \
  FACTOR(L##csrilu02, T, csrilu02Info_t, factorLu)                                                                       \
  FACTOR(L##csric02, T, csric02Info_t, factorCholesky)                                                                   \
  cusparseStatus_t cusparse##L##csrilu02_numericBoost(cusparseHandle_t handle, csrilu02Info_t info, int enable, double *tolerance,         \
                                                      T *value) {                                                        \
    return boost(CALL(L##csrilu02_numericBoost), info, enable, tolerance, value);                                        \
  }                                                                                                                      \
  cusparseStatus_t cusparse##L##gtsv2_bufferSizeExt(cusparseHandle_t handle, int n, int columns, const T *, const T *, const T *,          \
                                                    const T *, int, size_t *size) {                                      \
    return giveSize(CALL(L##gtsv2), n >= 0 && columns >= 0, size);                                                       \
  }                                                                                                                      \
  cusparseStatus_t cusparse##L##gtsv2(cusparseHandle_t handle, int n, int columns, const T *lower, const T *diagonal, const T *upper,      \
                                      T *b, int leading, void *) {                                                       \
    return solveColumns<T, true>(CALL(L##gtsv2), n, columns, lower, diagonal, upper, b, leading);                        \
  }                                                                                                                      \
  cusparseStatus_t cusparse##L##gtsv2_nopivot_bufferSizeExt(cusparseHandle_t handle, int n, int columns, const T *, const T *, const T *,  \
                                                            const T *, int, size_t *size) {                              \
    return giveSize(CALL(L##gtsv2_nopivot), n >= 0 && columns >= 0, size);                                               \
  }                                                                                                                      \
  cusparseStatus_t cusparse##L##gtsv2_nopivot(cusparseHandle_t handle, int n, int columns, const T *lower, const T *diagonal,              \
                                              const T *upper, T *b, int leading, void *) {                               \
    return solveColumns<T, false>(CALL(L##gtsv2_nopivot), n, columns, lower, diagonal, upper, b, leading);               \
  }                                                                                                                      \
  cusparseStatus_t cusparse##L##gtsv2StridedBatch_bufferSizeExt(cusparseHandle_t handle, int n, const T *, const T *, const T *,           \
                                                                const T *, int count, int, size_t *size) {               \
    return giveSize(CALL(L##gtsv2StridedBatch), n >= 0 && count >= 0, size);                                             \
  }                                                                                                                      \
  cusparseStatus_t cusparse##L##gtsv2StridedBatch(cusparseHandle_t handle, int n, const T *lower, const T *diagonal, const T *upper, T *x, \
                                                  int count, int stride, void *) {                                       \
    return solveMany<T, false>(CALL(L##gtsv2StridedBatch), n, lower, diagonal, upper, x, count, stride, 1);              \
  }                                                                                                                      \
  cusparseStatus_t cusparse##L##gtsvInterleavedBatch_bufferSizeExt(cusparseHandle_t handle, int, int n, const T *, const T *, const T *,   \
                                                                   const T *, int count, size_t *size) {                 \
    return giveSize(CALL(L##gtsvInterleavedBatch), n >= 0 && count >= 0, size);                                          \
  }                                                                                                                      \
  cusparseStatus_t cusparse##L##gtsvInterleavedBatch(cusparseHandle_t handle, int, int n, T *lower, T *diagonal, T *upper, T *x, int count, \
                                                     void *) {                                                           \
    return solveMany<T, true>(CALL(L##gtsvInterleavedBatch), n, lower, diagonal, upper, x, count, 1, count);             \
  }                                                                                                                      \
  cusparseStatus_t cusparse##L##csrgeam2_bufferSizeExt(                                                                  \
      cusparseHandle_t handle, int rows, int columns, const T *, const cusparseMatDescr_t, int, const T *, const int *, const int *,       \
      const T *, const cusparseMatDescr_t, int, const T *, const int *, const int *, const cusparseMatDescr_t, const T *, const int *,     \
      const int *, size_t *size) {                                                                                       \
    return giveSize(CALL(L##csrgeam2), rows >= 0 && columns >= 0, size);                                                 \
  }                                                                                                                      \
  cusparseStatus_t cusparse##L##csrgeam2(cusparseHandle_t handle, int rows, int columns, const T *alpha, const cusparseMatDescr_t a, int,  \
                                         const T *valuesA, const int *offsetsA, const int *indicesA, const T *beta,      \
                                         const cusparseMatDescr_t b, int, const T *valuesB, const int *offsetsB, const int *indicesB,      \
                                         const cusparseMatDescr_t c, T *valuesC, int *offsetsC, int *indicesC, void *) { \
    return add<T>(CALL(L##csrgeam2), rows, columns, alpha, a, valuesA, offsetsA, indicesA, beta, b, valuesB, offsetsB, indicesB, c,        \
                  valuesC, offsetsC, indicesC);                                                                          \
  }
CUPORT_FOUR_TYPES(FUNCTIONS)
#undef FUNCTIONS

cusparseStatus_t cusparseXcsrgeam2Nnz(cusparseHandle_t handle, int rows, int columns, const cusparseMatDescr_t descriptorA, int, const int *offsetsA,
                                      const int *indicesA, const cusparseMatDescr_t descriptorB, int, const int *offsetsB, const int *indicesB,
                                      const cusparseMatDescr_t descriptorC, int *offsetsC, int *total, void *) {
  Call call = CALL(Xcsrgeam2Nnz);
  CUPORT_CHECK(call, rows >= 0 && columns >= 0 && descriptorA && descriptorB && descriptorC && offsetsC && total);
  Csr a = csr(descriptorA, offsetsA, indicesA), b = csr(descriptorB, offsetsB, indicesB);
  return call.result([=, base = int(descriptorC->base)] {
    int next = 0;
    for (int row = 0; row < rows; ++row) {
      offsetsC[row] = next + base;
      eachOfSum(a, b, row, [&](int, int, int) { ++next; });
    }
    offsetsC[rows] = next + base;
    *total = next;
  });
}
