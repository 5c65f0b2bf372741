// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Types of data that are told by numbers (cudaDataType), half and bfloat16 among them: their C++ types, conversions, and which go
// together in a product.

#ifndef CUPORT_LIBS_BLAS_TYPES_H
#define CUPORT_LIBS_BLAS_TYPES_H

#include "Cblas.h"

#include <cuda_bf16.h>
#include <cuda_fp16.h>
#include <cuda_fp8.h>

#include <cmath>
#include <limits>
#include <vector>

namespace cuport::blas {

template <class T> struct Type {};

/// Calls \p body with Type<T> of the C++ type; false for what is not known.
template <class Body> bool withType(cudaDataType type, Body body) {
  switch (type) {
  case CUDA_R_16F: return body(Type<__half>()), true;
  case CUDA_R_16BF: return body(Type<__nv_bfloat16>()), true;
  case CUDA_R_32F: return body(Type<float>()), true;
  case CUDA_R_64F: return body(Type<double>()), true;
  case CUDA_R_8I: return body(Type<int8_t>()), true;
  case CUDA_R_32I: return body(Type<int32_t>()), true;
  default: return false;
  }
}

inline bool isOf8Bits(cudaDataType type) { return type == CUDA_R_8F_E4M3 || type == CUDA_R_8F_E5M2; }

/// The same with floats of 8 bits, which only cublasLtMatmul knows.
template <class Body> bool withMatrixType(cudaDataType type, Body body) {
  switch (type) {
  case CUDA_R_8F_E4M3: return body(Type<__nv_fp8_e4m3>()), true;
  case CUDA_R_8F_E5M2: return body(Type<__nv_fp8_e5m2>()), true;
  default: return withType(type, body);
  }
}

inline int64_t sizeOf(cudaDataType type) {
  switch (type) {
  case CUDA_R_8F_E4M3:
  case CUDA_R_8F_E5M2:
  case CUDA_R_8I: return 1;
  case CUDA_R_16F:
  case CUDA_R_16BF: return 2;
  case CUDA_R_32F:
  case CUDA_R_32I: return 4;
  case CUDA_R_64F:
  case CUDA_C_32F: return 8;
  case CUDA_C_64F: return 16;
  default: return 0;
  }
}

/// To the nearest; integers and floats of 8 bits saturate.
template <class To, class From> To convert(From value) {
  if constexpr (std::is_integral_v<To> && std::is_floating_point_v<From>) {
    From low = From(std::numeric_limits<To>::min()), high = From(std::numeric_limits<To>::max());
    return value <= low ? std::numeric_limits<To>::min() : value >= high ? std::numeric_limits<To>::max() : To(std::nearbyint(value));
  } else if constexpr (std::is_arithmetic_v<From> && std::is_arithmetic_v<To>) {
    return To(value);
  } else {
    return To(float(value));
  }
}

template <class To> To load(const void *place, cudaDataType type, int64_t index) {
  To result{};
  withMatrixType(type, [&]<class T>(Type<T>) { result = convert<To>(static_cast<const T *>(place)[index]); });
  return result;
}

template <class From> void store(From value, void *place, cudaDataType type, int64_t index) {
  withMatrixType(type, [&]<class T>(Type<T>) { static_cast<T *>(place)[index] = convert<T>(value); });
}

/// A matrix in columns without gaps.
template <class To> std::vector<To> loadMatrix(const void *a, cudaDataType type, int64_t rows, int64_t columns, int64_t lda) {
  std::vector<To> result(rows * columns);
  withType(type, [&]<class T>(Type<T>) {
    for (int64_t j = 0; j < columns; ++j)
      for (int64_t i = 0; i < rows; ++i)
        result[i + j * rows] = convert<To>(static_cast<const T *>(a)[i + j * lda]);
  });
  return result;
}

/// The type of alpha and beta, which cuBLAS derives from how it calculates and what A is.
inline cudaDataType scalarType(cublasComputeType_t compute, cudaDataType typeA) {
  bool isComplexType = typeA == CUDA_C_32F || typeA == CUDA_C_64F;
  switch (compute) {
  case CUBLAS_COMPUTE_16F:
  case CUBLAS_COMPUTE_16F_PEDANTIC: return CUDA_R_16F;
  case CUBLAS_COMPUTE_32F:
  case CUBLAS_COMPUTE_32F_PEDANTIC:
  case CUBLAS_COMPUTE_32F_FAST_16F:
  case CUBLAS_COMPUTE_32F_FAST_16BF:
  case CUBLAS_COMPUTE_32F_FAST_TF32:
  case CUBLAS_COMPUTE_32F_EMULATED_16BFX9: return isComplexType ? CUDA_C_32F : CUDA_R_32F;
  case CUBLAS_COMPUTE_64F:
  case CUBLAS_COMPUTE_64F_PEDANTIC:
  case CUBLAS_COMPUTE_64F_EMULATED_FIXEDPOINT: return isComplexType ? CUDA_C_64F : CUDA_R_64F;
  case CUBLAS_COMPUTE_32I:
  case CUBLAS_COMPUTE_32I_PEDANTIC: return CUDA_R_32I;
  default: return cudaDataType(-1);
  }
}


/// One of those that CBLAS calculates with.
inline bool isOfCblas(cudaDataType type) {
  return type == CUDA_R_32F || type == CUDA_R_64F || type == CUDA_C_32F || type == CUDA_C_64F;
}

/// What cuBLAS's table of types has beside CBLAS's own, without its complex integers and floats of 8 bits.
inline bool isProductOfTypes(cudaDataType typeScalar, cudaDataType typeA, cudaDataType typeB, cudaDataType typeC) {
  if (typeA != typeB)
    return false;
  if (typeScalar == CUDA_R_32I)
    return typeA == CUDA_R_8I && typeC == CUDA_R_32I;
  if (typeScalar == CUDA_R_16F)
    return typeA == CUDA_R_16F && typeC == CUDA_R_16F;
  if (typeScalar != CUDA_R_32F)
    return false;
  bool isSmall = typeA == CUDA_R_16F || typeA == CUDA_R_16BF;
  return (isSmall && (typeC == typeA || typeC == CUDA_R_32F)) || (typeA == CUDA_R_8I && typeC == CUDA_R_32F);
}

} // namespace cuport::blas

#endif
