// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include <hip/hip_common.h>

#include <cuda_fp16.h>
