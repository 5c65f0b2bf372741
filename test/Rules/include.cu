// Headers become HIP's; a second include of the same one goes; what nobody knows is said.
// RUN: rm -rf %t && split-file %s %t/in
// RUN: { %cuport translate %t/in/main.cu -o %t/out 2>%t/err; test $? -eq 1; }
// RUN: %strip %t/out/main.cu | FileCheck %t/in/main.cu
// RUN: FileCheck %t/in/main.cu --input-file=%t/err --check-prefix=WARN

//--- nccl.h
// A file of the user's with the name of one of NVIDIA's.
//--- main.cu
// CHECK: begin
// begin
// CHECK-NEXT: #include <hip/hip_runtime.h>
#include <cuda.h>
#include <cuda_runtime.h>
// CHECK-NEXT: #include <hipcub/block/block_scan.hpp>
#include <cub/block/block_scan.cuh>
// CHECK-NEXT: {{^}}#  include {{[<"]}}hip/hip_bf16.h{{[>"]}}   // for bfloat16
#  include "cuda_bf16.h"   // for bfloat16
// CHECK-NEXT: #include "nccl.h"
#include "nccl.h"
// CHECK-NEXT: #ifdef MULTI
// CHECK-NEXT: #include <rccl/rccl.h>
#ifdef MULTI
#include <nccl.h>
// CHECK: #include <hip/hip_runtime_api.h>
#include <cuda_runtime_api.h>
#endif
// CHECK: #include <cooperative_groups/reduce.h>
// WARN: main.cu:[[#@LINE+1]]:10: warning: {{.*}}'cooperative_groups/reduce.h'{{.*}} [include]
#include <cooperative_groups/reduce.h>
// CHECK-NEXT: #include <cudaNewThing.h>
// WARN: main.cu:[[#@LINE+1]]:10: warning: 'cudaNewThing.h' looks like a header of CUDA's{{.*}} [include]
#include <cudaNewThing.h>
__global__ void k();
