// Three points, with a halo in shared memory. Mistakes: the halo of the first block; in place, so that a neighbour's is read.
// REQUIRES: sanitizers
// RUN: %check-address
// RUN: %check-thread
// RIGHT: {{^}}0 of {{[0-9]+}} wrong, no error
// OUTSIDE: AddressSanitizer: heap-buffer-overflow
// RACE: ThreadSanitizer: data race

#include "Checked.h"

__global__ void smooth(const int *in, int *out, int n, Mistake mistake) {
  __shared__ int near[34];
  const int i = blockIdx.x * 32 + threadIdx.x, at = threadIdx.x + 1;
  near[at] = in[i];
  if (threadIdx.x == 0)
    near[0] = i > 0 || mistake == Outside ? in[i - 1] : 0; // OUTSIDE: stencil.cu:[[@LINE]]
  if (threadIdx.x == 31)
    near[33] = i < n - 1 ? in[i + 1] : 0; // RACE-DAG: stencil.cu:[[@LINE]]
  __syncthreads();
  out[i] = near[at - 1] + near[at] + near[at + 1]; // RACE-DAG: stencil.cu:[[@LINE]]
}

int main(int argc, char **argv) {
  const Mistake mistake = mistakeOf(argc, argv);
  int *in = counted(128), *out = counted(128);
  smooth<<<4, 32>>>(in, mistake == Race ? in : out, 128, mistake);
  compare(out, 128, [](int i) { return i == 127 ? 126 + 127 : 3 * i + (i == 0); });
  cudaFree(in);
}
