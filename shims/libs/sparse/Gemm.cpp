// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The product of two sparse matrices: the rows of the result, by Gustavson's algorithm, are kept in the descriptor until the program has made
// room for them. The host asks for their number in between, so the steps wait.

#include "Values.h"

#include <algorithm>
#include <memory>

using namespace cuport;
using namespace cuport::sparse;

struct cusparseSpGEMMDescr {
  std::vector<int64_t> offsets, columns;
  std::vector<char> values; ///< of the type that is calculated in; none where only the places were asked for
  int64_t products = 0;
};

namespace {

/// A, B and C of one call, and what is checked of them.
struct Product {
  cusparseConstSpMatDescr_t a, b;
  cusparseSpMatDescr_t c;
  cusparseOperation_t opA, opB;

  bool isValid() const { return a && b && c && isOperation(opA) && isOperation(opB) && a->columns == b->rows && c->rows == a->rows && c->columns == b->columns; }
  bool isSupported(cudaDataType compute) const {
    for (const cusparseSpMatDescr *m : {a, b, static_cast<cusparseConstSpMatDescr_t>(c)})
      if (m->format != CUSPARSE_FORMAT_CSR || m->batches > 1)
        return false;
    return opA == CUSPARSE_OPERATION_NON_TRANSPOSE && opB == CUSPARSE_OPERATION_NON_TRANSPOSE && compute != CUDA_R_32I &&
           isCalculated(compute, {a->type, b->type, c->type});
  }
};

template <class T> void multiply(const cusparseSpMatDescr &a, const cusparseSpMatDescr &b, cusparseSpGEMMDescr &result) {
  Rows<T> left = rowsOf<T>(a, CUSPARSE_OPERATION_NON_TRANSPOSE), right = rowsOf<T>(b, CUSPARSE_OPERATION_NON_TRANSPOSE);
  result = {};
  result.offsets.push_back(0);
  std::vector<T> sums(b.columns), values;
  std::vector<int64_t> seen(b.columns, -1), columns;
  for (int64_t row = 0; row < left.count(); ++row) {
    columns.clear();
    for (int64_t i = left.offsets[row]; i < left.offsets[row + 1]; ++i)
      for (int64_t j = right.offsets[left.columns[i]]; j < right.offsets[left.columns[i] + 1]; ++j) {
        int64_t column = right.columns[j];
        if (seen[column] != row) {
          seen[column] = row;
          sums[column] = T{};
          columns.push_back(column);
        }
        sums[column] += left.values[i] * right.values[j];
        ++result.products;
      }
    std::sort(columns.begin(), columns.end());
    for (int64_t column : columns) {
      result.columns.push_back(column);
      values.push_back(sums[column]);
    }
    result.offsets.push_back(result.columns.size());
  }
  const char *bytes = reinterpret_cast<const char *>(values.data());
  result.values.assign(bytes, bytes + values.size() * sizeof(T));
}

/// Runs and waits.
Status multiplyNow(Call call, const Product &product, cudaDataType compute, cusparseSpGEMMDescr_t result) {
  return call.wait([=, a = *product.a, b = *product.b] {
    withComputed(compute, [&]<class T>(Type<T>) {
      if constexpr (!std::is_integral_v<T>)
        multiply<T>(a, b, *result);
    });
  });
}

void giveStructure(const cusparseSpMatDescr &c, const cusparseSpGEMMDescr &from) {
  for (size_t row = 0; row < from.offsets.size(); ++row)
    Indices{c.offsets, c.offsetType}.set(row, from.offsets[row] + c.base);
  for (size_t i = 0; i < from.columns.size(); ++i)
    Indices{c.indices, c.indexType}.set(i, from.columns[i] + c.base);
}

/// C = alpha A B + beta C, where C has the same places.
template <class T> void giveValues(const cusparseSpMatDescr &c, const cusparseSpGEMMDescr &from, T alpha, T beta) {
  const T *values = reinterpret_cast<const T *>(from.values.data());
  for (size_t i = 0; i < from.columns.size(); ++i)
    store<T>(alpha * values[i] + (beta == T(0) ? T(0) : beta * load<T>(c.values, c.type, i)), c.values, c.type, i);
}

/// What is asked for first, without a buffer.
bool asksForSize(size_t *size, void *buffer) {
  if (buffer)
    return false;
  *size = smallBuffer;
  return true;
}

} // namespace

