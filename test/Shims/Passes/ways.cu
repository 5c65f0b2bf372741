// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What all threads decide alike behind a collective is decided before the loop over them, which then is one of vectors; an index that
// stands on both ways to where it is used is no thread's own value, kept across a collective.
// RUN: %cuport-cc -std=c++17 -O2 %s -o %t
// RUN: %t | FileCheck %s
// RUN: env CUPORT_MODE=thread %t | FileCheck %s
// CHECK: all as it should be

// RUN: %device-half -w -O2 -S -emit-llvm %s -o - | FileCheck %s --check-prefix=VECTORS
// VECTORS-LABEL: define internal {{.*}}@_Z4lastPKfPfi.cuport.lockstep(
// VECTORS: fadd {{.*}}<4 x float>
// VECTORS: call {{.*}}<4 x float> @llvm.sqrt.v4f32
// VECTORS-LABEL: define internal
// VECTORS-LABEL: define internal {{.*}}@_Z5tilesPKdPdi.cuport.lockstep(
// VECTORS-NOT: store ptr
// VECTORS-LABEL: define internal

#include <cmath>
#include <cstdio>
#include <vector>

constexpr int Threads = 64, Steps = 5, Side = 16;

__global__ void last(const float *in, float *out, int n) {
  __shared__ float row[Threads];
  float sum = 0;
  for (int i = 0; i < n; ++i) {
    row[threadIdx.x] = in[i * Threads + threadIdx.x];
    __syncthreads();
    sum += row[Threads - 1 - threadIdx.x];
    __syncthreads();
  }
  out[threadIdx.x] = sqrtf(sum);
}

// A way to the end, to a second loop, or back.
__global__ void several(const float *in, float *out, int n, int mode) {
  __shared__ float row[Threads];
  float sum = 0;
  for (int i = 0; i < n; ++i) {
    row[threadIdx.x] = in[i * Threads + threadIdx.x];
    __syncthreads();
    sum += row[Threads - 1 - threadIdx.x];
    if (threadIdx.x % 3 == 0)
      sum *= 2;
    __syncthreads();
    if (mode == 1 && i == 2)
      break;
    for (int j = 0; mode == 2 && j < i; ++j) {
      row[threadIdx.x] = sum;
      __syncthreads();
      sum += row[(threadIdx.x + j) % Threads];
      __syncthreads();
    }
  }
  out[threadIdx.x] = sum;
}

__global__ void tiles(const double *in, double *out, int n) {
  __shared__ double first[8][Side], second[Side][Side];
  const int i = threadIdx.x, j = threadIdx.y, id = j * Side + i;
  if (id < 8 * Side)
    first[j][i] = in[id];
  second[j][i] = in[n - 1 - id];
  __syncthreads();
  double sum = 0;
  for (int k = 0; k < 8; ++k)
    sum += first[k][i] * second[j][k];
  __syncthreads();
  second[j][i] = sum;
  __syncthreads();
  out[id] = second[i][j];
}

template <class T, class K, class... More> std::vector<T> run(K kernel, dim3 block, const std::vector<T> &in, int size, More... more) {
  T *from, *to;
  cudaMalloc(&from, in.size() * sizeof(T));
  cudaMalloc(&to, size * sizeof(T));
  cudaMemcpy(from, in.data(), in.size() * sizeof(T), cudaMemcpyHostToDevice);
  kernel<<<1, block>>>(from, to, more...);
  std::vector<T> out(size);
  cudaMemcpy(out.data(), to, size * sizeof(T), cudaMemcpyDeviceToHost);
  cudaFree(from);
  cudaFree(to);
  return out;
}

int main() {
  int wrong = 0;
  std::vector<float> in(Threads * Steps);
  for (size_t i = 0; i < in.size(); ++i)
    in[i] = float(i % 37);
  const std::vector<float> sums = run(last, Threads, in, Threads, Steps);
  for (int t = 0; t < Threads; ++t) {
    float sum = 0;
    for (int i = 0; i < Steps; ++i)
      sum += in[i * Threads + Threads - 1 - t];
    wrong += std::fabs(sums[t] - std::sqrt(sum)) > 1e-6f * sums[t];
  }
  for (int mode = 0; mode < 3; ++mode) {
    std::vector<float> want(Threads);
    for (int i = 0; i < (mode == 1 ? 3 : Steps); ++i) {
      for (int t = 0; t < Threads; ++t) {
        want[t] += in[i * Threads + Threads - 1 - t];
        if (t % 3 == 0)
          want[t] *= 2;
      }
      for (int j = 0; mode == 2 && j < i; ++j) {
        const std::vector<float> row = want;
        for (int t = 0; t < Threads; ++t)
          want[t] += row[(t + j) % Threads];
      }
    }
    const std::vector<float> got = run(several, Threads, in, Threads, Steps, mode);
    for (int t = 0; t < Threads; ++t)
      wrong += got[t] != want[t];
  }
  std::vector<double> square(Side * Side);
  for (size_t i = 0; i < square.size(); ++i)
    square[i] = double(i * 7 % 31);
  const std::vector<double> products = run(tiles, dim3(Side, Side), square, Side * Side, Side * Side);
  for (int i = 0; i < Side; ++i)
    for (int j = 0; j < Side; ++j) {
      double sum = 0;
      for (int k = 0; k < 8; ++k)
        sum += square[k * Side + j] * square[Side * Side - 1 - (i * Side + k)];
      wrong += products[j * Side + i] != sum;
    }
  printf(wrong ? "%d wrong\n" : "all as it should be\n", wrong);
}
