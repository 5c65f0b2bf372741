// HIP source is compiled as HIP: it sees HIP's macros and headers, and CUDA's do not get in the way.

// RUN: %cuport-cc -O1 -Werror=undef %s -o %t && %t | FileCheck %s
// RUN: cp %s %t.cpp && %toolkit/bin/hipcc -O1 --offload-arch=gfx906 %t.cpp -o %t.hipcc && %t.hipcc | FileCheck %s
// CHECK: host 1 0, device 1 0, sum 6

#include <cstdio>

#ifdef __CUDACC__
#define IS_CUDA 1
#else
#define IS_CUDA 0
#endif
#ifdef __HIP_PLATFORM_AMD__
#define IS_HIP 1
#else
#define IS_HIP 0
#endif

__global__ void fill(int *out) {
  out[threadIdx.x] = threadIdx.x;
  if (threadIdx.x == 0) {
    out[4] = IS_HIP;
    out[5] = IS_CUDA;
  }
}

int main() {
  int *out, host[6];
  if (hipMalloc(&out, sizeof host) != hipSuccess)
    return 1;
  hipLaunchKernelGGL(fill, dim3(1), dim3(4), 0, nullptr, out);
  (void)hipMemcpy(host, out, sizeof host, hipMemcpyDeviceToHost);
  std::printf("host %d %d, device %d %d, sum %d\n", IS_HIP, IS_CUDA, host[4], host[5], host[0] + host[1] + host[2] + host[3]);
  return hipFree(out);
}
