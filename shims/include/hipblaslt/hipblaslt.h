// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// hipBLASLt for C++, over cuBLASLt. Link with -lhipblaslt. The types have the numbers of ROCm 6.2.2.

#ifndef CUPORT_HIPBLASLT_HIPBLASLT_H
#define CUPORT_HIPBLASLT_HIPBLASLT_H

// Code asks by this name whether the header is in.
#define _HIPBLASLT_H_

#include <cublasLt.h>
#include <hip/hip_runtime_api.h>
#include <hipblas/hipblas.h>
#include <stdint.h>

#define HIPBLASLT_DATATYPE_INVALID static_cast<hipDataType>(255)

typedef enum {
  HIPBLASLT_EPILOGUE_DEFAULT = 1,
  HIPBLASLT_EPILOGUE_RELU = 2,
  HIPBLASLT_EPILOGUE_BIAS = 4,
  HIPBLASLT_EPILOGUE_RELU_BIAS = 6,
  HIPBLASLT_EPILOGUE_GELU = 32,
  HIPBLASLT_EPILOGUE_GELU_BIAS = 36,
  HIPBLASLT_EPILOGUE_GELU_AUX = 160,
  HIPBLASLT_EPILOGUE_GELU_AUX_BIAS = 164,
  HIPBLASLT_EPILOGUE_DGELU = 192,
  HIPBLASLT_EPILOGUE_DGELU_BGRAD = 208,
  HIPBLASLT_EPILOGUE_BGRADA = 256,
  HIPBLASLT_EPILOGUE_BGRADB = 512
} hipblasLtEpilogue_t;
typedef enum {
  HIPBLASLT_MATRIX_LAYOUT_BATCH_COUNT = 0,
  HIPBLASLT_MATRIX_LAYOUT_STRIDED_BATCH_OFFSET = 1,
  HIPBLASLT_MATRIX_LAYOUT_TYPE = 2,
  HIPBLASLT_MATRIX_LAYOUT_ORDER = 3,
  HIPBLASLT_MATRIX_LAYOUT_ROWS = 4,
  HIPBLASLT_MATRIX_LAYOUT_COLS = 5,
  HIPBLASLT_MATRIX_LAYOUT_LD = 6
} hipblasLtMatrixLayoutAttribute_t;
typedef enum {
  HIPBLASLT_POINTER_MODE_HOST = 0,
  HIPBLASLT_POINTER_MODE_DEVICE = 1,
  HIPBLASLT_POINTER_MODE_ALPHA_DEVICE_VECTOR_BETA_HOST = 4
} hipblasLtPointerMode_t;
typedef enum {
  HIPBLASLT_MATMUL_DESC_TRANSA = 0,
  HIPBLASLT_MATMUL_DESC_TRANSB = 1,
  HIPBLASLT_MATMUL_DESC_EPILOGUE = 2,
  HIPBLASLT_MATMUL_DESC_BIAS_POINTER = 3,
  HIPBLASLT_MATMUL_DESC_BIAS_DATA_TYPE = 4,
  HIPBLASLT_MATMUL_DESC_A_SCALE_POINTER = 5,
  HIPBLASLT_MATMUL_DESC_B_SCALE_POINTER = 6,
  HIPBLASLT_MATMUL_DESC_C_SCALE_POINTER = 7,
  HIPBLASLT_MATMUL_DESC_D_SCALE_POINTER = 8,
  HIPBLASLT_MATMUL_DESC_EPILOGUE_AUX_SCALE_POINTER = 9,
  HIPBLASLT_MATMUL_DESC_EPILOGUE_AUX_POINTER = 10,
  HIPBLASLT_MATMUL_DESC_EPILOGUE_AUX_LD = 11,
  HIPBLASLT_MATMUL_DESC_EPILOGUE_AUX_BATCH_STRIDE = 12,
  HIPBLASLT_MATMUL_DESC_POINTER_MODE = 13,
  HIPBLASLT_MATMUL_DESC_AMAX_D_POINTER = 14,
  HIPBLASLT_MATMUL_DESC_COMPUTE_INPUT_TYPE_A_EXT = 100,
  HIPBLASLT_MATMUL_DESC_COMPUTE_INPUT_TYPE_B_EXT = 101
} hipblasLtMatmulDescAttributes_t;
typedef enum { HIPBLASLT_MATMUL_PREF_SEARCH_MODE = 0, HIPBLASLT_MATMUL_PREF_MAX_WORKSPACE_BYTES = 1 } hipblasLtMatmulPreferenceAttributes_t;
typedef enum { HIPBLASLT_ORDER_COL = 0, HIPBLASLT_ORDER_ROW = 1 } hipblasLtOrder_t;
typedef enum {
  HIPBLASLT_MATRIX_TRANSFORM_DESC_SCALE_TYPE = 0,
  HIPBLASLT_MATRIX_TRANSFORM_DESC_POINTER_MODE = 1,
  HIPBLASLT_MATRIX_TRANSFORM_DESC_TRANSA = 2,
  HIPBLASLT_MATRIX_TRANSFORM_DESC_TRANSB = 3
} hipblasLtMatrixTransformDescAttributes_t;

