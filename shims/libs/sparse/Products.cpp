// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Products of sparse and dense: vectors (SpVV, Axpby, Gather, Scatter, Rot), SpMV, SpMM, SDDMM. What is calculated is added up in the
// type of the call's, nonzero by nonzero in the order in which they are stored.

#include "Values.h"

using namespace cuport;
using namespace cuport::sparse;

namespace {

struct Turned {
  int64_t rows, columns;
};
template <class Matrix> Turned shape(const Matrix &m, cusparseOperation_t operation) {
  return operation == CUSPARSE_OPERATION_NON_TRANSPOSE ? Turned{m.rows, m.columns} : Turned{m.columns, m.rows};
}

/// An element of op(matrix).
template <class T> struct Dense {
  const cusparseDnMatDescr &m;
  cusparseOperation_t operation;
  Values<T> values;
  Dense(const cusparseDnMatDescr &m, cusparseOperation_t operation) : m(m), operation(operation), values(m.values, m.type, m.span()) {}
  T operator()(int64_t row, int64_t column) const {
    if (operation == CUSPARSE_OPERATION_NON_TRANSPOSE)
      return values[m.at(row, column)];
    const T &value = values[m.at(column, row)];
    return operation == CUSPARSE_OPERATION_TRANSPOSE ? value : conjugate(value);
  }
};

/// \p visit(row, column, value) for each nonzero of op(matrix).
template <class T, class Visit> void eachOf(const cusparseSpMatDescr &m, cusparseOperation_t operation, Visit visit) {
  Values<T> values(m.values, m.type, valueCount(m));
  eachNonzero(m, [&](int64_t row, int64_t column, int64_t place) {
    if (operation == CUSPARSE_OPERATION_NON_TRANSPOSE)
      visit(row, column, values[place]);
    else
      visit(column, row, operation == CUSPARSE_OPERATION_TRANSPOSE ? values[place] : conjugate(values[place]));
  });
}

/// beta times what is there, which is not read where beta is 0.
template <class T> T scaled(T beta, const void *data, cudaDataType type, int64_t place) {
  return beta == T(0) ? T(0) : beta * load<T>(data, type, place);
}

Status checkSpMV(Call call, cusparseOperation_t operation, const void *alpha, cusparseConstSpMatDescr_t a, cusparseConstDnVecDescr_t x, const void *beta,
                 cusparseDnVecDescr_t y, cudaDataType compute) {
  CUPORT_CHECK(call, isOperation(operation) && alpha && a && x && beta && y);
  Turned turned = shape(*a, operation);
  CUPORT_CHECK(call, x->size == turned.columns && y->size == turned.rows);
  return isCalculated(compute, {a->type, x->type, y->type}) && !isBlockedEll(*a) ? CUSPARSE_STATUS_SUCCESS : call.unsupported();
}

Status checkSpMM(Call call, cusparseOperation_t opA, cusparseOperation_t opB, const void *alpha, cusparseConstSpMatDescr_t a, cusparseConstDnMatDescr_t b,
                 const void *beta, cusparseDnMatDescr_t c, cudaDataType compute) {
  CUPORT_CHECK(call, isOperation(opA) && isOperation(opB) && alpha && a && b && beta && c);
  Turned left = shape(*a, opA), right = shape(*b, opB);
  auto fits = [&](int batches) { return batches == 1 || batches == c->batches; };
  CUPORT_CHECK(call, left.columns == right.rows && c->rows == left.rows && c->columns == right.columns && fits(a->batches) && fits(b->batches));
  bool isFormat = !isBlockedEll(*a) || opA == CUSPARSE_OPERATION_NON_TRANSPOSE;
  return isFormat && isCalculated(compute, {a->type, b->type, c->type}) ? CUSPARSE_STATUS_SUCCESS : call.unsupported();
}

Status checkSDDMM(Call call, cusparseOperation_t opA, cusparseOperation_t opB, const void *alpha, cusparseConstDnMatDescr_t a, cusparseConstDnMatDescr_t b,
                  const void *beta, cusparseSpMatDescr_t c, cudaDataType compute) {
  CUPORT_CHECK(call, isOperation(opA) && isOperation(opB) && alpha && a && b && beta && c);
  Turned left = shape(*a, opA), right = shape(*b, opB);
  auto fits = [&](int batches) { return batches == 1 || batches == c->batches; };
  CUPORT_CHECK(call, left.columns == right.rows && c->rows == left.rows && c->columns == right.columns && fits(a->batches) && fits(b->batches));
  return isCalculated(compute, {a->type, b->type, c->type}) && !isBlockedEll(*c) ? CUSPARSE_STATUS_SUCCESS : call.unsupported();
}

Status checkSpVV(Call call, cusparseOperation_t operation, cusparseConstSpVecDescr_t x, cusparseConstDnVecDescr_t y, const void *result, cudaDataType compute) {
  CUPORT_CHECK(call, isOperation(operation) && x && y && result && x->size == y->size);
  return isCalculated(compute, {x->type, y->type}) ? CUSPARSE_STATUS_SUCCESS : call.unsupported();
}

} // namespace

