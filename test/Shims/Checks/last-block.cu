// The block that comes last adds up what the others have left. Mistakes: partial sums of a block too many; no fence before the count, or no count.
// REQUIRES: sanitizers
// RUN: %check-address
// RUN: %check-thread
// RUN: %cuport-cc -std=c++17 -I%S/Inputs --check=thread -DUNFENCED %s -o %t.unfenced
// RUN: not %t.unfenced 2>&1 | FileCheck %s --check-prefix=RACE
// RIGHT: {{^}}0 of {{[0-9]+}} wrong, no error
// OUTSIDE: AddressSanitizer: heap-buffer-overflow
// RACE: ThreadSanitizer: data race

#include "Checked.h"

__device__ unsigned arrived;

__global__ void total(const int *in, int *partial, int *out, Mistake mistake) {
  __shared__ bool last;
  __shared__ int sum;
  if (threadIdx.x == 0)
    sum = 0;
  __syncthreads();
  atomicAdd(&sum, in[blockIdx.x * blockDim.x + threadIdx.x]);
  __syncthreads();
  if (threadIdx.x == 0) {
    partial[blockIdx.x] = sum; // RACE-DAG: last-block.cu:[[@LINE]]
#ifndef UNFENCED
    __threadfence();
#endif
    last = mistake == Race ? blockIdx.x == gridDim.x - 1 : atomicAdd(&arrived, 1) == gridDim.x - 1;
  }
  __syncthreads();
  if (last && threadIdx.x == 0) {
    *out = 0;
    for (int i = 0; i < gridDim.x + (mistake == Outside); ++i)
      *out += partial[i]; // OUTSIDE: last-block.cu:[[@LINE]]
  } // RACE-DAG: last-block.cu:[[@LINE-1]]
}

int main(int argc, char **argv) {
  int *in = counted(128), *partial = counted(4), *out = counted(1);
  total<<<4, 32>>>(in, partial, out, mistakeOf(argc, argv));
  compare(out, 1, [](int) { return 128 * 127 / 2; });
  cudaFree(in);
  cudaFree(partial);
}
