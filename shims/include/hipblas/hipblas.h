// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// hipBLAS for C and C++, over cuBLAS. Link with -lhipblas. Here are the types, with the numbers that ROCm 6.2.2 has, and what HIP
// has otherwise; cuport/hipblas_api.h has the functions.

#ifndef CUPORT_HIPBLAS_HIPBLAS_H
#define CUPORT_HIPBLAS_HIPBLAS_H

// Code asks by this name whether the header is in.
#define HIPBLAS_H

#include <cublas_v2.h>
#include <hip/hip_complex.h>
#include <hip/hip_runtime_api.h>
#include <hip/library_types.h>
#include <stdint.h>

typedef void *hipblasHandle_t;
typedef int8_t hipblasInt8;
typedef int64_t hipblasStride;

#if defined(__cplusplus) && defined(HIPBLAS_USE_HIP_HALF)
typedef __half hipblasHalf;
#else
typedef uint16_t hipblasHalf;
#endif

typedef struct hipblasBfloat16 {
  uint16_t data;
} hipblasBfloat16;

#ifdef ROCM_MATHLIBS_API_USE_HIP_COMPLEX
typedef hipFloatComplex hipblasComplex;
typedef hipDoubleComplex hipblasDoubleComplex;
#elif defined(__cplusplus)
#define CUPORT_HIPBLAS_COMPLEX(name, T)                                                                                \
  class name {                                                                                                         \
    T x, y;                                                                                                            \
                                                                                                                       \
  public:                                                                                                              \
    name() = default;                                                                                                  \
    name(T re, T im = 0) : x(re), y(im) {}                                                                             \
    T real() const { return x; }                                                                                       \
    T imag() const { return y; }                                                                                       \
    void real(T re) { x = re; }                                                                                        \
    void imag(T im) { y = im; }                                                                                        \
  };
CUPORT_HIPBLAS_COMPLEX(hipblasComplex, float)
CUPORT_HIPBLAS_COMPLEX(hipblasDoubleComplex, double)
#undef CUPORT_HIPBLAS_COMPLEX
#else
typedef struct hipblasComplex {
  float x, y;
} hipblasComplex;
typedef struct hipblasDoubleComplex {
  double x, y;
} hipblasDoubleComplex;
#endif

typedef enum {
  HIPBLAS_STATUS_SUCCESS = 0,
  HIPBLAS_STATUS_NOT_INITIALIZED = 1,
  HIPBLAS_STATUS_ALLOC_FAILED = 2,
  HIPBLAS_STATUS_INVALID_VALUE = 3,
  HIPBLAS_STATUS_MAPPING_ERROR = 4,
  HIPBLAS_STATUS_EXECUTION_FAILED = 5,
  HIPBLAS_STATUS_INTERNAL_ERROR = 6,
  HIPBLAS_STATUS_NOT_SUPPORTED = 7,
  HIPBLAS_STATUS_ARCH_MISMATCH = 8,
  HIPBLAS_STATUS_HANDLE_IS_NULLPTR = 9,
  HIPBLAS_STATUS_INVALID_ENUM = 10,
  HIPBLAS_STATUS_UNKNOWN = 11
} hipblasStatus_t;

