// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Handles, their settings, and names of statuses.

#include "Handle.h"

#include <iterator>

using namespace cuport;
using namespace cuport::sparse;

Status sparse::statusOf(cudaError_t error) {
  switch (error) {
  case cudaSuccess: return CUSPARSE_STATUS_SUCCESS;
  case cudaErrorNotSupported: return CUSPARSE_STATUS_NOT_SUPPORTED;
  case cudaErrorMemoryAllocation: return CUSPARSE_STATUS_ALLOC_FAILED;
  case cudaErrorInitializationError:
  case cudaErrorNoDevice: return CUSPARSE_STATUS_NOT_INITIALIZED;
  default: return CUSPARSE_STATUS_EXECUTION_FAILED;
  }
}

cusparseStatus_t cusparseCreate(cusparseHandle_t *handle) {
  if (!handle)
    return CUSPARSE_STATUS_INVALID_VALUE;
  int device;
  if (cudaError_t error = cudaGetDevice(&device))
    return statusOf(error);
  *handle = new cusparseContext;
  return CUSPARSE_STATUS_SUCCESS;
}

cusparseStatus_t cusparseDestroy(cusparseHandle_t handle) {
  if (!handle)
    return CUSPARSE_STATUS_NOT_INITIALIZED;
  delete handle;
  return CUSPARSE_STATUS_SUCCESS;
}

cusparseStatus_t cusparseGetVersion(cusparseHandle_t handle, int *version) {
  CUPORT_CHECK(Call({handle, ""}), version);
  *version = CUSPARSE_VERSION;
  return CUSPARSE_STATUS_SUCCESS;
}

cusparseStatus_t cusparseGetProperty(libraryPropertyType type, int *value) {
  static constexpr int parts[] = {CUSPARSE_VER_MAJOR, CUSPARSE_VER_MINOR, CUSPARSE_VER_PATCH};
  if (!value || unsigned(type) >= std::size(parts))
    return CUSPARSE_STATUS_INVALID_VALUE;
  *value = parts[type];
  return CUSPARSE_STATUS_SUCCESS;
}

cusparseStatus_t cusparseSetStream(cusparseHandle_t handle, cudaStream_t stream) {
  CUPORT_CHECK(Call({handle, ""}), true);
  handle->stream = stream;
  return CUSPARSE_STATUS_SUCCESS;
}

cusparseStatus_t cusparseGetStream(cusparseHandle_t handle, cudaStream_t *stream) {
  CUPORT_CHECK(Call({handle, ""}), stream);
  *stream = handle->stream;
  return CUSPARSE_STATUS_SUCCESS;
}

cusparseStatus_t cusparseSetPointerMode(cusparseHandle_t handle, cusparsePointerMode_t mode) {
  CUPORT_CHECK(Call({handle, ""}), mode == CUSPARSE_POINTER_MODE_HOST || mode == CUSPARSE_POINTER_MODE_DEVICE);
  handle->pointerMode = mode;
  return CUSPARSE_STATUS_SUCCESS;
}

cusparseStatus_t cusparseGetPointerMode(cusparseHandle_t handle, cusparsePointerMode_t *mode) {
  CUPORT_CHECK(Call({handle, ""}), mode);
  *mode = handle->pointerMode;
  return CUSPARSE_STATUS_SUCCESS;
}

#define STATUSES(X)                                                                                                      \
  X(SUCCESS, "success")                                                                                                  \
  X(NOT_INITIALIZED, "initialization error")                                                                             \
  X(ALLOC_FAILED, "out of memory")                                                                                       \
  X(INVALID_VALUE, "invalid value")                                                                                      \
  X(ARCH_MISMATCH, "architecture mismatch")                                                                              \
  X(MAPPING_ERROR, "memory mapping error")                                                                               \
  X(EXECUTION_FAILED, "kernel launch failure")                                                                           \
  X(INTERNAL_ERROR, "internal error")                                                                                    \
  X(MATRIX_TYPE_NOT_SUPPORTED, "matrix type not supported")                                                              \
  X(ZERO_PIVOT, "zero pivot")                                                                                            \
  X(NOT_SUPPORTED, "operation not supported")                                                                            \
  X(INSUFFICIENT_RESOURCES, "insufficient resources")

const char *cusparseGetErrorName(cusparseStatus_t status) {
  switch (status) {
#define NAME(name, text)                                                                                                 \
  case CUSPARSE_STATUS_##name: return "CUSPARSE_STATUS_" #name;
    STATUSES(NAME)
#undef NAME
  }
  return "unrecognized error code";
}

const char *cusparseGetErrorString(cusparseStatus_t status) {
  switch (status) {
#define TEXT(name, text)                                                                                                 \
  case CUSPARSE_STATUS_##name: return text;
    STATUSES(TEXT)
#undef TEXT
  }
  return "unrecognized error code";
}

// There is nothing to log.
cusparseStatus_t cusparseLoggerSetCallback(cusparseLoggerCallback_t) { return CUSPARSE_STATUS_SUCCESS; }
cusparseStatus_t cusparseLoggerSetFile(FILE *) { return CUSPARSE_STATUS_SUCCESS; }
cusparseStatus_t cusparseLoggerOpenFile(const char *) { return CUSPARSE_STATUS_SUCCESS; }
cusparseStatus_t cusparseLoggerSetLevel(int) { return CUSPARSE_STATUS_SUCCESS; }
cusparseStatus_t cusparseLoggerSetMask(int) { return CUSPARSE_STATUS_SUCCESS; }
cusparseStatus_t cusparseLoggerForceDisable() { return CUSPARSE_STATUS_SUCCESS; }

cusparseStatus_t cusparseCreateMatDescr(cusparseMatDescr_t *descriptor) {
  if (!descriptor)
    return CUSPARSE_STATUS_INVALID_VALUE;
  *descriptor = new cusparseMatDescr;
  return CUSPARSE_STATUS_SUCCESS;
}

cusparseStatus_t cusparseDestroyMatDescr(cusparseMatDescr_t descriptor) {
  delete descriptor;
  return CUSPARSE_STATUS_SUCCESS;
}

#define SETTING(name, Type, member, most)                                                                                \
  cusparseStatus_t cusparseSet##name(cusparseMatDescr_t descriptor, Type value) {                                        \
    if (!descriptor || unsigned(value) > unsigned(most))                                                                 \
      return CUSPARSE_STATUS_INVALID_VALUE;                                                                              \
    descriptor->member = value;                                                                                          \
    return CUSPARSE_STATUS_SUCCESS;                                                                                      \
  }                                                                                                                      \
  Type cusparseGet##name(const cusparseMatDescr_t descriptor) { return descriptor ? descriptor->member : Type(0); }
SETTING(MatType, cusparseMatrixType_t, type, CUSPARSE_MATRIX_TYPE_TRIANGULAR)
SETTING(MatFillMode, cusparseFillMode_t, fill, CUSPARSE_FILL_MODE_UPPER)
SETTING(MatDiagType, cusparseDiagType_t, diagonal, CUSPARSE_DIAG_TYPE_UNIT)
SETTING(MatIndexBase, cusparseIndexBase_t, base, CUSPARSE_INDEX_BASE_ONE)
#undef SETTING
