// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Locks between the lanes of a warp, between warps and between blocks: who waits for one lets its holder run.
// RUN: %cuport-cc -std=c++17 -O2 %s -o %t
// RUN: %t | FileCheck %s
// RUN: env CUPORT_THREADS=1 CUPORT_ORDER=backward %t | FileCheck %s
// RUN: env CUPORT_THREADS=2 CUPORT_MODE=thread %t | FileCheck %s
// RUN: %cuport-cc -std=c++17 -O0 -g %s -o %t.0
// RUN: %t.0 | FileCheck %s

#include <cstdio>

constexpr int Blocks = 6, Warps = 4, Lanes = 32;

struct Account {
  unsigned lock;
  int rows[Lanes]; ///< each lane's own, under the lock
};

__device__ unsigned lane_id() { return threadIdx.x % Lanes; }

// One lane takes the lock and gives it back, for a warp that waits for its lanes in between.
__global__ void heldByWarp(Account *account) {
  if (lane_id() == 0)
    while (atomicCAS(&account->lock, 0, 1) != 0)
      ;
  __syncwarp();
  const int before = account->rows[lane_id()];
  const int sum = __reduce_add_sync(0xffffffff, 1);
  account->rows[lane_id()] = before + sum;
  __syncwarp();
  __threadfence();
  if (lane_id() == 0)
    atomicExch(&account->lock, 0);
}

// The lock is tried by a warp as a whole, is a bit of a word beside data, and is given back behind a fence, without a barrier of the
// warp: lanes go in step on a card.
__device__ bool lock_of(unsigned *word) {
  bool taken = false;
  if (lane_id() == 1)
    taken = (atomicOr(word, 0x80000000) & 0x80000000) == 0;
  return __shfl_sync(0xffffffff, taken, 1);
}
__device__ void unlock(unsigned *word) {
  __threadfence();
  if (lane_id() == 1)
    atomicAnd(word, 0x7fffffff);
}
__global__ void besideData(Account *account) {
  for (int round = 0; round < 3;) {
    if (!lock_of(&account->lock))
      continue;
    // Whichever lane writes the word, does so with the lock's bit in it.
    const int last = account->rows[Lanes - 1];
    account->rows[lane_id()] += 1;
    if (lane_id() == 30)
      account->lock = (account->lock + 1) | 0x80000000;
    if (lane_id() == 31 && account->rows[Lanes - 1] != last + 1)
      account->rows[0] = -1000;
    unlock(&account->lock);
    ++round;
  }
}

// Two locks, each taken by warps that hold the other: the second one is only tried.
__global__ void two(Account *accounts) {
  const int warp = threadIdx.x / Lanes;
  Account *first = &accounts[warp % 2], *second = &accounts[1 - warp % 2];
  for (bool done = false; !done;) {
    while (!lock_of(&first->lock))
      ;
    if (lock_of(&second->lock)) {
      first->rows[lane_id()] += 1;
      second->rows[lane_id()] += 1;
      unlock(&second->lock);
      done = true;
    }
    unlock(&first->lock);
  }
}

// Every lane for itself.
__global__ void everyLane(Account *account) {
  for (bool done = false; !done;)
    if (atomicCAS(&account->lock, 0, 1) == 0) {
      account->rows[0] += 1;
      __threadfence();
      atomicExch(&account->lock, 0);
      done = true;
    }
}

// Thread 0 for the block.
__global__ void ofTheBlock(Account *account) {
  if (threadIdx.x == 0)
    while (atomicExch(&account->lock, 1) != 0)
      ;
  __syncthreads();
  if (threadIdx.x < Lanes)
    account->rows[threadIdx.x] += 1;
  __syncthreads();
  if (threadIdx.x == 0) {
    __threadfence();
    atomicExch(&account->lock, 0);
  }
}

int main() {
  Account *accounts;
  cudaMallocManaged(&accounts, 2 * sizeof(Account));
  auto run = [&](const char *name, auto kernel, int times = 1) {
    cudaError_t status = cudaSuccess;
    int least = 1 << 30, most = 0;
    for (int time = 0; time < times; ++time) {
      cudaMemset(accounts, 0, 2 * sizeof(Account));
      kernel<<<Blocks, Warps * Lanes>>>(accounts);
      status = cudaDeviceSynchronize();
      for (int row : accounts->rows)
        least = row < least ? row : least, most = row > most ? row : most;
    }
    printf("%s: %d to %d, lock %u, %s\n", name, least, most, accounts->lock, cudaGetErrorString(status));
  };
  // CHECK: held by warps: 768 to 768, lock 0, no error
  run("held by warps", heldByWarp);
  // CHECK: beside data: 72 to 72, lock 72, no error
  run("beside data", besideData);
  // CHECK: two: 24 to 24, lock 0, no error
  // Often: when the last block is alone its warps must not take turns in which each always ends with a lock that another one wants.
  run("two", two, 100);
  // CHECK: every lane: 0 to 768, lock 0, no error
  run("every lane", everyLane);
  // CHECK: of the block: 6 to 6, lock 0, no error
  run("of the block", ofTheBlock);
}
