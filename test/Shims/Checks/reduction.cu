// A tree in shared memory. Mistakes: it begins one too far; a barrier is missing.
// REQUIRES: sanitizers
// RUN: %check-address
// RUN: %check-thread
// RIGHT: {{^}}0 of {{[0-9]+}} wrong, no error
// OUTSIDE: AddressSanitizer: use-after-poison
// RACE: ThreadSanitizer: data race

#include "Checked.h"

__global__ void reduce(const int *in, int *out, Mistake mistake) {
  __shared__ int part[64];
  part[threadIdx.x] = in[blockIdx.x * 64 + threadIdx.x];
  __syncthreads();
  for (int half = 32; half; half /= 2) {
    if (threadIdx.x < half)
      part[threadIdx.x] += part[threadIdx.x + half + (mistake == Outside)]; // OUTSIDE: reduction.cu:[[@LINE]]
    if (mistake != Race) // RACE-COUNT-2: reduction.cu:[[@LINE-1]]
      __syncthreads();
  }
  if (threadIdx.x == 0)
    out[blockIdx.x] = part[0];
}

int main(int argc, char **argv) {
  int *in = counted(128), *out = counted(2);
  reduce<<<2, 64>>>(in, out, mistakeOf(argc, argv));
  compare(out, 2, [](int block) { return 64 * 63 / 2 + 64 * 64 * block; });
  cudaFree(in);
}
