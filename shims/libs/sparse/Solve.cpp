// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Triangular systems, SpSV and SpSM: the rows of the wanted triangle of op(A), then substitution. The analysis finds nothing that is kept but
// how many values there are, so that others can be put in their place.

#include "Values.h"

#include <cstring>

using namespace cuport;
using namespace cuport::sparse;

namespace {

/// Values that stand for the matrix's own; null where these count.
struct Replaced {
  const void *all = nullptr, *diagonal = nullptr;
};

/// What a program makes for the two; the matrix is taken from the call.
struct Analysed {
  int64_t values = 0, rows = 0; ///< of the matrix that was analysed
  cudaDataType type = CUDA_R_32F;
  std::vector<char> all{}, diagonal{};

  void analyse(const cusparseSpMatDescr &a) {
    values = a.nonzeros, rows = a.rows, type = a.type;
    all.clear();
    diagonal.clear();
  }
  Replaced replaced() const { return {all.empty() ? nullptr : all.data(), diagonal.empty() ? nullptr : diagonal.data()}; }
};

/// In the stream the new values are copied; all of them, or the diagonal's.
Status update(Call call, Analysed *analysed, const void *values, bool isDiagonal) {
  CUPORT_CHECK(call, analysed && values);
  if (!analysed->rows)
    return CUSPARSE_STATUS_NOT_INITIALIZED;
  std::vector<char> &to = isDiagonal ? analysed->diagonal : analysed->all;
  to.resize(size_t(isDiagonal ? analysed->rows : analysed->values) * sizeOf(analysed->type));
  // All new values have a diagonal of their own.
  if (!isDiagonal)
    analysed->diagonal.clear();
  return call.enqueue([values, data = to.data(), size = to.size()] { std::memcpy(data, values, size); });
}

} // namespace

struct cusparseSpSVDescr : Analysed {};
struct cusparseSpSMDescr : Analysed {};

namespace {

/// op(A) X = alpha B for the columns of X, which come as functions: \p right(row, column), \p give(row, column, value).
template <class T, class Right, class Give>
void substitute(cusparseSpMatDescr a, const Replaced &replaced, cusparseOperation_t operation, T alpha, int64_t columns, Right right, Give give) {
  if (replaced.all)
    a.values = const_cast<void *>(replaced.all);
  bool isUnit = a.diagonal == CUSPARSE_DIAG_TYPE_UNIT;
  // A transposed lower triangle is an upper one.
  bool isLower = (a.fill == CUSPARSE_FILL_MODE_LOWER) == (operation == CUSPARSE_OPERATION_NON_TRANSPOSE);
  Rows<T> rows = rowsOf<T>(a, operation, [&](int64_t row, int64_t column) { return isLower ? column <= row : column >= row; });
  int64_t count = rows.count();
  std::vector<T> x(count);
  for (int64_t j = 0; j < columns; ++j) {
    for (int64_t step = 0; step < count; ++step) {
      int64_t i = isLower ? step : count - 1 - step;
      T sum = alpha * right(i, j), diagonal = isUnit ? T(1) : T(0);
      for (int64_t place = rows.offsets[i]; place < rows.offsets[i + 1]; ++place) {
        if (rows.columns[place] != i)
          sum -= rows.values[place] * x[rows.columns[place]];
        else if (!isUnit)
          diagonal = rows.values[place];
      }
      if (!isUnit && replaced.diagonal) {
        diagonal = load<T>(replaced.diagonal, a.type, i);
        if (operation == CUSPARSE_OPERATION_CONJUGATE_TRANSPOSE)
          diagonal = conjugate(diagonal);
      }
      x[i] = sum / diagonal;
    }
    for (int64_t i = 0; i < count; ++i)
      give(i, j, x[i]);
  }
}

Status checkSpSV(Call call, cusparseOperation_t operation, const void *alpha, cusparseConstSpMatDescr_t a, cusparseConstDnVecDescr_t x,
                 cusparseDnVecDescr_t y, cudaDataType compute, const void *descriptor) {
  CUPORT_CHECK(call, isOperation(operation) && alpha && a && x && y && descriptor && a->rows == a->columns && x->size == a->rows && y->size == a->rows);
  bool isSupported = isCalculated(compute, {a->type, x->type, y->type}) && compute != CUDA_R_32I && !isBlockedEll(*a);
  return isSupported ? CUSPARSE_STATUS_SUCCESS : call.unsupported();
}

Status checkSpSM(Call call, cusparseOperation_t opA, cusparseOperation_t opB, const void *alpha, cusparseConstSpMatDescr_t a, cusparseConstDnMatDescr_t b,
                 cusparseDnMatDescr_t c, cudaDataType compute, const void *descriptor) {
  CUPORT_CHECK(call, isOperation(opA) && isOperation(opB) && alpha && a && b && c && descriptor && a->rows == a->columns && c->rows == a->rows);
  bool isTurned = opB != CUSPARSE_OPERATION_NON_TRANSPOSE;
  CUPORT_CHECK(call, (isTurned ? b->columns : b->rows) == a->rows && (isTurned ? b->rows : b->columns) == c->columns);
  bool isSupported = isCalculated(compute, {a->type, b->type, c->type}) && compute != CUDA_R_32I && !isBlockedEll(*a);
  return isSupported ? CUSPARSE_STATUS_SUCCESS : call.unsupported();
}

} // namespace

