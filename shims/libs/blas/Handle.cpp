// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Handles, their settings, and copies between host and device.

#include "Handle.h"

#include <cblas.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <thread>

using namespace cuport;
using namespace cuport::blas;

Status blas::statusOf(cudaError_t error) {
  switch (error) {
  case cudaSuccess:
    return CUBLAS_STATUS_SUCCESS;
  case cudaErrorNotSupported:
    return CUBLAS_STATUS_NOT_SUPPORTED;
  case cudaErrorMemoryAllocation:
    return CUBLAS_STATUS_ALLOC_FAILED;
  case cudaErrorInitializationError:
  case cudaErrorNoDevice:
    return CUBLAS_STATUS_NOT_INITIALIZED;
  default:
    return CUBLAS_STATUS_EXECUTION_FAILED;
  }
}

Status blas::initialize() {
  int device, multiprocessors;
  if (cudaError_t error = cudaGetDevice(&device))
    return statusOf(error);
  if (cudaError_t error = cudaDeviceGetAttribute(&multiprocessors, cudaDevAttrMultiProcessorCount, device))
    return statusOf(error);
  // As many threads as blocks have (CUPORT_THREADS).
  openblas_set_num_threads(std::clamp(multiprocessors, 1, int(std::max(1u, std::thread::hardware_concurrency()))));
  return CUBLAS_STATUS_SUCCESS;
}

cublasStatus_t cublasCreate_v2(cublasHandle_t *handle) {
  if (!handle)
    return CUBLAS_STATUS_INVALID_VALUE;
  if (Status status = initialize())
    return status;
  *handle = new cublasContext;
  return CUBLAS_STATUS_SUCCESS;
}

cublasStatus_t cublasDestroy_v2(cublasHandle_t handle) {
  if (!handle)
    return CUBLAS_STATUS_NOT_INITIALIZED;
  delete handle;
  return CUBLAS_STATUS_SUCCESS;
}

cublasStatus_t cublasGetVersion_v2(cublasHandle_t handle, int *version) {
  if (!handle)
    return CUBLAS_STATUS_NOT_INITIALIZED;
  if (!version)
    return CUBLAS_STATUS_INVALID_VALUE;
  *version = CUBLAS_VERSION;
  return CUBLAS_STATUS_SUCCESS;
}

cublasStatus_t cublasGetProperty(libraryPropertyType type, int *value) {
  static constexpr int parts[] = {CUBLAS_VER_MAJOR, CUBLAS_VER_MINOR, CUBLAS_VER_PATCH};
  if (!value || unsigned(type) >= std::size(parts))
    return CUBLAS_STATUS_INVALID_VALUE;
  *value = parts[type];
  return CUBLAS_STATUS_SUCCESS;
}

size_t cublasGetCudartVersion() { return CUDART_VERSION; }

cublasStatus_t cublasSetWorkspace_v2(cublasHandle_t handle, void *workspace, size_t size) {
  return handle ? CUBLAS_STATUS_SUCCESS : CUBLAS_STATUS_NOT_INITIALIZED; // none is needed
}

cublasStatus_t cublasSetStream_v2(cublasHandle_t handle, cudaStream_t stream) {
  if (!handle)
    return CUBLAS_STATUS_NOT_INITIALIZED;
  handle->stream = stream;
  return CUBLAS_STATUS_SUCCESS;
}

#define SETTING(get, set, Type, member, valid)                                                                     \
  cublasStatus_t get(cublasHandle_t handle, Type *value) {                                                               \
    if (!handle)                                                                                                         \
      return CUBLAS_STATUS_NOT_INITIALIZED;                                                                              \
    if (!value)                                                                                                          \
      return CUBLAS_STATUS_INVALID_VALUE;                                                                                \
    *value = handle->member;                                                                                             \
    return CUBLAS_STATUS_SUCCESS;                                                                                        \
  }                                                                                                                      \
  cublasStatus_t set(cublasHandle_t handle, Type value) {                                                                \
    if (!handle)                                                                                                         \
      return CUBLAS_STATUS_NOT_INITIALIZED;                                                                              \
    if (!(valid))                                                                                                        \
      return CUBLAS_STATUS_INVALID_VALUE;                                                                                \
    handle->member = value;                                                                                              \
    return CUBLAS_STATUS_SUCCESS;                                                                                        \
  }