cusparseStatus_t cusparseSpGEMM_createDescr(cusparseSpGEMMDescr_t *descriptor) {
  if (!descriptor)
    return CUSPARSE_STATUS_INVALID_VALUE;
  *descriptor = new cusparseSpGEMMDescr;
  return CUSPARSE_STATUS_SUCCESS;
}

cusparseStatus_t cusparseSpGEMM_destroyDescr(cusparseSpGEMMDescr_t descriptor) {
  delete descriptor;
  return CUSPARSE_STATUS_SUCCESS;
}

#define CHECK_PRODUCT(compute, more)                                                                                     \
  Product product{matA, matB, matC, opA, opB};                                                                           \
  CUPORT_CHECK(call, product.isValid() && descriptor && (more));                                                         \
  if (!product.isSupported(compute))                                                                                     \
    return call.unsupported()

cusparseStatus_t cusparseSpGEMM_workEstimation(cusparseHandle_t handle, cusparseOperation_t opA, cusparseOperation_t opB, const void *alpha,
                                               cusparseConstSpMatDescr_t matA, cusparseConstSpMatDescr_t matB, const void *beta,
                                               cusparseSpMatDescr_t matC, cudaDataType compute, cusparseSpGEMMAlg_t, cusparseSpGEMMDescr_t descriptor,
                                               size_t *size, void *buffer) {
  Call call{handle, "cusparseSpGEMM"};
  CHECK_PRODUCT(compute, alpha && beta && size);
  return asksForSize(size, buffer) ? CUSPARSE_STATUS_SUCCESS : multiplyNow(call, product, compute, descriptor);
}

cusparseStatus_t cusparseSpGEMM_getNumProducts(cusparseSpGEMMDescr_t descriptor, int64_t *products) {
  if (!descriptor || !products)
    return CUSPARSE_STATUS_INVALID_VALUE;
  *products = descriptor->products;
  return CUSPARSE_STATUS_SUCCESS;
}

cusparseStatus_t cusparseSpGEMM_estimateMemory(cusparseHandle_t handle, cusparseOperation_t opA, cusparseOperation_t opB, const void *alpha,
                                               cusparseConstSpMatDescr_t matA, cusparseConstSpMatDescr_t matB, const void *beta,
                                               cusparseSpMatDescr_t matC, cudaDataType compute, cusparseSpGEMMAlg_t, cusparseSpGEMMDescr_t descriptor,
                                               float, size_t *size3, void *buffer3, size_t *size2) {
  Call call{handle, "cusparseSpGEMM"};
  CHECK_PRODUCT(compute, alpha && beta && size3);
  if (!asksForSize(size3, buffer3) && size2)
    *size2 = smallBuffer;
  return CUSPARSE_STATUS_SUCCESS;
}

cusparseStatus_t cusparseSpGEMM_compute(cusparseHandle_t handle, cusparseOperation_t opA, cusparseOperation_t opB, const void *alpha,
                                        cusparseConstSpMatDescr_t matA, cusparseConstSpMatDescr_t matB, const void *beta, cusparseSpMatDescr_t matC,
                                        cudaDataType compute, cusparseSpGEMMAlg_t, cusparseSpGEMMDescr_t descriptor, size_t *size, void *buffer) {
  Call call{handle, "cusparseSpGEMM_compute"};
  CHECK_PRODUCT(compute, alpha && beta && size);
  if (asksForSize(size, buffer))
    return CUSPARSE_STATUS_SUCCESS;
  if (Status status = multiplyNow(call, product, compute, descriptor))
    return status;
  matC->nonzeros = descriptor->columns.size();
  return CUSPARSE_STATUS_SUCCESS;
}

