// A grid-stride loop. Mistakes: one element too many; a sum without an atomic.
// REQUIRES: sanitizers
// RUN: %check-address
// RUN: %check-thread
// RIGHT: {{^}}0 of {{[0-9]+}} wrong, no error
// OUTSIDE: AddressSanitizer: heap-buffer-overflow
// RACE: ThreadSanitizer: data race

#include "Checked.h"

__global__ void add(int *a, const int *b, int n, int *sum, Mistake mistake) {
  for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < n + (mistake == Outside); i += gridDim.x * blockDim.x) {
    a[i] += b[i]; // OUTSIDE: vector-add.cu:[[@LINE]]
    if (mistake == Race)
      *sum += a[i]; // RACE-COUNT-2: vector-add.cu:[[@LINE]]
    else
      atomicAdd(sum, a[i]);
  }
}

int main(int argc, char **argv) {
  int *a = counted(100), *b = counted(100), *sum = counted(1);
  add<<<2, 16>>>(a, b, 100, sum, mistakeOf(argc, argv));
  compare(a, 100, [](int i) { return 2 * i; });
  compare(sum, 1, [](int) { return 9900; });
  cudaFree(b);
}
