// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// cuSOLVER's handle, and what every entry point does with it: checks, a closure, libs::enqueue. Work space is LAPACKE's own, so the
// sizes that programs ask for are small, and what they give is not used.

#ifndef CUPORT_LIBS_SOLVER_HANDLE_H
#define CUPORT_LIBS_SOLVER_HANDLE_H

#include "libs/Operation.h"

#include <cusolverDn.h>

#include <climits>
#include <complex>
#include <initializer_list>

#define lapack_complex_float std::complex<float>
#define lapack_complex_double std::complex<double>
#include <lapacke.h>

struct cusolverDnContext {
  cudaStream_t stream = nullptr;
  cusolverDeterministicMode_t determinism = CUSOLVER_DETERMINISTIC_RESULTS; ///< results are so in any
};

namespace cuport::solver {

using Status = cusolverStatus_t;

/// cuSOLVER's code for what the runtime said.
Status statusOf(cudaError_t error);

template <class T> inline constexpr bool isComplex = std::is_same_v<T, cuComplex> || std::is_same_v<T, cuDoubleComplex>;
template <class T>
using Number = std::conditional_t<std::is_same_v<T, cuComplex>, std::complex<float>,
                                  std::conditional_t<std::is_same_v<T, cuDoubleComplex>, std::complex<double>, T>>;
/// The type of the parts of a complex number; of a real one itself. Eigenvalues and singular values have it.
template <class T>
using Part = std::conditional_t<std::is_same_v<T, cuComplex>, float, std::conditional_t<std::is_same_v<T, cuDoubleComplex>, double, T>>;

template <class T> Number<T> *numbers(T *pointer) { return reinterpret_cast<Number<T> *>(pointer); }
template <class T> const Number<T> *numbers(const T *pointer) { return reinterpret_cast<const Number<T> *>(pointer); }

/// What LAPACKE calls its functions: lapacke::getrf<float> is LAPACKE_sgetrf, of columns.
namespace lapacke {
#define CUPORT_LAPACKE(name, ofReal, ofComplex)                                                                          \
  template <class T, class... Arguments> lapack_int name(Arguments... arguments) {                                       \
    if constexpr (std::is_same_v<T, float>)                                                                              \
      return LAPACKE_s##ofReal(LAPACK_COL_MAJOR, arguments...);                                                          \
    else if constexpr (std::is_same_v<T, double>)                                                                        \
      return LAPACKE_d##ofReal(LAPACK_COL_MAJOR, arguments...);                                                          \
    else if constexpr (std::is_same_v<T, cuComplex>)                                                                     \
      return LAPACKE_c##ofComplex(LAPACK_COL_MAJOR, arguments...);                                                       \
    else                                                                                                                 \
      return LAPACKE_z##ofComplex(LAPACK_COL_MAJOR, arguments...);                                                       \
  }
CUPORT_LAPACKE(getrf, getrf, getrf)
CUPORT_LAPACKE(getrs, getrs, getrs)
CUPORT_LAPACKE(potrf, potrf, potrf)
CUPORT_LAPACKE(potrs, potrs, potrs)
CUPORT_LAPACKE(potri, potri, potri)
CUPORT_LAPACKE(lauum, lauum, lauum)
CUPORT_LAPACKE(geqrf, geqrf, geqrf)
CUPORT_LAPACKE(orgqr, orgqr, ungqr)
CUPORT_LAPACKE(ormqr, ormqr, unmqr)
CUPORT_LAPACKE(syevd, syevd, heevd)
CUPORT_LAPACKE(syevr, syevr, heevr)
CUPORT_LAPACKE(sygvd, sygvd, hegvd)
CUPORT_LAPACKE(sygvx, sygvx, hegvx)
CUPORT_LAPACKE(gesvd, gesvd, gesvd)
CUPORT_LAPACKE(geev, geev, geev)
CUPORT_LAPACKE(trtri, trtri, trtri)
CUPORT_LAPACKE(gesv, gesv, gesv)
CUPORT_LAPACKE(gels, gels, gels)
CUPORT_LAPACKE(gelsy, gelsy, gelsy)
CUPORT_LAPACKE(sytrf, sytrf, sytrf)
CUPORT_LAPACKE(sytri, sytri, sytri)
CUPORT_LAPACKE(sytrs, sytrs, sytrs)
CUPORT_LAPACKE(gebrd, gebrd, gebrd)
CUPORT_LAPACKE(orgbr, orgbr, ungbr)
CUPORT_LAPACKE(sytrd, sytrd, hetrd)
CUPORT_LAPACKE(orgtr, orgtr, ungtr)
CUPORT_LAPACKE(ormtr, ormtr, unmtr)
#undef CUPORT_LAPACKE
} // namespace lapacke

/// For what needs no work space; not 0, since programs take an allocation of nothing for a failure.
inline constexpr int smallWork = 1;

/// One call of an entry point; a context has the stream that it goes into.
template <class Context> struct CallOf {
  Context *handle;
  const char *name;

  template <class Body> Status enqueue(const Body &body) const { return statusOf(libs::enqueue(handle->stream, name, body)); }
  /// And waits for it: it gives the host something.
  template <class Body> Status wait(const Body &body) const {
    Status status = enqueue(body);
    return status ? status : statusOf(cudaStreamSynchronize(handle->stream));
  }
  /// Says once that it is not supported.
  Status unsupported() const {
    libs::logUnsupported(name);
    return CUSOLVER_STATUS_NOT_SUPPORTED;
  }
};

using Call = CallOf<cusolverDnContext>;

/// A leading dimension for columns of \p rows elements.
inline bool holds(int64_t leading, int64_t rows) { return leading >= (rows > 1 ? rows : 1); }
inline bool isTriangle(cublasFillMode_t fill) { return fill == CUBLAS_FILL_MODE_LOWER || fill == CUBLAS_FILL_MODE_UPPER; }
inline bool isSide(cublasSideMode_t side) { return side == CUBLAS_SIDE_LEFT || side == CUBLAS_SIDE_RIGHT; }
inline bool isOperation(cublasOperation_t operation) { return operation >= CUBLAS_OP_N && operation <= CUBLAS_OP_C; }
inline bool isMode(cusolverEigMode_t mode) { return mode == CUSOLVER_EIG_MODE_NOVECTOR || mode == CUSOLVER_EIG_MODE_VECTOR; }
/// LAPACK's letters.
inline char letter(cublasFillMode_t fill) { return fill == CUBLAS_FILL_MODE_LOWER ? 'L' : 'U'; }
inline char letter(cublasOperation_t operation) { return operation == CUBLAS_OP_N ? 'N' : operation == CUBLAS_OP_T ? 'T' : 'C'; }
inline char letter(cusolverEigMode_t mode) { return mode == CUSOLVER_EIG_MODE_VECTOR ? 'V' : 'N'; }
inline void give(int *place, int64_t value) {
  if (place)
    *place = int(value);
}
/// What LAPACK can count.
inline bool fits(std::initializer_list<int64_t> numbers) {
  for (int64_t number : numbers)
    if (number > INT_MAX || number < -INT_MAX)
      return false;
  return true;
}

} // namespace cuport::solver

/// Begin of an entry point's body: no handle, an invalid argument.
#define CUPORT_CHECK(call, valid)                                                                                        \
  if (!(call).handle)                                                                                                    \
    return CUSOLVER_STATUS_NOT_INITIALIZED;                                                                              \
  if (!(valid))                                                                                                          \
    return CUSOLVER_STATUS_INVALID_VALUE

/// Each function of a name for the four types.
#define CUPORT_FOUR_TYPES(X) X(S, float) X(D, double) X(C, cuComplex) X(Z, cuDoubleComplex)

#endif
