// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Conversions: between dense and sparse, rows and columns, coordinates and offsets; sorting.

#include "Values.h"

#include <algorithm>
#include <numeric>

using namespace cuport;
using namespace cuport::sparse;

cusparseStatus_t cusparseSparseToDense_bufferSize(cusparseHandle_t handle, cusparseConstSpMatDescr_t a, cusparseDnMatDescr_t b, cusparseSparseToDenseAlg_t,
                                                  size_t *size) {
  CUPORT_CHECK(Call({handle, ""}), a && b && size);
  *size = smallBuffer;
  return CUSPARSE_STATUS_SUCCESS;
}

cusparseStatus_t cusparseSparseToDense(cusparseHandle_t handle, cusparseConstSpMatDescr_t matA, cusparseDnMatDescr_t matB, cusparseSparseToDenseAlg_t,
                                       void *) {
  Call call{handle, "cusparseSparseToDense"};
  CUPORT_CHECK(call, matA && matB && matA->rows == matB->rows && matA->columns == matB->columns);
  if (matA->type != matB->type || !sizeOf(matA->type) || matA->batches > 1)
    return call.unsupported();
  return call.enqueue([a = *matA, b = *matB] {
    withStored(a.type, [&]<class T>(Type<T>) {
      T *dense = static_cast<T *>(b.values);
      for (int64_t i = 0; i < b.rows; ++i)
        for (int64_t j = 0; j < b.columns; ++j)
          dense[b.at(i, j)] = convert<T>(0.f);
      eachNonzero(a, [&](int64_t row, int64_t column, int64_t place) { dense[b.at(row, column)] = static_cast<const T *>(a.values)[place]; });
    });
  });
}

namespace {

template <class T> bool isZero(const T &value) { return value == T(0); }
inline bool isZero(__half value) { return float(value) == 0; }
inline bool isZero(__nv_bfloat16 value) { return float(value) == 0; }

/// \p visit(row, column, place in A) for what is not 0, in the order of B's format.
template <class Visit> void eachElement(const cusparseDnMatDescr &a, cusparseFormat_t format, Visit visit) {
  bool byColumns = format == CUSPARSE_FORMAT_CSC;
  withStored(a.type, [&]<class T>(Type<T>) {
    for (int64_t i = 0; i < (byColumns ? a.columns : a.rows); ++i)
      for (int64_t j = 0; j < (byColumns ? a.rows : a.columns); ++j) {
        int64_t row = byColumns ? j : i, column = byColumns ? i : j, place = a.at(row, column);
        if (!isZero(static_cast<const T *>(a.values)[place]))
          visit(row, column, place);
      }
  });
}

Status checkDenseToSparse(Call call, cusparseConstDnMatDescr_t a, cusparseConstSpMatDescr_t b) {
  CUPORT_CHECK(call, a && b && a->rows == b->rows && a->columns == b->columns);
  bool isFormat = b->format == CUSPARSE_FORMAT_CSR || b->format == CUSPARSE_FORMAT_CSC || b->format == CUSPARSE_FORMAT_COO || isBlockedEll(*b);
  return isFormat && a->type == b->type && sizeOf(a->type) && a->batches == 1 && b->batches == 1 ? CUSPARSE_STATUS_SUCCESS : call.unsupported();
}

} // namespace

cusparseStatus_t cusparseDenseToSparse_bufferSize(cusparseHandle_t handle, cusparseConstDnMatDescr_t a, cusparseSpMatDescr_t b,
                                                  cusparseDenseToSparseAlg_t, size_t *size) {
  Call call{handle, "cusparseDenseToSparse"};
  CUPORT_CHECK(call, size);
  *size = smallBuffer;
  return checkDenseToSparse(call, a, b);
}

/// Counts, for which the host waits, and gives the offsets.
cusparseStatus_t cusparseDenseToSparse_analysis(cusparseHandle_t handle, cusparseConstDnMatDescr_t matA, cusparseSpMatDescr_t matB,
                                                cusparseDenseToSparseAlg_t, void *) {
  Call call{handle, "cusparseDenseToSparse_analysis"};
  if (Status status = checkDenseToSparse(call, matA, matB))
    return status;
  if (isBlockedEll(*matB))
    return CUSPARSE_STATUS_SUCCESS; // which blocks it has is the program's to say
  int64_t *count = &matB->nonzeros;
  return call.wait([=, a = *matA, b = *matB] {
    bool byColumns = b.format == CUSPARSE_FORMAT_CSC;
    std::vector<int64_t> offsets((byColumns ? b.columns : b.rows) + 1);
    eachElement(a, b.format, [&](int64_t row, int64_t column, int64_t) { ++offsets[(byColumns ? column : row) + 1]; });
    std::partial_sum(offsets.begin(), offsets.end(), offsets.begin());
    if (b.format != CUSPARSE_FORMAT_COO)
      for (size_t i = 0; i < offsets.size(); ++i)
        Indices{b.offsets, b.offsetType}.set(i, offsets[i] + b.base);
    *count = offsets.back();
  });
}

