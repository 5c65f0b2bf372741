// cudaPointerGetAttributes tells device, pinned, managed and plain memory apart
// RUN: %conformance %s

#include "Check.h"

int main() {
  int *device = nullptr, *pinned = nullptr, *managed = nullptr, plain = 0;
  cudaPointerAttributes attributes;
  CHECK_OK(cudaMalloc(&device, 64));
  CHECK_OK(cudaMallocHost(&pinned, 64));
  CHECK_OK(cudaMallocManaged(&managed, 64));
  CHECK_OK(cudaPointerGetAttributes(&attributes, device + 1));
  CHECK(attributes.type == cudaMemoryTypeDevice && attributes.devicePointer == device + 1 && attributes.device == 0);
  CHECK_OK(cudaPointerGetAttributes(&attributes, pinned));
  CHECK(attributes.type == cudaMemoryTypeHost && attributes.hostPointer == pinned);
  CHECK_OK(cudaPointerGetAttributes(&attributes, managed));
  CHECK(attributes.type == cudaMemoryTypeManaged);
  CHECK_OK(cudaPointerGetAttributes(&attributes, &plain));
  CHECK(attributes.type == cudaMemoryTypeUnregistered);
  CHECK_OK(cudaFree(device));
  CHECK_OK(cudaFreeHost(pinned));
  CHECK_OK(cudaFree(managed));
}