#define DESCRIPTOR(name)                                                                                                 \
  cusparseStatus_t cusparse##name##_createDescr(cusparse##name##Descr_t *descriptor) {                                   \
    if (!descriptor)                                                                                                     \
      return CUSPARSE_STATUS_INVALID_VALUE;                                                                              \
    *descriptor = new cusparse##name##Descr;                                                                             \
    return CUSPARSE_STATUS_SUCCESS;                                                                                      \
  }                                                                                                                      \
  cusparseStatus_t cusparse##name##_destroyDescr(cusparse##name##Descr_t descriptor) {                                   \
    /* A solution that is still to come reads what stands for the matrix's values. */                                    \
    if (descriptor && (!descriptor->all.empty() || !descriptor->diagonal.empty()))                                       \
      cudaDeviceSynchronize();                                                                                           \
    delete descriptor;                                                                                                   \
    return CUSPARSE_STATUS_SUCCESS;                                                                                      \
  }
DESCRIPTOR(SpSV)
DESCRIPTOR(SpSM)
#undef DESCRIPTOR

cusparseStatus_t cusparseSpSV_bufferSize(cusparseHandle_t handle, cusparseOperation_t operation, const void *alpha, cusparseConstSpMatDescr_t a,
                                         cusparseConstDnVecDescr_t x, cusparseDnVecDescr_t y, cudaDataType compute, cusparseSpSVAlg_t,
                                         cusparseSpSVDescr_t descriptor, size_t *size) {
  Call call{handle, "cusparseSpSV"};
  CUPORT_CHECK(call, size);
  *size = smallBuffer;
  return checkSpSV(call, operation, alpha, a, x, y, compute, descriptor);
}

cusparseStatus_t cusparseSpSV_analysis(cusparseHandle_t handle, cusparseOperation_t operation, const void *alpha, cusparseConstSpMatDescr_t a,
                                       cusparseConstDnVecDescr_t x, cusparseDnVecDescr_t y, cudaDataType compute, cusparseSpSVAlg_t,
                                       cusparseSpSVDescr_t descriptor, void *) {
  Status status = checkSpSV({handle, "cusparseSpSV"}, operation, alpha, a, x, y, compute, descriptor);
  if (!status)
    descriptor->analyse(*a);
  return status;
}

cusparseStatus_t cusparseSpSV_updateMatrix(cusparseHandle_t handle, cusparseSpSVDescr_t descriptor, void *values, cusparseSpSVUpdate_t part) {
  return update({handle, "cusparseSpSV_updateMatrix"}, descriptor, values, part == CUSPARSE_SPSV_UPDATE_DIAGONAL);
}

