// Work of a stream runs in order; cudaStreamQuery and cudaStreamSynchronize
// RUN: %conformance %s

#include "Check.h"

__global__ void step(int *number, int from, int to) {
  if (*number == from)
    *number = to;
}

int main() {
  cudaStream_t stream;
  CHECK_OK(cudaStreamCreate(&stream));
  int *number = nullptr, back = -1;
  CHECK_OK(cudaMalloc(&number, sizeof *number));
  CHECK_OK(cudaMemsetAsync(number, 0, sizeof *number, stream));
  for (int i = 0; i < 100; ++i)
    step<<<1, 1, 0, stream>>>(number, i, i + 1);
  CHECK_OK(cudaMemcpyAsync(&back, number, sizeof back, cudaMemcpyDeviceToHost, stream));
  CHECK_OK(cudaStreamSynchronize(stream));
  CHECK(back == 100);
  CHECK_OK(cudaStreamQuery(stream));
  CHECK_OK(cudaStreamDestroy(stream));
  CHECK_OK(cudaFree(number));
}
