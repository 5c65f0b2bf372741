// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What the tests of libraries share: arrays of the device, small matrices by a formula, and plain products to compare with. Matrices
// are in columns. Values are small whole numbers, so that every result is exact.

#ifndef CUPORT_TEST_BLAS_H
#define CUPORT_TEST_BLAS_H

#include "check.h"

#include <cublas_v2.h>

#include <complex>
#include <functional>
#include <vector>

#undef OK
#define OK(call) IS(int(call), 0)

template <class T> struct Numbers {
  using Type = T;
};
template <> struct Numbers<cuComplex> {
  using Type = std::complex<float>;
};
template <> struct Numbers<cuDoubleComplex> {
  using Type = std::complex<double>;
};
template <class T> using Number = typename Numbers<T>::Type;
template <class T> inline constexpr bool isComplex = !std::is_same_v<T, Number<T>>;

template <class T> T make(double re, double im = 0) {
  if constexpr (isComplex<T>)
    return {decltype(T::x)(re), decltype(T::x)(im)};
  else
    return T(re);
}
template <class T> Number<T> number(T value) {
  if constexpr (isComplex<T>)
    return {value.x, value.y};
  else
    return value;
}
template <class T> T back(Number<T> value) {
  if constexpr (isComplex<T>)
    return {value.real(), value.imag()};
  else
    return value;
}
template <class T> T conjugate(T value) {
  if constexpr (isComplex<T>)
    value.y = -value.y;
  return value;
}

/// An array of the device that begins as a vector of the host.
template <class T> struct Array {
  T *data = nullptr;
  size_t size;
  explicit Array(const std::vector<T> &values) : size(values.size()) {
    OK(cudaMalloc((void **)&data, size * sizeof(T)));
    OK(cudaMemcpy(data, values.data(), size * sizeof(T), cudaMemcpyHostToDevice));
  }
  explicit Array(size_t size) : Array(std::vector<T>(size)) {}
  Array(const Array &) = delete;
  ~Array() { cudaFree(data); }
  operator T *() { return data; }
  std::vector<T> host() const {
    std::vector<T> values(size);
    OK(cudaMemcpy(values.data(), data, size * sizeof(T), cudaMemcpyDeviceToHost));
    return values;
  }
};

/// Element i of some vector, other for another seed.
template <class T> T entry(int i, int seed) { return make<T>((i * 7 + seed * 3) % 9 - 4, (i * 5 + seed) % 7 - 3); }
template <class T> std::vector<T> vectorOf(int size, int seed) {
  std::vector<T> values(size);
  for (int i = 0; i < size; ++i)
    values[i] = entry<T>(i, seed);
  return values;
}

/// A dense matrix of the host's, in columns without gaps.
template <class T> struct Matrix {
  int rows, columns;
  std::vector<Number<T>> values;
  Matrix(int rows, int columns) : rows(rows), columns(columns), values(rows * columns) {}
  Number<T> &operator()(int i, int j) { return values[i + j * rows]; }
  Number<T> operator()(int i, int j) const { return values[i + j * rows]; }
};

template <class T> Matrix<T> matrixOf(int rows, int columns, const std::vector<T> &values, int leading) {
  Matrix<T> result(rows, columns);
  for (int j = 0; j < columns; ++j)
    for (int i = 0; i < rows; ++i)
      result(i, j) = number(values[i + j * leading]);
  return result;
}

template <class T> Matrix<T> turned(const Matrix<T> &a, cublasOperation_t op) {
  if (op == CUBLAS_OP_N)
    return a;
  Matrix<T> result(a.columns, a.rows);
  for (int j = 0; j < a.columns; ++j)
    for (int i = 0; i < a.rows; ++i)
      result(j, i) = op == CUBLAS_OP_C ? number(conjugate(back<T>(a(i, j)))) : a(i, j);
  return result;
}

template <class T> Matrix<T> operator*(const Matrix<T> &a, const Matrix<T> &b) {
  Matrix<T> result(a.rows, b.columns);
  for (int i = 0; i < a.rows; ++i)
    for (int j = 0; j < b.columns; ++j)
      for (int k = 0; k < a.columns; ++k)
        result(i, j) += a(i, k) * b(k, j);
  return result;
}

template <class T> Matrix<T> sum(Number<T> alpha, const Matrix<T> &a, Number<T> beta, const Matrix<T> &b) {
  Matrix<T> result(a.rows, a.columns);
  for (size_t i = 0; i < result.values.size(); ++i)
    result.values[i] = alpha * a.values[i] + beta * b.values[i];
  return result;
}

/// Which elements of a matrix an operation is about.
using Part = std::function<bool(int i, int j)>;
inline bool all(int, int) { return true; }
inline Part triangle(cublasFillMode_t fill) {
  return [=](int i, int j) { return fill == CUBLAS_FILL_MODE_LOWER ? i >= j : i <= j; };
}

/// What a symmetric, Hermitian or triangular matrix is of which only a triangle counts.
enum class Kind { Symmetric, Hermitian, Triangular, UnitTriangular };
template <class T> Matrix<T> filled(const Matrix<T> &a, cublasFillMode_t fill, Kind kind) {
  Matrix<T> result(a.rows, a.columns);
  Part stored = triangle(fill);
  for (int j = 0; j < a.columns; ++j)
    for (int i = 0; i < a.rows; ++i) {
      if (i == j)
        result(i, j) = kind == Kind::UnitTriangular ? Number<T>(1) : kind == Kind::Hermitian ? Number<T>(std::real(a(i, j))) : a(i, j);
      else if (stored(i, j))
        result(i, j) = a(i, j);
      else if (kind == Kind::Symmetric)
        result(i, j) = a(j, i);
      else if (kind == Kind::Hermitian)
        result(i, j) = number(conjugate(back<T>(a(j, i))));
    }
  return result;
}

/// True where the device's array has the wanted elements, and the others as they were.
template <class T> bool same(const Array<T> &array, int leading, const Matrix<T> &wanted, const std::vector<T> &before, Part part = all,
                             double tolerance = 0) {
  std::vector<T> values = array.host();
  for (size_t place = 0; place < values.size(); ++place) {
    int i = int(place) % leading, j = int(place) / leading;
    bool isPart = i < wanted.rows && j < wanted.columns && part(i, j);
    Number<T> value = number(values[place]), right = isPart ? wanted(i, j) : number(before[place]);
    if (!(std::abs(value - right) <= tolerance)) {
      std::cout << "at " << i << ", " << j << ": " << value << ", not " << right << std::endl;
      return false;
    }
  }
  return true;
}

/// A vector with gaps as a matrix of one column; a negative increment begins at its end.
template <class T> Matrix<T> column(const std::vector<T> &values, int n, int increment) {
  Matrix<T> result(n, 1);
  for (int i = 0; i < n; ++i)
    result(i, 0) = number(values[increment < 0 ? (i - n + 1) * increment : i * increment]);
  return result;
}
template <class T> bool sameVector(const Array<T> &array, int increment, const Matrix<T> &wanted, const std::vector<T> &before, double tolerance = 0) {
  Matrix<T> turnedBack = wanted;
  if (increment < 0)
    for (int i = 0; i < wanted.rows; ++i)
      turnedBack(i, 0) = wanted(wanted.rows - 1 - i, 0);
  Matrix<T> row(1, wanted.rows);
  row.values = turnedBack.values;
  return same(array, std::abs(increment), row, before, all, tolerance);
}

#endif
