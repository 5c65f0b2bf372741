// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Launches: CUDA's checks with its codes, attributes and occupancy of a kernel, symbols, cooperative launches.
//
// RUN: %cuport-cc -I%S/Inputs %s -o %t && %t | FileCheck %s
// RUN: %cuport-cc -I%S/Inputs --default-stream per-thread %s -o %t.thread && %t.thread | FileCheck %s
// CHECK: all as it should be

#include "check.h"

__global__ void twice(const int *in, int *out, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n)
    out[i] = 2 * in[i];
}
__global__ void __launch_bounds__(64) narrow(int *out) { *out = blockDim.x; }
__global__ void sharing(int *out) {
  extern __shared__ int dynamic[];
  __shared__ int fixed[256];
  fixed[threadIdx.x] = dynamic[threadIdx.x] = threadIdx.x;
  __syncthreads();
  out[threadIdx.x] = fixed[threadIdx.x] + dynamic[blockDim.x - 1 - threadIdx.x];
}
struct Mixed {
  char a;
  double b;
};
__global__ void mixed(char c, Mixed m, float3 f, double *out) { *out = c + m.a + m.b + f.x + f.y + f.z; }
template <class T> __global__ void stored(T value, T *out) { *out = value; }

__device__ int counters[4] = {1, 2, 3, 4};
__constant__ float factor = 2.5f;
__managed__ int both = 10;
__global__ void symbols(float *out) {
  counters[1] += 40;
  both += 1;
  *out = factor;
}

static cudaError_t launched() {
  cudaError_t error = cudaGetLastError();
  OK(cudaDeviceSynchronize());
  return error;
}

