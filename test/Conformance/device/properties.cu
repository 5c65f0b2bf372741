// cudaGetDeviceProperties and cudaDeviceGetAttribute say the same
// RUN: %conformance %s

#include "Check.h"

int main() {
  cudaDeviceProp properties;
  CHECK_OK(cudaGetDeviceProperties(&properties, 0));
  CHECK(properties.name[0]);
  CHECK(properties.warpSize == 32 || properties.warpSize == 64 || properties.warpSize == 128);
  CHECK(properties.maxThreadsPerBlock >= 64 && properties.maxThreadsPerBlock % properties.warpSize == 0);
  CHECK(properties.multiProcessorCount >= 1);
  CHECK(properties.maxThreadsDim[0] >= 64 && properties.maxGridSize[0] >= 65535);
  int value = 0;
  CHECK_OK(cudaDeviceGetAttribute(&value, cudaDevAttrWarpSize, 0));
  CHECK(value == properties.warpSize);
  CHECK_OK(cudaDeviceGetAttribute(&value, cudaDevAttrMaxThreadsPerBlock, 0));
  CHECK(value == properties.maxThreadsPerBlock);
  CHECK_OK(cudaDeviceGetAttribute(&value, cudaDevAttrMultiProcessorCount, 0));
  CHECK(value == properties.multiProcessorCount);
  CHECK_OK(cudaDeviceGetAttribute(&value, cudaDevAttrComputeCapabilityMajor, 0));
  CHECK(value == properties.major);
  int count = 0;
  CHECK_OK(cudaGetDeviceCount(&count));
  CHECK_IS(cudaErrorInvalidDevice, cudaGetDeviceProperties(&properties, count));
}