typedef enum { HIPBLAS_POINTER_MODE_HOST = 0, HIPBLAS_POINTER_MODE_DEVICE = 1 } hipblasPointerMode_t;
typedef enum { HIPBLAS_OP_N = 111, HIPBLAS_OP_T = 112, HIPBLAS_OP_C = 113 } hipblasOperation_t;
typedef enum {
  HIPBLAS_FILL_MODE_UPPER = 121,
  HIPBLAS_FILL_MODE_LOWER = 122,
  HIPBLAS_FILL_MODE_FULL = 123
} hipblasFillMode_t;
typedef enum { HIPBLAS_DIAG_NON_UNIT = 131, HIPBLAS_DIAG_UNIT = 132 } hipblasDiagType_t;
typedef enum { HIPBLAS_SIDE_LEFT = 141, HIPBLAS_SIDE_RIGHT = 142, HIPBLAS_SIDE_BOTH = 143 } hipblasSideMode_t;
typedef enum {
  HIPBLAS_DEFAULT_MATH = 0,
  HIPBLAS_XF32_XDL_MATH = 1,
  HIPBLAS_PEDANTIC_MATH = 2,
  HIPBLAS_TF32_TENSOR_OP_MATH = 3,
  HIPBLAS_MATH_DISALLOW_REDUCED_PRECISION_REDUCTION = 4,
  HIPBLAS_TENSOR_OP_MATH = 5
} hipblasMath_t;
typedef enum {
  HIPBLAS_COMPUTE_16F = 0,
  HIPBLAS_COMPUTE_16F_PEDANTIC = 1,
  HIPBLAS_COMPUTE_32F = 2,
  HIPBLAS_COMPUTE_32F_PEDANTIC = 3,
  HIPBLAS_COMPUTE_32F_FAST_16F = 4,
  HIPBLAS_COMPUTE_32F_FAST_16BF = 5,
  HIPBLAS_COMPUTE_32F_FAST_TF32 = 6,
  HIPBLAS_COMPUTE_64F = 7,
  HIPBLAS_COMPUTE_64F_PEDANTIC = 8,
  HIPBLAS_COMPUTE_32I = 9,
  HIPBLAS_COMPUTE_32I_PEDANTIC = 10
} hipblasComputeType_t;
typedef enum { HIPBLAS_GEMM_DEFAULT = 160 } hipblasGemmAlgo_t;
typedef enum { HIPBLAS_ATOMICS_NOT_ALLOWED = 0, HIPBLAS_ATOMICS_ALLOWED = 1 } hipblasAtomicsMode_t;
typedef enum {
  HIPBLAS_GEMM_FLAGS_NONE = 0,
  HIPBLAS_GEMM_FLAGS_USE_CU_EFFICIENCY = 2,
  HIPBLAS_GEMM_FLAGS_FP16_ALT_IMPL = 4,
  HIPBLAS_GEMM_FLAGS_CHECK_SOLUTION_INDEX = 8,
  HIPBLAS_GEMM_FLAGS_FP16_ALT_IMPL_RNZ = 16
} hipblasGemmFlags_t;

// With HIPBLAS_V2 a type of data is HIP's; before, hipBLAS had numbers of its own. HIP's names and numbers are CUDA's.
#ifdef HIPBLAS_V2
typedef hipDataType hipblasDatatype_t;
#define HIPBLAS_R_16F HIP_R_16F
#define HIPBLAS_R_32F HIP_R_32F
#define HIPBLAS_R_64F HIP_R_64F
#define HIPBLAS_C_16F HIP_C_16F
#define HIPBLAS_C_32F HIP_C_32F
#define HIPBLAS_C_64F HIP_C_64F
#define HIPBLAS_R_8I HIP_R_8I
#define HIPBLAS_R_8U HIP_R_8U
#define HIPBLAS_R_32I HIP_R_32I
#define HIPBLAS_R_32U HIP_R_32U
#define HIPBLAS_C_8I HIP_C_8I
#define HIPBLAS_C_8U HIP_C_8U
#define HIPBLAS_C_32I HIP_C_32I
#define HIPBLAS_C_32U HIP_C_32U
#define HIPBLAS_R_16B HIP_R_16BF
#define HIPBLAS_C_16B HIP_C_16BF
#define HIPBLAS_DATATYPE_INVALID ((hipDataType)31)
#else
typedef enum {
  HIPBLAS_R_16F = 150,
  HIPBLAS_R_32F = 151,
  HIPBLAS_R_64F = 152,
  HIPBLAS_C_16F = 153,
  HIPBLAS_C_32F = 154,
  HIPBLAS_C_64F = 155,
  HIPBLAS_R_8I = 160,
  HIPBLAS_R_8U = 161,
  HIPBLAS_R_32I = 162,
  HIPBLAS_R_32U = 163,
  HIPBLAS_C_8I = 164,
  HIPBLAS_C_8U = 165,
  HIPBLAS_C_32I = 166,
  HIPBLAS_C_32U = 167,
  HIPBLAS_R_16B = 168,
  HIPBLAS_C_16B = 169,
  HIPBLAS_DATATYPE_INVALID = 255
} hipblasDatatype_t;
#endif

// What the functions of the first interface take instead of complex numbers, types of data and types of calculations.
#define CUPORT_FIRST_cuComplex hipblasComplex
#define CUPORT_FIRST_cuDoubleComplex hipblasDoubleComplex
#define CUPORT_FIRST_cudaDataType hipblasDatatype_t
#define CUPORT_FIRST_cublasComputeType_t hipblasDatatype_t