cusparseStatus_t cusparseSpMV_bufferSize(cusparseHandle_t handle, cusparseOperation_t operation, const void *alpha, cusparseConstSpMatDescr_t a,
                                         cusparseConstDnVecDescr_t x, const void *beta, cusparseDnVecDescr_t y, cudaDataType compute, cusparseSpMVAlg_t,
                                         size_t *size) {
  Call call{handle, "cusparseSpMV"};
  CUPORT_CHECK(call, size);
  *size = smallBuffer;
  return checkSpMV(call, operation, alpha, a, x, beta, y, compute);
}

cusparseStatus_t cusparseSpMV_preprocess(cusparseHandle_t handle, cusparseOperation_t operation, const void *alpha, cusparseConstSpMatDescr_t a,
                                         cusparseConstDnVecDescr_t x, const void *beta, cusparseDnVecDescr_t y, cudaDataType compute, cusparseSpMVAlg_t,
                                         void *) {
  return checkSpMV({handle, "cusparseSpMV"}, operation, alpha, a, x, beta, y, compute);
}

cusparseStatus_t cusparseSpMV(cusparseHandle_t handle, cusparseOperation_t operation, const void *alpha, cusparseConstSpMatDescr_t matA,
                              cusparseConstDnVecDescr_t vecX, const void *beta, cusparseDnVecDescr_t vecY, cudaDataType compute, cusparseSpMVAlg_t, void *) {
  Call call{handle, "cusparseSpMV"};
  if (Status status = checkSpMV(call, operation, alpha, matA, vecX, beta, vecY, compute))
    return status;
  size_t size = sizeOf(compute);
  return call.enqueue([=, first = call.scalar(alpha, size), second = call.scalar(beta, size), a = *matA, x = *vecX, y = *vecY] {
    withComputed(compute, [&]<class T>(Type<T>) {
      T factor = load<T>(first.data(), compute, 0), old = load<T>(second.data(), compute, 0);
      Values<T> values(x.values, x.type, x.size);
      std::vector<T> sums(y.size);
      eachOf<T>(a, operation, [&](int64_t row, int64_t column, T value) { sums[row] += value * values[column]; });
      for (int64_t i = 0; i < y.size; ++i)
        store<T>(factor * sums[i] + scaled(old, y.values, y.type, i), y.values, y.type, i);
    });
  });
}

cusparseStatus_t cusparseSpMM_bufferSize(cusparseHandle_t handle, cusparseOperation_t opA, cusparseOperation_t opB, const void *alpha,
                                         cusparseConstSpMatDescr_t a, cusparseConstDnMatDescr_t b, const void *beta, cusparseDnMatDescr_t c,
                                         cudaDataType compute, cusparseSpMMAlg_t, size_t *size) {
  Call call{handle, "cusparseSpMM"};
  CUPORT_CHECK(call, size);
  *size = smallBuffer;
  return checkSpMM(call, opA, opB, alpha, a, b, beta, c, compute);
}

cusparseStatus_t cusparseSpMM_preprocess(cusparseHandle_t handle, cusparseOperation_t opA, cusparseOperation_t opB, const void *alpha,
                                         cusparseConstSpMatDescr_t a, cusparseConstDnMatDescr_t b, const void *beta, cusparseDnMatDescr_t c,
                                         cudaDataType compute, cusparseSpMMAlg_t, void *) {
  return checkSpMM({handle, "cusparseSpMM"}, opA, opB, alpha, a, b, beta, c, compute);
}

