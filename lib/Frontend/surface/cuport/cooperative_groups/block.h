// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Any group, the calling thread alone, and the block.

#ifndef CUPORT_COOPERATIVE_GROUPS_BLOCK_H
#define CUPORT_COOPERATIVE_GROUPS_BLOCK_H

#include <cuport/device_functions.h>

namespace cooperative_groups {

namespace details {
struct grid_constants {};
} // namespace details

class thread_group {
public:
  __device__ unsigned long long size() const;
  __device__ unsigned long long num_threads() const;
  __device__ unsigned long long thread_rank() const;
  __device__ void sync() const;
};

class thread_block : public thread_group {
public:
  struct arrival_token {};
  __device__ static void sync();
  __device__ static unsigned int thread_rank();
  __device__ static unsigned int size();
  __device__ static unsigned int num_threads();
  __device__ static dim3 group_index();
  __device__ static dim3 thread_index();
  __device__ static dim3 group_dim();
  __device__ static dim3 dim_threads();
  __device__ static arrival_token barrier_arrive();
  __device__ static void barrier_wait(arrival_token &&token);
};

__device__ thread_block this_thread_block();
__device__ thread_group this_thread();

template <class Group> __device__ void sync(Group &group);
template <class Group> __device__ void sync(const Group &group);
template <class Group> __device__ unsigned int thread_rank(const Group &group);
template <class Group> __device__ unsigned int group_size(const Group &group);

namespace experimental {
template <unsigned int Size = 0> struct block_tile_memory {
  unsigned char bytes[Size ? Size : 1];
};
template <unsigned int Size>
__device__ thread_block this_thread_block(block_tile_memory<Size> &memory);
} // namespace experimental
using experimental::block_tile_memory;
using experimental::this_thread_block;

} // namespace cooperative_groups

#endif
