// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Threads divided into tiles: side by side they share `threadIdx.x / 32` and the branches on it, and `threadIdx.x % 32` makes a row. What
// stands in registers across barriers is a row, too. Each thread computes what it computes alone, also where rows of a block begin at no
// multiple of the threads that run side by side.
// RUN: %cuport-cc -std=c++17 -O2 -ffp-contract=off -mllvm -cuport-widen=never %s -o %t.alone
// RUN: %cuport-cc -std=c++17 -O2 -ffp-contract=off -mllvm -cuport-widen=always %s -o %t.lanes
// RUN: %cuport-cc -std=c++17 -O2 -ffp-contract=off %s -o %t.default
// RUN: env CUPORT_MODE=thread %t.alone > %t.expected
// RUN: FileCheck %s < %t.expected
// RUN: %t.alone | diff %t.expected -
// RUN: %t.lanes | diff %t.expected -
// RUN: %t.default | diff %t.expected -

// Nothing of a product of tiles goes lane by lane, and no branch becomes a mask.
// RUN: %device-half -w -std=c++17 -O2 -march=x86-64-v3 -mllvm -cuport-widen=whole -Rpass=cuport-lanes -S -emit-llvm %s -o %t.ll 2>&1 \
// RUN:   | FileCheck %s --check-prefix=GAINS
// RUN: sed -n '/^define internal i32 @_Z7product.*lockstep/,/^}/p' %t.ll | FileCheck %s --check-prefix=ROWS \
// RUN:   --implicit-check-not="<16 x ptr>" --implicit-check-not="<16 x i1>"
// RUN: sed -n '/^define internal void @_Z5warps.*block/,/^}/p' %t.ll | FileCheck %s --check-prefix=WARPS --implicit-check-not="<16 x i1>"
// RUN: sed -n '/^define internal i32 @_Z7squares.*lockstep/,/^}/p' %t.ll | FileCheck %s --check-prefix=SQUARES
// GAINS-DAG: 16 threads of _Z7productPKfPfii run side by side
// GAINS-DAG: 16 threads of _Z5warpsPKfPfii run side by side
// ROWS-DAG: load <16 x float>
// ROWS-DAG: fmul contract <16 x float>
// ROWS-DAG: store <16 x float>
// WARPS: load <16 x float>
// SQUARES: fmul contract <16 x float>
// SQUARES: store <16 x float>

#include <cstdio>
#include <vector>

constexpr int N = 256;

// A block of 256 has 8 rows of 32.
// CHECK: product 256: 298 265 -145 -91
__global__ void product(const float *in, float *out, int n, int) {
  constexpr int Side = 32, Rows = 8;
  __shared__ float a[Rows * Side], b[Side * Side];
  const unsigned row = threadIdx.x / Side, column = threadIdx.x % Side;
  if (blockDim.x != Rows * Side)
    return;
  float sum = 0;
  for (int tile = 0; tile < 2; ++tile) {
    a[row * Side + column] = in[(row * 2 + tile) * 8 % n + column / 8];
    for (unsigned k = threadIdx.x; k < Side * Side; k += blockDim.x)
      b[k / Side * Side + k % Side] = in[(k % Side + k / Side) % 64] - tile;
    __syncthreads();
    for (int k = 0; k < Side; ++k)
      sum += a[row * Side + k] * b[k * Side + column];
    __syncthreads();
  }
  out[row * Side + column] = sum;
}

// CHECK: warps 256: 0 {{.*}} -4 4 12
__global__ void warps(const float *in, float *out, int n, int count) {
  const unsigned warp = threadIdx.x / 32, lane = threadIdx.x & 31;
  float sum = 0;
  if (threadIdx.x >= 96)
    for (int k = 0; k < count; ++k)
      sum += in[(warp + k) % 16 + lane] * in[k];
  else if (warp == 1)
    sum = in[lane] - 1;
  out[threadIdx.x] = sum;
}

