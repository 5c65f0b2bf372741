// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Thrust as it is, over CUB's kernels; after work in a stream, and on raw pointers.
// REQUIRES: cub
// RUN: %cuport-cc -std=c++17 %cub %s -o %t && %t | FileCheck %s

#include <cstdio>
#include <thrust/device_ptr.h>
#include <thrust/device_vector.h>
#include <thrust/execution_policy.h>
#include <thrust/host_vector.h>
#include <thrust/iterator/counting_iterator.h>
#include <thrust/reduce.h>
#include <thrust/scan.h>
#include <thrust/transform.h>

struct Square {
  __host__ __device__ int operator()(int x) const { return x * x; }
};

__global__ void fill(int *out, int n) {
  for (int i = threadIdx.x; i < n; i += blockDim.x)
    out[i] = i;
}

int main() {
  const int n = 1000;
  thrust::device_vector<int> v(n);
  fill<<<1, 64>>>(thrust::raw_pointer_cast(v.data()), n);
  thrust::host_vector<int> h = v;
  int wrong = 0;
  for (int i = 0; i < n; ++i)
    wrong += h[i] != i;
  printf("copy %d\n", wrong);
  // CHECK: copy 0
  thrust::transform(v.begin(), v.end(), v.begin(), Square());
  printf("reduce %d\n", thrust::reduce(v.begin(), v.begin() + 100));
  // CHECK-NEXT: reduce 328350
  cudaStream_t stream;
  cudaStreamCreate(&stream);
  int *raw;
  cudaMalloc(&raw, n * sizeof(int));
  thrust::exclusive_scan(thrust::cuda::par.on(stream), thrust::counting_iterator<int>(0), thrust::counting_iterator<int>(n),
                         thrust::device_pointer_cast(raw));
  int last;
  cudaMemcpyAsync(&last, raw + n - 1, sizeof last, cudaMemcpyDeviceToHost, stream);
  cudaStreamSynchronize(stream);
  printf("scan %d\n", last);
  // CHECK-NEXT: scan 498501
}
