// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Cooperative groups of whole blocks: thread_group, which can hold any group, thread_block and grid_group. Groups of lanes
// of a warp are in cuport/lane_groups.h.

#ifndef CUPORT_THREAD_GROUPS_H
#define CUPORT_THREAD_GROUPS_H

#include <cuport/builtin_variables.h>
#include <cuport/cluster_functions.h>
#include <cuport/warp_functions.h>

namespace cooperative_groups {

/// The lanes of a mask, which has the meaning of cuport/intrinsics.h, by rank.
struct cuport_lane_set {
  unsigned long long mask;
  unsigned first; // number of the lane that bit 0 stands for

  CUPORT_DEVICE_MEMBER unsigned count() const {
    return mask == ~0ull ? __cuport_warp_size() : static_cast<unsigned>(__builtin_popcountll(mask));
  }
  CUPORT_DEVICE_MEMBER unsigned rank() const {
    unsigned lane = __cuport_lane();
    return mask == ~0ull ? lane : static_cast<unsigned>(__builtin_popcountll(mask & ((1ull << (lane & 63)) - 1)));
  }
  /// The lane of a rank.
  CUPORT_DEVICE_MEMBER unsigned lane(unsigned rank) const {
    if (mask == ~0ull)
      return rank;
    unsigned long long rest = mask;
    for (unsigned at = 0; at < rank; ++at)
      rest &= rest - 1;
    return first + (rest == 0 ? 0 : static_cast<unsigned>(__builtin_ctzll(rest)));
  }
  /// Bit r of the result is the bit of the lane of rank r.
  CUPORT_DEVICE_MEMBER unsigned long long by_rank(unsigned long long lanes) const {
    unsigned long long result = 0;
    unsigned rank = 0;
    for (unsigned long long rest = mask; rest != 0; rest &= rest - 1, ++rank)
      result |= static_cast<unsigned long long>((lanes >> __builtin_ctzll(rest) & 1) != 0) << rank;
    return result;
  }
};

class thread_group {
public:
  CUPORT_DEVICE_MEMBER void sync() const {
    if (kind == of_block)
      __cuport_barrier(0, 0);
    else if (kind == of_grid)
      __cuport_grid_barrier();
    else
      __cuport_warp_barrier(lanes.mask);
  }
  CUPORT_DEVICE_MEMBER unsigned long long num_threads() const { return threads; }
  CUPORT_DEVICE_MEMBER unsigned long long size() const { return threads; }
  CUPORT_DEVICE_MEMBER unsigned long long thread_rank() const { return rank; }

protected:
  enum kind_type { of_block, of_grid, of_lanes };
  CUPORT_DEVICE_MEMBER thread_group(kind_type kind, unsigned long long threads, unsigned long long rank,
                                    cuport_lane_set lanes = {})
      : kind(kind), threads(threads), rank(rank), lanes(lanes) {}

  kind_type kind;
  unsigned long long threads, rank;
  cuport_lane_set lanes;

  friend CUPORT_DEVICE_MEMBER thread_group cuport_tile(const thread_group &parent, unsigned size);
};

CUPORT_DEVICE unsigned cuport_block_size() { return blockDim.x * blockDim.y * blockDim.z; }
CUPORT_DEVICE unsigned cuport_rank_in_block() { return threadIdx.x + blockDim.x * (threadIdx.y + blockDim.y * threadIdx.z); }

/// Shared memory through which the threads of a tile of several warps exchange values: a word for each thread.
template <unsigned MaxBlockSize = 1024> struct block_tile_memory {
  unsigned long long words[MaxBlockSize];
};

class thread_block : public thread_group {
public:
  /// What barrier_arrive gives and barrier_wait takes. All of the waiting is done in barrier_wait.
  struct arrival_token {};

  static CUPORT_DEVICE_MEMBER void sync() { __cuport_barrier(0, 0); }
  static CUPORT_DEVICE_MEMBER unsigned thread_rank() { return cuport_rank_in_block(); }
  static CUPORT_DEVICE_MEMBER unsigned num_threads() { return cuport_block_size(); }
  static CUPORT_DEVICE_MEMBER unsigned size() { return cuport_block_size(); }
  static CUPORT_DEVICE_MEMBER dim3 group_index() { return blockIdx; }
  static CUPORT_DEVICE_MEMBER dim3 thread_index() { return threadIdx; }
  static CUPORT_DEVICE_MEMBER dim3 group_dim() { return blockDim; }
  static CUPORT_DEVICE_MEMBER dim3 dim_threads() { return blockDim; }
  static CUPORT_DEVICE_MEMBER arrival_token barrier_arrive() { return {}; }
  static CUPORT_DEVICE_MEMBER void barrier_wait(arrival_token &&) { __cuport_barrier(0, 0); }

