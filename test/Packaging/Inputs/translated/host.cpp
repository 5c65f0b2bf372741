#include <cuda_runtime.h>
void launchTwice(int *values, int count);
int sumOfTwice(int count) {
  int *values = nullptr, sum = 0;
  cudaMallocManaged(&values, count * sizeof(int));
  for (int i = 0; i < count; ++i)
    values[i] = i;
  launchTwice(values, count);
  cudaDeviceSynchronize();
  for (int i = 0; i < count; ++i)
    sum += values[i];
  cudaFree(values);
  return sum;
}