cusparseStatus_t cusparseDenseToSparse_convert(cusparseHandle_t handle, cusparseConstDnMatDescr_t matA, cusparseSpMatDescr_t matB,
                                               cusparseDenseToSparseAlg_t, void *) {
  Call call{handle, "cusparseDenseToSparse_convert"};
  if (Status status = checkDenseToSparse(call, matA, matB))
    return status;
  return call.enqueue([a = *matA, b = *matB] {
    withStored(a.type, [&]<class T>(Type<T>) {
      if (isBlockedEll(b)) {
        eachStored(b, [&](int64_t row, int64_t column, int64_t place) {
          static_cast<T *>(b.values)[place] = column < 0 ? convert<T>(0.f) : static_cast<const T *>(a.values)[a.at(row, column)];
        });
        return;
      }
      int64_t next = 0;
      eachElement(a, b.format, [&](int64_t row, int64_t column, int64_t place) {
        if (b.format == CUSPARSE_FORMAT_COO)
          Indices{b.offsets, b.offsetType}.set(next, row + b.base);
        Indices{b.indices, b.indexType}.set(next, (b.format == CUSPARSE_FORMAT_CSC ? row : column) + b.base);
        static_cast<T *>(b.values)[next++] = static_cast<const T *>(a.values)[place];
      });
    });
  });
}

cusparseStatus_t cusparseCsr2cscEx2_bufferSize(cusparseHandle_t handle, int rows, int columns, int nonzeros, const void *, const int *, const int *, void *,
                                               int *, int *, cudaDataType, cusparseAction_t, cusparseIndexBase_t, cusparseCsr2CscAlg_t, size_t *size) {
  CUPORT_CHECK(Call({handle, ""}), rows >= 0 && columns >= 0 && nonzeros >= 0 && size);
  *size = smallBuffer;
  return CUSPARSE_STATUS_SUCCESS;
}

cusparseStatus_t cusparseCsr2cscEx2(cusparseHandle_t handle, int rows, int columns, int nonzeros, const void *values, const int *offsets,
                                    const int *indices, void *cscValues, int *cscOffsets, int *cscIndices, cudaDataType type, cusparseAction_t action,
                                    cusparseIndexBase_t base, cusparseCsr2CscAlg_t, void *) {
  Call call{handle, "cusparseCsr2cscEx2"};
  CUPORT_CHECK(call, rows >= 0 && columns >= 0 && nonzeros >= 0 && offsets && cscOffsets);
  if (!sizeOf(type))
    return call.unsupported();
  return call.enqueue([=] {
    std::vector<int> next(columns + 1);
    for (int i = 0; i < nonzeros; ++i)
      ++next[indices[i] - base + 1];
    std::partial_sum(next.begin(), next.end(), next.begin());
    for (int i = 0; i <= columns; ++i)
      cscOffsets[i] = next[i] + base;
    withStored(type, [&]<class T>(Type<T>) {
      for (int row = 0; row < rows; ++row)
        for (int i = offsets[row] - base; i < offsets[row + 1] - base; ++i) {
          int place = next[indices[i] - base]++;
          cscIndices[place] = row + base;
          if (action == CUSPARSE_ACTION_NUMERIC)
            static_cast<T *>(cscValues)[place] = static_cast<const T *>(values)[i];
        }
    });
  });
}

cusparseStatus_t cusparseXcoo2csr(cusparseHandle_t handle, const int *rowIndices, int nonzeros, int rows, int *offsets, cusparseIndexBase_t base) {
  Call call{handle, "cusparseXcoo2csr"};
  CUPORT_CHECK(call, nonzeros >= 0 && rows >= 0 && offsets);
  return call.enqueue([=] {
    std::fill(offsets, offsets + rows + 1, 0);
    for (int i = 0; i < nonzeros; ++i)
      ++offsets[rowIndices[i] - base + 1];
    offsets[0] = base;
    std::partial_sum(offsets, offsets + rows + 1, offsets);
  });
}

cusparseStatus_t cusparseXcsr2coo(cusparseHandle_t handle, const int *offsets, int nonzeros, int rows, int *rowIndices, cusparseIndexBase_t base) {
  Call call{handle, "cusparseXcsr2coo"};
  CUPORT_CHECK(call, nonzeros >= 0 && rows >= 0 && offsets);
  return call.enqueue([=] {
    for (int row = 0; row < rows; ++row)
      std::fill(rowIndices + offsets[row] - base, rowIndices + offsets[row + 1] - base, row + base);
  });
}