static __inline__ cudaDataType cuport_first_to_cudaDataType(hipblasDatatype_t type) {
  switch ((int)type) {
  case HIPBLAS_R_16F: return CUDA_R_16F;
  case HIPBLAS_R_32F: return CUDA_R_32F;
  case HIPBLAS_R_64F: return CUDA_R_64F;
  case HIPBLAS_C_16F: return CUDA_C_16F;
  case HIPBLAS_C_32F: return CUDA_C_32F;
  case HIPBLAS_C_64F: return CUDA_C_64F;
  case HIPBLAS_R_8I: return CUDA_R_8I;
  case HIPBLAS_R_8U: return CUDA_R_8U;
  case HIPBLAS_R_32I: return CUDA_R_32I;
  case HIPBLAS_R_32U: return CUDA_R_32U;
  case HIPBLAS_C_8I: return CUDA_C_8I;
  case HIPBLAS_C_8U: return CUDA_C_8U;
  case HIPBLAS_C_32I: return CUDA_C_32I;
  case HIPBLAS_C_32U: return CUDA_C_32U;
  case HIPBLAS_R_16B: return CUDA_R_16BF;
  case HIPBLAS_C_16B: return CUDA_C_16BF;
  }
  return (cudaDataType)-1;
}

static __inline__ cublasComputeType_t cuport_first_to_cublasComputeType_t(hipblasDatatype_t type) {
  switch ((int)type) {
  case HIPBLAS_R_16F: return CUBLAS_COMPUTE_16F;
  case HIPBLAS_R_32F:
  case HIPBLAS_C_32F: return CUBLAS_COMPUTE_32F;
  case HIPBLAS_R_64F:
  case HIPBLAS_C_64F: return CUBLAS_COMPUTE_64F;
  case HIPBLAS_R_32I: return CUBLAS_COMPUTE_32I;
  }
  return (cublasComputeType_t)-1;
}

#include <cuport/hipblas_api.h>

// What gives an enum through a pointer.
#define CUPORT_HIPBLAS_GET(name, Hip, Cuda)                                                                            \
  CUPORT_HIP_FUNCTION hipblasStatus_t hipblasGet##name(hipblasHandle_t handle, Hip *value) {                           \
    Cuda given;                                                                                                        \
    cublasStatus_t status = cublasGet##name((cublasHandle_t)handle, value ? &given : NULL);                            \
    if (status == CUBLAS_STATUS_SUCCESS)                                                                               \
      *value = cuport_from_##Cuda(given);                                                                              \
    return cuport_from_cublasStatus_t(status);                                                                         \
  }
CUPORT_HIPBLAS_GET(PointerMode, hipblasPointerMode_t, cublasPointerMode_t)
CUPORT_HIPBLAS_GET(AtomicsMode, hipblasAtomicsMode_t, cublasAtomicsMode_t)
CUPORT_HIPBLAS_GET(MathMode, hipblasMath_t, cublasMath_t)
#undef CUPORT_HIPBLAS_GET

CUPORT_HIP_FUNCTION const char *hipblasStatusToString(hipblasStatus_t status) {
  switch (status) {
#define CUPORT_STATUS(name)                                                                                            \
  case name: return #name;
    CUPORT_STATUS(HIPBLAS_STATUS_SUCCESS)
    CUPORT_STATUS(HIPBLAS_STATUS_NOT_INITIALIZED)
    CUPORT_STATUS(HIPBLAS_STATUS_ALLOC_FAILED)
    CUPORT_STATUS(HIPBLAS_STATUS_INVALID_VALUE)
    CUPORT_STATUS(HIPBLAS_STATUS_MAPPING_ERROR)
    CUPORT_STATUS(HIPBLAS_STATUS_EXECUTION_FAILED)
    CUPORT_STATUS(HIPBLAS_STATUS_INTERNAL_ERROR)
    CUPORT_STATUS(HIPBLAS_STATUS_NOT_SUPPORTED)
    CUPORT_STATUS(HIPBLAS_STATUS_ARCH_MISMATCH)
    CUPORT_STATUS(HIPBLAS_STATUS_HANDLE_IS_NULLPTR)
    CUPORT_STATUS(HIPBLAS_STATUS_INVALID_ENUM)
    CUPORT_STATUS(HIPBLAS_STATUS_UNKNOWN)
#undef CUPORT_STATUS
  }
  return "unknown status";
}

#endif
