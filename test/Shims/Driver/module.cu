// -fatbin, -cubin, -ptx: a module that cuModuleLoad loads, with its kernels and variables by name.

// RUN: %cuport-cc -fatbin -DMODULE %s -o %t.fatbin && %cuport-cc -O1 %s -lcuda -o %t
// RUN: %t %t.fatbin | FileCheck %s
// RUN: %cuport-cc -ptx -DMODULE %s -o %t.ptx && %t %t.ptx | FileCheck %s
// CHECK: 142 143

#ifdef MODULE
extern "C" __device__ int base = 41;
static __constant__ int more;
extern "C" __global__ void fill(int *out) { out[threadIdx.x] = base + more + threadIdx.x; }
#else
#include <cstdio>
#include <cuda.h>

int main(int, char **words) {
  CUdevice device;
  CUcontext context;
  CUmodule module;
  CUfunction function;
  CUdeviceptr out, base;
  size_t size;
  int host[2] = {}, start = 42;
  cuInit(0);
  cuDeviceGet(&device, 0);
  cuCtxCreate(&context, 0, device);
  if (CUresult wrong = cuModuleLoad(&module, words[1]))
    return std::printf("cuModuleLoad: %d\n", wrong);
  if (CUresult wrong = cuModuleGetFunction(&function, module, "fill"))
    return std::printf("cuModuleGetFunction: %d\n", wrong);
  if (CUresult wrong = cuModuleGetGlobal(&base, &size, module, "base"))
    return std::printf("cuModuleGetGlobal: %d\n", wrong);
  cuMemcpyHtoD(base, &start, sizeof start);
  if (CUresult wrong = cuModuleGetGlobal(&base, &size, module, "more"))
    return std::printf("cuModuleGetGlobal: %d\n", wrong);
  start = 100;
  cuMemcpyHtoD(base, &start, sizeof start);
  cuMemAlloc(&out, sizeof host);
  void *arguments[] = {&out};
  cuLaunchKernel(function, 1, 1, 1, 2, 1, 1, 0, nullptr, arguments, nullptr);
  cuMemcpyDtoH(host, out, sizeof host);
  std::printf("%d %d\n", host[0], host[1]);
  return cuModuleUnload(module);
}
#endif
