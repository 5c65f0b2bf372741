// A breakpoint in a kernel stops there, with the thread's variables.
// REQUIRES: gdb
// RUN: %cuport-cc -G -g -O0 %s -o %t
// RUN: gdb -q -batch -nx -iex "set debuginfod enabled off" -ex "set breakpoint pending on" -ex "break debug.cu:18 if index == 2" \
// RUN:   -ex run -ex "print index" -ex "print value" -ex backtrace %t 2>&1 | FileCheck %s
// CHECK: debug.cu:18
// CHECK: $1 = 2
// CHECK: $2 = 21
// CHECK: fill

#include <cstdio>

__device__ int times(int index) { return index * 10; }

__global__ void fill(int *out) {
  int index = threadIdx.x;
  int value = times(index) + 1;
  out[index] = value;
}

int main() {
  int *out;
  cudaMalloc(&out, 4 * sizeof(int));
  fill<<<1, 4>>>(out);
  return cudaDeviceSynchronize();
}
