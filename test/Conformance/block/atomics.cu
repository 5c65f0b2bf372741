// Atomics on device memory by many blocks
// RUN: %conformance %s

#include "Check.h"

__global__ void count(int *sum, unsigned *least, unsigned long long *wide, float *real, int *last) {
  unsigned i = blockIdx.x * blockDim.x + threadIdx.x;
  atomicAdd(sum, 1);
  atomicMin(least, i + 5);
  atomicAdd(wide, 1ull << 32);
  atomicAdd(real, 0.5f);
  atomicMax(last, int(i));
}

int main() {
  struct {
    unsigned long long wide;
    int sum, last;
    unsigned least;
    float real;
  } host = {0, 0, -1, 1000000, 0}, *device = nullptr;
  CHECK_OK(cudaMalloc(&device, sizeof host));
  CHECK_OK(cudaMemcpy(device, &host, sizeof host, cudaMemcpyHostToDevice));
  count<<<16, 128>>>(&device->sum, &device->least, &device->wide, &device->real, &device->last);
  CHECK_OK(cudaMemcpy(&host, device, sizeof host, cudaMemcpyDeviceToHost));
  CHECK(host.sum == 2048 && host.last == 2047 && host.least == 5);
  CHECK(host.wide == 2048ull << 32 && host.real == 1024);
  CHECK_OK(cudaFree(device));
}
