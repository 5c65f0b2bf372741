// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What went wrong last, for ncclGetLastError.

#ifndef CUPORT_LIBS_NCCL_ERROR_H
#define CUPORT_LIBS_NCCL_ERROR_H

#include <cuda_runtime_api.h>
#include <nccl.h>

namespace cuport::nccl {

/// Notes the text, which NCCL_DEBUG=WARN and above also print, and returns \p result.
__attribute__((format(printf, 2, 3))) ncclResult_t fail(ncclResult_t result, const char *format, ...);

/// Prints the last text unless that was done: for what no call returns.
void say(int rank);

/// ncclUnhandledCudaError with what \p error is called, or ncclSuccess.
ncclResult_t fromCuda(cudaError_t error);

} // namespace cuport::nccl

#endif
