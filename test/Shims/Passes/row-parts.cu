// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A row of which only some threads load or store. AVX2 has no masks for bytes, and AMD's processors store slowly with those that it has:
// loads are of the whole row, where that cannot reach another page, stores too, where all threads come; else each thread stores for itself.
// Nothing is stored where no thread stores: neighbours of other blocks may.

// RUN: %device-half -w -std=c++17 -O3 -march=x86-64-v3 -Rpass=cuport-lanes -S -emit-llvm %s -o %t.ll 2>&1 | FileCheck %s --check-prefix=GAINS
// GAINS-DAG: threads of _Z4markPKhS0_Phi run side by side
// GAINS-DAG: threads of _Z4markPKsS0_Psi run side by side
// RUN: sed -n '/^define internal void @_Z4markPKhS0_Phi/,/^}/p' %t.ll | FileCheck %s --implicit-check-not=llvm.masked
// CHECK: load <16 x i8>
// CHECK: store <16 x i8>
// RUN: %cuport-cc -std=c++17 -O3 %s -o %t
// RUN: %t | FileCheck %s --check-prefix=RESULT
// RUN: %cuport-cc -std=c++17 -O3 -march=x86-64-v2 %s -o %t.v2
// RUN: %t.v2 | FileCheck %s --check-prefix=RESULT
// RUN: %cuport-cc -std=c++17 -O3 -mllvm -cuport-widen=always %s -o %t.always
// RUN: %t.always | FileCheck %s --check-prefix=RESULT
// RESULT: 0 wrong

#include <cstdio>
#include <sys/mman.h>
#include <vector>

template <typename T> __device__ void markOne(const T *kind, const T *in, T *out, int i) {
  if (kind[i] > 1)
    out[i] = in[i] + 3;
}

__global__ void mark(const unsigned char *kind, const unsigned char *in, unsigned char *out, int n) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n)
    markOne(kind, in, out, i);
}

__global__ void mark(const short *kind, const short *in, short *out, int n) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n)
    markOne(kind, in, out, i);
}

__global__ void mark(const int *kind, const int *in, int *out, int n) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n)
    markOne(kind, in, out, i);
}

/// Blocks that run at a time write the same rows: the odd elements and the even ones.
template <typename T> __global__ void weave(T *out, int rounds) {
  for (int round = 0; round < rounds; ++round)
    if (threadIdx.x % 2 == blockIdx.x % 2)
      out[threadIdx.x] = out[threadIdx.x] + 1;
}

template <typename T> int checkMark(T *in, T *kind, T *out, int count) {
  int wrong = 0;
  for (int n : {1, 7, 100, count})
    for (int pattern : {0, 1, 2, 3, 4}) {
      // What is read only where the kind says so ends with a page.
      for (int i = 0; i < n; ++i) {
        kind[i] = pattern == 0 ? 0 : pattern == 1 ? 2 : pattern == 2 ? i % 3 : pattern == 3 ? 2 * (i % 64 == 5) : 2 * (i < n - 3);
        in[i] = i % 50;
        out[i] = 1;
      }
      mark<<<(n + 127) / 128, 128>>>(kind, in, out, n);
      wrong += cudaDeviceSynchronize() != cudaSuccess;
      for (int i = 0; i < n; ++i)
        wrong += out[i] != (kind[i] > 1 ? T(i % 50 + 3) : T(1));
    }
  return wrong;
}

/// An array that a page nobody may touch follows.
template <typename T> T *beforeTheEnd(int count) {
  const size_t size = 1 << 16;
  auto *begin = static_cast<char *>(mmap(nullptr, size + 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
  mprotect(begin + size, 4096, PROT_NONE);
  return reinterpret_cast<T *>(begin + size) - count;
}

template <typename T> int check() {
  int wrong = 0;
  for (int count : {1000, 1003, 5000})
    wrong += checkMark(beforeTheEnd<T>(count), beforeTheEnd<T>(count), beforeTheEnd<T>(count), count);
  constexpr int Threads = 64, Rounds = 100;
  T *out;
  cudaMallocManaged(&out, Threads * sizeof(T));
  for (int again = 0; again < 50; ++again) {
    cudaMemset(out, 0, Threads * sizeof(T));
    weave<<<2, Threads>>>(out, Rounds);
    wrong += cudaDeviceSynchronize() != cudaSuccess;
    for (int i = 0; i < Threads; ++i)
      wrong += out[i] != Rounds;
  }
  return wrong;
}

int main() { printf("%d wrong\n", check<unsigned char>() + check<short>() + check<int>()); }
