// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The functions with 64-bit numbers and types of data that are told by numbers: the others, for what LAPACK can count.

#include "Dense.h"

using namespace cuport;
using namespace cuport::solver;

namespace {

template <class T> struct Type {};
/// \p body with the type of the matrix, where all types of the call are as it wants them: \p same as the matrix's, \p real of its parts.
template <class Body>
Status withType(Call call, cudaDataType type, std::initializer_list<cudaDataType> same, std::initializer_list<cudaDataType> real,
                std::initializer_list<int64_t> numbers, Body body) {
  CUPORT_CHECK(call, true);
  cudaDataType part = type == CUDA_C_32F ? CUDA_R_32F : type == CUDA_C_64F ? CUDA_R_64F : type;
  bool supported = fits(numbers);
  for (cudaDataType each : same)
    supported &= each == type;
  for (cudaDataType each : real)
    supported &= each == part;
  if (!supported)
    return call.unsupported();
  switch (type) {
  case CUDA_R_32F: return body(Type<float>());
  case CUDA_R_64F: return body(Type<double>());
  case CUDA_C_32F: return body(Type<cuComplex>());
  case CUDA_C_64F: return body(Type<cuDoubleComplex>());
  default: return call.unsupported();
  }
}

Status giveSizes(Call call, size_t *onDevice, size_t *onHost) {
  CUPORT_CHECK(call, onDevice && onHost);
  *onDevice = *onHost = smallWork;
  return CUSOLVER_STATUS_SUCCESS;
}

} // namespace

#define CALL(name) Call{handle, "cusolverDn" #name}
#define SIZE(name, ...)                                                                                                  \
  cusolverStatus_t cusolverDn##name##_bufferSize(cusolverDnHandle_t handle, cusolverDnParams_t, __VA_ARGS__, size_t *onDevice, size_t *onHost) {  \
    return giveSizes(CALL(name), onDevice, onHost);                                                                      \
  }
SIZE(Xgetrf, int64_t, int64_t, cudaDataType, const void *, int64_t, cudaDataType)
SIZE(Xpotrf, cublasFillMode_t, int64_t, cudaDataType, const void *, int64_t, cudaDataType)
SIZE(Xgeqrf, int64_t, int64_t, cudaDataType, const void *, int64_t, cudaDataType, const void *, cudaDataType)
SIZE(Xsyevd, cusolverEigMode_t, cublasFillMode_t, int64_t, cudaDataType, const void *, int64_t, cudaDataType, const void *, cudaDataType)
SIZE(Xgesvd, signed char, signed char, int64_t, int64_t, cudaDataType, const void *, int64_t, cudaDataType, const void *, cudaDataType, const void *, int64_t,
     cudaDataType, const void *, int64_t, cudaDataType)

cusolverStatus_t cusolverDnXgetrf(cusolverDnHandle_t handle, cusolverDnParams_t, int64_t m, int64_t n, cudaDataType type, void *a, int64_t lda, int64_t *pivots,
                                  cudaDataType compute, void *, size_t, void *, size_t, int *info) {
  Call call = CALL(Xgetrf);
  return withType(call, type, {compute}, {}, {m, n, lda},
                  [&]<class T>(Type<T>) { return getrf<T>(call, m, n, static_cast<T *>(a), lda, pivots, info); });
}

cusolverStatus_t cusolverDnXgetrs(cusolverDnHandle_t handle, cusolverDnParams_t, cublasOperation_t operation, int64_t n, int64_t columns, cudaDataType type,
                                  const void *a, int64_t lda, const int64_t *pivots, cudaDataType typeB, void *b, int64_t ldb, int *info) {
  Call call = CALL(Xgetrs);
  return withType(call, type, {typeB}, {}, {n, columns, lda, ldb}, [&]<class T>(Type<T>) {
    return getrs<T>(call, operation, n, columns, static_cast<const T *>(a), lda, pivots, static_cast<T *>(b), ldb, info);
  });
}

