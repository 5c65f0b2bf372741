// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Error.h"

#include "Names.h"

#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <utility>

using namespace cuport;
using namespace cuport::nccl;

static std::mutex lastLock;
static char last[512];
static bool isSaid = true;

ncclResult_t nccl::fail(ncclResult_t result, const char *format, ...) {
  char text[sizeof last];
  va_list arguments;
  va_start(arguments, format);
  std::vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  const char *level = std::getenv("NCCL_DEBUG");
  std::lock_guard hold(lastLock);
  std::memcpy(last, text, sizeof last);
  isSaid = level && !std::strchr("Vv", *level); // VERSION is the one level below
  if (isSaid)
    std::fprintf(stderr, "cuport: NCCL: %s\n", text);
  return result;
}

void nccl::say(int rank) {
  std::lock_guard hold(lastLock);
  if (!std::exchange(isSaid, true))
    std::fprintf(stderr, "cuport: NCCL: rank %d: %s\n", rank, last);
}

ncclResult_t nccl::fromCuda(cudaError_t error) {
  return error ? fail(ncclUnhandledCudaError, "%s", cudaGetErrorString(error)) : ncclSuccess;
}

CUPORT_NCCL(const char *, ncclGetErrorString, (ncclResult_t result)) {
  switch (result) {
  case ncclSuccess: return "no error";
  case ncclUnhandledCudaError: return "unhandled cuda error";
  case ncclSystemError: return "unhandled system error";
  case ncclInternalError: return "internal error";
  case ncclInvalidArgument: return "invalid argument";
  case ncclInvalidUsage: return "invalid usage";
  case ncclRemoteError: return "remote process exited or there was a network error";
  case ncclInProgress: return "NCCL operation in progress";
  default: return "unknown result code";
  }
}

CUPORT_NCCL(const char *, ncclGetLastError, (ncclComm_t)) {
  static thread_local char copy[sizeof last];
  std::lock_guard hold(lastLock);
  return std::strcpy(copy, last);
}

CUPORT_NCCL(void, ncclResetDebugInit, (void)) {}
