// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Masks that name lanes which have ended, and callers that their own mask does not name: CUDA leaves these undefined, cards since
// Volta do not wait for lanes that have ended, and the mask alone says who votes. A wait that cannot end is named.
// RUN: %cuport-cc -std=c++17 -lineinfo %s -o %t
// RUN: %t | FileCheck %s
// RUN: env CUPORT_MODE=thread %t | FileCheck %s
// RUN: env CUPORT_ORDER=shuffle:3 CUPORT_MODE=thread %t | FileCheck %s
// CHECK: no error: {{[1-9][0-9]*}} checked, 0 wrong
// RUN: %t apart 2>&1 | FileCheck %s --check-prefix=APART
// RUN: env CUPORT_MODE=thread %t apart 2>&1 | FileCheck %s --check-prefix=APART
// RUN: %t outside 2>&1 | FileCheck %s --check-prefix=OUTSIDE
// RUN: env CUPORT_MODE=thread %t outside 2>&1 | FileCheck %s --check-prefix=OUTSIDE

#include <cstdio>
#include <cstring>

__device__ int checked, wrong;
#define CHECK(...)                                                                    \
  do {                                                                                \
    atomicAdd(&checked, 1);                                                           \
    if (!(__VA_ARGS__) && atomicAdd(&wrong, 1) < 10)                                  \
      printf("line %d, thread %u\n", __LINE__, threadIdx.x);                          \
  } while (0)

// Half of the lanes are gone, and were there when the others already waited.
__global__ void ended(unsigned mask) {
  const int lane = threadIdx.x;
  if (lane >= 16) {
    CHECK(__shfl_sync(0xffff0000, lane, 20) == 20);
    return;
  }
  CHECK(__ballot_sync(mask, lane % 2) == 0xaaaa);
  CHECK(__any_sync(mask, lane == 3) && !__any_sync(mask, lane == 20));
  CHECK(__all_sync(mask, lane < 16));
  CHECK(__match_any_sync(mask, lane / 4) == 0xfu << lane / 4 * 4);
  int same;
  CHECK(__match_all_sync(mask, 7, &same) == 0xffff && same);
  CHECK(__reduce_add_sync(mask, lane) == 120 && __reduce_min_sync(mask, lane + 2) == 2);
  CHECK(__shfl_sync(mask, lane, 5) == 5 && __shfl_xor_sync(mask, lane, 8) == (lane ^ 8));
  // What a lane gives that is not there is undefined in CUDA, and 0 on cards: sums come out right.
  CHECK(__shfl_down_sync(mask, lane + 1, 8) == (lane < 8 ? lane + 9 : 0));
  __syncwarp(mask);
}

// A block of 20 threads: the lanes behind were never there.
__global__ void shortWarp(unsigned mask) {
  int sum = 1;
  for (int distance = 16; distance > 0; distance /= 2)
    sum += __shfl_down_sync(mask, sum, distance);
  CHECK(threadIdx.x != 0 || sum == 20);
  CHECK(__ballot_sync(mask, 1) == 0xfffff && __reduce_add_sync(mask, 1) == 20);
}

// Sums of four lanes, of which fewer and fewer are in the loop, as in reductions of a column by few rows.
__global__ void loop(int rows) {
  const int part = threadIdx.x % 4;
  int sum = 0;
  for (int row = part; row < rows; row += 4) {
    int value = 1;
    value += __shfl_down_sync(0xffffffff, value, 1, 4);
    value += __shfl_down_sync(0xffffffff, value, 2, 4);
    sum += value;
  }
  CHECK(part != 0 || sum == rows);
}

// All lanes call, half are named: they alone vote, and the others see what comes of it.
__global__ void unnamed() {
  const int lane = threadIdx.x;
  CHECK(__shfl_up_sync(0x0000ffff, lane, 16) == (lane < 16 ? lane : lane - 16));
  CHECK(__ballot_sync(0x0000ffff, lane % 2) == 0xaaaa);
  CHECK(__all_sync(0x0000ffff, lane < 16) && !__any_sync(0x0000ffff, lane >= 16));
  CHECK(__reduce_add_sync(0x0000ffff, lane) == 120);
  CHECK(__match_any_sync(0x0000ffff, lane % 16) == 1u << lane % 16);
  __syncwarp(0x0000ffff);
  // Of the named ones none is left.
  if (lane < 16)
    return;
  CHECK(__ballot_sync(0x0000ffff, lane % 2) == 0xaaaa0000 && __shfl_sync(0x0000ffff, lane, 20) == 20);
}

// APART: cuport: kernel apart() ({{.*}}masks.cu:[[#@LINE+2]]), block [0,0,0]: divergence: 28 threads wait and none can go on, 4 have ended
// APART: 8 lanes of warp 0 at a vote of mask 0x7fffffff at {{.*}}masks.cu:[[#@LINE+5]] in apart: threads [0,0,0] to [7,0,0]; lanes 8 to 27 do not come
__global__ void apart() {
  if (threadIdx.x >= 28)
    return;
  if (threadIdx.x < 8)
    __ballot_sync(0x7fffffff, 1);
  // APART: 20 threads at a barrier at {{.*}}masks.cu:[[#@LINE+2]] in apart: threads [8,0,0] to [27,0,0]
  // APART: unspecified launch failure
  __syncthreads();
}

// OUTSIDE: divergence: 32 threads wait and none can go on
__global__ void outside() {
  int value = threadIdx.x;
  // OUTSIDE-DAG: 2 lanes of warp 0 at a shuffle of mask 0x500ff, which does not name them, at {{.*}}masks.cu:[[#@LINE+2]] in outside: threads [30,0,0] to [31,0,0]; lanes 0 to 7, 16 and 18 do not come
  if (threadIdx.x >= 30)
    value = __shfl_sync(0x000500ff, value, 0);
  // OUTSIDE-DAG: 30 threads at a barrier
  __syncthreads();
  if (value == 77)
    wrong = 1;
}

// Each lane names those below it: HeCBench's bscan ranks so.
__global__ void below() {
  const int lane = threadIdx.x % 32;
  const unsigned mask = (1u << lane) - 1;
  CHECK(__ballot_sync(mask, lane % 3 == 0) == (0x49249249 & mask));
  CHECK(__any_sync(mask, lane == 4) == (lane > 4));
}

int main(int count, char **arguments) {
  auto is = [&](const char *name) { return count > 1 && !std::strcmp(arguments[1], name); };
  if (is("apart"))
    apart<<<1, 32>>>();
  else if (is("outside"))
    outside<<<1, 32>>>();
  else {
    ended<<<1, 32>>>(0xffffffff);
    ended<<<1, 32>>>(0x7fffffff);
    shortWarp<<<1, 20>>>(0xffffffff);
    shortWarp<<<1, 20>>>(0x7fffffff);
    for (int rows = 1; rows < 10; ++rows)
      loop<<<1, 32>>>(rows);
    unnamed<<<1, 32>>>();
    below<<<1, 96>>>();
  }
  const cudaError_t error = cudaDeviceSynchronize();
  int c = 0, w = 0;
  cudaMemcpyFromSymbol(&c, checked, sizeof c);
  cudaMemcpyFromSymbol(&w, wrong, sizeof w);
  printf("%s: %d checked, %d wrong\n", cudaGetErrorString(error), c, w);
}
