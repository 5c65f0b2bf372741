// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Handles, their settings, and what is said of errors.

#include "Handle.h"

#include <algorithm>
#include <cstdio>
#include <string>
#include <thread>

using namespace cuport;
using namespace cuport::dnn;

static thread_local std::string lastError;

Status dnn::statusOf(cudaError_t error) {
  switch (error) {
  case cudaSuccess: return CUDNN_STATUS_SUCCESS;
  case cudaErrorNotSupported: return CUDNN_STATUS_NOT_SUPPORTED;
  case cudaErrorMemoryAllocation: return CUDNN_STATUS_ALLOC_FAILED;
  case cudaErrorInitializationError:
  case cudaErrorNoDevice: return CUDNN_STATUS_NOT_INITIALIZED;
  default: return CUDNN_STATUS_EXECUTION_FAILED;
  }
}

Status Call::fail(Status status) const {
  lastError = std::string(name) + ": " + cudnnGetErrorString(status);
  return status;
}

cudnnStatus_t cudnnCreate(cudnnHandle_t *handle) {
  if (!handle)
    return CUDNN_STATUS_BAD_PARAM;
  int device, multiprocessors;
  if (cudaError_t error = cudaGetDevice(&device))
    return statusOf(error);
  if (cudaError_t error = cudaDeviceGetAttribute(&multiprocessors, cudaDevAttrMultiProcessorCount, device))
    return statusOf(error);
  *handle = new cudnnContext{nullptr, std::clamp(multiprocessors, 1, int(std::max(1u, std::thread::hardware_concurrency())))};
  return CUDNN_STATUS_SUCCESS;
}

cudnnStatus_t cudnnDestroy(cudnnHandle_t handle) {
  delete handle;
  return CUDNN_STATUS_SUCCESS;
}

cudnnStatus_t cudnnSetStream(cudnnHandle_t handle, cudaStream_t stream) {
  if (!handle)
    return CUDNN_STATUS_BAD_PARAM;
  handle->stream = stream;
  return CUDNN_STATUS_SUCCESS;
}

cudnnStatus_t cudnnGetStream(cudnnHandle_t handle, cudaStream_t *stream) {
  if (!handle || !stream)
    return CUDNN_STATUS_BAD_PARAM;
  *stream = handle->stream;
  return CUDNN_STATUS_SUCCESS;
}

size_t cudnnGetVersion() { return CUDNN_VERSION; }
size_t cudnnGetCudartVersion() { return CUDART_VERSION; }
size_t cudnnGetMaxDeviceVersion() { return 1210; } // as cuDNN of this version has it

cudnnStatus_t cudnnGetProperty(libraryPropertyType type, int *value) {
  static constexpr int parts[] = {CUDNN_MAJOR, CUDNN_MINOR, CUDNN_PATCHLEVEL};
  if (!value || unsigned(type) >= std::size(parts))
    return CUDNN_STATUS_BAD_PARAM;
  *value = parts[type];
  return CUDNN_STATUS_SUCCESS;
}

// All of the library is one file, and so of one version.
cudnnStatus_t cudnnOpsVersionCheck() { return CUDNN_STATUS_SUCCESS; }
cudnnStatus_t cudnnCnnVersionCheck() { return CUDNN_STATUS_SUCCESS; }
cudnnStatus_t cudnnAdvVersionCheck() { return CUDNN_STATUS_SUCCESS; }
cudnnStatus_t cudnnGraphVersionCheck() { return CUDNN_STATUS_SUCCESS; }

