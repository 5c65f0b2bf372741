// cudaMallocHost, cudaHostAlloc, cudaHostRegister: kernels reach the host's memory
// RUN: %conformance %s

#include "Check.h"

__global__ void add(int *numbers, int what) { numbers[threadIdx.x] += what; }

int main() {
  int *pinned = nullptr, *mapped = nullptr, *device = nullptr;
  CHECK_OK(cudaMallocHost(&pinned, 32 * sizeof(int)));
  CHECK_OK(cudaHostAlloc(&mapped, 32 * sizeof(int), cudaHostAllocMapped));
  CHECK_OK(cudaHostGetDevicePointer(&device, mapped, 0));
  for (int i = 0; i < 32; ++i)
    pinned[i] = mapped[i] = i;
  add<<<1, 32>>>(pinned, 100);
  add<<<1, 32>>>(device, 200);
  CHECK_OK(cudaDeviceSynchronize());
  CHECK(pinned[31] == 131 && mapped[31] == 231);
  CHECK_OK(cudaFreeHost(pinned));
  CHECK_OK(cudaFreeHost(mapped));
  int *own = static_cast<int *>(std::malloc(4096));
  own[0] = 5;
  CHECK_OK(cudaHostRegister(own, 4096, cudaHostRegisterMapped));
  CHECK_OK(cudaHostGetDevicePointer(&device, own, 0));
  add<<<1, 1>>>(device, 1);
  CHECK_OK(cudaDeviceSynchronize());
  CHECK(own[0] == 6);
  CHECK_OK(cudaHostUnregister(own));
  std::free(own);
}