int main() {
  int in[100], out[256];
  for (int i = 0; i < 100; ++i)
    in[i] = i;
  int *a, *b;
  OK(cudaMalloc(&a, sizeof(in)));
  OK(cudaMalloc(&b, 4096));
  OK(cudaMemcpy(a, in, sizeof(in), cudaMemcpyHostToDevice));
  twice<<<4, 32>>>(a, b, 100);
  IS(launched(), cudaSuccess);
  OK(cudaMemcpy(out, b, sizeof(in), cudaMemcpyDeviceToHost));
  IS(out[99], 198);

  // Shapes that CUDA refuses.
  twice<<<1, 1025>>>(a, b, 100);
  IS(launched(), cudaErrorInvalidConfiguration);
  twice<<<0, 32>>>(a, b, 100);
  IS(launched(), cudaErrorInvalidConfiguration);
  twice<<<1, 0>>>(a, b, 100);
  IS(launched(), cudaErrorInvalidConfiguration);
  twice<<<dim3(1, 65536), 32>>>(a, b, 100);
  IS(launched(), cudaErrorInvalidConfiguration);
  twice<<<1, dim3(1, 1, 65)>>>(a, b, 100);
  IS(launched(), cudaErrorInvalidConfiguration);
  twice<<<1, 32, 48 * 1024 + 1>>>(a, b, 100);
  IS(launched(), cudaErrorInvalidValue);
  narrow<<<1, 65>>>(b);
  IS(launched(), cudaErrorLaunchOutOfResources);
  narrow<<<1, 64>>>(b);
  IS(launched(), cudaSuccess);
  int host = 0;
  void *arguments[] = {&b};
  IS(cudaLaunchKernel((const void *)&host, dim3(1), dim3(1), arguments, 0, nullptr), cudaErrorInvalidDeviceFunction);
  cudaGetLastError();
  OK(cudaLaunchKernel((const void *)narrow, dim3(1), dim3(7), arguments, 0, nullptr));
  OK(cudaMemcpy(out, b, 4, cudaMemcpyDeviceToHost));
  IS(out[0], 7);

  // More dynamic shared memory than 48 KiB has to be asked for.
  cudaFuncAttributes attributes;
  OK(cudaFuncGetAttributes(&attributes, sharing));
  IS(attributes.sharedSizeBytes, size_t(1024));
  IS(attributes.maxThreadsPerBlock, 1024);
  OK(cudaFuncGetAttributes(&attributes, narrow));
  IS(attributes.maxThreadsPerBlock, 64);
  // Where each argument stands, and its size, as C lays them out.
  const size_t offsets[] = {0, 8, 24, 40}, sizes[] = {1, 16, 12, 8};
  size_t offset, width;
  for (size_t i = 0; i < 4; ++i) {
    OK(cudaFuncGetParamInfo((const void *)mixed, i, &offset, &width));
    IS(offset, offsets[i]);
    IS(width, sizes[i]);
  }
  OK(cudaFuncGetParamInfo((const void *)mixed, 3, &offset, nullptr));
  IS(cudaFuncGetParamInfo((const void *)mixed, 4, &offset, &width), cudaErrorInvalidValue);
  cudaGetLastError();
  sharing<<<1, 256, 47 * 1024 + 1>>>(b);
  IS(launched(), cudaErrorInvalidValue);
  OK(cudaFuncSetAttribute(sharing, cudaFuncAttributeMaxDynamicSharedMemorySize, 60 * 1024));
  sharing<<<1, 256, 60 * 1024>>>(b);
  IS(launched(), cudaSuccess);
  OK(cudaMemcpy(out, b, 1024, cudaMemcpyDeviceToHost));
  for (int i = 0; i < 256; ++i)
    IS(out[i], 255);
  IS(cudaFuncSetAttribute(sharing, cudaFuncAttributeMaxDynamicSharedMemorySize, 1 << 30), cudaErrorInvalidValue);
  cudaGetLastError();

  // Arguments of all shapes.
  double *number = (double *)b, sum;
  mixed<<<1, 1>>>(1, Mixed{2, 3.5}, make_float3(4, 5, 6), number);
  OK(cudaMemcpy(&sum, number, 8, cudaMemcpyDeviceToHost));
  IS(sum, 21.5);
  stored<double><<<1, 1>>>(1.25, number);
  OK(cudaMemcpy(&sum, number, 8, cudaMemcpyDeviceToHost));
  IS(sum, 1.25);

  // 2048 threads a multiprocessor: eight blocks of 256, two of 1024.
  int blocks = 0, size = 0;
  OK(cudaOccupancyMaxActiveBlocksPerMultiprocessor(&blocks, twice, 256, 0));
  IS(blocks, 8);
  OK(cudaOccupancyMaxActiveBlocksPerMultiprocessor(&blocks, twice, 1024, 0));
  IS(blocks, 2);
  OK(cudaOccupancyMaxPotentialBlockSize(&blocks, &size, twice));
  IS(size, 1024);

  // Symbols.
  float *f = (float *)b, value;
  symbols<<<1, 1>>>(f);
  OK(cudaMemcpyFromSymbol(&host, counters, 4, 4));
  IS(host, 42);
  IS(both, 11);
  OK(cudaMemcpy(&value, f, 4, cudaMemcpyDeviceToHost));
  IS(value, 2.5f);
  value = 0.5f;
  OK(cudaMemcpyToSymbol(factor, &value, 4));
  symbols<<<1, 1>>>(f);
  OK(cudaMemcpy(&value, f, 4, cudaMemcpyDeviceToHost));
  IS(value, 0.5f);
  size_t bytes;
  OK(cudaGetSymbolSize(&bytes, counters));
  IS(bytes, sizeof(counters));
  int *address;
  OK(cudaGetSymbolAddress((void **)&address, counters));
  OK(cudaMemcpy(&host, address + 3, 4, cudaMemcpyDeviceToHost));
  IS(host, 4);
  IS(cudaMemcpyFromSymbol(&host, counters, 4, 16), cudaErrorInvalidValue);
  IS(cudaGetSymbolSize(&bytes, in), cudaErrorInvalidSymbol);

  // A cooperative grid has to fit as a whole.
  cudaDeviceProp properties;
  OK(cudaGetDeviceProperties(&properties, 0));
  OK(cudaLaunchCooperativeKernel((const void *)narrow, dim3(1), dim3(8), arguments, 0, nullptr));
  OK(cudaDeviceSynchronize());
  IS(cudaLaunchCooperativeKernel((const void *)narrow, dim3(32 * properties.multiProcessorCount + 1), dim3(64), arguments,
                                 0, nullptr),
     cudaErrorCooperativeLaunchTooLarge);
  return done();
}
