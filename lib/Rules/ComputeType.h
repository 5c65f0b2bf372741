// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// cuBLAS's products of mixed types took what to compute in as a data type before CUDA 11, and in C++ they still do; hipBLAS's take a
// compute type only.
//
//   cublasGemmEx(..., CUDA_R_32F, algo)   ->   hipblasGemmEx_v2(..., HIPBLAS_COMPUTE_32F, algo)

#ifndef CUPORT_RULES_COMPUTETYPE_H
#define CUPORT_RULES_COMPUTETYPE_H

#include "Rules/Rule.h"

namespace cuport {

/// The compute type that the data type at token Index becomes, where it is all of such an argument; empty elsewhere.
llvm::StringRef computeTypeAt(const FileView &File, size_t Index);

} // namespace cuport

#endif
