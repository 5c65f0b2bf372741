// Sums of all before, with two buffers. Mistakes: the buffers are too small; there is but one.
// REQUIRES: sanitizers
// RUN: %check-address
// RUN: %check-thread
// RIGHT: {{^}}0 of {{[0-9]+}} wrong, no error
// OUTSIDE: AddressSanitizer: use-after-poison
// RACE: ThreadSanitizer: data race

#include "Checked.h"

__global__ void scan(int *data, Mistake mistake) {
  extern __shared__ int buffer[];
  const int i = threadIdx.x, n = blockDim.x;
  int from = 0, to = mistake == Race ? 0 : n;
  buffer[i] = data[i];
  __syncthreads();
  for (int step = 1; step < n; step *= 2) {
    buffer[to + i] = buffer[from + i] + (i >= step ? buffer[from + i - step] : 0); // OUTSIDE: scan.cu:[[@LINE]]
    __syncthreads(); // RACE-COUNT-2: scan.cu:[[@LINE-1]]
    const int other = from;
    from = to;
    to = other;
  }
  data[i] = buffer[from + i];
}

int main(int argc, char **argv) {
  const Mistake mistake = mistakeOf(argc, argv);
  int *data = counted(64);
  scan<<<1, 64, (mistake == Outside ? 96 : 128) * sizeof(int)>>>(data, mistake);
  compare(data, 64, [](int i) { return i * (i + 1) / 2; });
}
