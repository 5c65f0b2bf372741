#include <cstdio>

__device__ int twice(int x);

__global__ void fill(int *numbers) { numbers[threadIdx.x] = twice(threadIdx.x); }

int main() {
  int *numbers, host[8];
  cudaMalloc(&numbers, sizeof host);
  fill<<<1, 8>>>(numbers);
  cudaMemcpy(host, numbers, sizeof host, cudaMemcpyDeviceToHost);
  std::printf("prog: %d\n", host[7]);
}
