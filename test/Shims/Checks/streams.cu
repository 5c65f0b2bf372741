// A kernel in one stream, and the host or another stream that waits for it. Mistakes: memory is freed before; two blocks where there is
// work for one. (Streams need not run in threads of their own, so that a race between two of them is not always seen.)
// REQUIRES: sanitizers
// RUN: %check-address
// RUN: %check-thread
// RIGHT: {{^}}0 of {{[0-9]+}} wrong, no error
// OUTSIDE: AddressSanitizer: heap-use-after-free
// RACE: ThreadSanitizer: data race

#include "Checked.h"

__global__ void add(int *data, int what) {
  data[threadIdx.x] += what; // OUTSIDE: streams.cu:[[@LINE]]
} // RACE-COUNT-2: streams.cu:[[@LINE-1]]

int main(int argc, char **argv) {
  const Mistake mistake = mistakeOf(argc, argv);
  int *data = counted(32);
  cudaStream_t first, second;
  cudaEvent_t done;
  cudaStreamCreateWithFlags(&first, cudaStreamNonBlocking);
  cudaStreamCreateWithFlags(&second, cudaStreamNonBlocking);
  cudaEventCreate(&done);
  add<<<1, 32, 0, first>>>(data, 1);
  cudaEventRecord(done, first);
  cudaStreamWaitEvent(second, done, 0);
  if (mistake == Outside)
    cudaFree(data);
  add<<<mistake == Race ? 2 : 1, 32, 0, second>>>(data, 2);
  cudaDeviceSynchronize();
  compare(data, 32, [](int i) { return i + 3; });
  cudaEventDestroy(done);
  cudaStreamDestroy(first);
  cudaStreamDestroy(second);
}
