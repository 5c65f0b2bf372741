// What nvcc compiles and HIP's compilers refuse: each place is named, none is an error of the parse, and cuport-cc takes what it can.
// RUN: { %cuport report %s --format=json > %t.json; test $? -eq 1; }
// RUN: %python %S/../Frontend/Inputs/findings.py < %t.json | FileCheck %s --implicit-check-not=' nvcc-only ' --implicit-check-not=parse-error
// RUN: { %cuport translate %s -o %t.out 2> %t.err; test $? -eq 1; }
// RUN: FileCheck %s --check-prefix=TEXT --input-file=%t.err
// RUN: FileCheck %s --check-prefix=OUT --input-file=%t.out/nvcc-only.cu
// RUN: %cuport-cc -c -DNOT_YET %s -o %t.o 2> %t.warnings
// RUN: FileCheck %s --check-prefix=WARN --input-file=%t.warnings
// RUN: not %cuport-cc -x hip -DNOT_YET -fsyntax-only %t.out/nvcc-only.cu 2>&1 | FileCheck %s --check-prefix=HIP

#include <cuda_runtime.h>

// CHECK: nvcc-only.cu:[[#@LINE+4]]:16 nvcc-only narrowing in braces review resolved
// CHECK: nvcc-only.cu:[[#@LINE+6]]:3 nvcc-only stray loop pragma review resolved
// TEXT-DAG: nvcc-only.cu:[[#@LINE+2]]:16: warning: HIP's compilers stop here: type 'float' cannot be narrowed to 'int' in initializer list; nvcc converts the value: cast it [nvcc-only]
__global__ void cells(int2 *out, float x) {
  int2 cell = {x, 1};
#pragma unroll
  // TEXT-DAG: nvcc-only.cu:[[#@LINE+1]]:3: warning: HIP's compilers stop here: expected a for, while, or do-while loop to follow '#pragma unroll'; nvcc leaves the pragma out: take it away [nvcc-only]
  out[0] = cell;
#pragma unroll
  for (int i = 0; i < 4; ++i)
    out[i] = int2{i, 2};
}
#define SUFFIX "d"
// CHECK: nvcc-only.cu:[[#@LINE+2]]:51 nvcc-only name behind a literal edit resolved
// OUT: return "%l" "%" SUFFIX; }
const char *format(bool decimal) { return "%l" "%"SUFFIX; }
// CHECK: nvcc-only.cu:[[#@LINE+1]]:27 nvcc-only narrowing in braces review resolved
dim3 grid(int n) { dim3 g{n, 1, 1}; return g; }

// WARN: warning: type 'float' cannot be narrowed to 'int'
// WARN-NOT: pragma
// HIP: error: type 'float' cannot be narrowed to 'int'
// HIP: error: expected a for, while, or do-while loop to follow '#pragma unroll'

__host__ __device__ int twice(int a);
// CHECK: nvcc-only.cu:[[#@LINE+2]]:1 nvcc-only other execution space edit resolved
// OUT: {{^}}__host__ __device__ int twice(int a) { return 2 * a; }
int twice(int a) { return 2 * a; }
struct Sum {
  int value;
  __device__ void add(int n);
  __device__ void take(int n);
};
// CHECK: nvcc-only.cu:[[#@LINE+2]]:1 nvcc-only other execution space edit resolved
// OUT: {{^}}__device__ void Sum::add(int n) { value += n; }
void Sum::add(int n) { value += n; }
#define MEMBER(name, op) void Sum::name(int n) { value op n; }
// CHECK: nvcc-only.cu:[[#@LINE+2]]:8 nvcc-only other execution space review resolved
// TEXT-DAG: nvcc-only.cu:[[#@LINE+1]]:8: warning: HIP's compilers stop here: what a macro declares lacks '__device__'; to nvcc
MEMBER(take, -=)

// CHECK: nvcc-only.cu:[[#@LINE+2]]:1 nvcc-only main without a type edit resolved
// OUT: {{^}}int main(int argc, char **) {
main(int argc, char **) {
#ifndef NOT_YET
  // CHECK: nvcc-only.cu:[[#@LINE+2]]:14 nvcc-only initializer of an array of variable length review resolved
  // TEXT-DAG: nvcc-only.cu:[[#@LINE+1]]:14: warning: {{.*}}variable-sized object may not be initialized; nvcc's host compiler fills the array
  float sums[argc] = {};
#endif
}
#ifndef NOT_YET
// CHECK: nvcc-only.cu:[[#@LINE+2]]:65 nvcc-only pointer ordered before 0 review resolved
// TEXT-DAG: nvcc-only.cu:[[#@LINE+1]]:65: warning: {{.*}}ordered comparison between pointer and zero
__device__ bool is_there(const float *pointer) { return pointer > 0; }
#endif