cusparseStatus_t cusparseCreateIdentityPermutation(cusparseHandle_t handle, int n, int *permutation) {
  Call call{handle, "cusparseCreateIdentityPermutation"};
  CUPORT_CHECK(call, n >= 0 && permutation);
  return call.enqueue([=] { std::iota(permutation, permutation + n, 0); });
}

/// Sorts keys, which are arrays side by side, and a permutation with them, if any.
static void sortTogether(int count, int *first, int *second, int *permutation) {
  std::vector<int> order(count);
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&](int a, int b) {
    if (first[a] != first[b])
      return first[a] < first[b];
    return second && second[a] != second[b] ? second[a] < second[b] : a < b;
  });
  for (int *array : {first, second, permutation})
    if (array) {
      std::vector<int> old(array, array + count);
      for (int i = 0; i < count; ++i)
        array[i] = old[order[i]];
    }
}

#define SORT_BUFFER(name)                                                                                                \
  cusparseStatus_t name##_bufferSizeExt(cusparseHandle_t handle, int rows, int columns, int nonzeros, const int *, const int *, size_t *size) {  \
    CUPORT_CHECK(Call({handle, ""}), rows >= 0 && columns >= 0 && nonzeros >= 0 && size);                                \
    *size = smallBuffer;                                                                                                 \
    return CUSPARSE_STATUS_SUCCESS;                                                                                      \
  }
SORT_BUFFER(cusparseXcoosort)
SORT_BUFFER(cusparseXcsrsort)
SORT_BUFFER(cusparseXcscsort)
#undef SORT_BUFFER

cusparseStatus_t cusparseXcoosortByRow(cusparseHandle_t handle, int rows, int columns, int nonzeros, int *rowIndices, int *columnIndices, int *permutation,
                                       void *) {
  Call call{handle, "cusparseXcoosortByRow"};
  CUPORT_CHECK(call, rows >= 0 && columns >= 0 && nonzeros >= 0);
  return call.enqueue([=] { sortTogether(nonzeros, rowIndices, columnIndices, permutation); });
}

cusparseStatus_t cusparseXcoosortByColumn(cusparseHandle_t handle, int rows, int columns, int nonzeros, int *rowIndices, int *columnIndices,
                                          int *permutation, void *) {
  Call call{handle, "cusparseXcoosortByColumn"};
  CUPORT_CHECK(call, rows >= 0 && columns >= 0 && nonzeros >= 0);
  return call.enqueue([=] { sortTogether(nonzeros, columnIndices, rowIndices, permutation); });
}

cusparseStatus_t cusparseXcsrsort(cusparseHandle_t handle, int rows, int columns, int nonzeros, const cusparseMatDescr_t descriptor, const int *offsets,
                                  int *indices, int *permutation, void *) {
  Call call{handle, "cusparseXcsrsort"};
  CUPORT_CHECK(call, rows >= 0 && columns >= 0 && nonzeros >= 0 && descriptor && offsets);
  return call.enqueue([=, base = descriptor->base] {
    for (int row = 0; row < rows; ++row) {
      int begin = offsets[row] - base;
      sortTogether(offsets[row + 1] - base - begin, indices + begin, nullptr, permutation ? permutation + begin : nullptr);
    }
  });
}

cusparseStatus_t cusparseXcscsort(cusparseHandle_t handle, int rows, int columns, int nonzeros, const cusparseMatDescr_t descriptor, const int *offsets,
                                  int *indices, int *permutation, void *buffer) {
  return cusparseXcsrsort(handle, columns, rows, nonzeros, descriptor, offsets, indices, permutation, buffer);
}

/// The nonzeros of a dense matrix in columns, of each row or column and of all.
template <class T>
static Status countNonzeros(Call call, cusparseDirection_t direction, int rows, int columns, const cusparseMatDescr_t descriptor, const T *a, int leading,
                            int *each, int *total) {
  CUPORT_CHECK(call, rows >= 0 && columns >= 0 && leading >= rows && descriptor && each && total);
  return call.result([=] {
    bool byRows = direction == CUSPARSE_DIRECTION_ROW;
    std::fill(each, each + (byRows ? rows : columns), 0);
    int sum = 0;
    for (int j = 0; j < columns; ++j)
      for (int i = 0; i < rows; ++i)
        if (!isZero(reinterpret_cast<const Number<T> *>(a)[i + int64_t(j) * leading]))
          ++each[byRows ? i : j], ++sum;
    *total = sum;
  });
}
#define COUNT(L, T)                                                                                                      \
  cusparseStatus_t cusparse##L##nnz(cusparseHandle_t handle, cusparseDirection_t direction, int rows, int columns,       \
                                    const cusparseMatDescr_t descriptor, const T *a, int leading, int *each, int *total) { \
    return countNonzeros({handle, "cusparse" #L "nnz"}, direction, rows, columns, descriptor, a, leading, each, total);  \
  }
CUPORT_FOUR_TYPES(COUNT)
#undef COUNT
