// In shared memory. Mistakes: a partner that is not there; no barrier between two steps.
// REQUIRES: sanitizers
// RUN: %check-address
// RUN: %check-thread
// RIGHT: {{^}}0 of {{[0-9]+}} wrong, no error
// OUTSIDE: AddressSanitizer: use-after-poison
// RACE: ThreadSanitizer: data race

#include "Checked.h"

__global__ void sort(int *data, Mistake mistake) {
  __shared__ int own[64];
  const unsigned i = threadIdx.x;
  own[i] = data[63 - i] * 5 % 64;
  __syncthreads();
  for (unsigned size = 2; size <= 64; size *= 2)
    for (unsigned step = size / 2; step; step /= 2) {
      const unsigned other = mistake == Outside ? i + step : i ^ step;
      if (other > i) {
        const int a = own[i], b = own[other]; // OUTSIDE: bitonic-sort.cu:[[@LINE]]
        if ((a > b) == ((i & size) == 0)) {
          own[i] = b; // RACE: bitonic-sort.cu:[[@LINE]]
          own[other] = a;
        }
      }
      if (mistake != Race)
        __syncthreads();
    }
  data[i] = own[i];
}

int main(int argc, char **argv) {
  int *data = counted(64);
  sort<<<1, 64>>>(data, mistakeOf(argc, argv));
  compare(data, 64, [](int i) { return i; });
}