SETTING(cublasGetPointerMode_v2, cublasSetPointerMode_v2, cublasPointerMode_t, pointerMode,
        value == CUBLAS_POINTER_MODE_HOST || value == CUBLAS_POINTER_MODE_DEVICE)
SETTING(cublasGetAtomicsMode, cublasSetAtomicsMode, cublasAtomicsMode_t, atomicsMode,
        value == CUBLAS_ATOMICS_NOT_ALLOWED || value == CUBLAS_ATOMICS_ALLOWED)
SETTING(cublasGetMathMode, cublasSetMathMode, cublasMath_t, mathMode, value >= CUBLAS_DEFAULT_MATH)
SETTING(cublasGetSmCountTarget, cublasSetSmCountTarget, int, multiprocessors, value >= 0)
// How floats are to be made of smaller ones: here they are calculated as they are, which is at least as exact.
SETTING(cublasGetEmulationStrategy, cublasSetEmulationStrategy, cublasEmulationStrategy_t, emulationStrategy, value <= CUBLAS_EMULATION_STRATEGY_EAGER)
SETTING(cublasGetEmulationSpecialValuesSupport, cublasSetEmulationSpecialValuesSupport, cudaEmulationSpecialValuesSupport, specialValues, true)
SETTING(cublasGetFixedPointEmulationMantissaControl, cublasSetFixedPointEmulationMantissaControl, cudaEmulationMantissaControl, mantissaControl,
        true)
SETTING(cublasGetFixedPointEmulationMaxMantissaBitCount, cublasSetFixedPointEmulationMaxMantissaBitCount, int, mantissaBits, value >= 0)
SETTING(cublasGetFixedPointEmulationMantissaBitOffset, cublasSetFixedPointEmulationMantissaBitOffset, int, mantissaOffset, true)
SETTING(cublasGetFixedPointEmulationMantissaBitCountPointer, cublasSetFixedPointEmulationMantissaBitCountPointer, int *, mantissaCount, true)
#undef SETTING

cublasStatus_t cublasGetStream_v2(cublasHandle_t handle, cudaStream_t *stream) {
  if (!handle)
    return CUBLAS_STATUS_NOT_INITIALIZED;
  if (!stream)
    return CUBLAS_STATUS_INVALID_VALUE;
  *stream = handle->stream;
  return CUBLAS_STATUS_SUCCESS;
}

const char *cublasGetStatusName(cublasStatus_t status) {
  switch (status) {
#define STATUS(name)                                                                                                     \
  case name:                                                                                                             \
    return #name;
    STATUS(CUBLAS_STATUS_SUCCESS)
    STATUS(CUBLAS_STATUS_NOT_INITIALIZED)
    STATUS(CUBLAS_STATUS_ALLOC_FAILED)
    STATUS(CUBLAS_STATUS_INVALID_VALUE)
    STATUS(CUBLAS_STATUS_ARCH_MISMATCH)
    STATUS(CUBLAS_STATUS_MAPPING_ERROR)
    STATUS(CUBLAS_STATUS_EXECUTION_FAILED)
    STATUS(CUBLAS_STATUS_INTERNAL_ERROR)
    STATUS(CUBLAS_STATUS_NOT_SUPPORTED)
    STATUS(CUBLAS_STATUS_LICENSE_ERROR)
#undef STATUS
  }
  return "CUBLAS_STATUS_UNKNOWN";
}

const char *cublasGetStatusString(cublasStatus_t status) {
  switch (status) {
  case CUBLAS_STATUS_SUCCESS:
    return "success";
  case CUBLAS_STATUS_NOT_INITIALIZED:
    return "the library was not initialized";
  case CUBLAS_STATUS_ALLOC_FAILED:
    return "the resource allocation failed";
  case CUBLAS_STATUS_INVALID_VALUE:
    return "an invalid value was used as an argument";
  case CUBLAS_STATUS_ARCH_MISMATCH:
    return "an absent device architectural feature is required";
  case CUBLAS_STATUS_MAPPING_ERROR:
    return "an access to GPU memory space failed";
  case CUBLAS_STATUS_EXECUTION_FAILED:
    return "the GPU program failed to execute";
  case CUBLAS_STATUS_INTERNAL_ERROR:
    return "an internal operation failed";
  case CUBLAS_STATUS_NOT_SUPPORTED:
    return "the functionality is not supported";
  case CUBLAS_STATUS_LICENSE_ERROR:
    return "the functionality requires a license";
  }
  return "unknown status";
}