const char *cudnnGetErrorString(cudnnStatus_t status) {
  switch (status) {
#define STATUS(name)                                                                                                     \
  case CUDNN_STATUS_##name: return "CUDNN_STATUS_" #name;
    STATUS(SUCCESS)
    STATUS(NOT_INITIALIZED)
    STATUS(SUBLIBRARY_VERSION_MISMATCH)
    STATUS(SERIALIZATION_VERSION_MISMATCH)
    STATUS(DEPRECATED)
    STATUS(LICENSE_ERROR)
    STATUS(RUNTIME_IN_PROGRESS)
    STATUS(RUNTIME_FP_OVERFLOW)
    STATUS(SUBLIBRARY_LOADING_FAILED)
    STATUS(BAD_PARAM)
    STATUS(INVALID_VALUE)
    STATUS(BAD_PARAM_NULL_POINTER)
    STATUS(BAD_PARAM_MISALIGNED_POINTER)
    STATUS(BAD_PARAM_NOT_FINALIZED)
    STATUS(BAD_PARAM_OUT_OF_BOUND)
    STATUS(BAD_PARAM_SIZE_INSUFFICIENT)
    STATUS(BAD_PARAM_STREAM_MISMATCH)
    STATUS(BAD_PARAM_SHAPE_MISMATCH)
    STATUS(BAD_PARAM_DUPLICATED_ENTRIES)
    STATUS(BAD_PARAM_ATTRIBUTE_TYPE)
    STATUS(BAD_PARAM_CUDA_GRAPH_MISMATCH)
    STATUS(BAD_PARAM_DESCRIPTOR_TYPE)
    STATUS(NOT_SUPPORTED)
    STATUS(NOT_SUPPORTED_GRAPH_PATTERN)
    STATUS(NOT_SUPPORTED_SHAPE)
    STATUS(NOT_SUPPORTED_DATA_TYPE)
    STATUS(NOT_SUPPORTED_LAYOUT)
    STATUS(NOT_SUPPORTED_INCOMPATIBLE_CUDA_DRIVER)
    STATUS(NOT_SUPPORTED_INCOMPATIBLE_CUDART)
    STATUS(NOT_SUPPORTED_ARCH_MISMATCH)
    STATUS(NOT_SUPPORTED_RUNTIME_PREREQUISITE_MISSING)
    STATUS(NOT_SUPPORTED_SUBLIBRARY_UNAVAILABLE)
    STATUS(NOT_SUPPORTED_SHARED_MEMORY_INSUFFICIENT)
    STATUS(NOT_SUPPORTED_PADDING)
    STATUS(NOT_SUPPORTED_BAD_LAUNCH_PARAM)
    STATUS(NOT_SUPPORTED_CUDA_GRAPH_NATIVE_API)
    STATUS(NOT_SUPPORTED_INVALID_DYNAMIC_SHAPE)
    STATUS(INTERNAL_ERROR)
    STATUS(INTERNAL_ERROR_COMPILATION_FAILED)
    STATUS(INTERNAL_ERROR_UNEXPECTED_VALUE)
    STATUS(INTERNAL_ERROR_HOST_ALLOCATION_FAILED)
    STATUS(INTERNAL_ERROR_DEVICE_ALLOCATION_FAILED)
    STATUS(INTERNAL_ERROR_BAD_LAUNCH_PARAM)
    STATUS(INTERNAL_ERROR_TEXTURE_CREATION_FAILED)
    STATUS(EXECUTION_FAILED)
    STATUS(EXECUTION_FAILED_CUDA_DRIVER)
    STATUS(EXECUTION_FAILED_CUBLAS)
    STATUS(EXECUTION_FAILED_CUDART)
    STATUS(EXECUTION_FAILED_CURAND)
#undef STATUS
  default: return "CUDNN_UNKNOWN_STATUS";
  }
}

void cudnnGetLastErrorString(char *message, size_t size) {
  if (message && size)
    std::snprintf(message, size, "%s", lastError.c_str());
  lastError.clear();
}

// No function finds out later that it failed.
cudnnStatus_t cudnnQueryRuntimeError(cudnnHandle_t handle, cudnnStatus_t *status, cudnnErrQueryMode_t mode, cudnnRuntimeTag_t *) {
  if (!handle || !status)
    return CUDNN_STATUS_BAD_PARAM;
  if (mode == CUDNN_ERRQUERY_BLOCKING)
    cudaStreamSynchronize(handle->stream);
  *status = CUDNN_STATUS_SUCCESS;
  return CUDNN_STATUS_SUCCESS;
}

// The logger has nothing to say; what is set is kept, so that it can be asked for.
static unsigned logMask;
static void *logData;
static cudnnCallback_t logCallback;

cudnnStatus_t cudnnSetCallback(unsigned mask, void *data, cudnnCallback_t callback) {
  logMask = mask;
  logData = data;
  logCallback = callback;
  return CUDNN_STATUS_SUCCESS;
}

cudnnStatus_t cudnnGetCallback(unsigned *mask, void **data, cudnnCallback_t *callback) {
  if (mask)
    *mask = logMask;
  if (data)
    *data = logData;
  if (callback)
    *callback = logCallback;
  return CUDNN_STATUS_SUCCESS;
}