  CUPORT_DEVICE_MEMBER unsigned long long *cuport_words() const { return words; }

private:
  unsigned long long *words; // of block_tile_memory, or null
  CUPORT_DEVICE_MEMBER explicit thread_block(unsigned long long *words)
      : thread_group(of_block, cuport_block_size(), cuport_rank_in_block()), words(words) {}
  friend CUPORT_DEVICE_MEMBER thread_block this_thread_block();
  template <unsigned Size> friend CUPORT_DEVICE_MEMBER thread_block this_thread_block(block_tile_memory<Size> &);
};
CUPORT_DEVICE_MEMBER thread_block this_thread_block() { return thread_block(nullptr); }
template <unsigned Size> CUPORT_DEVICE_MEMBER thread_block this_thread_block(block_tile_memory<Size> &memory) {
  return thread_block(memory.words);
}

class grid_group : public thread_group {
public:
  struct arrival_token {};

  /// A launch that is not cooperative has no barrier of its grid; the runtime says so when one comes.
  static CUPORT_DEVICE_MEMBER bool is_valid() { return true; }
  static CUPORT_DEVICE_MEMBER void sync() { __cuport_grid_barrier(); }
  static CUPORT_DEVICE_MEMBER unsigned long long num_blocks() {
    return static_cast<unsigned long long>(gridDim.x) * gridDim.y * gridDim.z;
  }
  static CUPORT_DEVICE_MEMBER unsigned long long block_rank() {
    return blockIdx.x + static_cast<unsigned long long>(gridDim.x) * (blockIdx.y + static_cast<unsigned long long>(gridDim.y) * blockIdx.z);
  }
  static CUPORT_DEVICE_MEMBER unsigned long long num_threads() { return num_blocks() * cuport_block_size(); }
  static CUPORT_DEVICE_MEMBER unsigned long long size() { return num_threads(); }
  static CUPORT_DEVICE_MEMBER unsigned long long thread_rank() {
    return block_rank() * cuport_block_size() + cuport_rank_in_block();
  }
  static CUPORT_DEVICE_MEMBER dim3 block_index() { return blockIdx; }
  static CUPORT_DEVICE_MEMBER dim3 thread_index() { return threadIdx; }
  static CUPORT_DEVICE_MEMBER dim3 group_dim() { return gridDim; }
  static CUPORT_DEVICE_MEMBER dim3 dim_blocks() { return gridDim; }
  static CUPORT_DEVICE_MEMBER dim3 dim_threads() {
    return dim3(gridDim.x * blockDim.x, gridDim.y * blockDim.y, gridDim.z * blockDim.z);
  }
  static CUPORT_DEVICE_MEMBER arrival_token barrier_arrive() { return {}; }
  static CUPORT_DEVICE_MEMBER void barrier_wait(arrival_token &&) { __cuport_grid_barrier(); }

private:
  CUPORT_DEVICE_MEMBER grid_group() : thread_group(of_grid, num_threads(), thread_rank()) {}
  friend CUPORT_DEVICE_MEMBER grid_group this_grid();
};
CUPORT_DEVICE_MEMBER grid_group this_grid() { return grid_group(); }

/// A cluster of one block: cuport launches no others (cuport/cluster_functions.h).
class cluster_group : public thread_group {
public:
  struct arrival_token {};

  static CUPORT_DEVICE_MEMBER void sync() { __cuport_barrier(0, 0); }
  static CUPORT_DEVICE_MEMBER arrival_token barrier_arrive() { return {}; }
  static CUPORT_DEVICE_MEMBER void barrier_wait() { __cuport_barrier(0, 0); }
  static CUPORT_DEVICE_MEMBER void barrier_wait(arrival_token &&) { __cuport_barrier(0, 0); }
  static CUPORT_DEVICE_MEMBER unsigned num_blocks() { return 1; }
  static CUPORT_DEVICE_MEMBER unsigned num_threads() { return cuport_block_size(); }
  static CUPORT_DEVICE_MEMBER unsigned size() { return cuport_block_size(); }
  static CUPORT_DEVICE_MEMBER unsigned block_rank() { return 0; }
  static CUPORT_DEVICE_MEMBER unsigned thread_rank() { return cuport_rank_in_block(); }
  static CUPORT_DEVICE_MEMBER dim3 block_index() { return dim3(0, 0, 0); }
  static CUPORT_DEVICE_MEMBER dim3 thread_index() { return threadIdx; }
  static CUPORT_DEVICE_MEMBER dim3 dim_blocks() { return dim3(1, 1, 1); }
  static CUPORT_DEVICE_MEMBER dim3 dim_threads() { return blockDim; }
  template <class T> static CUPORT_DEVICE_MEMBER T *map_shared_rank(T *address, int rank) {
    return static_cast<T *>(__cluster_map_shared_rank(address, static_cast<unsigned>(rank)));
  }
  static CUPORT_DEVICE_MEMBER unsigned query_shared_rank(const void *) { return 0; }

private:
  CUPORT_DEVICE_MEMBER cluster_group() : thread_group(of_block, cuport_block_size(), cuport_rank_in_block()) {}
  friend CUPORT_DEVICE_MEMBER cluster_group this_cluster();
};
CUPORT_DEVICE_MEMBER cluster_group this_cluster() { return cluster_group(); }

} // namespace cooperative_groups

#endif
