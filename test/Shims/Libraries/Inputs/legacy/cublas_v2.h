// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Today's interface of cuBLAS over the legacy one, so that the tests of the first are tests of the second. What the legacy
// interface cannot say, scalars of the device and null for a scalar, goes to today's functions.

#ifndef CUPORT_TEST_LEGACY_CUBLAS_V2_H
#define CUPORT_TEST_LEGACY_CUBLAS_V2_H

#include <cublas.h>

#include <tuple>
#include <type_traits>
#include <utility>

namespace legacy {

/// In both cases, in turn.
inline char inTurn(char letter) {
  static unsigned calls = 0;
  return calls++ % 2 ? letter : char(letter - 'a' + 'A');
}
inline char letter(cublasOperation_t op) { return op == CUBLAS_OP_N ? inTurn('n') : op == CUBLAS_OP_T ? inTurn('t') : op == CUBLAS_OP_C ? inTurn('c') : '?'; }
inline char letter(cublasFillMode_t fill) { return fill == CUBLAS_FILL_MODE_LOWER ? inTurn('l') : fill == CUBLAS_FILL_MODE_UPPER ? inTurn('u') : '?'; }
inline char letter(cublasDiagType_t diagonal) { return diagonal == CUBLAS_DIAG_UNIT ? inTurn('u') : inTurn('n'); }
inline char letter(cublasSideMode_t side) { return side == CUBLAS_SIDE_LEFT ? inTurn('l') : inTurn('r'); }

template <class Wanted, class T> bool isNull(T given) {
  if constexpr (std::is_pointer_v<T> && !std::is_pointer_v<Wanted>)
    return !given;
  else
    return false;
}
template <class Wanted, class T> Wanted as(T given) {
  if constexpr (std::is_enum_v<T>)
    return letter(given);
  else if constexpr (std::is_pointer_v<T> && !std::is_pointer_v<Wanted>)
    return *given;
  else
    return given;
}

template <class T> constexpr bool isResult = !std::is_void_v<T> && !std::is_same_v<T, cublasStatus_t>;

template <auto Today, auto Legacy> struct Function;
template <class... Today, cublasStatus_t (*today)(cublasHandle_t, Today...), class Result, class... Legacy, Result (*function)(Legacy...)>
struct Function<today, function> {
  static cublasStatus_t run(cublasHandle_t handle, Today... given) {
    std::tuple arguments{given...};
    constexpr size_t count = sizeof...(Legacy);
    using Places = std::make_index_sequence<count>;
    if constexpr (sizeof...(Today) == count + 2) { // trmm, whose legacy form works in place
      auto [side, fill, op, diagonal, rows, columns, alpha, a, lda, b, ldb, c, ldc] = arguments;
      if (b != c)
        cudaMemcpy2D(c, ldc * sizeof *c, b, ldb * sizeof *b, rows * sizeof *b, columns, cudaMemcpyDeviceToDevice);
      return call(handle, std::tuple{side, fill, op, diagonal, rows, columns, alpha, a, lda, c, ldc}, Places());
    } else {
      cublasPointerMode_t mode = CUBLAS_POINTER_MODE_HOST;
      if (handle)
        cublasGetPointerMode_v2(handle, &mode);
      if (mode == CUBLAS_POINTER_MODE_DEVICE || anyNull(arguments, Places()))
        return today(handle, given...);
      if constexpr (isResult<Result>)
        if (!std::get<count>(arguments))
          return today(handle, given...);
      return call(handle, arguments, Places());
    }
  }

private:
  using Parameters = std::tuple<Legacy...>;
  template <class Tuple, size_t... I> static bool anyNull(const Tuple &arguments, std::index_sequence<I...>) {
    return (isNull<std::tuple_element_t<I, Parameters>>(std::get<I>(arguments)) || ...);
  }
  template <class Tuple, size_t... I> static cublasStatus_t call(cublasHandle_t handle, const Tuple &arguments, std::index_sequence<I...>) {
    if (handle) {
      cudaStream_t stream;
      cublasGetStream_v2(handle, &stream);
      cublasInit();
      cublasSetKernelStream(stream);
    } else {
      cublasShutdown();
      cublasGetError();
    }
    if constexpr (std::is_void_v<Result>) {
      function(as<Legacy>(std::get<I>(arguments))...);
    } else if constexpr (isResult<Result>) {
      auto result = function(as<Legacy>(std::get<I>(arguments))...);
      *std::get<sizeof...(Legacy)>(arguments) = result;
    } else {
      cublasStatus_t status = function(as<Legacy>(std::get<I>(arguments))...);
      return status == cublasGetError() ? status : CUBLAS_STATUS_INTERNAL_ERROR;
    }
    return cublasGetError();
  }
};

} // namespace legacy

// Made of the toolkit's own lists of names: cublasSdot_v2 and cublasSdot are macros for Function<cublasSdot_v2, cublasSdot>::run.
#include "functions.h"

#endif
