// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Arrays of types that are told by numbers, as loops read and write them: indices of 32 and 64 bits, values converted to the type
// that is calculated in; and the nonzeros of a matrix one by one, whatever its format is.

#ifndef CUPORT_LIBS_SPARSE_VALUES_H
#define CUPORT_LIBS_SPARSE_VALUES_H

#include "Handle.h"

#include <cuda_bf16.h>
#include <cuda_fp16.h>

#include <complex>
#include <type_traits>
#include <vector>

namespace cuport::sparse {

template <class T> struct Type {
  using type = T;
};

template <class T> inline constexpr bool isComplex = false;
template <class T> inline constexpr bool isComplex<std::complex<T>> = true;

template <class T> T conjugate(T value) {
  if constexpr (isComplex<T>)
    return std::conj(value);
  else
    return value;
}

/// What C++ calculates with instead of CUDA's complex types.
template <class T>
using Number = std::conditional_t<std::is_same_v<T, cuComplex>, std::complex<float>,
                                  std::conditional_t<std::is_same_v<T, cuDoubleComplex>, std::complex<double>, T>>;
template <class T>
inline constexpr cudaDataType dataType = std::is_same_v<T, float>                 ? CUDA_R_32F
                                         : std::is_same_v<T, double>              ? CUDA_R_64F
                                         : std::is_same_v<T, cuComplex>           ? CUDA_C_32F
                                         : std::is_same_v<T, std::complex<float>> ? CUDA_C_32F
                                         : std::is_same_v<T, int32_t>             ? CUDA_R_32I
                                                                                  : CUDA_C_64F;

/// Calls \p body with Type<T> of how values are stored; false for what is not known.
template <class Body> bool withStored(cudaDataType type, Body body) {
  switch (type) {
  case CUDA_R_16F: return body(Type<__half>()), true;
  case CUDA_R_16BF: return body(Type<__nv_bfloat16>()), true;
  case CUDA_R_32F: return body(Type<float>()), true;
  case CUDA_R_64F: return body(Type<double>()), true;
  case CUDA_C_32F: return body(Type<std::complex<float>>()), true;
  case CUDA_C_64F: return body(Type<std::complex<double>>()), true;
  case CUDA_R_8I: return body(Type<int8_t>()), true;
  case CUDA_R_32I: return body(Type<int32_t>()), true;
  default: return false;
  }
}

inline size_t sizeOf(cudaDataType type) {
  size_t size = 0;
  withStored(type, [&]<class T>(Type<T>) { size = sizeof(T); });
  return size;
}
inline bool isComplexType(cudaDataType type) { return type == CUDA_C_32F || type == CUDA_C_64F; }

/// Calls \p body with Type<T> of what is calculated in: half and bfloat16 in float.
template <class Body> void withComputed(cudaDataType type, Body body) {
  switch (type) {
  case CUDA_R_64F: return body(Type<double>());
  case CUDA_C_32F: return body(Type<std::complex<float>>());
  case CUDA_C_64F: return body(Type<std::complex<double>>());
  case CUDA_R_32I: return body(Type<int32_t>());
  default: return body(Type<float>());
  }
}

/// True where \p compute can hold what is stored as the types are.
inline bool isCalculated(cudaDataType compute, std::initializer_list<cudaDataType> types) {
  switch (compute) {
  case CUDA_R_16F:
  case CUDA_R_16BF:
  case CUDA_R_32F:
  case CUDA_R_64F:
  case CUDA_C_32F:
  case CUDA_C_64F:
  case CUDA_R_32I: break;
  default: return false;
  }
  for (cudaDataType type : types)
    if (!sizeOf(type) || (isComplexType(type) && !isComplexType(compute)) || (compute == CUDA_R_32I && type != CUDA_R_8I && type != CUDA_R_32I))
      return false;
  return true;
}

template <class To, class From> To convert(const From &value) {
  if constexpr (std::is_same_v<To, From>)
    return value;
  else if constexpr (isComplex<To> && isComplex<From>)
    return To(value);
  else if constexpr (isComplex<To>)
    return To(convert<typename To::value_type>(value));
  else if constexpr (isComplex<From>)
    return convert<To>(value.real());
  else if constexpr (std::is_arithmetic_v<To> && std::is_arithmetic_v<From>)
    return To(value);
  else
    return To(float(value));
}

template <class T> T load(const void *data, cudaDataType type, int64_t place) {
  T result{};
  withStored(type, [&]<class From>(Type<From>) { result = convert<T>(static_cast<const From *>(data)[place]); });
  return result;
}
template <class T> void store(const T &value, void *data, cudaDataType type, int64_t place) {
  withStored(type, [&]<class To>(Type<To>) { static_cast<To *>(data)[place] = convert<To>(value); });
}
inline const void *past(const void *data, cudaDataType type, int64_t count) { return static_cast<const char *>(data) + count * sizeOf(type); }
inline void *past(void *data, cudaDataType type, int64_t count) { return static_cast<char *>(data) + count * sizeOf(type); }

/// Values in the type that is calculated in: in place where they are of it.
template <class T> class Values {
public:
  Values(const void *data, cudaDataType type, int64_t count) : data(static_cast<const T *>(data)) {
    if (type == dataType<T>)
      return;
    copy.reserve(count);
    withStored(type, [&]<class From>(Type<From>) {
      for (int64_t i = 0; i < count; ++i)
        copy.push_back(convert<T>(static_cast<const From *>(data)[i]));
    });
    this->data = copy.data();
  }
  const T &operator[](int64_t i) const { return data[i]; }

private:
  std::vector<T> copy;
  const T *data;
};

/// Indices of 32 or 64 bits.
struct Indices {
  void *data;
  cusparseIndexType_t type;
  int64_t operator[](int64_t i) const {
    return type == CUSPARSE_INDEX_64I ? static_cast<const int64_t *>(data)[i] : static_cast<const int32_t *>(data)[i];
  }
  void set(int64_t i, int64_t value) const {
    if (type == CUSPARSE_INDEX_64I)
      static_cast<int64_t *>(data)[i] = value;
    else
      static_cast<int32_t *>(data)[i] = int32_t(value);
  }
  Indices from(int64_t i) const { return {static_cast<char *>(data) + i * (type == CUSPARSE_INDEX_64I ? 8 : 4), type}; }
};
inline bool isIndexType(cusparseIndexType_t type) { return type == CUSPARSE_INDEX_32I || type == CUSPARSE_INDEX_64I; }

/// One of a matrix's batches, as if it had no others.
inline cusparseSpMatDescr batchOf(cusparseSpMatDescr matrix, int64_t batch) {
  if (matrix.batches > 1) {
    matrix.offsets = Indices{matrix.offsets, matrix.offsetType}.from(batch * matrix.offsetStride).data;
    matrix.indices = Indices{matrix.indices, matrix.indexType}.from(batch * matrix.indexStride).data;
    matrix.values = past(matrix.values, matrix.type, batch * matrix.valueStride);
  }
  return matrix;
}
inline cusparseDnMatDescr batchOf(cusparseDnMatDescr matrix, int64_t batch) {
  if (matrix.batches > 1)
    matrix.values = past(matrix.values, matrix.type, batch * matrix.stride);
  return matrix;
}

inline int64_t valueCount(const cusparseSpMatDescr &matrix) { return matrix.nonzeros * matrix.blockRows * matrix.blockColumns; }

/// \p visit(row, column, place of the value) in the order of storage; a column below 0 where Blocked-ELL has no block.
template <class Visit> void eachStored(const cusparseSpMatDescr &m, Visit visit) {
  const int64_t blocks = m.ellColumns / m.ellBlock;
  for (int64_t row = 0; row < m.rows; ++row)
    for (int64_t j = 0; j < m.ellColumns; ++j) {
      int64_t block = Indices{m.indices, m.indexType}[row / m.ellBlock * blocks + j / m.ellBlock] - m.base;
      visit(row, block < 0 ? -1 : block * m.ellBlock + j % m.ellBlock, row * m.ellColumns + j);
    }
}

/// \p visit(row, column, place of the value), in the order in which they are stored.
template <class Visit> void eachNonzero(const cusparseSpMatDescr &m, Visit visit) {
  Indices offsets{m.offsets, m.offsetType}, indices{m.indices, m.indexType};
  int64_t base = m.base;
  switch (m.format) {
  case CUSPARSE_FORMAT_COO:
    for (int64_t place = 0; place < m.nonzeros; ++place)
      visit(offsets[place] - base, indices[place] - base, place);
    return;
  case CUSPARSE_FORMAT_CSC:
    for (int64_t column = 0; column < m.columns; ++column)
      for (int64_t place = offsets[column] - base; place < offsets[column + 1] - base; ++place)
        visit(indices[place] - base, column, place);
    return;
  case CUSPARSE_FORMAT_BSR:
    for (int64_t row = 0; row < m.rows / m.blockRows; ++row)
      for (int64_t block = offsets[row] - base; block < offsets[row + 1] - base; ++block)
        for (int64_t i = 0; i < m.blockRows; ++i)
          for (int64_t j = 0; j < m.blockColumns; ++j)
            visit(row * m.blockRows + i, (indices[block] - base) * m.blockColumns + j,
                  block * m.blockRows * m.blockColumns + (m.blockOrder == CUSPARSE_ORDER_ROW ? i * m.blockColumns + j : i + j * m.blockRows));
    return;
  case CUSPARSE_FORMAT_BLOCKED_ELL:
    eachStored(m, [&](int64_t row, int64_t column, int64_t place) {
      if (column >= 0)
        visit(row, column, place);
    });
    return;
  default:
    for (int64_t row = 0; row < m.rows; ++row)
      for (int64_t place = offsets[row] - base; place < offsets[row + 1] - base; ++place)
        visit(row, indices[place] - base, place);
  }
}

/// A matrix by rows, each with its columns in order of storage.
template <class T> struct Rows {
  std::vector<int64_t> offsets, columns, places; ///< places of the values in the matrix
  std::vector<T> values;

  int64_t count() const { return int64_t(offsets.size()) - 1; }
};

/// Of op(matrix), those nonzeros for which \p wanted(row, column) is true.
template <class T, class Wanted> Rows<T> rowsOf(const cusparseSpMatDescr &m, cusparseOperation_t operation, Wanted wanted) {
  bool isTurned = operation != CUSPARSE_OPERATION_NON_TRANSPOSE;
  Values<T> values(m.values, m.type, valueCount(m));
  Rows<T> rows;
  rows.offsets.assign((isTurned ? m.columns : m.rows) + 1, 0);
  auto each = [&](auto visit) {
    eachNonzero(m, [&](int64_t row, int64_t column, int64_t place) {
      if (isTurned)
        std::swap(row, column);
      if (wanted(row, column))
        visit(row, column, place);
    });
  };
  each([&](int64_t row, int64_t, int64_t) { ++rows.offsets[row + 1]; });
  for (int64_t row = 0; row < rows.count(); ++row)
    rows.offsets[row + 1] += rows.offsets[row];
  rows.columns.resize(rows.offsets.back());
  rows.places.resize(rows.offsets.back());
  rows.values.resize(rows.offsets.back());
  std::vector<int64_t> next(rows.offsets.begin(), rows.offsets.end() - 1);
  each([&](int64_t row, int64_t column, int64_t place) {
    int64_t at = next[row]++;
    rows.columns[at] = column;
    rows.places[at] = place;
    rows.values[at] = operation == CUSPARSE_OPERATION_CONJUGATE_TRANSPOSE ? conjugate(values[place]) : values[place];
  });
  return rows;
}
template <class T> Rows<T> rowsOf(const cusparseSpMatDescr &m, cusparseOperation_t operation) {
  return rowsOf<T>(m, operation, [](int64_t, int64_t) { return true; });
}

} // namespace cuport::sparse

#endif
