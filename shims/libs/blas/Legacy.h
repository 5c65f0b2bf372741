// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// cuBLAS's legacy interface (cublas.h) over the one of today, by a handle that cublasInit makes: letters say what is to be done,
// scalars come as values, results are returned, and an error is kept for cublasGetError.
//
//   cublasSgemm('n', 't', ..., alpha, ...)  ->  cublasSgemm_v2(handle, CUBLAS_OP_N, CUBLAS_OP_T, ..., &alpha, ...)
//
// cuport-gen shim-legacy writes the functions. Handle.h must not be in: its cublas_v2.h gives the names to other functions.

#ifndef CUPORT_LIBS_BLAS_LEGACY_H
#define CUPORT_LIBS_BLAS_LEGACY_H

#include <cublas.h>

#include <tuple>
#include <type_traits>
#include <utility>

namespace cuport {

/// Null before cublasInit and after cublasShutdown.
cublasHandle_t legacyHandle();

/// The same status; an error is what cublasGetError says next.
cublasStatus_t kept(cublasStatus_t status);

/// In either case of letters, as BLAS has it. Any other letter is none of the enumerators.
template <class Enum> Enum fromLetter(char letter) {
  static constexpr std::tuple letters{
      std::pair{'n', CUBLAS_OP_N},           std::pair{'t', CUBLAS_OP_T},
      std::pair{'c', CUBLAS_OP_C},           std::pair{'l', CUBLAS_FILL_MODE_LOWER},
      std::pair{'u', CUBLAS_FILL_MODE_UPPER}, std::pair{'n', CUBLAS_DIAG_NON_UNIT},
      std::pair{'u', CUBLAS_DIAG_UNIT},      std::pair{'l', CUBLAS_SIDE_LEFT},
      std::pair{'r', CUBLAS_SIDE_RIGHT}};
  Enum result = Enum(-1);
  auto take = [&](auto known) {
    if constexpr (std::is_same_v<decltype(known.second), Enum>)
      if ((letter | 0x20) == known.first)
        result = known.second;
  };
  std::apply([&](auto... known) { (take(known), ...); }, letters);
  return result;
}

/// An argument as the function with a handle takes it.
template <class To, class From> To passed(From &argument) {
  if constexpr (std::is_enum_v<To>)
    return fromLetter<To>(argument);
  else if constexpr (std::is_pointer_v<To> && !std::is_pointer_v<From>)
    return &argument;
  else
    return argument;
}

template <class Result, class... Taken, class... Given> Result legacy(cublasStatus_t (*function)(cublasHandle_t, Taken...), Given... given) {
  auto call = [&]<size_t... I>(std::index_sequence<I...>, auto... more) {
    return kept(function(legacyHandle(), passed<std::tuple_element_t<I, std::tuple<Taken...>>>(given)..., more...));
  };
  constexpr std::index_sequence_for<Given...> places;
  if constexpr (std::is_same_v<Result, cublasStatus_t>) {
    return call(places);
  } else if constexpr (sizeof...(Taken) == sizeof...(Given) + 2) {
    // trmm, whose product takes B's place.
    std::tuple all{given...};
    call(places, std::get<sizeof...(Given) - 2>(all), std::get<sizeof...(Given) - 1>(all));
  } else if constexpr (std::is_void_v<Result>) {
    call(places);
  } else {
    Result result{}; // 0 in case of an error
    call(places, &result);
    return result;
  }
}

} // namespace cuport

#endif
