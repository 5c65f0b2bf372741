// Counts in shared memory, then in device memory. Mistakes: a bin too many; an increment that is no atomic.
// REQUIRES: sanitizers
// RUN: %check-address
// RUN: %check-thread
// RIGHT: {{^}}0 of {{[0-9]+}} wrong, no error
// OUTSIDE: AddressSanitizer: use-after-poison
// RACE: ThreadSanitizer: data race

#include "Checked.h"

__global__ void count(const int *in, int n, int *bins, Mistake mistake) {
  __shared__ int own[32];
  own[threadIdx.x] = 0;
  __syncthreads();
  for (int i = blockIdx.x * 32 + threadIdx.x; i < n; i += gridDim.x * 32) {
    const int bin = in[i] % 32 + (mistake == Outside);
    if (mistake == Race)
      ++own[bin / 2]; // RACE-COUNT-2: histogram.cu:[[@LINE]]
    else
      atomicAdd(&own[bin], 1); // OUTSIDE: histogram.cu:[[@LINE]]
  }
  __syncthreads();
  atomicAdd(&bins[threadIdx.x], own[threadIdx.x]);
}

int main(int argc, char **argv) {
  int *in = counted(320), *bins = counted(32);
  count<<<2, 32>>>(in, 320, bins, mistakeOf(argc, argv));
  compare(bins, 32, [](int bin) { return bin + 10; });
  cudaFree(in);
}
