// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What functions of CUDA's interfaces return to say that something is not supported; 0 is success for all of them.

#ifndef CUPORT_GEN_STATUSTYPES_H
#define CUPORT_GEN_STATUSTYPES_H

#include "llvm/ADT/StringSwitch.h"

namespace cuport::gen {

/// The enumerator of \p Return, a type; empty where it is no status. cuRAND, NCCL, nvJitLink and NVRTC have no code for it.
inline llvm::StringRef notSupportedStatus(llvm::StringRef Return) {
  return llvm::StringSwitch<llvm::StringRef>(Return)
      .Case("cudaError_t", "cudaErrorNotSupported")
      .Case("CUresult", "CUDA_ERROR_NOT_SUPPORTED")
      .Cases({"cublasStatus_t", "cublasStatus"}, "CUBLAS_STATUS_NOT_SUPPORTED")
      .Case("curandStatus_t", "CURAND_STATUS_TYPE_ERROR")
      .Case("cudnnStatus_t", "CUDNN_STATUS_NOT_SUPPORTED")
      .Case("cufftResult", "CUFFT_NOT_SUPPORTED")
      .Case("cusolverStatus_t", "CUSOLVER_STATUS_NOT_SUPPORTED")
      .Case("cusparseStatus_t", "CUSPARSE_STATUS_NOT_SUPPORTED")
      .Case("ncclResult_t", "ncclInvalidUsage")
      .Case("NppStatus", "NPP_NOT_SUPPORTED_MODE_ERROR")
      .Case("nvjpegStatus_t", "NVJPEG_STATUS_IMPLEMENTATION_NOT_SUPPORTED")
      .Case("nvJitLinkResult", "NVJITLINK_ERROR_INTERNAL")
      .Case("nvmlReturn_t", "NVML_ERROR_NOT_SUPPORTED")
      .Case("nvrtcResult", "NVRTC_ERROR_INTERNAL_ERROR")
      .Default("");
}

} // namespace cuport::gen

#endif
