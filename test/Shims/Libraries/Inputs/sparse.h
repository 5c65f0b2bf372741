// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What the tests of cuSPARSE share: sparse matrices in each format, dense ones in rows or columns, and the matrices of plain C++ beside them.

#ifndef CUPORT_TEST_SPARSE_H
#define CUPORT_TEST_SPARSE_H

#include "blas.h"

#include <cusparse.h>

#include <memory>

inline cusparseHandle_t handle;
inline constexpr cusparseOperation_t N = CUSPARSE_OPERATION_NON_TRANSPOSE, T = CUSPARSE_OPERATION_TRANSPOSE,
                                     H = CUSPARSE_OPERATION_CONJUGATE_TRANSPOSE;

inline cublasOperation_t blas(cusparseOperation_t op) { return op == N ? CUBLAS_OP_N : op == T ? CUBLAS_OP_T : CUBLAS_OP_C; }

/// A matrix with some zeros, by a formula.
template <class V> Matrix<V> sparse(int rows, int columns, int seed) {
  Matrix<V> m(rows, columns);
  for (int j = 0; j < columns; ++j)
    for (int i = 0; i < rows; ++i)
      if ((i * 5 + j * 3 + seed) % 4 == 0)
        m(i, j) = number(entry<V>(i + 3 * j + 1, seed));
  return m;
}

/// A matrix in one of the formats, with indices of 32 or 64 bits.
template <class V, class Index = int> struct Sparse {
  cusparseSpMatDescr_t matrix;
  std::vector<Index> first, second; ///< offsets or rows, indices
  std::vector<V> values;
  std::unique_ptr<Array<Index>> firstOnDevice, secondOnDevice;
  std::unique_ptr<Array<V>> valuesOnDevice;

  Sparse(const Matrix<V> &m, cusparseFormat_t format, cudaDataType type, int base = 0) {
    bool byColumns = format == CUSPARSE_FORMAT_CSC;
    if (format != CUSPARSE_FORMAT_COO)
      first.push_back(base);
    for (int i = 0; i < (byColumns ? m.columns : m.rows); ++i) {
      for (int j = 0; j < (byColumns ? m.rows : m.columns); ++j) {
        Number<V> value = byColumns ? m(j, i) : m(i, j);
        if (value == Number<V>(0))
          continue;
        if (format == CUSPARSE_FORMAT_COO)
          first.push_back(i + base);
        second.push_back(j + base);
        values.push_back(back<V>(value));
      }
      if (format != CUSPARSE_FORMAT_COO)
        first.push_back(Index(second.size()) + base);
    }
    firstOnDevice.reset(new Array<Index>(first));
    secondOnDevice.reset(new Array<Index>(second));
    valuesOnDevice.reset(new Array<V>(values));
    cusparseIndexType_t index = sizeof(Index) == 8 ? CUSPARSE_INDEX_64I : CUSPARSE_INDEX_32I;
    auto with = [&](auto create, auto... types) {
      OK(create(&matrix, m.rows, m.columns, values.size(), *firstOnDevice, *secondOnDevice, *valuesOnDevice, types..., cusparseIndexBase_t(base), type));
    };
    if (format == CUSPARSE_FORMAT_COO)
      with(cusparseCreateCoo, index);
    else
      with(byColumns ? cusparseCreateCsc : cusparseCreateCsr, index, index);
  }
  ~Sparse() { OK(cusparseDestroySpMat(matrix)); }
};

template <class V> struct Dense {
  cusparseDnMatDescr_t matrix;
  int leading;
  bool byRows;
  std::vector<V> before;
  Array<V> data;
  Matrix<V> plain;
  Dense(int rows, int columns, cudaDataType type, int seed, bool byRows = false)
      : leading((byRows ? columns : rows) + 2), byRows(byRows), before(vectorOf<V>(leading * (byRows ? rows : columns), seed)), data(before),
        plain(values(rows, columns)) {
    OK(cusparseCreateDnMat(&matrix, rows, columns, leading, data, type, byRows ? CUSPARSE_ORDER_ROW : CUSPARSE_ORDER_COL));
  }
  ~Dense() { OK(cusparseDestroyDnMat(matrix)); }
  Matrix<V> values(int rows, int columns) const {
    Matrix<V> result(rows, columns);
    std::vector<V> all = data.host();
    for (int j = 0; j < columns; ++j)
      for (int i = 0; i < rows; ++i)
        result(i, j) = number(all[byRows ? i * leading + j : i + j * leading]);
    return result;
  }
  Matrix<V> now() const { return values(plain.rows, plain.columns); }
};

template <class V> bool equal(const Matrix<V> &is, const Matrix<V> &wanted, double tolerance = 0) {
  for (size_t i = 0; i < wanted.values.size(); ++i)
    if (!(std::abs(is.values[i] - wanted.values[i]) <= tolerance)) {
      std::cout << "at " << i << ": " << is.values[i] << ", not " << wanted.values[i] << std::endl;
      return false;
    }
  return is.values.size() == wanted.values.size();
}

#endif // CUPORT_TEST_SPARSE_H
