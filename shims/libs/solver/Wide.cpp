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

/// Right vectors only, as cuSOLVER. Of real matrices the vectors of a pair of complex values are their real and imaginary parts.
template <class T>
Status geev(Call call, cusolverEigMode_t mode, int n, T *a, int lda, std::complex<Part<T>> *values, T *vectors, int ldv, int *info) {
  bool wants = mode == CUSOLVER_EIG_MODE_VECTOR;
  CUPORT_CHECK(call, isMode(mode) && n >= 0 && holds(lda, n) && (!wants || holds(ldv, n)));
  return call.enqueue([=] {
    Number<T> none[1];
    int leading = ldv > 1 ? ldv : 1;
    if constexpr (isComplex<T>) {
      give(info, lapacke::geev<T>('N', letter(mode), n, numbers(a), lda, values, none, 1, numbers(vectors), leading));
    } else {
      std::vector<T> real(n), imaginary(n);
      give(info, lapacke::geev<T>('N', letter(mode), n, a, lda, real.data(), imaginary.data(), none, 1, vectors, leading));
      for (int i = 0; i < n; ++i)
        values[i] = {real[i], imaginary[i]};
    }
  });
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
SIZE(Xsyevdx, cusolverEigMode_t, cusolverEigRange_t, cublasFillMode_t, int64_t, cudaDataType, const void *, int64_t, void *, void *, int64_t, int64_t, int64_t *,
     cudaDataType, const void *, cudaDataType)
SIZE(Xgeev, cusolverEigMode_t, cusolverEigMode_t, int64_t, cudaDataType, const void *, int64_t, cudaDataType, const void *, cudaDataType, const void *, int64_t,
     cudaDataType, const void *, int64_t, cudaDataType)
SIZE(Xgesvdp, cusolverEigMode_t, int, int64_t, int64_t, cudaDataType, const void *, int64_t, cudaDataType, const void *, cudaDataType, const void *, int64_t,
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

cusolverStatus_t cusolverDnXsyevdx(cusolverDnHandle_t handle, cusolverDnParams_t, cusolverEigMode_t mode, cusolverEigRange_t range, cublasFillMode_t fill,
                                   int64_t n, cudaDataType type, void *a, int64_t lda, void *low, void *high, int64_t first, int64_t last, int64_t *found,
                                   cudaDataType typeW, void *values, cudaDataType compute, void *, size_t, void *, size_t, int *info) {
  Call call = CALL(Xsyevdx);
  CUPORT_CHECK(call, found && (range != CUSOLVER_EIG_RANGE_V || (low && high)));
  return withType(call, type, {compute}, {typeW}, {n, lda, first, last}, [&]<class T>(Type<T>) {
    auto bound = [&](void *place) { return range == CUSOLVER_EIG_RANGE_V ? *static_cast<Part<T> *>(place) : Part<T>(0); };
    int count = 0;
    Status status = syevdx<T>(call, mode, range, fill, n, static_cast<T *>(a), lda, bound(low), bound(high), first, last, &count,
                              static_cast<Part<T> *>(values), info);
    if (!status)
      *found = count;
    return status;
  });
}

cusolverStatus_t cusolverDnXsyevBatched_bufferSize(cusolverDnHandle_t handle, cusolverDnParams_t, cusolverEigMode_t, cublasFillMode_t, int64_t, cudaDataType,
                                                   const void *, int64_t, cudaDataType, const void *, cudaDataType, size_t *onDevice, size_t *onHost, int64_t) {
  return giveSizes(CALL(XsyevBatched), onDevice, onHost);
}

cusolverStatus_t cusolverDnXsyevBatched(cusolverDnHandle_t handle, cusolverDnParams_t, cusolverEigMode_t mode, cublasFillMode_t fill, int64_t n,
                                        cudaDataType type, void *a, int64_t lda, cudaDataType typeW, void *values, cudaDataType compute, void *, size_t,
                                        void *, size_t, int *info, int64_t count) {
  Call call = CALL(XsyevBatched);
  return withType(call, type, {compute}, {typeW}, {n, lda, count}, [&]<class T>(Type<T>) {
    return syevBatched<T>(call, mode, fill, n, static_cast<T *>(a), lda, static_cast<Part<T> *>(values), info, count);
  });
}

cusolverStatus_t cusolverDnXgeev(cusolverDnHandle_t handle, cusolverDnParams_t, cusolverEigMode_t left, cusolverEigMode_t right, int64_t n, cudaDataType type,
                                 void *a, int64_t lda, cudaDataType typeW, void *values, cudaDataType typeVL, void *, int64_t, cudaDataType typeVR, void *vr,
                                 int64_t ldvr, cudaDataType compute, void *, size_t, void *, size_t, int *info) {
  Call call = CALL(Xgeev);
  CUPORT_CHECK(call, isMode(left));
  return withType(call, type, {typeVL, typeVR, compute}, {}, {n, lda, ldvr}, [&]<class T>(Type<T>) {
    cudaDataType complex = sizeof(Part<T>) == sizeof(float) ? CUDA_C_32F : CUDA_C_64F;
    if (left == CUSOLVER_EIG_MODE_VECTOR || typeW != complex)
      return call.unsupported();
    return geev<T>(call, right, n, static_cast<T *>(a), lda, static_cast<std::complex<Part<T>> *>(values), static_cast<T *>(vr), ldvr, info);
  });
}

/// What cuSOLVER finds by a polar decomposition, it tells how far off it is.
cusolverStatus_t cusolverDnXgesvdp(cusolverDnHandle_t handle, cusolverDnParams_t, cusolverEigMode_t mode, int economic, int64_t m, int64_t n, cudaDataType type,
                                   void *a, int64_t lda, cudaDataType typeS, void *values, cudaDataType typeU, void *u, int64_t ldu, cudaDataType typeV,
                                   void *v, int64_t ldv, cudaDataType compute, void *, size_t, void *, size_t, int *info, double *error) {
  Call call = CALL(Xgesvdp);
  if (error)
    *error = 0;
  return withType(call, type, {typeU, typeV, compute}, {typeS}, {m, n, lda, ldu, ldv}, [&]<class T>(Type<T>) {
    return gesvdj<T>(call, mode, economic, m, n, static_cast<T *>(a), lda, static_cast<Part<T> *>(values), static_cast<T *>(u), ldu, static_cast<T *>(v), ldv,
                     info);
  });
}

cusolverStatus_t cusolverDnXtrtri_bufferSize(cusolverDnHandle_t handle, cublasFillMode_t, cublasDiagType_t, int64_t, cudaDataType, void *, int64_t,
                                             size_t *onDevice, size_t *onHost) {
  return giveSizes(CALL(Xtrtri), onDevice, onHost);
}

cusolverStatus_t cusolverDnXtrtri(cusolverDnHandle_t handle, cublasFillMode_t fill, cublasDiagType_t diagonal, int64_t n, cudaDataType type, void *a,
                                  int64_t lda, void *, size_t, void *, size_t, int *info) {
  Call call = CALL(Xtrtri);
  CUPORT_CHECK(call, isTriangle(fill) && (diagonal == CUBLAS_DIAG_NON_UNIT || diagonal == CUBLAS_DIAG_UNIT) && n >= 0 && holds(lda, n));
  return withType(call, type, {}, {}, {n, lda}, [&]<class T>(Type<T>) {
    return call.enqueue([=] { give(info, lapacke::trtri<T>(letter(fill), diagonal == CUBLAS_DIAG_UNIT ? 'U' : 'N', n, numbers(static_cast<T *>(a)), lda)); });
  });
}