// Each thread has a square of results, which it keeps in registers across barriers on a card.
// CHECK: squares 256:
__global__ void squares(const float *in, float *out, int n, int count) {
  constexpr int Side = 4;
  __shared__ float a[64 * 2], b[64 * 2];
  float results[Side * Side] = {}, left[Side] = {}, right[Side] = {};
  const unsigned row = threadIdx.x / 16, column = threadIdx.x % 16;
  for (int tile = 0; tile < count; ++tile) {
    for (unsigned k = threadIdx.x; k < 128; k += blockDim.x) {
      a[k] = in[(k + tile) % n];
      b[k] = in[(k * 3 + tile) % n];
    }
    __syncthreads();
    for (int k = 0; k < 2; ++k) {
      for (int i = 0; i < Side; ++i)
        left[i] = a[k * 64 + row % 16 * Side + i];
      for (int i = 0; i < Side; ++i)
        right[i] = b[k * 64 + column * Side + i];
      for (int i = 0; i < Side; ++i)
        for (int j = 0; j < Side; ++j)
          results[i * Side + j] += left[i] * right[j];
    }
    __syncthreads();
  }
  float sum = 0;
  for (int i = 0; i < Side * Side; ++i)
    sum = sum * 0.5f + results[(i + threadIdx.x) % (Side * Side)];
  out[threadIdx.x] = sum;
}

// Divisors, bits and bounds of all kinds: what may not be taken for a tile, too.
// CHECK: kinds 256:
__global__ void kinds(const float *in, float *out, int n, int count) {
  const unsigned x = threadIdx.x, y = x + 3, z = 4 * x, w = x + 48;
  const int t = int(threadIdx.x) - 32;
  float sum = 0;
  for (int k = 0; k < count; ++k) {
    sum = sum * 0.5f + in[x / 48 + x % 48 + k];
    sum = sum * 0.5f + in[y / 16 + y % 16 + k] - in[z / 64 + z % 64 + k];
    sum = sum * 0.5f + in[(x ^ 16) % 64 + (x ^ 1) % 32 + k] + in[(x & 12) + (w & ~15u) / 8 + k];
    sum = sum * 0.5f + in[x / warpSize + x % warpSize + (x >> 3) + k] - (t / 32) - (t % 16) - (t >> 4);
    sum += (x > 31) + 2 * (z <= 127) + 4 * (y < 64) + 8 * (t < 0) + 16 * (t >= 16) + 32 * (w > 80);
    sum += (unsigned char)(x * 16) / 16 + (short)(x * 1024) / 2048;
  }
  for (unsigned k = x; k < 200; k += 96)
    sum = sum * 0.5f + in[k / 32 + k % 32] + (k < 64);
  for (unsigned k = x; k < 320 - x; k += 64)
    sum = sum * 0.5f + in[k / 32 + k % 32] + (k < 64);
  out[x] = sum;
}

int main() {
  std::vector<float> in(1024), out(N);
  for (int i = 0; i < 1024; ++i)
    in[i] = (i * 37 + 11) % 29 - 14;
  float *from, *to;
  cudaMalloc(&from, in.size() * sizeof(float));
  cudaMalloc(&to, N * sizeof(float));
  cudaMemcpy(from, in.data(), in.size() * sizeof(float), cudaMemcpyHostToDevice);
  auto run = [&](const char *name, auto kernel, dim3 shape) {
    cudaMemset(to, 0, N * sizeof(float));
    kernel<<<1, shape>>>(from, to, 512, 5);
    cudaMemcpy(out.data(), to, N * sizeof(float), cudaMemcpyDeviceToHost);
    printf("%s %u:", name, shape.x);
    for (float x : out)
      printf(" %g", x);
    printf("\n");
  };
  for (unsigned threads : {256, 64, 40, 200, 8}) {
    run("product", product, threads);
    run("warps", warps, threads);
    run("squares", squares, threads);
    run("kinds", kinds, threads);
  }
  run("kinds in rows", kinds, dim3(32, 4));
  printf("%s\n", cudaGetErrorName(cudaGetLastError())); // CHECK: cudaSuccess
}