cusparseStatus_t cusparseSpMM(cusparseHandle_t handle, cusparseOperation_t opA, cusparseOperation_t opB, const void *alpha,
                              cusparseConstSpMatDescr_t matA, cusparseConstDnMatDescr_t matB, const void *beta, cusparseDnMatDescr_t matC,
                              cudaDataType compute, cusparseSpMMAlg_t, void *) {
  Call call{handle, "cusparseSpMM"};
  if (Status status = checkSpMM(call, opA, opB, alpha, matA, matB, beta, matC, compute))
    return status;
  size_t size = sizeOf(compute);
  return call.enqueue([=, first = call.scalar(alpha, size), second = call.scalar(beta, size), allA = *matA, allB = *matB, allC = *matC] {
    for (int64_t batch = 0; batch < allC.batches; ++batch)
      withComputed(compute, [&, a = batchOf(allA, batch), b = batchOf(allB, batch), c = batchOf(allC, batch)]<class T>(Type<T>) {
        T factor = load<T>(first.data(), compute, 0), old = load<T>(second.data(), compute, 0);
        Dense<T> right(b, opB);
        std::vector<T> sums(c.rows * c.columns);
        eachOf<T>(a, opA, [&](int64_t row, int64_t column, T value) {
          for (int64_t j = 0; j < c.columns; ++j)
            sums[row * c.columns + j] += value * right(column, j);
        });
        for (int64_t i = 0; i < c.rows; ++i)
          for (int64_t j = 0; j < c.columns; ++j)
            store<T>(factor * sums[i * c.columns + j] + scaled(old, c.values, c.type, c.at(i, j)), c.values, c.type, c.at(i, j));
      });
  });
}

cusparseStatus_t cusparseSDDMM_bufferSize(cusparseHandle_t handle, cusparseOperation_t opA, cusparseOperation_t opB, const void *alpha,
                                          cusparseConstDnMatDescr_t a, cusparseConstDnMatDescr_t b, const void *beta, cusparseSpMatDescr_t c,
                                          cudaDataType compute, cusparseSDDMMAlg_t, size_t *size) {
  Call call{handle, "cusparseSDDMM"};
  CUPORT_CHECK(call, size);
  *size = smallBuffer;
  return checkSDDMM(call, opA, opB, alpha, a, b, beta, c, compute);
}

cusparseStatus_t cusparseSDDMM_preprocess(cusparseHandle_t handle, cusparseOperation_t opA, cusparseOperation_t opB, const void *alpha,
                                          cusparseConstDnMatDescr_t a, cusparseConstDnMatDescr_t b, const void *beta, cusparseSpMatDescr_t c,
                                          cudaDataType compute, cusparseSDDMMAlg_t, void *) {
  return checkSDDMM({handle, "cusparseSDDMM"}, opA, opB, alpha, a, b, beta, c, compute);
}

cusparseStatus_t cusparseSDDMM(cusparseHandle_t handle, cusparseOperation_t opA, cusparseOperation_t opB, const void *alpha,
                               cusparseConstDnMatDescr_t matA, cusparseConstDnMatDescr_t matB, const void *beta, cusparseSpMatDescr_t matC,
                               cudaDataType compute, cusparseSDDMMAlg_t, void *) {
  Call call{handle, "cusparseSDDMM"};
  if (Status status = checkSDDMM(call, opA, opB, alpha, matA, matB, beta, matC, compute))
    return status;
  size_t size = sizeOf(compute);
  return call.enqueue([=, first = call.scalar(alpha, size), second = call.scalar(beta, size), allA = *matA, allB = *matB, allC = *matC] {
    for (int64_t batch = 0; batch < allC.batches; ++batch)
      withComputed(compute, [&, a = batchOf(allA, batch), b = batchOf(allB, batch), c = batchOf(allC, batch)]<class T>(Type<T>) {
        T factor = load<T>(first.data(), compute, 0), old = load<T>(second.data(), compute, 0);
        Dense<T> left(a, opA), right(b, opB);
        int64_t inner = shape(a, opA).columns;
        eachNonzero(c, [&](int64_t row, int64_t column, int64_t place) {
          T sum{};
          for (int64_t k = 0; k < inner; ++k)
            sum += left(row, k) * right(k, column);
          store<T>(factor * sum + scaled(old, c.values, c.type, place), c.values, c.type, place);
        });
      });
  });
}

cusparseStatus_t cusparseSpVV_bufferSize(cusparseHandle_t handle, cusparseOperation_t operation, cusparseConstSpVecDescr_t x,
                                         cusparseConstDnVecDescr_t y, const void *result, cudaDataType compute, size_t *size) {
  Call call{handle, "cusparseSpVV"};
  CUPORT_CHECK(call, size);
  *size = smallBuffer;
  return checkSpVV(call, operation, x, y, result, compute);
}

cusparseStatus_t cusparseSpVV(cusparseHandle_t handle, cusparseOperation_t operation, cusparseConstSpVecDescr_t vecX, cusparseConstDnVecDescr_t vecY,
                              void *result, cudaDataType compute, void *) {
  Call call{handle, "cusparseSpVV"};
  if (Status status = checkSpVV(call, operation, vecX, vecY, result, compute))
    return status;
  return call.result([=, x = *vecX, y = *vecY] {
    withComputed(compute, [&]<class T>(Type<T>) {
      T sum{};
      for (int64_t i = 0; i < x.nonzeros; ++i) {
        T value = load<T>(x.values, x.type, i);
        sum += (operation == CUSPARSE_OPERATION_CONJUGATE_TRANSPOSE ? conjugate(value) : value) *
               load<T>(y.values, y.type, Indices{x.indices, x.indexType}[i] - x.base);
      }
      store<T>(sum, result, compute, 0);
    });
  });
}

