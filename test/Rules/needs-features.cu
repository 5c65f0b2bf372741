// What launches and names ask of a card: threads and bytes where they are numbers, features by the group of the name.
// RUN: { %cuport report %s --hip-version=6.3 --format=json > %t.json; test $? -eq 1; }
// RUN: %python %S/Inputs/needs.py %t.json kernel-launch api-name qualified-name | FileCheck %s

#include <cooperative_groups.h>
#include <cuda_fp8.h>
#include <cuda_runtime.h>
#include <mma.h>

__global__ void kernel(float *x) {
  // CHECK: [[#@LINE+1]]: qualified-name: cooperative-launch 0{{$}}
  cooperative_groups::this_grid().sync();
  // CHECK: [[#@LINE+1]]: qualified-name: tensor-cores 0{{$}}
  nvcuda::wmma::fragment<nvcuda::wmma::accumulator, 16, 16, 16, float> f;
  // CHECK: [[#@LINE+1]]: api-name: fp8 0{{$}}
  __nv_fp8_e4m3 small;
}
__global__ void parent(float *x) {
  // CHECK: [[#@LINE+1]]: kernel-launch: dynamic-parallelism 0{{$}}
  kernel<<<1, 64>>>(x);
}

template <int N> void generic(float *x, int n) {
  // CHECK: [[#@LINE+1]]: kernel-launch: block-threads 64{{$}}
  kernel<<<1, N>>>(x);
}
// CHECK: [[#@LINE+1]]: kernel-launch: block-threads 96{{$}}
#define LAUNCH(k, n) k<<<1, n>>>(x)

void launches(float *x, int n) {
  // CHECK: [[#@LINE+1]]: kernel-launch: block-threads 512{{$}}
  kernel<<<n, dim3(32, 16)>>>(x);
  // CHECK: [[#@LINE+1]]: kernel-launch: block-threads 64, shared-memory 4096{{$}}
  kernel<<<n, 64, 4 * 1024>>>(x);
  // CHECK: [[#@LINE+1]]: kernel-launch: nothing{{$}}
  kernel<<<n, n, n>>>(x);
  generic<64>(x, n);
  LAUNCH(kernel, 96);
}

void features(float *x, size_t n, cudaStream_t s) {
  // CHECK: [[#@LINE+1]]: api-name: managed-memory 0{{$}}
  cudaMallocManaged(&x, n);
  // CHECK: [[#@LINE+1]]: api-name: async-allocation 0{{$}}
  cudaMallocAsync((void **)&x, n, s);
  // CHECK: [[#@LINE+1]]: api-name: peer-access 0{{$}}
  cudaDeviceEnablePeerAccess(1, 0);
  // CHECK: [[#@LINE+1]]: api-name: ipc 0{{$}}
  cudaIpcMemHandle_t handle;
  // CHECK: [[#@LINE+1]]: api-name: graphs 0{{$}}
  cudaGraph_t graph;
  // CHECK: [[#@LINE+1]]: api-name: textures 0{{$}}
  cudaTextureObject_t texture;
  // CHECK: [[#@LINE+1]]: api-name: nothing{{$}}
  cudaFree(x);
}
