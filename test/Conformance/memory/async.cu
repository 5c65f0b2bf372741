// cudaMallocAsync and cudaFreeAsync are ordered by their stream
// RUN: %conformance %s

#include "Check.h"

__global__ void set(int *numbers) { numbers[threadIdx.x] = threadIdx.x; }

int main() {
  cudaStream_t stream;
  CHECK_OK(cudaStreamCreate(&stream));
  int *numbers = nullptr, back[8] = {};
  CHECK_OK(cudaMallocAsync(&numbers, sizeof back, stream));
  set<<<1, 8, 0, stream>>>(numbers);
  CHECK_OK(cudaMemcpyAsync(back, numbers, sizeof back, cudaMemcpyDeviceToHost, stream));
  CHECK_OK(cudaFreeAsync(numbers, stream));
  CHECK_OK(cudaStreamSynchronize(stream));
  CHECK(back[7] == 7);
  CHECK_OK(cudaStreamDestroy(stream));
}