typedef void *hipblasLtHandle_t;
typedef cublasLtMatmulDescOpaque_t hipblasLtMatmulDescOpaque_t;
typedef cublasLtMatrixLayoutOpaque_t hipblasLtMatrixLayoutOpaque_t;
typedef cublasLtMatmulPreferenceOpaque_t hipblasLtMatmulPreferenceOpaque_t;
typedef cublasLtMatrixTransformDescOpaque_t hipblasLtMatrixTransformDescOpaque_t;
typedef hipblasLtMatmulDescOpaque_t *hipblasLtMatmulDesc_t;
typedef hipblasLtMatrixLayoutOpaque_t *hipblasLtMatrixLayout_t;
typedef hipblasLtMatmulPreferenceOpaque_t *hipblasLtMatmulPreference_t;
typedef hipblasLtMatrixTransformDescOpaque_t *hipblasLtMatrixTransformDesc_t;
typedef cublasLtMatmulAlgo_t hipblasLtMatmulAlgo_t;
typedef struct _hipblasLtMatmulHeuristicResult_t {
  hipblasLtMatmulAlgo_t algo;
  size_t workspaceSize = 0;
  hipblasStatus_t state = HIPBLAS_STATUS_SUCCESS;
  float wavesCount = 1.0;
  int reserved[4];
} hipblasLtMatmulHeuristicResult_t;

