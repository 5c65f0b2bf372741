// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// CUB as it is, through its own kernels: of blocks, of warps, of the device. Expected values are the host's own.
// REQUIRES: cub
// RUN: %cuport-cc -std=c++17 %cub %s -o %t && %t | FileCheck %s
// CHECK: no error, 0 wrong

#include <algorithm>
#include <cstdio>
#include <cub/cub.cuh>
#include <numeric>
#include <vector>

static int wrong = 0;
static void check(bool good, const char *what) {
  if (!good)
    ++wrong, printf("%s\n", what);
}

template <class T> struct Device {
  T *data = nullptr;
  size_t size;
  explicit Device(size_t size) : size(size) { cudaMalloc(&data, size * sizeof(T)); }
  explicit Device(const std::vector<T> &from) : Device(from.size()) {
    cudaMemcpy(data, from.data(), size * sizeof(T), cudaMemcpyHostToDevice);
  }
  std::vector<T> back() const {
    std::vector<T> to(size);
    cudaMemcpy(to.data(), data, size * sizeof(T), cudaMemcpyDeviceToHost);
    return to;
  }
};

template <class Call> static void run(Call call) {
  size_t bytes = 0;
  void *scratch = nullptr;
  cudaError_t first = call(scratch, bytes);
  cudaMalloc(&scratch, bytes);
  cudaError_t second = call(scratch, bytes);
  check(first == cudaSuccess && second == cudaSuccess, "status");
  cudaFree(scratch);
}

__global__ void blocks(const int *in, int *scanned, int *sum, float *most) {
  typedef cub::BlockScan<int, 128> Scan;
  typedef cub::BlockReduce<int, 128> Reduce;
  typedef cub::WarpReduce<float> Warp;
  __shared__ union {
    Scan::TempStorage scan;
    Reduce::TempStorage reduce;
    Warp::TempStorage warp[4];
  } shared;
  int value = in[threadIdx.x], before;
  Scan(shared.scan).ExclusiveSum(value, before);
  scanned[threadIdx.x] = before;
  __syncthreads();
  int all = Reduce(shared.reduce).Sum(value);
  __syncthreads();
  float top = Warp(shared.warp[threadIdx.x / 32]).Reduce(float(value), cub::Max());
  if (threadIdx.x == 0)
    *sum = all;
  if (threadIdx.x % 32 == 0)
    most[threadIdx.x / 32] = top;
}

int main() {
  const int n = 10007;
  std::vector<int> numbers(n);
  for (int i = 0; i < n; ++i)
    numbers[i] = int(i * 2654435761u >> 12) % 1000;
  Device<int> in(numbers), out(n), one(1);
  std::vector<int> expected(n);

  Device<int> scanned(128);
  Device<float> most(4);
  blocks<<<1, 128>>>(in.data, scanned.data, one.data, most.data);
  std::exclusive_scan(numbers.begin(), numbers.begin() + 128, expected.begin(), 0);
  check(std::equal(expected.begin(), expected.begin() + 128, scanned.back().begin()), "BlockScan");
  check(one.back()[0] == std::accumulate(numbers.begin(), numbers.begin() + 128, 0), "BlockReduce");
  for (int warp = 0; warp < 4; ++warp)
    check(most.back()[warp] == float(*std::max_element(&numbers[warp * 32], &numbers[warp * 32] + 32)), "WarpReduce");

  run([&](void *scratch, size_t &bytes) { return cub::DeviceReduce::Sum(scratch, bytes, in.data, one.data, n); });
  check(one.back()[0] == std::accumulate(numbers.begin(), numbers.end(), 0), "DeviceReduce");

  run([&](void *scratch, size_t &bytes) { return cub::DeviceScan::InclusiveSum(scratch, bytes, in.data, out.data, n); });
  std::partial_sum(numbers.begin(), numbers.end(), expected.begin());
  check(out.back() == expected, "DeviceScan");

  auto odd = [] __device__(int x) { return x % 2 == 1; };
  run([&](void *scratch, size_t &bytes) { return cub::DeviceSelect::If(scratch, bytes, in.data, out.data, one.data, n, odd); });
  std::vector<int> odds;
  std::copy_if(numbers.begin(), numbers.end(), std::back_inserter(odds), [](int x) { return x % 2 == 1; });
  check(one.back()[0] == int(odds.size()) && std::equal(odds.begin(), odds.end(), out.back().begin()), "DeviceSelect");

  printf("%s, %d wrong\n", cudaGetErrorString(cudaDeviceSynchronize()), wrong);
}
