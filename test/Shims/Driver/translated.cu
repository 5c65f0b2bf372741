// What translate makes of CUDA builds and runs like it, where HIP has it only by a builtin of AMD's compiler, too.
// RUN: %cuport-cc %s -o %t.cuda && %t.cuda | FileCheck %s
// RUN: rm -rf %t && mkdir -p %t/in && cp %s %t/in/program.cu && not %cuport translate %t/in -o %t/out > %t/report
// RUN: FileCheck %s --check-prefix=HIP --input-file=%t/out/program.cu
// RUN: %toolkit/bin/hipcc %t/out/program.cu -o %t/program && %t/program | FileCheck %s
// HIP: __builtin_amdgcn_wave_barrier()
// HIP: hipMemcpy(
// CHECK: last 31, first 0

#include <cstdio>

__global__ void reverse(int *out) {
  __shared__ int shared[32];
  shared[threadIdx.x] = threadIdx.x;
  __syncwarp();
  out[threadIdx.x] = shared[31 - threadIdx.x];
}

int main() {
  int *out, host[32];
  cudaMalloc(&out, sizeof host);
  reverse<<<1, 32>>>(out);
  cudaMemcpy(host, out, sizeof host, cudaMemcpyDeviceToHost);
  std::printf("last %d, first %d\n", host[0], host[31]);
  return cudaFree(out);
}