cusparseStatus_t cusparseSpGEMM_copy(cusparseHandle_t handle, cusparseOperation_t opA, cusparseOperation_t opB, const void *alpha,
                                     cusparseConstSpMatDescr_t matA, cusparseConstSpMatDescr_t matB, const void *beta, cusparseSpMatDescr_t matC,
                                     cudaDataType compute, cusparseSpGEMMAlg_t, cusparseSpGEMMDescr_t descriptor) {
  Call call{handle, "cusparseSpGEMM_copy"};
  CHECK_PRODUCT(compute, alpha && beta && matC->offsets);
  size_t size = sizeOf(compute);
  return call.wait([=, first = call.scalar(alpha, size), second = call.scalar(beta, size), c = *matC] {
    giveStructure(c, *descriptor);
    withComputed(compute, [&]<class T>(Type<T>) { giveValues<T>(c, *descriptor, load<T>(first.data(), compute, 0), load<T>(second.data(), compute, 0)); });
  });
}

// The same in steps, of which the last is done again for other values in the same places.

cusparseStatus_t cusparseSpGEMMreuse_workEstimation(cusparseHandle_t handle, cusparseOperation_t opA, cusparseOperation_t opB,
                                                    cusparseConstSpMatDescr_t matA, cusparseConstSpMatDescr_t matB, cusparseSpMatDescr_t matC,
                                                    cusparseSpGEMMAlg_t, cusparseSpGEMMDescr_t descriptor, size_t *size, void *buffer) {
  Call call{handle, "cusparseSpGEMMreuse"};
  CHECK_PRODUCT(matA->type, size);
  asksForSize(size, buffer);
  return CUSPARSE_STATUS_SUCCESS;
}

cusparseStatus_t cusparseSpGEMMreuse_nnz(cusparseHandle_t handle, cusparseOperation_t opA, cusparseOperation_t opB, cusparseConstSpMatDescr_t matA,
                                         cusparseConstSpMatDescr_t matB, cusparseSpMatDescr_t matC, cusparseSpGEMMAlg_t, cusparseSpGEMMDescr_t descriptor,
                                         size_t *size2, void *buffer2, size_t *size3, void *buffer3, size_t *size4, void *buffer4) {
  Call call{handle, "cusparseSpGEMMreuse_nnz"};
  CHECK_PRODUCT(matA->type, size2 && size3 && size4);
  if (!buffer2) {
    *size2 = *size3 = *size4 = smallBuffer;
    return CUSPARSE_STATUS_SUCCESS;
  }
  if (Status status = multiplyNow(call, product, matA->type, descriptor))
    return status;
  matC->nonzeros = descriptor->columns.size();
  return CUSPARSE_STATUS_SUCCESS;
}

cusparseStatus_t cusparseSpGEMMreuse_copy(cusparseHandle_t handle, cusparseOperation_t opA, cusparseOperation_t opB, cusparseConstSpMatDescr_t matA,
                                          cusparseConstSpMatDescr_t matB, cusparseSpMatDescr_t matC, cusparseSpGEMMAlg_t,
                                          cusparseSpGEMMDescr_t descriptor, size_t *size, void *buffer) {
  Call call{handle, "cusparseSpGEMMreuse_copy"};
  CHECK_PRODUCT(matA->type, size);
  if (asksForSize(size, buffer))
    return CUSPARSE_STATUS_SUCCESS;
  return call.wait([=, c = *matC] { giveStructure(c, *descriptor); });
}

cusparseStatus_t cusparseSpGEMMreuse_compute(cusparseHandle_t handle, cusparseOperation_t opA, cusparseOperation_t opB, const void *alpha,
                                             cusparseConstSpMatDescr_t matA, cusparseConstSpMatDescr_t matB, const void *beta,
                                             cusparseSpMatDescr_t matC, cudaDataType compute, cusparseSpGEMMAlg_t, cusparseSpGEMMDescr_t descriptor) {
  Call call{handle, "cusparseSpGEMMreuse_compute"};
  CHECK_PRODUCT(compute, alpha && beta);
  size_t size = sizeOf(compute);
  return call.enqueue([=, first = call.scalar(alpha, size), second = call.scalar(beta, size), a = *matA, b = *matB, c = *matC] {
    withComputed(compute, [&]<class T>(Type<T>) {
      if constexpr (!std::is_integral_v<T>) {
        cusparseSpGEMMDescr result;
        multiply<T>(a, b, result);
        giveValues<T>(c, result, load<T>(first.data(), compute, 0), load<T>(second.data(), compute, 0));
      }
    });
  });
}
