// The null stream waits for other streams and they for it; a non-blocking one does neither
// RUN: %conformance %s

#include "Check.h"

__global__ void add(int *number, int what) { *number += what; }
__global__ void times(int *number, int what) { *number *= what; }

int main() {
  cudaStream_t one, two, free;
  CHECK_OK(cudaStreamCreate(&one));
  CHECK_OK(cudaStreamCreate(&two));
  CHECK_OK(cudaStreamCreateWithFlags(&free, cudaStreamNonBlocking));
  unsigned flags = 99;
  CHECK_OK(cudaStreamGetFlags(free, &flags));
  CHECK(flags == cudaStreamNonBlocking);
  int *number = nullptr, back = 0;
  CHECK_OK(cudaMalloc(&number, sizeof *number));
  CHECK_OK(cudaMemset(number, 0, sizeof *number));
  add<<<1, 1, 0, one>>>(number, 1);
  times<<<1, 1>>>(number, 10);
  add<<<1, 1, 0, two>>>(number, 2);
  times<<<1, 1>>>(number, 10);
  CHECK_OK(cudaMemcpy(&back, number, sizeof back, cudaMemcpyDeviceToHost));
  CHECK(back == 120);
  CHECK_OK(cudaStreamDestroy(one));
  CHECK_OK(cudaStreamDestroy(two));
  CHECK_OK(cudaStreamDestroy(free));
  CHECK_OK(cudaFree(number));
}
