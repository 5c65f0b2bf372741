// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What the device half defines has names and linkage of its own, and the image has the host's names.
// RUN: %device-half -O1 -S -emit-llvm %s -o - | FileCheck %s --implicit-check-not=__hip_cuid
// RUN: %device-half -fgpu-rdc -mllvm -cuport-rdc -O1 -S -emit-llvm %s -o - | FileCheck %s --check-prefix=RDC

#include <cuda_runtime.h>

// CHECK-DAG: @table.cuport = internal externally_initialized global [2 x i32] [i32 1, i32 2]
// RDC-DAG: @table.cuport = {{(dso_local )?}}externally_initialized global [2 x i32]
__constant__ int table[2] = {1, 2};
// CHECK-DAG: @counter.cuport = internal externally_initialized global i32 7
__device__ int counter = 7;
// CHECK-DAG: @shown.cuport = internal externally_initialized global ptr @shown.managed.cuport
__managed__ int shown;

// RDC-DAG: declare {{.*}}i32 @_Z5otheri.cuport(
extern __device__ int other(int);
// CHECK-DAG: declare {{.*}} @plain.cuport(
extern "C" __device__ int plain(int);
// CHECK-DAG: declare {{.*}}double @j0(double
// RDC-DAG: define {{.*}}i32 @_Z7public_i.cuport(
__attribute__((noinline)) __device__ int public_(int x) { return x + counter; }

template <typename T> __global__ void kernel(T *p) { *p = T(other(public_(plain(table[0])))) + T(j0(double(shown))); }

// The host half calls it _ZL6hiddenPi, and with -rdc what clang makes external.
static __global__ void hidden(int *p) { *p = 1; }

// Kernels, then variables; a managed one is its data.
// CHECK-DAG: c"_Z6kernelIfEvPT_\00"
// CHECK-DAG: c"_ZL6hiddenPi\00"
// RDC-DAG: c"_ZL6hiddenPi.intern.{{[0-9a-f]+}}\00"
// CHECK-DAG: @cuport.variables = {{.*}} ptr @table.cuport, i64 8, i32 1, ptr @{{[^}]*}} }{{.*}} ptr @counter.cuport, i64 4, i32 0, ptr @{{[^}]*}} }{{.*}} ptr @shown.managed.cuport, i64 4, i32 2, ptr @{{[^}]*}} }
// What a parameter points to, and what a variable is.
// CHECK-DAG: c"*4@0f4\00"
// CHECK-DAG: c"*4@0i4\00"
// CHECK-DAG: c"4@0i4\00"
// CHECK-DAG: define internal void @_ZL6hiddenPi.cuport.thread(ptr
void host(float *f, int *i) {
  kernel<<<1, 1>>>(f);
  hidden<<<1, 1>>>(i);
}
