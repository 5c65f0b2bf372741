// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Parts of a block: tiles of a fixed size, the threads that are together, and what splits a group
// into them.

#ifndef CUPORT_COOPERATIVE_GROUPS_PARTITION_H
#define CUPORT_COOPERATIVE_GROUPS_PARTITION_H

#include <cuport/cooperative_groups/block.h>

namespace cooperative_groups {

/// What tiles and coalesced groups share.
class warp_group : public thread_group {
public:
  __device__ void sync() const;
  __device__ unsigned int size() const;
  __device__ unsigned int num_threads() const;
  __device__ unsigned int thread_rank() const;
  __device__ unsigned int meta_group_size() const;
  __device__ unsigned int meta_group_rank() const;
  template <class T> __device__ T shfl(T value, int rank) const;
  template <class T> __device__ T shfl_up(T value, unsigned int delta) const;
  template <class T> __device__ T shfl_down(T value, unsigned int delta) const;
  template <class T> __device__ T shfl_xor(T value, unsigned int mask) const;
  __device__ int any(int predicate) const;
  __device__ int all(int predicate) const;
  __device__ unsigned int ballot(int predicate) const;
  template <class T> __device__ unsigned int match_any(T value) const;
  template <class T> __device__ unsigned int match_all(T value, int &predicate) const;
};

class coalesced_group : public warp_group {};
__device__ coalesced_group coalesced_threads();

template <unsigned int Size, class Parent = void> class thread_block_tile : public warp_group {
public:
  thread_block_tile() = default;
  template <class Other> __device__ thread_block_tile(const thread_block_tile<Size, Other> &other);
  __device__ operator thread_block_tile<Size, void>() const;
  __device__ static constexpr unsigned int size() { return Size; }
  __device__ static constexpr unsigned int num_threads() { return Size; }
};
template <unsigned int Size> class thread_block_tile<Size, void> : public warp_group {
public:
  thread_block_tile() = default;
  template <class Other> __device__ thread_block_tile(const thread_block_tile<Size, Other> &other);
  __device__ static constexpr unsigned int size() { return Size; }
  __device__ static constexpr unsigned int num_threads() { return Size; }
};

template <unsigned int Size, class Parent>
__device__ thread_block_tile<Size, Parent> tiled_partition(const Parent &group);
template <class Parent>
__device__ thread_group tiled_partition(const Parent &group, unsigned int size);
template <class Group>
__device__ coalesced_group binary_partition(const Group &group, bool predicate);
template <class Label, class Group>
__device__ coalesced_group labeled_partition(const Group &group, Label label);

template <class Group, class Function>
__device__ void invoke_one(const Group &group, Function &&function);
template <class Group, class Function>
__device__ auto invoke_one_broadcast(const Group &group, Function &&function)
    -> decltype(function());

namespace experimental {
using cooperative_groups::tiled_partition;
}

} // namespace cooperative_groups

#endif
