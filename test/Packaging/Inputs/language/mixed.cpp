#include <cstdio>
#include <cuda_runtime.h>

void run(int *numbers);

int main() {
  int *numbers, host[8];
  cudaMalloc(&numbers, sizeof host);
  run(numbers);
  cudaMemcpy(host, numbers, sizeof host, cudaMemcpyDeviceToHost);
  std::printf("mixed: %d\n", host[7]);
}
