// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Which memory an address is of: CUDA's functions and PTX's isspacep and cvta, in every mode.
// RUN: %cuport-cc -std=c++17 %s -o %t
// RUN: %t | FileCheck %s
// RUN: env CUPORT_MODE=thread %t | FileCheck %s
// RUN: %cuport-cc -std=c++17 -O0 -g %s -o %t.0
// RUN: %t.0 | FileCheck %s
// RUN: %if sanitizers %{ %cuport-cc -std=c++17 --check=address %s -o %t.address && %t.address | FileCheck %s %}
// RUN: %if sanitizers %{ %cuport-cc -std=c++17 --check=thread %s -o %t.thread && %t.thread | FileCheck %s %}

#include <cstdio>

struct Large {
  int numbers[40];
};

__device__ int inDevice = 1;
__device__ const int readOnly = 2;
__constant__ int inConstant[4] = {1, 2, 3, 4};
__managed__ int managed;

// Bits: global, shared, local, constant, parameter.
__device__ unsigned spaces(const void *p) {
  return __isGlobal(p) | __isShared(p) << 1 | __isLocal(p) << 2 | __isConstant(p) << 3 | __isGridConstant(p) << 4;
}

__device__ unsigned spacesOfPtx(const void *p) {
  unsigned global, shared, local, constant, parameter;
  asm("{ .reg .pred p; isspacep.global p, %1; selp.u32 %0, 1, 0, p; }" : "=r"(global) : "l"(p));
  asm("{ .reg .pred p; isspacep.shared p, %1; selp.u32 %0, 1, 0, p; }" : "=r"(shared) : "l"(p));
  asm("{ .reg .pred p; isspacep.local p, %1; selp.u32 %0, 1, 0, p; }" : "=r"(local) : "l"(p));
  asm("{ .reg .pred p; isspacep.const p, %1; selp.u32 %0, 1, 0, p; }" : "=r"(constant) : "l"(p));
  asm("{ .reg .pred p; isspacep.param p, %1; selp.u32 %0, 1, 0, p; }" : "=r"(parameter) : "l"(p));
  return global | shared << 1 | local << 2 | constant << 3 | parameter << 4;
}

#define IS(pointer, bit) (spaces(pointer) == (bit) && spacesOfPtx(pointer) == (bit) ? 0 : (1 << __COUNTER__))

__global__ void ask(int *memory, const __grid_constant__ Large parameter, unsigned *wrong) {
  __shared__ int shared[64];
  extern __shared__ int dynamic[];
  int local[16];
  local[threadIdx.x % 16] = memory[threadIdx.x];
  shared[threadIdx.x] = local[threadIdx.x % 16];
  // Across a barrier, what a thread keeps is its own, too.
  __syncthreads();
  int *inHeap = new int(3);
  wrong[threadIdx.x] = IS(memory, 1) | IS(&memory[63], 1) | IS(&inDevice, 1) | IS(&readOnly, 1) | IS(&managed, 1) | IS(inHeap, 1) |
                       IS(&shared[threadIdx.x], 2) | IS(dynamic, 2) | IS(&dynamic[31], 2) | IS(local, 4) |
                       IS(&local[threadIdx.x % 16], 4) | IS(&inConstant[threadIdx.x % 4], 8);
  delete inHeap;
  // An address goes to its space and back.
  unsigned long long address, back;
  asm("cvta.to.const.u64 %0, %1;" : "=l"(address) : "l"(&inConstant[2]));
  asm("cvta.const.u64 %0, %1;" : "=l"(back) : "l"(address));
  const bool there = *reinterpret_cast<int *>(back) == 3 && __cvta_constant_to_generic(__cvta_generic_to_constant(&inConstant[1])) == &inConstant[1] &&
                     __cvta_shared_to_generic(__cvta_generic_to_shared(&shared[5])) == &shared[5] &&
                     __cvta_global_to_generic(__cvta_generic_to_global(&memory[5])) == &memory[5] &&
                     __cvta_local_to_generic(__cvta_generic_to_local(&local[5])) == &local[5] &&
                     __cvta_grid_constant_to_generic(__cvta_generic_to_grid_constant(&parameter)) == &parameter;
  wrong[threadIdx.x] |= there ? 0 : 1u << 31;
  memory[threadIdx.x] = local[threadIdx.x % 16] + shared[63 - threadIdx.x] + parameter.numbers[0];
}

struct Pair {
  short first, second;
};

// Each thread says where its parameters are; those of the grid are in one place.
template <class T>
__global__ void parameters(const __grid_constant__ int number, __grid_constant__ const bool yes,
                           const __grid_constant__ Pair pair, const __grid_constant__ Large large,
                           const __grid_constant__ T other, const __grid_constant__ int read, int own, Large ownLarge,
                           unsigned *wrong, const void **places) {
  __syncthreads();
  unsigned bad = IS(&number, 16) | IS(&yes, 16) | IS(&pair, 16) | IS(&pair.second, 16) | IS(&large, 16) |
                 IS(&large.numbers[threadIdx.x % 40], 16) | IS(&other, 16) | IS(&own, 4) | IS(&ownLarge, 4);
  const bool right = number == 7 && yes && pair.first == 8 && pair.second == 9 && large.numbers[39] == 10;
  bad |= right && other == T(11) && read == 12 ? 0 : 1 << 30;
  own += threadIdx.x;
  ownLarge.numbers[0] += own;
  bad |= ownLarge.numbers[0] == int(threadIdx.x) + 27 ? 0 : 1u << 31;
  wrong[threadIdx.x] = bad;
  const void *mine[] = {&number, &yes, &pair, &large, &other};
  for (int i = 0; i < 5; ++i)
    places[5 * threadIdx.x + i] = mine[i];
}

int main() {
  int *memory;
  unsigned *wrong;
  cudaMalloc(&memory, 64 * sizeof(int));
  cudaMemset(memory, 0, 64 * sizeof(int));
  cudaMallocManaged(&wrong, 64 * sizeof(unsigned));
  ask<<<1, 64, 128>>>(memory, Large{}, wrong);
  const cudaError_t status = cudaDeviceSynchronize();
  unsigned all = 0;
  for (int i = 0; i < 64; ++i)
    all |= wrong[i];
  // CHECK: wrong 0x0, no error
  printf("wrong 0x%x, %s\n", all, cudaGetErrorString(status));

  const void **places;
  cudaMallocManaged(&places, 5 * 64 * sizeof(void *));
  Large large{}, ownLarge{};
  large.numbers[39] = 10;
  ownLarge.numbers[0] = 14;
  parameters<double><<<1, 64>>>(7, true, Pair{8, 9}, large, 11, 12, 13, ownLarge, wrong, places);
  const cudaError_t again = cudaDeviceSynchronize();
  all = 0;
  int elsewhere = 0;
  for (int i = 0; i < 64; ++i) {
    all |= wrong[i];
    for (int j = 0; j < 5; ++j)
      elsewhere += places[5 * i + j] != places[j];
  }
  // CHECK: wrong 0x0, 0 elsewhere, no error
  printf("wrong 0x%x, %d elsewhere, %s\n", all, elsewhere, cudaGetErrorString(again));
}
