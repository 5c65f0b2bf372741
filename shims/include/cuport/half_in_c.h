// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The types of cuda_fp16.h and cuda_bf16.h for C, which only hands them on to libraries.

#ifndef CUPORT_HALF_IN_C_H
#define CUPORT_HALF_IN_C_H

typedef struct __half {
  unsigned short bits;
} __half;
typedef struct __nv_bfloat16 {
  unsigned short bits;
} __nv_bfloat16;

#endif
