// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Knowledge/NamePattern.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace cuport;

static bool isCapital(llvm::StringRef Rest) {
  return !Rest.empty() && Rest[0] >= 'A' && Rest[0] <= 'Z';
}

bool cuport::isWeakPattern(llvm::StringRef Name) {
  return Name.consume_front("cu") && Name.size() >= 4 && isCapital(Name) && llvm::isLower(Name[1]);
}

bool cuport::looksLikeCuda(llvm::StringRef Name) {
  static constexpr llvm::StringLiteral Lower[] = {
      "cuda",     "cublasLt", "cublasXt", "cublas",    "cudnn",    "cudss",      "cuFile",
      "cufftXt",  "cufft",    "cupti",    "curand",    "cusparse", "cusolverDn", "cusolverSp",
      "cusolver", "cutensor", "nccl",     "pnccl",     "nppi",     "npps",       "npp",
      "Nppi",     "Npps",     "Npp",      "nvJitLink", "nvjpeg",   "nvml",       "nvrtc",
      "nvshmem",  "nvtx",     "nvvm"};
  for (llvm::StringRef Family : Lower) {
    llvm::StringRef Rest = Name;
    if (Rest.consume_front(Family) && isCapital(Rest))
      return true;
  }
  static constexpr llvm::StringLiteral Prefixes[] = {"CUBLAS_",
                                                     "CUBLASLT_",
                                                     "CUBLASXT_",
                                                     "CUDNN_",
                                                     "CUDSS_",
                                                     "CUFFT_",
                                                     "CUFILE_",
                                                     "CUPTI_",
                                                     "CUpti_",
                                                     "CURAND_",
                                                     "CUSPARSE_",
                                                     "CUSPARSELT_",
                                                     "CUSOLVER_",
                                                     "CUTENSOR_",
                                                     "CUDART_",
                                                     "NCCL_",
                                                     "NPP_",
                                                     "NPPI_",
                                                     "NVJITLINK_",
                                                     "NVJPEG_",
                                                     "NVML_",
                                                     "NVRTC_",
                                                     "NVSHMEM_",
                                                     "NVSHMEMX_",
                                                     "NVTX_",
                                                     "NVVM_",
                                                     "nvshmem_",
                                                     "nvshmemx_",
                                                     "CUDA_ERROR_",
                                                     "CU_CTX_",
                                                     "CU_DEVICE_ATTRIBUTE_",
                                                     "CU_FILE_",
                                                     "CU_STREAM_",
                                                     "CU_EVENT_",
                                                     "CU_MEM",
                                                     "CU_FUNC_",
                                                     "CU_JIT_",
                                                     "CU_TR_",
                                                     "CU_LIMIT_"};
  for (llvm::StringRef Family : Prefixes)
    if (Name.size() > Family.size() && Name.starts_with(Family))
      return true;
  static constexpr llvm::StringLiteral Device[] = {
      "__shfl_", "__ballot_", "__match_", "__reduce_", "__nv_", "__nanosleep", "__activemask"};
  for (llvm::StringRef Family : Device)
    if (Name.starts_with(Family))
      return true;
  return isWeakPattern(Name);
}

bool cuport::isOfThrustOrCub(llvm::StringRef Header) {
  return (Header.starts_with("thrust/") && !Header.starts_with("thrust/system/hip/")) || Header.starts_with("cub/");
}

bool cuport::isSwitchFor(llvm::StringRef Macro, llvm::StringRef What) {
  if (!Macro.consume_back(What) || !Macro.consume_back("_") || Macro.contains("NO_") || Macro.contains("NOT_") || Macro.contains("DONT_"))
    return false;
  return llvm::is_contained({"USE", "USING", "WITH", "HAVE", "HAS", "ENABLE", "BUILD", "TARGET", "GPU"}, Macro.substr(Macro.rfind('_') + 1));
}