namespace cuport_hipblaslt {

inline hipblasStatus_t from(cublasStatus_t status) { return cuport_from_cublasStatus_t(status); }

inline cublasLtMatrixLayoutAttribute_t to(hipblasLtMatrixLayoutAttribute_t attribute) {
  switch (attribute) {
  case HIPBLASLT_MATRIX_LAYOUT_BATCH_COUNT: return CUBLASLT_MATRIX_LAYOUT_BATCH_COUNT;
  case HIPBLASLT_MATRIX_LAYOUT_STRIDED_BATCH_OFFSET: return CUBLASLT_MATRIX_LAYOUT_STRIDED_BATCH_OFFSET;
  case HIPBLASLT_MATRIX_LAYOUT_TYPE: return CUBLASLT_MATRIX_LAYOUT_TYPE;
  case HIPBLASLT_MATRIX_LAYOUT_ORDER: return CUBLASLT_MATRIX_LAYOUT_ORDER;
  case HIPBLASLT_MATRIX_LAYOUT_ROWS: return CUBLASLT_MATRIX_LAYOUT_ROWS;
  case HIPBLASLT_MATRIX_LAYOUT_COLS: return CUBLASLT_MATRIX_LAYOUT_COLS;
  case HIPBLASLT_MATRIX_LAYOUT_LD: return CUBLASLT_MATRIX_LAYOUT_LD;
  }
  return cublasLtMatrixLayoutAttribute_t(-1);
}

inline cublasLtMatmulDescAttributes_t to(hipblasLtMatmulDescAttributes_t attribute) {
  switch (attribute) {
  case HIPBLASLT_MATMUL_DESC_TRANSA: return CUBLASLT_MATMUL_DESC_TRANSA;
  case HIPBLASLT_MATMUL_DESC_TRANSB: return CUBLASLT_MATMUL_DESC_TRANSB;
  case HIPBLASLT_MATMUL_DESC_EPILOGUE: return CUBLASLT_MATMUL_DESC_EPILOGUE;
  case HIPBLASLT_MATMUL_DESC_BIAS_POINTER: return CUBLASLT_MATMUL_DESC_BIAS_POINTER;
  case HIPBLASLT_MATMUL_DESC_BIAS_DATA_TYPE: return CUBLASLT_MATMUL_DESC_BIAS_DATA_TYPE;
  case HIPBLASLT_MATMUL_DESC_A_SCALE_POINTER: return CUBLASLT_MATMUL_DESC_A_SCALE_POINTER;
  case HIPBLASLT_MATMUL_DESC_B_SCALE_POINTER: return CUBLASLT_MATMUL_DESC_B_SCALE_POINTER;
  case HIPBLASLT_MATMUL_DESC_C_SCALE_POINTER: return CUBLASLT_MATMUL_DESC_C_SCALE_POINTER;
  case HIPBLASLT_MATMUL_DESC_D_SCALE_POINTER: return CUBLASLT_MATMUL_DESC_D_SCALE_POINTER;
  case HIPBLASLT_MATMUL_DESC_EPILOGUE_AUX_SCALE_POINTER: return CUBLASLT_MATMUL_DESC_EPILOGUE_AUX_SCALE_POINTER;
  case HIPBLASLT_MATMUL_DESC_EPILOGUE_AUX_POINTER: return CUBLASLT_MATMUL_DESC_EPILOGUE_AUX_POINTER;
  case HIPBLASLT_MATMUL_DESC_EPILOGUE_AUX_LD: return CUBLASLT_MATMUL_DESC_EPILOGUE_AUX_LD;
  case HIPBLASLT_MATMUL_DESC_EPILOGUE_AUX_BATCH_STRIDE: return CUBLASLT_MATMUL_DESC_EPILOGUE_AUX_BATCH_STRIDE;
  case HIPBLASLT_MATMUL_DESC_POINTER_MODE: return CUBLASLT_MATMUL_DESC_POINTER_MODE;
  case HIPBLASLT_MATMUL_DESC_AMAX_D_POINTER: return CUBLASLT_MATMUL_DESC_AMAX_D_POINTER;
  default: return cublasLtMatmulDescAttributes_t(-1);
  }
}

// Orders, epilogues, pointer modes and types of data have CUDA's numbers; operations have HIP's own.
inline bool isOperation(hipblasLtMatmulDescAttributes_t attribute) {
  return attribute == HIPBLASLT_MATMUL_DESC_TRANSA || attribute == HIPBLASLT_MATMUL_DESC_TRANSB;
}
inline bool isOperation(hipblasLtMatrixTransformDescAttributes_t attribute) {
  return attribute == HIPBLASLT_MATRIX_TRANSFORM_DESC_TRANSA || attribute == HIPBLASLT_MATRIX_TRANSFORM_DESC_TRANSB;
}
inline bool isOperation(hipblasLtMatrixLayoutAttribute_t) { return false; }
inline bool isOperation(hipblasLtMatmulPreferenceAttributes_t) { return false; }

inline cublasLtMatmulPreferenceAttributes_t to(hipblasLtMatmulPreferenceAttributes_t attribute) {
  return cublasLtMatmulPreferenceAttributes_t(attribute);
}
inline cublasLtMatrixTransformDescAttributes_t to(hipblasLtMatrixTransformDescAttributes_t attribute) {
  return cublasLtMatrixTransformDescAttributes_t(attribute);
}

template <class Set, class Descriptor, class Attribute>
hipblasStatus_t setAttribute(Set set, Descriptor descriptor, Attribute attribute, const void *value, size_t size) {
  if (!isOperation(attribute) || !value || size != sizeof(int32_t))
    return from(set(descriptor, to(attribute), value, size));
  cublasOperation_t operation = cuport_to_cublasOperation_t(*(const hipblasOperation_t *)value);
  return from(set(descriptor, to(attribute), &operation, sizeof operation));
}

template <class Get, class Descriptor, class Attribute>
hipblasStatus_t getAttribute(Get get, Descriptor descriptor, Attribute attribute, void *value, size_t size, size_t *written) {
  cublasStatus_t status = get(descriptor, to(attribute), value, size, written);
  if (status == CUBLAS_STATUS_SUCCESS && isOperation(attribute) && size)
    *(hipblasOperation_t *)value = cuport_from_cublasOperation_t(*(const cublasOperation_t *)value);
  return from(status);
}

} // namespace cuport_hipblaslt

