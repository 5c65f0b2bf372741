// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Threads without loops of their own run side by side where LLVM makes no vectors of the loop over them: where some load what is the same for
// all of them, where more indices of 32 bits grow from thread to thread than it asks of whether they begin anew, and where what they load lies apart.

// RUN: %device-half -std=c++17 -O3 -march=x86-64-v3 -Rpass=cuport-lanes -c %s -o %t.o 2>&1 | FileCheck %s --check-prefix=GAINS
// RUN: %cuport-cc -std=c++17 -O3 %s -o %t && %t | FileCheck %s
// RUN: %cuport-cc -std=c++17 -O3 -march=x86-64-v3 %s -o %t && %t | FileCheck %s
// RUN: env CUPORT_MODE=thread %t | FileCheck %s

#include <cstdio>
#include <cuda_runtime.h>

constexpr unsigned Bits = 12, Count = 1000, Side = 40;

// GAINS-DAG: 16 threads of {{.*}}sumOfSome{{.*}} run side by side
__host__ __device__ unsigned someOf(unsigned bits, const unsigned *table) {
  unsigned sum = 0;
#pragma unroll
  for (unsigned bit = 0; bit < Bits; ++bit)
    if (bits >> bit & 1)
      sum ^= table[bit];
  return sum;
}

__global__ void sumOfSome(const unsigned *table, unsigned *sums, unsigned count) {
  const unsigned i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < count)
    sums[i] = someOf(i * 7, table);
}

// GAINS-DAG: 16 threads of {{.*}}star{{.*}} run side by side
#define AT(DX, DY, DZ) in[x + DX + (y + DY) * side + (z + DZ) * side * side]
#define OF(D) (AT(D, 0, 0) + AT(-D, 0, 0) + AT(0, D, 0) + AT(0, -D, 0) + AT(0, 0, D) + AT(0, 0, -D))
__host__ __device__ float starAt(const float *in, unsigned x, unsigned y, unsigned z, unsigned side) { return AT(0, 0, 0) + 2 * OF(1) + 3 * OF(2) + 4 * OF(3) + 5 * OF(4); }

__global__ void star(const float *__restrict__ in, float *__restrict__ out, unsigned side) {
  const unsigned x = blockIdx.x * blockDim.x + threadIdx.x, y = blockIdx.y * blockDim.y + threadIdx.y, z = blockIdx.z;
  if (x >= 4 && x < side - 4 && y >= 4 && y < side - 4 && z >= 4 && z < side - 4)
    out[x + y * side + z * side * side] = starAt(in, x, y, z, side);
}

// GAINS-DAG: 16 threads of {{.*}}turned{{.*}} run side by side
__host__ __device__ float turnedAt(const float *in, unsigned x) {
  float sum = 0;
#pragma unroll
  for (unsigned k = 0; k < 16; ++k)
    sum += in[x * 16 + k] * in[k * 16 + 3];
  return sum;
}

__global__ void turned(const float *in, float *out) {
  out[threadIdx.x] = turnedAt(in, threadIdx.x);
}

template <typename T> T *managed(unsigned count) {
  T *p;
  cudaMallocManaged(&p, count * sizeof(T));
  return p;
}

int main() {
  unsigned *table = managed<unsigned>(Bits), *sums = managed<unsigned>(Count);
  for (unsigned i = 0; i < Bits; ++i)
    table[i] = i * 2654435761u;
  sumOfSome<<<(Count + 127) / 128, 128>>>(table, sums, Count);
  cudaDeviceSynchronize();
  unsigned wrong = 0;
  for (unsigned i = 0; i < Count; ++i)
    wrong += sums[i] != someOf(i * 7, table);
  std::printf("sums: %u wrong\n", wrong);
  // CHECK: sums: 0 wrong

  constexpr unsigned Volume = Side * Side * Side;
  float *in = managed<float>(Volume), *out = managed<float>(Volume);
  for (unsigned i = 0; i < Volume; ++i) {
    in[i] = i % 97; // sums are exact
    out[i] = -1;
  }
  star<<<dim3((Side + 31) / 32, (Side + 3) / 4, Side), dim3(32, 4)>>>(in, out, Side);
  cudaDeviceSynchronize();
  wrong = 0;
  for (unsigned z = 0; z < Side; ++z)
    for (unsigned y = 0; y < Side; ++y)
      for (unsigned x = 0; x < Side; ++x) {
        bool inside = true;
        for (unsigned at : {x, y, z})
          inside &= at >= 4 && at < Side - 4;
        wrong += out[x + y * Side + z * Side * Side] != (inside ? starAt(in, x, y, z, Side) : -1);
      }
  std::printf("star: %u wrong\n", wrong);
  // CHECK-NEXT: star: 0 wrong

  turned<<<1, 64>>>(in, out);
  cudaDeviceSynchronize();
  wrong = 0;
  for (unsigned x = 0; x < 64; ++x)
    wrong += out[x] != turnedAt(in, x);
  std::printf("turned: %u wrong\n", wrong);
  // CHECK-NEXT: turned: 0 wrong
  return 0;
}
