// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Neighbours read neighbours in both loops, each thread what lies far apart. But what a thread has read decides to which loop it comes: a
// point in them would set threads apart, which then go one by one. They go side by side instead, each loop by those that came to it.

// RUN: %device-half -w -std=c++17 -O3 -march=x86-64-v3 -Rpass=cuport-lanes -S -emit-llvm %s -o %t.ll 2>&1 | FileCheck %s --check-prefix=SIDE-BY-SIDE
// SIDE-BY-SIDE: threads of _Z4pickPKiPKfS2_Pfii run side by side
// RUN: FileCheck %s --check-prefix=POINTS --input-file=%t.ll
// The kernel's begin and its barrier, and nothing else. Where the branch is on the place alone, all of a block usually take the same.
// POINTS: @cuport.points = private constant [2 x
// POINTS: @cuport.points.{{[0-9]+}} = private constant [4 x

// RUN: %cuport-cc -std=c++17 -O3 %s -o %t
// RUN: %t | FileCheck %s
// RUN: env CUPORT_MODE=thread %t | FileCheck %s
// CHECK: all as it should be

#include <cstdio>
#include <vector>

constexpr int Threads = 64, Rows = 20, Columns = 300;

__global__ void pick(const int *kind, const float *in, const float *other, float *out, int rows, int columns) {
  __shared__ int kinds[Threads];
  kinds[threadIdx.x] = kind[threadIdx.x];
  __syncthreads();
  for (int column = threadIdx.x; column < columns; column += Threads) {
    if (kinds[column * 7 % Threads])
      for (int row = 0; row < rows; ++row)
        out[row * columns + column] = in[row * columns + column];
    else
      for (int row = rows - 1; row >= 0; --row)
        out[row * columns + column] = 2 * other[row * columns + column] + row;
  }
}

__global__ void upTo(const float *in, const float *other, float *out, int rows, int columns) {
  __shared__ float half;
  half = 0.5f;
  __syncthreads();
  const int column = blockIdx.x * Threads + threadIdx.x;
  if (column < columns)
    for (int row = 0; row < rows; ++row)
      out[row * columns + column] = half * in[row * columns + column];
  __syncthreads();
}

int main() {
  constexpr int Size = Rows * Columns;
  std::vector<int> kind(Threads);
  std::vector<float> in(Size), other(Size), out(Size);
  for (int i = 0; i < Threads; ++i)
    kind[i] = i % 5 != 2;
  for (int i = 0; i < Size; ++i)
    in[i] = float(i), other[i] = float(3 * i % 1000);
  int *d_kind;
  float *d_in, *d_other, *d_out;
  cudaMalloc(&d_kind, Threads * sizeof(int));
  for (float **p : {&d_in, &d_other, &d_out})
    cudaMalloc(p, Size * sizeof(float));
  cudaMemcpy(d_kind, kind.data(), Threads * sizeof(int), cudaMemcpyHostToDevice);
  cudaMemcpy(d_in, in.data(), Size * sizeof(float), cudaMemcpyHostToDevice);
  cudaMemcpy(d_other, other.data(), Size * sizeof(float), cudaMemcpyHostToDevice);
  int wrong = 0;
  pick<<<1, Threads>>>(d_kind, d_in, d_other, d_out, Rows, Columns);
  cudaMemcpy(out.data(), d_out, Size * sizeof(float), cudaMemcpyDeviceToHost);
  for (int row = 0; row < Rows; ++row)
    for (int column = 0; column < Columns; ++column) {
      const int i = row * Columns + column;
      wrong += out[i] != (kind[column * 7 % Threads] ? in[i] : 2 * other[i] + row);
    }
  upTo<<<(Columns + Threads - 1) / Threads, Threads>>>(d_in, d_other, d_out, Rows, Columns);
  cudaMemcpy(out.data(), d_out, Size * sizeof(float), cudaMemcpyDeviceToHost);
  for (int i = 0; i < Size; ++i)
    wrong += out[i] != in[i] / 2;
  if (wrong)
    std::printf("%d are wrong\n", wrong);
  else
    std::printf("all as it should be\n");
}
