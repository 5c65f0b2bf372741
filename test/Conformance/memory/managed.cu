// cudaMallocManaged and __managed__: one address on both sides
// RUN: %conformance %s

#include "Check.h"

__managed__ int counter = 7;

__global__ void twice(int *numbers) {
  numbers[threadIdx.x] *= 2;
  if (threadIdx.x == 0)
    counter += 1;
}

int main() {
  int *numbers = nullptr;
  CHECK_OK(cudaMallocManaged(&numbers, 16 * sizeof(int)));
  for (int i = 0; i < 16; ++i)
    numbers[i] = i;
  twice<<<1, 16>>>(numbers);
  CHECK_OK(cudaDeviceSynchronize());
  CHECK(numbers[15] == 30 && counter == 8);
  counter = 1;
  twice<<<1, 16>>>(numbers);
  CHECK_OK(cudaDeviceSynchronize());
  CHECK(numbers[1] == 4 && counter == 2);
  CHECK_OK(cudaFree(numbers));
}
