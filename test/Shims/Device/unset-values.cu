// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What only the leader of a warp has set goes through a shuffle, or a function's result: the others go on all the same.
// RUN: %cuport-cc %s -o %t && %t | FileCheck %s
// CHECK: 64 numbered, 0 twice; leaders 2
#include <cstdio>

__device__ int counter, leaders, seen[64];

__device__ int next() {
  unsigned active = __activemask(), below = active & ((1u << threadIdx.x % 32) - 1);
  int first;
  if (__popc(below) == 0)
    first = atomicAdd(&counter, __popc(active));
  first = __shfl_sync(active, first, __ffs(active) - 1);
  return first + __popc(below);
}

__device__ __noinline__ int ofLeader() {
  int result;
  if (threadIdx.x % 32 == 0)
    result = atomicAdd(&leaders, 1);
  return result;
}

__global__ void number() {
  atomicAdd(&seen[next()], 1);
  ofLeader();
}

int main() {
  number<<<1, 64>>>();
  int count, lead, numbers[64], twice = 0;
  cudaMemcpyFromSymbol(&count, counter, sizeof count);
  cudaMemcpyFromSymbol(&lead, leaders, sizeof lead);
  cudaMemcpyFromSymbol(numbers, seen, sizeof numbers);
  for (int n : numbers)
    twice += n != 1;
  printf("%d numbered, %d twice; leaders %d\n", count, twice, lead);
}
