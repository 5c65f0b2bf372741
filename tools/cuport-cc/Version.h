// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The CUDA release that cuport-cc stands in for: what __CUDACC_VER_MAJOR__ and --version say.

#ifndef CUPORT_CC_VERSION_H
#define CUPORT_CC_VERSION_H

#define CUPORT_CUDA_MAJOR "12"
#define CUPORT_CUDA_MINOR "9"
#define CUPORT_CUDA_BUILD "86"

#endif
