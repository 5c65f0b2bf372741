// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// gesv and gels, which cuSOLVER begins in a lower precision and refines: cusolverDn<T><lower>gesv. Here all is calculated in T's own, which
// cuSOLVER does, too, where lower ones do not pay; its number of steps is -1 then.

#include "Dense.h"

#include <algorithm>

using namespace cuport;
using namespace cuport::solver;

namespace {

template <class T>
Status gesv(Call call, int steps, int n, int columns, T *a, int lda, int *pivots, const T *b, int ldb, T *x, int ldx, int *iterations, int *info) {
  CUPORT_CHECK(call, n >= 0 && columns >= 0 && holds(lda, n) && holds(ldb, n) && holds(ldx, n) && iterations);
  *iterations = steps;
  return call.enqueue([=] {
    for (int64_t j = 0; j < columns; ++j)
      std::copy_n(b + j * ldb, n, x + j * ldx);
    std::vector<lapack_int> made(pivots ? 0 : n);
    give(info, lapacke::gesv<T>(n, columns, numbers(a), lda, pivots ? pivots : made.data(), numbers(x), ldx));
  });
}

/// The least squares' solution; as many rows as columns or more, as cuSOLVER.
template <class T>
Status gels(Call call, int steps, int m, int n, int columns, T *a, int lda, const T *b, int ldb, T *x, int ldx, int *iterations, int *info) {
  CUPORT_CHECK(call, n >= 0 && m >= n && columns >= 0 && holds(lda, m) && holds(ldb, m) && holds(ldx, n) && iterations);
  *iterations = steps;
  return call.enqueue([=] {
    std::vector<T> right(size_t(std::max(m, 1)) * columns);
    for (int64_t j = 0; j < columns; ++j)
      std::copy_n(b + j * ldb, m, right.data() + j * m);
    give(info, lapacke::gels<T>('N', m, n, columns, numbers(a), lda, numbers(right.data()), std::max(m, 1)));
    for (int64_t j = 0; j < columns; ++j)
      std::copy_n(right.data() + j * m, n, x + j * ldx);
  });
}

Status giveSize(Call call, size_t *size) {
  CUPORT_CHECK(call, size);
  *size = smallWork;
  return CUSOLVER_STATUS_SUCCESS;
}

} // namespace

#define CALL(name) Call{handle, "cusolverDn" #name}
#define FUNCTIONS(P, T, steps)                                                                                           \
  cusolverStatus_t cusolverDn##P##gesv_bufferSize(cusolverDnHandle_t handle, int, int, T *, int, int *, T *, int, T *, int, void *,        \
                                                  size_t *size) {                                                        \
    return giveSize(CALL(P##gesv), size);                                                                                \
  }                                                                                                                      \
  cusolverStatus_t cusolverDn##P##gels_bufferSize(cusolverDnHandle_t handle, int, int, int, T *, int, T *, int, T *, int, void *,          \
                                                  size_t *size) {                                                        \
    return giveSize(CALL(P##gels), size);                                                                                \
  }                                                                                                                      \
  cusolverStatus_t cusolverDn##P##gesv(cusolverDnHandle_t handle, int n, int columns, T *a, int lda, int *pivots, T *b, int ldb, T *x,     \
                                       int ldx, void *, size_t, int *iterations, int *info) {                            \
    return gesv<T>(CALL(P##gesv), steps, n, columns, a, lda, pivots, b, ldb, x, ldx, iterations, info);                  \
  }                                                                                                                      \
  cusolverStatus_t cusolverDn##P##gels(cusolverDnHandle_t handle, int m, int n, int columns, T *a, int lda, T *b, int ldb, T *x, int ldx,  \
                                       void *, size_t, int *iterations, int *info) {                                     \
    return gels<T>(CALL(P##gels), steps, m, n, columns, a, lda, b, ldb, x, ldx, iterations, info);                       \
  }
// No step where there is no lower precision to begin in.
FUNCTIONS(SS, float, 0)
FUNCTIONS(SH, float, -1)
FUNCTIONS(SB, float, -1)
FUNCTIONS(SX, float, -1)
FUNCTIONS(DD, double, 0)
FUNCTIONS(DS, double, -1)
FUNCTIONS(DH, double, -1)
FUNCTIONS(DB, double, -1)
FUNCTIONS(DX, double, -1)
FUNCTIONS(CC, cuComplex, 0)
FUNCTIONS(CK, cuComplex, -1)
FUNCTIONS(CE, cuComplex, -1)
FUNCTIONS(CY, cuComplex, -1)
FUNCTIONS(ZZ, cuDoubleComplex, 0)
FUNCTIONS(ZC, cuDoubleComplex, -1)
FUNCTIONS(ZK, cuDoubleComplex, -1)
FUNCTIONS(ZE, cuDoubleComplex, -1)
FUNCTIONS(ZY, cuDoubleComplex, -1)
