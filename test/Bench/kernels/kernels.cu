// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "cases.h"

#include <cstring>

__global__ void vectorAdd(const float *a, const float *b, float *c, int count) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < count)
    c[i] = a[i] + b[i];
}

__global__ void matrixProduct(const float *a, const float *b, float *c, int side) {
  __shared__ float tileA[Tile][Tile], tileB[Tile][Tile];
  int x = threadIdx.x, y = threadIdx.y;
  int row = blockIdx.y * Tile + y, column = blockIdx.x * Tile + x;
  float sum = 0;
  for (int tile = 0; tile < side; tile += Tile) {
    tileA[y][x] = a[row * side + tile + x];
    tileB[y][x] = b[(tile + y) * side + column];
    __syncthreads();
    for (int k = 0; k < Tile; ++k)
      sum += tileA[y][k] * tileB[k][x];
    __syncthreads();
  }
  c[row * side + column] = sum;
}

__device__ int sumOfWarp(int value) {
  for (int offset = 16; offset > 0; offset /= 2)
    value += __shfl_down_sync(0xffffffff, value, offset);
  return value;
}

__global__ void reduction(const int *numbers, int *sum, int count) {
  __shared__ int ofWarps[32];
  int value = 0;
  for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < count; i += gridDim.x * blockDim.x)
    value += numbers[i];
  value = sumOfWarp(value);
  if (threadIdx.x % 32 == 0)
    ofWarps[threadIdx.x / 32] = value;
  __syncthreads();
  if (threadIdx.x < 32) {
    value = sumOfWarp(threadIdx.x < blockDim.x / 32 ? ofWarps[threadIdx.x] : 0);
    if (threadIdx.x == 0)
      atomicAdd(sum, value);
  }
}

__global__ void histogram(const unsigned char *bytes, int *bins, int count) {
  __shared__ int ofBlock[Bins];
  for (int bin = threadIdx.x; bin < Bins; bin += blockDim.x)
    ofBlock[bin] = 0;
  __syncthreads();
  for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < count; i += gridDim.x * blockDim.x)
    atomicAdd(&ofBlock[bytes[i]], 1);
  __syncthreads();
  for (int bin = threadIdx.x; bin < Bins; bin += blockDim.x)
    atomicAdd(&bins[bin], ofBlock[bin]);
}

__global__ void orbits(uint32_t *ends) {
  const uint32_t i = blockIdx.x * blockDim.x + threadIdx.x;
  uint32_t number = i;
  for (int step = 0; step < Steps; ++step)
    number = number * 1664525 + 1013904223;
  ends[i] = number;
}

__global__ void empty() {}

template <typename T> static T *onDevice(const std::vector<T> &values) {
  T *place;
  cudaMalloc(&place, values.size() * sizeof(T));
  cudaMemcpy(place, values.data(), values.size() * sizeof(T), cudaMemcpyHostToDevice);
  return place;
}

/// How long nothing but arithmetic takes, by the clock: one core, two cores.
static void measureOrbits(Cases &cases) {
  uint32_t *ends = onDevice(cases.orbits);
  measure("orbits", [&] {
    orbits<<<Orbits / Threads, Threads>>>(ends);
    cudaDeviceSynchronize();
  }, [&] { cudaMemcpy(cases.orbits.data(), ends, Orbits * sizeof(uint32_t), cudaMemcpyDeviceToHost); },
          &Cases::orbitsAreRight, cases, wallSeconds);
}

int main(int count, char **arguments) {
  Cases cases;
  if (count > 1 && !std::strcmp(arguments[1], "orbits")) {
    measureOrbits(cases);
    return 0;
  }
  float *a = onDevice(cases.a), *b = onDevice(cases.b), *c = onDevice(cases.c);
  int *numbers = onDevice(cases.numbers), *bins = onDevice(cases.bins);
  uint8_t *bytes = onDevice(cases.bytes);
  auto fetch = [](auto &values, const void *place) {
    cudaMemcpy(values.data(), place, values.size() * sizeof(values[0]), cudaMemcpyDeviceToHost);
  };

  measure("vector add", [&] {
    vectorAdd<<<Count / Threads, Threads>>>(a, b, c, Count);
    cudaDeviceSynchronize();
  }, [&] { fetch(cases.c, c); }, &Cases::vectorAddIsRight, cases);
  measure("matrix product", [&] {
    matrixProduct<<<dim3(Side / Tile, Side / Tile), dim3(Tile, Tile)>>>(a, b, c, Side);
    cudaDeviceSynchronize();
  }, [&] { fetch(cases.c, c); }, &Cases::matrixProductIsRight, cases);
  measure("reduction", [&] {
    cudaMemset(bins, 0, sizeof(int));
    reduction<<<Blocks, Threads>>>(numbers, bins, Count);
    cudaDeviceSynchronize();
  }, [&] { cudaMemcpy(&cases.sum, bins, sizeof(int), cudaMemcpyDeviceToHost); }, &Cases::reductionIsRight, cases);
  measure("histogram", [&] {
    cudaMemset(bins, 0, Bins * sizeof(int));
    histogram<<<Blocks, Threads>>>(bytes, bins, Count);
    cudaDeviceSynchronize();
  }, [&] { fetch(cases.bins, bins); }, &Cases::histogramIsRight, cases);

  constexpr int Launches = 100000;
  empty<<<1, 1>>>();
  cudaDeviceSynchronize();
  measure("100000 empty launches", [&] {
    for (int i = 0; i < Launches; ++i)
      empty<<<1, 1>>>();
    cudaDeviceSynchronize();
  }, [] {}, &Cases::histogramIsRight, cases);
}