cusparseStatus_t cusparseAxpby(cusparseHandle_t handle, const void *alpha, cusparseConstSpVecDescr_t vecX, const void *beta, cusparseDnVecDescr_t vecY) {
  Call call{handle, "cusparseAxpby"};
  CUPORT_CHECK(call, alpha && vecX && beta && vecY && vecX->size == vecY->size);
  // Half and bfloat16 have factors in float.
  cudaDataType compute = vecX->type == CUDA_R_16F || vecX->type == CUDA_R_16BF ? CUDA_R_32F : vecX->type;
  if (vecX->type != vecY->type || !isCalculated(compute, {vecX->type}))
    return call.unsupported();
  size_t size = sizeOf(compute);
  return call.enqueue([=, first = call.scalar(alpha, size), second = call.scalar(beta, size), x = *vecX, y = *vecY] {
    withComputed(compute, [&]<class T>(Type<T>) {
      T factor = load<T>(first.data(), compute, 0), old = load<T>(second.data(), compute, 0);
      for (int64_t i = 0; i < y.size; ++i)
        store<T>(scaled(old, y.values, y.type, i), y.values, y.type, i);
      for (int64_t i = 0; i < x.nonzeros; ++i) {
        int64_t place = Indices{x.indices, x.indexType}[i] - x.base;
        store<T>(load<T>(y.values, y.type, place) + factor * load<T>(x.values, x.type, i), y.values, y.type, place);
      }
    });
  });
}

/// Copies between a sparse vector and the places of a dense one.
template <bool gathers> static Status copyElements(Call call, cusparseConstSpVecDescr_t vecX, cusparseConstDnVecDescr_t vecY) {
  CUPORT_CHECK(call, vecX && vecY && vecX->size == vecY->size);
  if (vecX->type != vecY->type || !sizeOf(vecX->type))
    return call.unsupported();
  return call.enqueue([x = *vecX, y = *vecY] {
    withStored(x.type, [&]<class T>(Type<T>) {
      for (int64_t i = 0; i < x.nonzeros; ++i) {
        T &sparse = static_cast<T *>(x.values)[i], &dense = static_cast<T *>(y.values)[Indices{x.indices, x.indexType}[i] - x.base];
        if constexpr (gathers)
          sparse = dense;
        else
          dense = sparse;
      }
    });
  });
}

cusparseStatus_t cusparseGather(cusparseHandle_t handle, cusparseConstDnVecDescr_t y, cusparseSpVecDescr_t x) {
  return copyElements<true>({handle, "cusparseGather"}, x, y);
}

cusparseStatus_t cusparseScatter(cusparseHandle_t handle, cusparseConstSpVecDescr_t x, cusparseDnVecDescr_t y) {
  return copyElements<false>({handle, "cusparseScatter"}, x, y);
}

cusparseStatus_t cusparseRot(cusparseHandle_t handle, const void *c, const void *s, cusparseSpVecDescr_t vecX, cusparseDnVecDescr_t vecY) {
  Call call{handle, "cusparseRot"};
  CUPORT_CHECK(call, c && s && vecX && vecY && vecX->size == vecY->size);
  cudaDataType compute = vecX->type == CUDA_R_16F || vecX->type == CUDA_R_16BF ? CUDA_R_32F : vecX->type;
  if (vecX->type != vecY->type || !isCalculated(compute, {vecX->type}))
    return call.unsupported();
  size_t size = sizeOf(compute);
  return call.enqueue([=, first = call.scalar(c, size), second = call.scalar(s, size), x = *vecX, y = *vecY] {
    withComputed(compute, [&]<class T>(Type<T>) {
      T cosine = load<T>(first.data(), compute, 0), sine = load<T>(second.data(), compute, 0);
      for (int64_t i = 0; i < x.nonzeros; ++i) {
        int64_t place = Indices{x.indices, x.indexType}[i] - x.base;
        T sparse = load<T>(x.values, x.type, i), dense = load<T>(y.values, y.type, place);
        store<T>(cosine * sparse + sine * dense, x.values, x.type, i);
        store<T>(cosine * dense - sine * sparse, y.values, y.type, place);
      }
    });
  });
}
