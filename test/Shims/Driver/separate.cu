// -rdc=true: device functions, variables and constants of another file; without it each file has its own.

// RUN: rm -rf %t && split-file %s %t
// RUN: %cuport-cc -O1 -dc %t/one.cu -o %t/one.o && %cuport-cc -O1 -rdc=true -c %t/two.cu -o %t/two.o
// RUN: %cuport-cc -dlink %t/one.o %t/two.o -o %t/link.o
// RUN: %cuport-cc %t/one.o %t/two.o %t/link.o -o %t/prog && %t/prog | FileCheck %s --check-prefix=SEPARATE
// SEPARATE: 3 * 5 + 100 = 115

// A static variable that kernels use before the host does. (clang's own code for AMD does not find it then.)
// RUN: %cuport-cc -O1 -rdc=true %t/last.cu -o %t/last && %t/last | FileCheck %s --check-prefix=LAST
// LAST: last 7

// RUN: not %cuport-cc %t/one.cu %t/two.cu -o %t/prog 2>&1 | FileCheck %s --check-prefix=WHOLE
// WHOLE: undefined symbol: times(int)
// WHOLE: note: device code of another file is found only where both are compiled with -rdc=true

// RUN: %cuport-cc -O1 %t/own1.cu %t/own2.cu -o %t/own && %t/own | FileCheck %s --check-prefix=OWN
// OWN: 1 2

//--- one.cu
#include <cstdio>
extern __device__ int factor;
extern __constant__ int offset;
__device__ int times(int x);
__global__ void compute(int *out) { *out = times(3) + offset; }
int main() {
  int *out, host = 0, five = 5;
  cudaMalloc(&out, sizeof host);
  cudaMemcpyToSymbol(factor, &five, sizeof five);
  compute<<<1, 1>>>(out);
  cudaMemcpy(&host, out, sizeof host, cudaMemcpyDeviceToHost);
  std::printf("3 * 5 + 100 = %d\n", host);
}
//--- two.cu
__device__ int factor = 1;
__constant__ int offset = 100;
__device__ int times(int x) { return x * factor; }
//--- last.cu
#include <cstdio>
static __device__ int last = 1;
__global__ void reset() { last += 6; }
int main() {
  int host = 0;
  reset<<<1, 1>>>();
  cudaMemcpyFromSymbol(&host, last, sizeof host);
  std::printf("last %d\n", host);
}
//--- own1.cu
#include <cstdio>
static __device__ int value = 1;
__device__ int get() { return value; }
static __global__ void read(int *out) { *out = get(); }
int second();
int main() {
  int *out, host = 0;
  cudaMalloc(&out, sizeof host);
  read<<<1, 1>>>(out);
  cudaMemcpy(&host, out, sizeof host, cudaMemcpyDeviceToHost);
  std::printf("%d %d\n", host, second());
}
//--- own2.cu
static __device__ int value = 2;
__device__ int get() { return value; }
static __global__ void read(int *out) { *out = get(); }
int second() {
  int *out, host = 0;
  cudaMalloc(&out, sizeof host);
  read<<<1, 1>>>(out);
  cudaMemcpy(&host, out, sizeof host, cudaMemcpyDeviceToHost);
  return host;
}
