// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What the tests of cuSOLVER share: matrices of reals that need not be whole numbers, and how near results have to be.

#ifndef CUPORT_TEST_SOLVER_H
#define CUPORT_TEST_SOLVER_H

#include "blas.h"

#include <algorithm>

template <class T> inline constexpr double tolerance = sizeof(Number<T>) / (isComplex<T> ? 2 : 1) == 4 ? 2e-4 : 1e-11;
template <class T> using Real = decltype(std::abs(Number<T>()));

template <class T> bool near(const Matrix<T> &is, const Matrix<T> &wanted) {
  for (size_t i = 0; i < wanted.values.size(); ++i)
    if (!(std::abs(is.values[i] - wanted.values[i]) <= tolerance<T>)) {
      std::cout << "at " << i << ": " << is.values[i] << ", not " << wanted.values[i] << std::endl;
      return false;
    }
  return is.values.size() == wanted.values.size();
}
template <class T> Matrix<T> ofDevice(const Array<T> &data, int rows, int columns, int leading) { return matrixOf(rows, columns, data.host(), leading); }

template <class T> Matrix<T> general(int rows, int columns, int leading) { return matrixOf(rows, columns, vectorOf<T>(leading * columns, 1), leading); }
/// Hermitian, with eigenvalues above 0.
template <class T> Matrix<T> definite(int n) {
  Matrix<T> a = general<T>(n, n, n), result = turned(a, CUBLAS_OP_C) * a;
  for (int i = 0; i < n; ++i)
    result(i, i) += Number<T>(n);
  return result;
}
template <class T> std::vector<T> columnsOf(const Matrix<T> &a, int leading) {
  std::vector<T> result(leading * a.columns);
  for (int j = 0; j < a.columns; ++j)
    for (int i = 0; i < a.rows; ++i)
      result[i + j * leading] = back<T>(a(i, j));
  return result;
}
template <class T> Matrix<T> unit(int n) {
  Matrix<T> result(n, n);
  for (int i = 0; i < n; ++i)
    result(i, i) = 1;
  return result;
}
template <class T> Matrix<T> diagonal(const std::vector<Real<T>> &values, int rows, int columns) {
  Matrix<T> result(rows, columns);
  for (int i = 0; i < std::min(rows, columns); ++i)
    result(i, i) = values[i];
  return result;
}

#endif
