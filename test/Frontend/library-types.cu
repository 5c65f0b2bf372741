// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Headers of libraries bring the types of small floats along, as NVIDIA's do.
// RUN: { %cuport translate %s -o %t 2>%t.err; test $? -le 1; }
// RUN: not grep parse-error %t.err
// RUN: { %cuport translate %s -o %t.nccl -- -DNCCL 2>%t.err; test $? -le 1; }
// RUN: not grep parse-error %t.err
// RUN: FileCheck %s --input-file=%t/library-types.cu
#ifdef NCCL
#include <nccl.h>
__global__ void shrink(__nv_fp8_e4m3 *out, float x) { *out = __nv_fp8_e4m3(x); }
#else
#include <cublas_v2.h>
#endif

// CHECK: __global__ void fill(__hip_bfloat16 *out, __half *halves, float x)
__global__ void fill(__nv_bfloat16 *out, __half *halves, float x) {
  out[threadIdx.x] = __float2bfloat16(x);
  halves[threadIdx.x] = __float2half(x);
}
