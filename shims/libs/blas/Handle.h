// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// cuBLAS's handle, and what every entry point does with it.
//
//   entry point (Level1.inc ...) --> Call: handle and name --> checks --> closure --> libs::enqueue
//
// Matrices are in columns, as in CBLAS, so nothing is transposed on the way.

#ifndef CUPORT_LIBS_BLAS_HANDLE_H
#define CUPORT_LIBS_BLAS_HANDLE_H

#include "libs/Operation.h"

#include <cublas_v2.h>

#include <climits>
#include <initializer_list>

struct cublasContext {
  cudaStream_t stream = nullptr;
  cublasPointerMode_t pointerMode = CUBLAS_POINTER_MODE_HOST;
  cublasAtomicsMode_t atomicsMode = CUBLAS_ATOMICS_NOT_ALLOWED;
  cublasMath_t mathMode = CUBLAS_DEFAULT_MATH;
  int multiprocessors = 0;
  cublasEmulationStrategy_t emulationStrategy = CUBLAS_EMULATION_STRATEGY_DEFAULT;
  cudaEmulationSpecialValuesSupport specialValues = CUDA_EMULATION_SPECIAL_VALUES_SUPPORT_DEFAULT;
  cudaEmulationMantissaControl mantissaControl = CUDA_EMULATION_MANTISSA_CONTROL_DYNAMIC;
  int mantissaBits = 0, mantissaOffset = 0;
  int *mantissaCount = nullptr;
};

namespace cuport::blas {

using Status = cublasStatus_t;

/// cuBLAS's code for what the runtime said.
Status statusOf(cudaError_t error);

/// Of the library, before a handle is made: is there a device, and how many threads has it.
Status initialize();

/// A factor such as alpha: its value, or where the device has it when the operation runs.
template <class T> struct Scalar {
  T value;
  const T *place;
  T operator()() const { return place ? *place : value; }
};

/// The same of a type that is only known when it runs; at most 16 bytes.
struct AnyScalar {
  alignas(16) char value[16];
  const void *place;
  template <class T> T as() const { return *static_cast<const T *>(place ? place : value); }
};

/// One call of an entry point.
struct Call {
  cublasHandle_t handle;
  const char *name;

  bool hostScalars() const { return handle->pointerMode == CUBLAS_POINTER_MODE_HOST; }
  template <class T> Scalar<T> scalar(const T *place) const {
    return hostScalars() ? Scalar<T>{*place, nullptr} : Scalar<T>{{}, place};
  }
  AnyScalar scalar(const void *place, size_t size) const {
    AnyScalar result{{}, hostScalars() ? nullptr : place};
    if (hostScalars())
      __builtin_memcpy(result.value, place, size);
    return result;
  }
  template <class Body> Status enqueue(const Body &body) const { return statusOf(libs::enqueue(handle->stream, name, body)); }
  /// For what writes to a scalar: the host has it when the call returns.
  template <class Body> Status result(const Body &body) const {
    Status status = enqueue(body);
    return status || !hostScalars() ? status : statusOf(cudaStreamSynchronize(handle->stream));
  }
  /// Says once that it is not supported.
  Status unsupported() const {
    libs::logUnsupported(name);
    return CUBLAS_STATUS_NOT_SUPPORTED;
  }
};

/// What CBLAS can count.
inline bool fits(std::initializer_list<int64_t> numbers) {
  for (int64_t number : numbers)
    if (number > INT_MAX || number < -INT_MAX)
      return false;
  return true;
}

inline bool isOperation(cublasOperation_t operation) { return operation >= CUBLAS_OP_N && operation <= CUBLAS_OP_C; }
inline bool isTriangle(cublasFillMode_t fill) { return fill == CUBLAS_FILL_MODE_LOWER || fill == CUBLAS_FILL_MODE_UPPER; }
inline bool isDiagonal(cublasDiagType_t diagonal) { return diagonal == CUBLAS_DIAG_NON_UNIT || diagonal == CUBLAS_DIAG_UNIT; }
inline bool isSide(cublasSideMode_t side) { return side == CUBLAS_SIDE_LEFT || side == CUBLAS_SIDE_RIGHT; }
/// A leading dimension for columns of \p rows elements.
inline bool holds(int64_t leading, int64_t rows) { return leading >= (rows > 1 ? rows : 1); }

} // namespace cuport::blas

/// Begin of an entry point's body: no handle, an invalid argument, a number that CBLAS cannot count.
#define CUPORT_CHECK(call, valid, ...)                                                                                   \
  if (!(call).handle)                                                                                                    \
    return CUBLAS_STATUS_NOT_INITIALIZED;                                                                                \
  if (!(valid))                                                                                                          \
    return CUBLAS_STATUS_INVALID_VALUE;                                                                                  \
  if (!fits({__VA_ARGS__}))                                                                                              \
    return (call).unsupported()

#endif