inline hipblasStatus_t hipblasLtCreate(hipblasLtHandle_t *handle) {
  return cuport_hipblaslt::from(cublasLtCreate((cublasLtHandle_t *)handle));
}
inline hipblasStatus_t hipblasLtDestroy(const hipblasLtHandle_t handle) {
  return cuport_hipblaslt::from(cublasLtDestroy((cublasLtHandle_t)handle));
}
inline hipblasStatus_t hipblasLtGetVersion(hipblasLtHandle_t handle, int *version) {
  if (!handle || !version)
    return handle ? HIPBLAS_STATUS_INVALID_VALUE : HIPBLAS_STATUS_NOT_INITIALIZED;
  *version = 800; // hipBLASLt 0.8 is ROCm 6.2's
  return HIPBLAS_STATUS_SUCCESS;
}

#define CUPORT_HIPBLASLT_DESCRIPTOR(hip, cuda, Descriptor, Attribute)                                                                    \
  inline hipblasStatus_t hip##Destroy(const Descriptor descriptor) { return cuport_hipblaslt::from(cuda##Destroy(descriptor)); }          \
  inline hipblasStatus_t hip##SetAttribute(Descriptor descriptor, Attribute attribute, const void *value, size_t size) {                 \
    return cuport_hipblaslt::setAttribute(cuda##SetAttribute, descriptor, attribute, value, size);                                       \
  }                                                                                                                                      \
  inline hipblasStatus_t hip##GetAttribute(Descriptor descriptor, Attribute attribute, void *value, size_t size, size_t *written) {      \
    return cuport_hipblaslt::getAttribute(cuda##GetAttribute, descriptor, attribute, value, size, written);                              \
  }
CUPORT_HIPBLASLT_DESCRIPTOR(hipblasLtMatrixLayout, cublasLtMatrixLayout, hipblasLtMatrixLayout_t, hipblasLtMatrixLayoutAttribute_t)
CUPORT_HIPBLASLT_DESCRIPTOR(hipblasLtMatmulDesc, cublasLtMatmulDesc, hipblasLtMatmulDesc_t, hipblasLtMatmulDescAttributes_t)
CUPORT_HIPBLASLT_DESCRIPTOR(hipblasLtMatmulPreference, cublasLtMatmulPreference, hipblasLtMatmulPreference_t,
                            hipblasLtMatmulPreferenceAttributes_t)
CUPORT_HIPBLASLT_DESCRIPTOR(hipblasLtMatrixTransformDesc, cublasLtMatrixTransformDesc, hipblasLtMatrixTransformDesc_t,
                            hipblasLtMatrixTransformDescAttributes_t)