cusparseStatus_t cusparseSpSV_solve(cusparseHandle_t handle, cusparseOperation_t operation, const void *alpha, cusparseConstSpMatDescr_t matA,
                                    cusparseConstDnVecDescr_t vecX, cusparseDnVecDescr_t vecY, cudaDataType compute, cusparseSpSVAlg_t,
                                    cusparseSpSVDescr_t descriptor) {
  Call call{handle, "cusparseSpSV_solve"};
  if (Status status = checkSpSV(call, operation, alpha, matA, vecX, vecY, compute, descriptor))
    return status;
  return call.enqueue([=, factor = call.scalar(alpha, sizeOf(compute)), a = *matA, x = *vecX, y = *vecY, replaced = descriptor->replaced()] {
    withComputed(compute, [&]<class T>(Type<T>) {
      if constexpr (!std::is_integral_v<T>)
        substitute(
            a, replaced, operation, load<T>(factor.data(), compute, 0), 1, [&](int64_t i, int64_t) { return load<T>(x.values, x.type, i); },
            [&](int64_t i, int64_t, T value) { store<T>(value, y.values, y.type, i); });
    });
  });
}

cusparseStatus_t cusparseSpSM_bufferSize(cusparseHandle_t handle, cusparseOperation_t opA, cusparseOperation_t opB, const void *alpha,
                                         cusparseConstSpMatDescr_t a, cusparseConstDnMatDescr_t b, cusparseDnMatDescr_t c, cudaDataType compute,
                                         cusparseSpSMAlg_t, cusparseSpSMDescr_t descriptor, size_t *size) {
  Call call{handle, "cusparseSpSM"};
  CUPORT_CHECK(call, size);
  *size = smallBuffer;
  return checkSpSM(call, opA, opB, alpha, a, b, c, compute, descriptor);
}

cusparseStatus_t cusparseSpSM_analysis(cusparseHandle_t handle, cusparseOperation_t opA, cusparseOperation_t opB, const void *alpha,
                                       cusparseConstSpMatDescr_t a, cusparseConstDnMatDescr_t b, cusparseDnMatDescr_t c, cudaDataType compute,
                                       cusparseSpSMAlg_t, cusparseSpSMDescr_t descriptor, void *) {
  Status status = checkSpSM({handle, "cusparseSpSM"}, opA, opB, alpha, a, b, c, compute, descriptor);
  if (!status)
    descriptor->analyse(*a);
  return status;
}

cusparseStatus_t cusparseSpSM_updateMatrix(cusparseHandle_t handle, cusparseSpSMDescr_t descriptor, void *values, cusparseSpSMUpdate_t part) {
  return update({handle, "cusparseSpSM_updateMatrix"}, descriptor, values, part == CUSPARSE_SPSM_UPDATE_DIAGONAL);
}

cusparseStatus_t cusparseSpSM_solve(cusparseHandle_t handle, cusparseOperation_t opA, cusparseOperation_t opB, const void *alpha,
                                    cusparseConstSpMatDescr_t matA, cusparseConstDnMatDescr_t matB, cusparseDnMatDescr_t matC, cudaDataType compute,
                                    cusparseSpSMAlg_t, cusparseSpSMDescr_t descriptor) {
  Call call{handle, "cusparseSpSM_solve"};
  if (Status status = checkSpSM(call, opA, opB, alpha, matA, matB, matC, compute, descriptor))
    return status;
  return call.enqueue([=, factor = call.scalar(alpha, sizeOf(compute)), a = *matA, b = *matB, c = *matC, replaced = descriptor->replaced()] {
    withComputed(compute, [&]<class T>(Type<T>) {
      if constexpr (!std::is_integral_v<T>)
        substitute(
            a, replaced, opA, load<T>(factor.data(), compute, 0), c.columns,
            [&](int64_t i, int64_t j) {
              T value = load<T>(b.values, b.type, opB == CUSPARSE_OPERATION_NON_TRANSPOSE ? b.at(i, j) : b.at(j, i));
              return opB == CUSPARSE_OPERATION_CONJUGATE_TRANSPOSE ? conjugate(value) : value;
            },
            [&](int64_t i, int64_t j, T value) { store<T>(value, c.values, c.type, c.at(i, j)); });
    });
  });
}
