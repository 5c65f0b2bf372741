// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// CBLAS and LAPACK by type: cblas::gemm<float> is cblas_sgemm.

#ifndef CUPORT_LIBS_BLAS_CBLAS_H
#define CUPORT_LIBS_BLAS_CBLAS_H

#include <cuComplex.h>
#include <cublas_v2.h>

#include <cblas.h>

#include <complex>
#include <type_traits>

namespace cuport::blas {

template <class T> inline constexpr bool isComplex = std::is_same_v<T, cuComplex> || std::is_same_v<T, cuDoubleComplex>;

/// The type of the parts of a complex number; of a real one itself.
template <class T>
using Part = std::conditional_t<std::is_same_v<T, cuComplex>, float, std::conditional_t<std::is_same_v<T, cuDoubleComplex>, double, T>>;

/// What C++ calculates with.
template <class T> using Number = std::conditional_t<isComplex<T>, std::complex<Part<T>>, T>;

template <class T> const Number<T> *numbers(const T *pointer) { return reinterpret_cast<const Number<T> *>(pointer); }
template <class T> Number<T> *numbers(T *pointer) { return reinterpret_cast<Number<T> *>(pointer); }
template <class T> Number<T> number(const T &value) { return *numbers(&value); }

template <class T> T conjugate(T value) { return value; }
template <class T> std::complex<T> conjugate(std::complex<T> value) { return std::conj(value); }

/// A factor as CBLAS takes it: real ones by value, complex ones by address.
inline float pass(const float &value) { return value; }
inline double pass(const double &value) { return value; }
inline const void *pass(const cuComplex &value) { return &value; }
inline const void *pass(const cuDoubleComplex &value) { return &value; }

inline CBLAS_TRANSPOSE blasOperation(cublasOperation_t operation) {
  return operation == CUBLAS_OP_N ? CblasNoTrans : operation == CUBLAS_OP_T ? CblasTrans : CblasConjTrans;
}
inline CBLAS_UPLO blasTriangle(cublasFillMode_t fill) { return fill == CUBLAS_FILL_MODE_LOWER ? CblasLower : CblasUpper; }
inline CBLAS_DIAG blasDiagonal(cublasDiagType_t diagonal) { return diagonal == CUBLAS_DIAG_UNIT ? CblasUnit : CblasNonUnit; }
inline CBLAS_SIDE blasSide(cublasSideMode_t side) { return side == CUBLAS_SIDE_LEFT ? CblasLeft : CblasRight; }

/// LAPACK's letters.
inline const char *letter(cublasFillMode_t fill) { return fill == CUBLAS_FILL_MODE_LOWER ? "L" : "U"; }

namespace cblas {

#define CUPORT_BLAS_OF_TYPES(name, prefix, suffix)                                                                       \
  template <class T, class... Arguments> auto name(Arguments... arguments) {                                             \
    if constexpr (std::is_same_v<T, float>)                                                                              \
      return prefix##s##name##suffix(arguments...);                                                                      \
    else if constexpr (std::is_same_v<T, double>)                                                                        \
      return prefix##d##name##suffix(arguments...);                                                                      \
    else if constexpr (std::is_same_v<T, cuComplex>)                                                                     \
      return prefix##c##name##suffix(arguments...);                                                                      \
    else                                                                                                                 \
      return prefix##z##name##suffix(arguments...);                                                                      \
  }
#define CUPORT_CBLAS(name) CUPORT_BLAS_OF_TYPES(name, cblas_, )
CUPORT_CBLAS(axpy) CUPORT_CBLAS(copy) CUPORT_CBLAS(swap) CUPORT_CBLAS(scal) CUPORT_CBLAS(rotg) CUPORT_CBLAS(rot)
CUPORT_CBLAS(rotm) CUPORT_CBLAS(rotmg) CUPORT_CBLAS(dot) CUPORT_CBLAS(dotu_sub) CUPORT_CBLAS(dotc_sub)
CUPORT_CBLAS(gemv) CUPORT_CBLAS(gbmv) CUPORT_CBLAS(ger) CUPORT_CBLAS(geru) CUPORT_CBLAS(gerc) CUPORT_CBLAS(trmv)
CUPORT_CBLAS(tbmv) CUPORT_CBLAS(tpmv) CUPORT_CBLAS(trsv) CUPORT_CBLAS(tbsv) CUPORT_CBLAS(tpsv) CUPORT_CBLAS(symv)
CUPORT_CBLAS(hemv) CUPORT_CBLAS(sbmv) CUPORT_CBLAS(hbmv) CUPORT_CBLAS(spmv) CUPORT_CBLAS(hpmv) CUPORT_CBLAS(syr)
CUPORT_CBLAS(her) CUPORT_CBLAS(spr) CUPORT_CBLAS(hpr) CUPORT_CBLAS(syr2) CUPORT_CBLAS(her2) CUPORT_CBLAS(spr2)
CUPORT_CBLAS(hpr2) CUPORT_CBLAS(gemm) CUPORT_CBLAS(symm) CUPORT_CBLAS(hemm) CUPORT_CBLAS(syrk) CUPORT_CBLAS(herk)
CUPORT_CBLAS(syr2k) CUPORT_CBLAS(her2k) CUPORT_CBLAS(trmm) CUPORT_CBLAS(trsm)
#undef CUPORT_CBLAS

inline float nrm2(int n, const float *x, int incx) { return cblas_snrm2(n, x, incx); }
inline double nrm2(int n, const double *x, int incx) { return cblas_dnrm2(n, x, incx); }
inline float nrm2(int n, const cuComplex *x, int incx) { return cblas_scnrm2(n, x, incx); }
inline double nrm2(int n, const cuDoubleComplex *x, int incx) { return cblas_dznrm2(n, x, incx); }
inline float asum(int n, const float *x, int incx) { return cblas_sasum(n, x, incx); }
inline double asum(int n, const double *x, int incx) { return cblas_dasum(n, x, incx); }
inline float asum(int n, const cuComplex *x, int incx) { return cblas_scasum(n, x, incx); }
inline double asum(int n, const cuDoubleComplex *x, int incx) { return cblas_dzasum(n, x, incx); }

} // namespace cblas

// LAPACK's own names; libopenblas has them, and Debian's has no header for them. The lengths of strings come last, as gfortran has them.
extern "C" {
#define CUPORT_LAPACK(letter, T)                                                                                         \
  void letter##getrf_(const int *m, const int *n, T *a, const int *lda, int *pivots, int *info);                         \
  void letter##getri_(const int *n, T *a, const int *lda, const int *pivots, T *work, const int *size, int *info);       \
  void letter##getrs_(const char *operation, const int *n, const int *columns, const T *a, const int *lda,               \
                      const int *pivots, T *b, const int *ldb, int *info, size_t);                                       \
  void letter##geqrf_(const int *m, const int *n, T *a, const int *lda, T *tau, T *work, const int *size, int *info);    \
  void letter##gels_(const char *operation, const int *m, const int *n, const int *columns, T *a, const int *lda, T *b,  \
                     const int *ldb, T *work, const int *size, int *info, size_t);
CUPORT_LAPACK(s, float)
CUPORT_LAPACK(d, double)
CUPORT_LAPACK(c, cuComplex)
CUPORT_LAPACK(z, cuDoubleComplex)
#undef CUPORT_LAPACK
}

namespace lapack {
#define CUPORT_LAPACK(name) CUPORT_BLAS_OF_TYPES(name, , _)
CUPORT_LAPACK(getrf) CUPORT_LAPACK(getri) CUPORT_LAPACK(getrs) CUPORT_LAPACK(geqrf) CUPORT_LAPACK(gels)
#undef CUPORT_LAPACK
} // namespace lapack

} // namespace cuport::blas

/// Each function of a name for the four types, and for the two real or complex ones.
#define CUPORT_FOUR_TYPES(X) X(S, float) X(D, double) X(C, cuComplex) X(Z, cuDoubleComplex)
#define CUPORT_REAL_TYPES(X) X(S, float) X(D, double)
#define CUPORT_COMPLEX_TYPES(X) X(C, cuComplex) X(Z, cuDoubleComplex)

#endif
