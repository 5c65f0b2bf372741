// NVIDIA's own header computes occupancy from the properties of a device, and refuses those that no device of that compute capability has.
// REQUIRES: cuda-toolkit
// RUN: %cuport-cc %s -o %t -idirafter %cuda-path/include && %t
// RUN: env CUPORT_SHARED_MEMORY=49152 %t

#include <cuda_occupancy.h>
#include <cuda_runtime.h>

__global__ void kernel(int *x) { *x = 1; }

int main() {
  cudaDeviceProp device;
  cudaFuncAttributes function;
  if (cudaGetDeviceProperties(&device, 0) || cudaFuncGetAttributes(&function, kernel))
    return 1;
  cudaOccDeviceProp properties(device);
  cudaOccFuncAttributes attributes(function);
  cudaOccDeviceState state;
  cudaOccResult result;
  int grid = 0, block = 0, granularity = 0;
  if (cudaOccMaxPotentialOccupancyBlockSize(&grid, &block, &properties, &attributes, &state, 0) || block < 32 || grid < 1)
    return 2;
  if (cudaOccMaxActiveBlocksPerMultiprocessor(&result, &properties, &attributes, &state, block, 1024) || result.activeBlocksPerMultiprocessor < 1)
    return 3;
  // What a block may have at most fits on a multiprocessor.
  if (cudaFuncSetAttribute(kernel, cudaFuncAttributeMaxDynamicSharedMemorySize, int(device.sharedMemPerBlockOptin)))
    return 4;
  int blocks = 0;
  if (cudaOccupancyMaxActiveBlocksPerMultiprocessor(&blocks, kernel, 32, device.sharedMemPerBlockOptin) || blocks < 1)
    return 5;
  return cudaOccSMemAllocationGranularity(&granularity, &properties) ? 6 : 0;
}
