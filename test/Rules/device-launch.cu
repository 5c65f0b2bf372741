// Dynamic parallelism: HIP has neither launches nor the runtime in device code.
// RUN: not %cuport report %s --format=json | %python %S/../Frontend/Inputs/findings.py | FileCheck %s
// RUN: not %cuport translate %s -o %t 2>&1 | FileCheck %s --check-prefix=TEXT

#include <cuda_runtime.h>
__global__ void child(int *p) {}

__global__ void parent(int *p) {
  // CHECK: [[#@LINE+2]]:8 kernel-launch - redesign resolved
  // TEXT: [[#@LINE+1]]:8: {{.*}}a kernel is launched in device code (dynamic parallelism)
  child<<<1, 1>>>(p);
  // CHECK: [[#@LINE+2]]:3 api-name cudaDeviceSynchronize unsupported resolved
  // TEXT: [[#@LINE+1]]:3: {{.*}}'cudaDeviceSynchronize' is called in device code
  cudaDeviceSynchronize();
}

template <typename T> __device__ void nested(T *p) {
  // CHECK: [[#@LINE+1]]:8 kernel-launch - redesign resolved
  child<<<1, 1>>>(p);
}

// What stands for the host in a function of both sides is host code.
__host__ __device__ void both(int *p) {
#ifdef __CUDA_ARCH__
  // CHECK: [[#@LINE+1]]:8 kernel-launch - redesign resolved
  child<<<1, 1>>>(p);
#else
  // CHECK: [[#@LINE+1]]:3 api-name cudaDeviceSynchronize rename resolved
  cudaDeviceSynchronize();
#endif
}

int main() {
  auto later = [](int *p) {
    // CHECK: [[#@LINE+1]]:10 kernel-launch - as-is resolved
    child<<<1, 1>>>(p);
  };
  // CHECK: [[#@LINE+1]]:3 api-name cudaDeviceSynchronize rename resolved
  cudaDeviceSynchronize();
}