// The logger has nothing to say here; what is configured is kept, so that it can be asked for.
static std::atomic<cublasLogCallback> logCallback{nullptr};

cublasStatus_t cublasLoggerConfigure(int, int, int, const char *) { return CUBLAS_STATUS_SUCCESS; }

cublasStatus_t cublasSetLoggerCallback(cublasLogCallback callback) {
  logCallback = callback;
  return CUBLAS_STATUS_SUCCESS;
}

cublasStatus_t cublasGetLoggerCallback(cublasLogCallback *callback) {
  if (!callback)
    return CUBLAS_STATUS_INVALID_VALUE;
  *callback = logCallback;
  return CUBLAS_STATUS_SUCCESS;
}

void cublasXerbla(const char *name, int info) {
  std::fprintf(stderr, " ** On entry to %s parameter number %d had an illegal value\n", name, info);
}

cublasStatus_t cublasMigrateComputeType(cublasHandle_t handle, cudaDataType_t type, cublasComputeType_t *compute) {
  if (!handle)
    return CUBLAS_STATUS_NOT_INITIALIZED;
  if (!compute)
    return CUBLAS_STATUS_INVALID_VALUE;
  switch (type) {
  case CUDA_R_16F:
    *compute = CUBLAS_COMPUTE_16F;
    return CUBLAS_STATUS_SUCCESS;
  case CUDA_R_32F:
  case CUDA_C_32F:
    *compute = CUBLAS_COMPUTE_32F;
    return CUBLAS_STATUS_SUCCESS;
  case CUDA_R_64F:
  case CUDA_C_64F:
    *compute = CUBLAS_COMPUTE_64F;
    return CUBLAS_STATUS_SUCCESS;
  case CUDA_R_32I:
    *compute = CUBLAS_COMPUTE_32I;
    return CUBLAS_STATUS_SUCCESS;
  default:
    return CUBLAS_STATUS_NOT_SUPPORTED;
  }
}

namespace {

/// Rows of a box of memory: of a matrix its columns, of a vector its elements. Waits without a stream.
struct Box {
  int64_t rows, rowBytes;
  int64_t sourcePitch, pitch; ///< bytes
};

Status copyBox(const void *from, void *to, const Box &box, const cudaStream_t *stream) {
  if (box.rows < 0 || box.rowBytes < 0 || box.sourcePitch < box.rowBytes || box.pitch < box.rowBytes)
    return CUBLAS_STATUS_INVALID_VALUE;
  if (!box.rows || !box.rowBytes)
    return CUBLAS_STATUS_SUCCESS;
  cudaError_t error = stream ? cudaMemcpy2DAsync(to, box.pitch, from, box.sourcePitch, box.rowBytes, box.rows, cudaMemcpyDefault, *stream)
                             : cudaMemcpy2D(to, box.pitch, from, box.sourcePitch, box.rowBytes, box.rows, cudaMemcpyDefault);
  return error == cudaErrorInvalidValue ? CUBLAS_STATUS_MAPPING_ERROR : statusOf(error);
}

Status copyVector(int64_t n, int64_t size, const void *x, int64_t incx, void *y, int64_t incy, const cudaStream_t *stream = nullptr) {
  if (n < 0 || size <= 0 || incx <= 0 || incy <= 0)
    return CUBLAS_STATUS_INVALID_VALUE;
  // In one piece where it is one.
  if (incx == 1 && incy == 1)
    return copyBox(x, y, {n ? 1 : 0, n * size, n * size, n * size}, stream);
  return copyBox(x, y, {n, size, incx * size, incy * size}, stream);
}

Status copyMatrix(int64_t rows, int64_t columns, int64_t size, const void *a, int64_t lda, void *b, int64_t ldb,
                  const cudaStream_t *stream = nullptr) {
  if (rows < 0 || columns < 0 || size <= 0 || lda <= 0 || ldb <= 0)
    return CUBLAS_STATUS_INVALID_VALUE;
  return copyBox(a, b, {columns, rows * size, lda * size, ldb * size}, stream);
}

} // namespace

#define CUPORT_ENTRIES "Copies.inc"
#include "EachWidth.inc"
