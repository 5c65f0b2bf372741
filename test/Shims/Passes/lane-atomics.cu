// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Atomics of threads side by side on one address are one atomic, which leaves and gives what they would have one after the other.

// RUN: %device-half -w -std=c++17 -O3 -march=x86-64-v3 -mllvm -cuport-widen=always -DCOUNT -S -emit-llvm %s -o - | FileCheck %s
// CHECK: call i32 @llvm.vector.reduce.add.v16i32
// CHECK: atomicrmw add {{.*}} monotonic
// RUN: %device-half -w -std=c++17 -O3 -march=x86-64-v3 -Rpass=cuport-lanes -DCOUNT -c %s -o %t.o 2>&1 | FileCheck %s --check-prefix=TOLD
// TOLD-DAG: 16 threads of _Z5countPiPKi run side by side
// TOLD-DAG: 16 threads of _Z7measurePfPKf run side by side

// RUN: %cuport-cc -std=c++17 -O2 -DRUN -mllvm -cuport-widen=never %s -o %t.alone
// RUN: %cuport-cc -std=c++17 -O2 -DRUN -mllvm -cuport-widen=always %s -o %t.lanes
// RUN: env CUPORT_THREADS=1 %t.alone > %t.expected
// RUN: FileCheck %s --check-prefix=RESULT < %t.expected
// RUN: env CUPORT_THREADS=1 %t.lanes | diff %t.expected -
// RESULT: 0: cudaSuccess

#ifdef COUNT
__global__ void count(int *sum, const int *in) { atomicAdd(sum, in[blockIdx.x * blockDim.x + threadIdx.x]); }
__global__ void measure(float *sum, const float *in) { atomicAdd(sum, in[blockIdx.x * blockDim.x + threadIdx.x]); }
#else
#include <cstdio>

template <typename T> struct Sums {
  T all, some, given, none, down;
};

template <typename T> __global__ void add(Sums<T> *sums, T *before, const T *in, int n) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= n)
    return;
  atomicAdd(&sums->all, in[i]);
  if (i % 5 < 3)
    atomicAdd(&sums->some, in[i]);
  before[i] = atomicAdd(&sums->given, in[i]);
  if (i < 0)
    atomicAdd(&sums->none, in[i]);
  if (i % 2)
    before[i] += atomicAdd(&sums->down, -in[i]);
}

template <typename T> struct Bits {
  T all, any, parity, most, least, subtracted;
};

template <typename T> __global__ void combine(Bits<T> *bits, T *before, const T *in, int n) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= n)
    return;
  for (int k = 0; k < 1 + i % 3; ++k) {
    atomicAnd(&bits->all, in[i] | 5);
    atomicOr(&bits->any, in[i] & 6);
    atomicXor(&bits->parity, in[i]);
    atomicMax(&bits->most, in[i]);
    atomicMin(&bits->least, in[i]);
  }
  if (sizeof(T) == 4 && i % 7)
    before[i] = atomicSub(reinterpret_cast<unsigned *>(&bits->subtracted), in[i]);
}

template <typename T> T *managed(int n) {
  T *memory;
  cudaMallocManaged(&memory, n * sizeof(T));
  return memory;
}

constexpr int Count = 200;

template <typename T> void sum() {
  T *in = managed<T>(Count), *before = managed<T>(Count);
  auto *sums = managed<Sums<T>>(1);
  *sums = {T(-0.0), 1, 2, T(-0.0), 4};
  for (int i = 0; i < Count; ++i) {
    in[i] = static_cast<T>((i * 7919 % 1009 - 500) * 1.1);
    before[i] = 0;
  }
  add<<<2, 128>>>(sums, before, in, Count);
  printf("%d: %s %.17g %.17g %.17g %.17g %.17g\n", 0, cudaGetErrorName(cudaDeviceSynchronize()), double(sums->all), double(sums->some),
         double(sums->given), double(sums->none), double(sums->down));
  for (int i = 0; i < Count; ++i)
    printf("%.17g\n", double(before[i]));
}

template <typename T> void bits() {
  T *in = managed<T>(Count), *before = managed<T>(Count);
  auto *found = managed<Bits<T>>(1);
  *found = {T(-1), 0, 0, 0, T(1) << 30, 0};
  for (int i = 0; i < Count; ++i) {
    in[i] = static_cast<T>(i * 7919 % 1009 - 500) * (sizeof(T) == 8 ? T(1) << 33 : 1);
    before[i] = 0;
  }
  combine<<<2, 128>>>(found, before, in, Count);
  printf("%s %llx %llx %llx %llx %llx %llx\n", cudaGetErrorName(cudaDeviceSynchronize()), (long long)found->all, (long long)found->any,
         (long long)found->parity, (long long)found->most, (long long)found->least, (long long)found->subtracted);
  for (int i = 0; i < Count; ++i)
    printf("%llx\n", (long long)before[i]);
}

int main() {
  sum<int>();
  sum<float>();
  sum<double>();
  bits<int>();
  bits<unsigned>();
  bits<long long>();
  bits<unsigned long long>();
}
#endif
