// cudaMemcpyToSymbol, cudaMemcpyFromSymbol, cudaGetSymbolAddress, cudaGetSymbolSize
// RUN: %conformance %s

#include "Check.h"

__constant__ float factors[4];
__device__ float sums[4];
static __device__ int started = 41;

__global__ void scale(float what) {
  sums[threadIdx.x] = factors[threadIdx.x] * what;
  if (threadIdx.x == 0)
    started += 1;
}

int main() {
  float host[4] = {1, 2, 3, 4}, back[4] = {};
  int count = 0;
  CHECK_OK(cudaMemcpyToSymbol(factors, host, sizeof host));
  CHECK_OK(cudaMemcpyToSymbol(factors, &host[0], sizeof(float), 3 * sizeof(float)));
  scale<<<1, 4>>>(10);
  CHECK_OK(cudaMemcpyFromSymbol(back, sums, sizeof back));
  CHECK(back[0] == 10 && back[2] == 30 && back[3] == 10);
  CHECK_OK(cudaMemcpyFromSymbol(&count, started, sizeof count));
  CHECK(count == 42);
  void *address = nullptr;
  size_t size = 0;
  CHECK_OK(cudaGetSymbolAddress(&address, sums));
  CHECK_OK(cudaGetSymbolSize(&size, sums));
  CHECK(size == sizeof back);
  CHECK_OK(cudaMemcpy(back, address, sizeof back, cudaMemcpyDeviceToHost));
  CHECK(back[1] == 20);
}