#undef CUPORT_HIPBLASLT_DESCRIPTOR

inline hipblasStatus_t hipblasLtMatrixLayoutCreate(hipblasLtMatrixLayout_t *layout, hipDataType type, uint64_t rows, uint64_t cols, int64_t ld) {
  return cuport_hipblaslt::from(cublasLtMatrixLayoutCreate(layout, (cudaDataType)type, rows, cols, ld));
}
inline hipblasStatus_t hipblasLtMatmulDescCreate(hipblasLtMatmulDesc_t *descriptor, hipblasComputeType_t compute, hipDataType scale) {
  return cuport_hipblaslt::from(cublasLtMatmulDescCreate(descriptor, cuport_to_cublasComputeType_t(compute), (cudaDataType)scale));
}
inline hipblasStatus_t hipblasLtMatmulPreferenceCreate(hipblasLtMatmulPreference_t *preference) {
  return cuport_hipblaslt::from(cublasLtMatmulPreferenceCreate(preference));
}
inline hipblasStatus_t hipblasLtMatrixTransformDescCreate(hipblasLtMatrixTransformDesc_t *descriptor, hipDataType scale) {
  return cuport_hipblaslt::from(cublasLtMatrixTransformDescCreate(descriptor, (cudaDataType)scale));
}

inline hipblasStatus_t hipblasLtMatmulAlgoGetHeuristic(hipblasLtHandle_t handle, hipblasLtMatmulDesc_t descriptor, hipblasLtMatrixLayout_t a,
                                                       hipblasLtMatrixLayout_t b, hipblasLtMatrixLayout_t c, hipblasLtMatrixLayout_t d,
                                                       hipblasLtMatmulPreference_t preference, int requested,
                                                       hipblasLtMatmulHeuristicResult_t results[], int *returned) {
  if (requested <= 0 || !results)
    return HIPBLAS_STATUS_INVALID_VALUE;
  cublasLtMatmulHeuristicResult_t given; // there is one algorithm
  cublasStatus_t status =
      cublasLtMatmulAlgoGetHeuristic((cublasLtHandle_t)handle, descriptor, a, b, c, d, preference, 1, &given, returned);
  if (status == CUBLAS_STATUS_SUCCESS && *returned) {
    results[0].algo = given.algo;
    results[0].workspaceSize = given.workspaceSize;
    results[0].state = cuport_hipblaslt::from(given.state);
    results[0].wavesCount = given.wavesCount;
  }
  return cuport_hipblaslt::from(status);
}

inline hipblasStatus_t hipblasLtMatmul(hipblasLtHandle_t handle, hipblasLtMatmulDesc_t descriptor, const void *alpha, const void *A,
                                       hipblasLtMatrixLayout_t a, const void *B, hipblasLtMatrixLayout_t b, const void *beta, const void *C,
                                       hipblasLtMatrixLayout_t c, void *D, hipblasLtMatrixLayout_t d, const hipblasLtMatmulAlgo_t *algorithm,
                                       void *workspace, size_t size, hipStream_t stream) {
  return cuport_hipblaslt::from(cublasLtMatmul((cublasLtHandle_t)handle, descriptor, alpha, A, a, B, b, beta, C, c, D, d, algorithm, workspace,
                                               size, (cudaStream_t)stream));
}

inline hipblasStatus_t hipblasLtMatrixTransform(hipblasLtHandle_t handle, hipblasLtMatrixTransformDesc_t descriptor, const void *alpha,
                                                const void *A, hipblasLtMatrixLayout_t a, const void *beta, const void *B,
                                                hipblasLtMatrixLayout_t b, void *C, hipblasLtMatrixLayout_t c, hipStream_t stream) {
  return cuport_hipblaslt::from(
      cublasLtMatrixTransform((cublasLtHandle_t)handle, descriptor, alpha, A, a, beta, B, b, C, c, (cudaStream_t)stream));
}

#endif
