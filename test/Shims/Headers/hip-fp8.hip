// HIP's names of 8-bit floats: 1.5 is 0x3c in E4M3 and 0x3e in E5M2, and what is too large saturates at 448.

// RUN: %cuport-cc %s -o %t && %t | FileCheck %s
// CHECK: 60 62 1.5 448

#include <hip/hip_fp8.h>
#include <hip/hip_runtime.h>

__global__ void convert(float *p) {
  p[0] = __hip_cvt_float_to_fp8(1.5f, __HIP_SATFINITE, __HIP_E4M3);
  p[1] = __hip_cvt_float_to_fp8(1.5f, __HIP_SATFINITE, __HIP_E5M2);
  p[2] = float(__hip_fp8_e4m3(1.5f));
  p[3] = float(__hip_fp8_e4m3(1e6f));
}

int main() {
  float *device, host[4];
  hipMalloc(&device, sizeof host);
  convert<<<1, 1>>>(device);
  hipMemcpy(host, device, sizeof host, hipMemcpyDeviceToHost);
  printf("%g %g %g %g\n", host[0], host[1], host[2], host[3]);
}
