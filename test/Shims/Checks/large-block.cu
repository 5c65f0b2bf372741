// More threads than ThreadSanitizer tells apart: it would see no race at all behind the first barrier. Each block has shared memory anew,
// for the threads that are not told apart, too.
// REQUIRES: sanitizers
// RUN: %check-thread
// RIGHT: cuport: --check=thread tells 200 threads of kernels at a time apart: races between others are not seen
// RIGHT: {{^}}0 of {{[0-9]+}} wrong, no error
// RACE: ThreadSanitizer: data race

#include "Checked.h"

constexpr int Threads = 1024, Blocks = 3;

__global__ void shift(int *out, Mistake mistake) {
  __shared__ int all[Threads];
  all[threadIdx.x] = threadIdx.x;
  __syncthreads();
  const int next = all[(threadIdx.x + 1) % Threads]; // RACE-DAG: large-block.cu:[[@LINE]]
  if (mistake != Race)
    __syncthreads();
  all[threadIdx.x] = next; // RACE-DAG: large-block.cu:[[@LINE]]
  __syncthreads();
  out[blockIdx.x * Threads + threadIdx.x] = all[threadIdx.x];
}

int main(int argc, char **argv) {
  int *out = counted(Blocks * Threads);
  shift<<<Blocks, Threads>>>(out, mistakeOf(argc, argv));
  compare(out, Blocks * Threads, [](int i) { return (i + 1) % Threads; });
}
