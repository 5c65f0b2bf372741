// <<<>>> and cudaLaunchKernel: grids and blocks of three dimensions
// RUN: %conformance %s

#include "Check.h"

__global__ void place(int *numbers, int add) {
  int block = blockIdx.x + gridDim.x * (blockIdx.y + gridDim.y * blockIdx.z);
  int thread = threadIdx.x + blockDim.x * (threadIdx.y + blockDim.y * threadIdx.z);
  int size = blockDim.x * blockDim.y * blockDim.z;
  numbers[block * size + thread] += block * 1000 + thread + add;
}

int main() {
  const int blocks = 2 * 3 * 2, threads = 4 * 2 * 3;
  int *numbers = nullptr, back[blocks * threads], one = 1;
  CHECK_OK(cudaMalloc(&numbers, sizeof back));
  CHECK_OK(cudaMemset(numbers, 0, sizeof back));
  place<<<dim3(2, 3, 2), dim3(4, 2, 3)>>>(numbers, 0);
  CHECK_OK(cudaGetLastError());
  void *arguments[] = {&numbers, &one};
  CHECK_OK(cudaLaunchKernel(reinterpret_cast<const void *>(place), dim3(2, 3, 2), dim3(4, 2, 3), arguments, 0, nullptr));
  CHECK_OK(cudaMemcpy(back, numbers, sizeof back, cudaMemcpyDeviceToHost));
  for (int b = 0; b < blocks; ++b)
    for (int t = 0; t < threads; ++t)
      CHECK(back[b * threads + t] == 2 * (b * 1000 + t) + 1);
  CHECK_OK(cudaFree(numbers));
}