cusolverStatus_t cusolverDnXpotrf(cusolverDnHandle_t handle, cusolverDnParams_t, cublasFillMode_t fill, int64_t n, cudaDataType type, void *a, int64_t lda,
                                  cudaDataType compute, void *, size_t, void *, size_t, int *info) {
  Call call = CALL(Xpotrf);
  return withType(call, type, {compute}, {}, {n, lda}, [&]<class T>(Type<T>) { return potrf<T>(call, fill, n, static_cast<T *>(a), lda, info); });
}

cusolverStatus_t cusolverDnXpotrs(cusolverDnHandle_t handle, cusolverDnParams_t, cublasFillMode_t fill, int64_t n, int64_t columns, cudaDataType type,
                                  const void *a, int64_t lda, cudaDataType typeB, void *b, int64_t ldb, int *info) {
  Call call = CALL(Xpotrs);
  return withType(call, type, {typeB}, {}, {n, columns, lda, ldb}, [&]<class T>(Type<T>) {
    return potrs<T>(call, fill, n, columns, static_cast<const T *>(a), lda, static_cast<T *>(b), ldb, info);
  });
}

cusolverStatus_t cusolverDnXsytrs_bufferSize(cusolverDnHandle_t handle, cublasFillMode_t, int64_t, int64_t, cudaDataType, const void *, int64_t,
                                             const int64_t *, cudaDataType, void *, int64_t, size_t *onDevice, size_t *onHost) {
  return giveSizes(CALL(Xsytrs), onDevice, onHost);
}

cusolverStatus_t cusolverDnXsytrs(cusolverDnHandle_t handle, cublasFillMode_t fill, int64_t n, int64_t columns, cudaDataType type, const void *a, int64_t lda,
                                  const int64_t *pivots, cudaDataType typeB, void *b, int64_t ldb, void *, size_t, void *, size_t, int *info) {
  Call call = CALL(Xsytrs);
  return withType(call, type, {typeB}, {}, {n, columns, lda, ldb}, [&]<class T>(Type<T>) {
    return sytrs<T>(call, fill, n, columns, static_cast<const T *>(a), lda, pivots, static_cast<T *>(b), ldb, info);
  });
}

cusolverStatus_t cusolverDnXgeqrf(cusolverDnHandle_t handle, cusolverDnParams_t, int64_t m, int64_t n, cudaDataType type, void *a, int64_t lda,
                                  cudaDataType typeTau, void *tau, cudaDataType compute, void *, size_t, void *, size_t, int *info) {
  Call call = CALL(Xgeqrf);
  return withType(call, type, {typeTau, compute}, {}, {m, n, lda},
                  [&]<class T>(Type<T>) { return geqrf<T>(call, m, n, static_cast<T *>(a), lda, static_cast<T *>(tau), info); });
}

cusolverStatus_t cusolverDnXsyevd(cusolverDnHandle_t handle, cusolverDnParams_t, cusolverEigMode_t mode, cublasFillMode_t fill, int64_t n, cudaDataType type,
                                  void *a, int64_t lda, cudaDataType typeW, void *values, cudaDataType compute, void *, size_t, void *, size_t, int *info) {
  Call call = CALL(Xsyevd);
  return withType(call, type, {compute}, {typeW}, {n, lda}, [&]<class T>(Type<T>) {
    return syevd<T>(call, mode, fill, n, static_cast<T *>(a), lda, static_cast<Part<T> *>(values), info);
  });
}

cusolverStatus_t cusolverDnXgesvd(cusolverDnHandle_t handle, cusolverDnParams_t, signed char left, signed char right, int64_t m, int64_t n, cudaDataType type,
                                  void *a, int64_t lda, cudaDataType typeS, void *values, cudaDataType typeU, void *u, int64_t ldu, cudaDataType typeVT,
                                  void *vt, int64_t ldvt, cudaDataType compute, void *, size_t, void *, size_t, int *info) {
  Call call = CALL(Xgesvd);
  return withType(call, type, {typeU, typeVT, compute}, {typeS}, {m, n, lda, ldu, ldvt}, [&]<class T>(Type<T>) {
    return gesvd<T>(call, left, right, m, n, static_cast<T *>(a), lda, static_cast<Part<T> *>(values), static_cast<T *>(u), ldu, static_cast<T *>(vt), ldvt,
                    static_cast<Part<T> *>(nullptr), info);
  });
}
