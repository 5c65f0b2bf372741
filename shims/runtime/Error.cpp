// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Error.h"
#include "Device.h"

#include <cstdio>
#include <mutex>
#include <set>
#include <string>

using namespace cuport;

namespace {

struct ErrorName {
  int code;
  const char *name;
  const char *text;
};

constexpr ErrorName runtimeErrors[] = {
#define CUPORT_ERROR(runtime, driver, text) {runtime, #runtime, text},
#define CUPORT_RUNTIME_ERROR(runtime, text) {runtime, #runtime, text},
#define CUPORT_DRIVER_ERROR(driver, text)
#include "Errors.def"
#undef CUPORT_ERROR
#undef CUPORT_RUNTIME_ERROR
#undef CUPORT_DRIVER_ERROR
};

constexpr ErrorName driverErrors[] = {
#define CUPORT_ERROR(runtime, driver, text) {driver, #driver, text},
#define CUPORT_RUNTIME_ERROR(runtime, text)
#define CUPORT_DRIVER_ERROR(driver, text) {driver, #driver, text},
#include "Errors.def"
#undef CUPORT_ERROR
#undef CUPORT_RUNTIME_ERROR
#undef CUPORT_DRIVER_ERROR
};

// The one place where both APIs' numbers are said to be the same.
#define CUPORT_ERROR(runtime, driver, text) static_assert(int(runtime) == int(driver));
#define CUPORT_RUNTIME_ERROR(runtime, text)
#define CUPORT_DRIVER_ERROR(driver, text)
#include "Errors.def"
#undef CUPORT_ERROR
#undef CUPORT_RUNTIME_ERROR
#undef CUPORT_DRIVER_ERROR

template <size_t N> const ErrorName *find(const ErrorName (&table)[N], int code) {
  for (const ErrorName &entry : table)
    if (entry.code == code)
      return &entry;
  return nullptr;
}

void logOnce(const char *name) {
  static std::mutex &mutex = *new std::mutex;
  static std::set<std::string> &logged = *new std::set<std::string>;
  std::lock_guard lock(mutex);
  if (logged.insert(name).second)
    std::fprintf(stderr, "cuport: %s is not supported by this backend\n", name);
}

} // namespace

cudaError_t &cuport::lastError() {
  static thread_local cudaError_t error = cudaSuccess;
  return error;
}

cudaError_t cuport::notSupported(const char *name) {
  logOnce(name);
  return cudaErrorNotSupported;
}

CUresult cuport::driverCode(cudaError_t error) {
  switch (error) {
  case cudaErrorInvalidSymbol:
  case cudaErrorInvalidDeviceFunction:
    return CUDA_ERROR_NOT_FOUND;
  case cudaErrorInsufficientDriver:
  case cudaErrorStartupFailure:
    return CUDA_ERROR_NOT_INITIALIZED;
  case cudaErrorMissingConfiguration:
  case cudaErrorPriorLaunchFailure:
    return CUDA_ERROR_LAUNCH_FAILED;
  default:
    return find(driverErrors, error) ? CUresult(error) : CUDA_ERROR_INVALID_VALUE;
  }
}

cudaError_t cuport_not_supported(const char *name) { return noted(notSupported(name)); }

CUresult cuport_not_supported_driver(const char *name) { return CUresult(notSupported(name)); }

cudaError_t cudaGetLastError() {
  cudaError_t error = lastError();
  // A fault stays; only cudaDeviceReset ends it.
  if (error != cudaSuccess && !(isFault(error) && currentFault() == error))
    lastError() = cudaSuccess;
  return error;
}

cudaError_t cudaPeekAtLastError() { return lastError(); }

const char *cudaGetErrorName(cudaError_t error) {
  const ErrorName *entry = find(runtimeErrors, error);
  return entry ? entry->name : "unrecognized error code";
}

const char *cudaGetErrorString(cudaError_t error) {
  const ErrorName *entry = find(runtimeErrors, error);
  return entry ? entry->text : "unrecognized error code";
}

CUresult cuGetErrorName(CUresult error, const char **name) {
  const ErrorName *entry = find(driverErrors, error);
  if (!name)
    return CUDA_ERROR_INVALID_VALUE;
  *name = entry ? entry->name : nullptr;
  return entry ? CUDA_SUCCESS : CUDA_ERROR_INVALID_VALUE;
}

CUresult cuGetErrorString(CUresult error, const char **text) {
  const ErrorName *entry = find(driverErrors, error);
  if (!text)
    return CUDA_ERROR_INVALID_VALUE;
  *text = entry ? entry->text : nullptr;
  return entry ? CUDA_SUCCESS : CUDA_ERROR_INVALID_VALUE;
}
