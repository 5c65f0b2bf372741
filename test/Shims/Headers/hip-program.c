// HIP's API in C, for a compiler that knows nothing of kernels.

// RUN: %clangxx -x c -std=c11 -Wall -Werror %s -I%toolkit/include/cuport -L%toolkit/lib -lcuport-rt -Wl,-rpath,%toolkit/lib -o %t
// RUN: %t | FileCheck %s

#include <hip/hip_runtime.h>
#include <stdio.h>

int main(void) {
  int source[4] = {1, 2, 3, 4}, back[4] = {0};
  void *device;
  hipDeviceProp_t properties;
  hipError_t error = hipMalloc(&device, sizeof source);
  if (error == hipSuccess)
    error = hipMemcpy(device, source, sizeof source, hipMemcpyHostToDevice);
  if (error == hipSuccess)
    error = hipMemcpy(back, device, sizeof back, hipMemcpyDeviceToHost);
  printf("%d %s %d\n", back[3], hipGetErrorName(error), hipGetDeviceProperties(&properties, 99) == hipErrorInvalidDevice);
  // CHECK: 4 hipSuccess 1
  hipFree(device);
  return 0;
}
