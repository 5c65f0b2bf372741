// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Cooperative groups of lanes: thread_block_tile, coalesced_group, and how a group is cut into them. A tile that is larger
// than a warp waits on a barrier of its own and exchanges values through block_tile_memory.

#ifndef CUPORT_LANE_GROUPS_H
#define CUPORT_LANE_GROUPS_H

#include <cuport/thread_groups.h>

namespace cooperative_groups {

class coalesced_group : public thread_group {
public:
  CUPORT_DEVICE_MEMBER void sync() const { __cuport_warp_barrier(lanes.mask); }
  CUPORT_DEVICE_MEMBER unsigned size() const { return static_cast<unsigned>(threads); }
  CUPORT_DEVICE_MEMBER unsigned num_threads() const { return static_cast<unsigned>(threads); }
  CUPORT_DEVICE_MEMBER unsigned thread_rank() const { return static_cast<unsigned>(rank); }
  CUPORT_DEVICE_MEMBER unsigned meta_group_size() const { return groups; }
  CUPORT_DEVICE_MEMBER unsigned meta_group_rank() const { return group; }

  template <class T> CUPORT_DEVICE_MEMBER T shfl(const T &value, unsigned source) const {
    return cuport_shuffle(lanes.mask, value, CUPORT_SHUFFLE_INDEX, static_cast<int>(lanes.lane(source % size())),
                          static_cast<int>(__cuport_warp_size()));
  }
  /// A rank outside the group leaves the value as it is.
  template <class T> CUPORT_DEVICE_MEMBER T shfl_up(const T &value, unsigned delta) const {
    return shfl(value, delta <= rank ? thread_rank() - delta : thread_rank());
  }
  template <class T> CUPORT_DEVICE_MEMBER T shfl_down(const T &value, unsigned delta) const {
    return shfl(value, delta < threads - rank ? thread_rank() + delta : thread_rank());
  }
  CUPORT_DEVICE_MEMBER int any(int predicate) const { return __cuport_vote(lanes.mask, CUPORT_VOTE_ANY, predicate != 0) != 0; }
  CUPORT_DEVICE_MEMBER int all(int predicate) const { return __cuport_vote(lanes.mask, CUPORT_VOTE_ALL, predicate != 0) != 0; }
  CUPORT_DEVICE_MEMBER cuport_lane_mask ballot(int predicate) const {
    return static_cast<cuport_lane_mask>(
        lanes.by_rank(__cuport_vote(lanes.mask, CUPORT_VOTE_BALLOT, predicate != 0)));
  }
  template <class T> CUPORT_DEVICE_MEMBER cuport_lane_mask match_any(const T &value) const {
    return static_cast<cuport_lane_mask>(lanes.by_rank(cuport_match_value(lanes.mask, value, 0)));
  }
  template <class T> CUPORT_DEVICE_MEMBER cuport_lane_mask match_all(const T &value, int &same) const {
    unsigned long long found = cuport_match_value(lanes.mask, value, 1);
    same = found != 0;
    return static_cast<cuport_lane_mask>(lanes.by_rank(found));
  }

  // For the functions that cut and reduce groups.
  CUPORT_DEVICE_MEMBER coalesced_group(cuport_lane_set set, unsigned group = 0, unsigned groups = 1)
      : thread_group(of_lanes, set.count(), set.rank(), set), group(group), groups(groups) {}
  CUPORT_DEVICE_MEMBER cuport_lane_set cuport_lanes() const { return lanes; }
  static CUPORT_DEVICE_MEMBER bool cuport_within_warp() { return true; }
  template <class T>
  static CUPORT_DEVICE_MEMBER unsigned long long cuport_match_value(unsigned long long mask, const T &value, int all) {
    static_assert(sizeof(T) <= 8, "match compares values of 8 bytes at most");
    unsigned long long bits = 0;
    __builtin_memcpy(&bits, &value, sizeof(T));
    return __cuport_match(mask, bits, all);
  }

private:
  unsigned group, groups;
};

/// The lanes that are here together.
CUPORT_DEVICE_MEMBER coalesced_group coalesced_threads() {
  return coalesced_group(cuport_lane_set{__cuport_active_mask(), __cuport_lane() & ~63u});
}

/// The caller's tile of `size` lanes, of those of its warp.
CUPORT_DEVICE_MEMBER cuport_lane_set cuport_tile_lanes(unsigned size) {
  unsigned lane = __cuport_lane();
  if (size >= __cuport_warp_size() || size >= 64)
    return cuport_lane_set{~0ull, 0};
  return cuport_lane_set{((1ull << size) - 1) << (lane & 63 & ~(size - 1)), lane & ~63u};
}

template <unsigned Size, class Parent = void> class thread_block_tile;

template <unsigned Size> class thread_block_tile<Size, void> {
public:
  static_assert(Size != 0 && (Size & (Size - 1)) == 0 && Size <= 1024, "a tile has a power of two of threads, 1024 at most");

  CUPORT_DEVICE_MEMBER void sync() const {
    if (Size > __cuport_warp_size())
      __cuport_barrier(1 + cuport_rank_in_block() / Size, Size);
    else
      __cuport_warp_barrier(mask());
  }
  static constexpr CUPORT_DEVICE_MEMBER unsigned size() { return Size; }
  static constexpr CUPORT_DEVICE_MEMBER unsigned num_threads() { return Size; }
  static CUPORT_DEVICE_MEMBER unsigned thread_rank() { return cuport_rank_in_block() & (Size - 1); }
  CUPORT_DEVICE_MEMBER unsigned meta_group_rank() const { return group; }
  CUPORT_DEVICE_MEMBER unsigned meta_group_size() const { return groups; }

  template <class T> CUPORT_DEVICE_MEMBER T shfl(const T &value, int source) const {
    return exchange(value, CUPORT_SHUFFLE_INDEX, source, static_cast<unsigned>(source) % Size);
  }
  template <class T> CUPORT_DEVICE_MEMBER T shfl_up(const T &value, unsigned delta) const {
    unsigned rank = thread_rank();
    return exchange(value, CUPORT_SHUFFLE_UP, static_cast<int>(delta), delta <= rank ? rank - delta : rank);
  }
  template <class T> CUPORT_DEVICE_MEMBER T shfl_down(const T &value, unsigned delta) const {
    unsigned rank = thread_rank();
    return exchange(value, CUPORT_SHUFFLE_DOWN, static_cast<int>(delta), delta < Size - rank ? rank + delta : rank);
  }
  template <class T> CUPORT_DEVICE_MEMBER T shfl_xor(const T &value, unsigned lane_mask) const {
    return exchange(value, CUPORT_SHUFFLE_XOR, static_cast<int>(lane_mask), (thread_rank() ^ lane_mask) % Size);
  }
  CUPORT_DEVICE_MEMBER int any(int predicate) const {
    if (cuport_within_warp())
      return __cuport_vote(mask(), CUPORT_VOTE_ANY, predicate != 0) != 0;
    int seen = predicate != 0;
    for (unsigned step = 1; step < Size; step *= 2)
      seen |= shfl_xor(seen, step);
    return seen;
  }
  CUPORT_DEVICE_MEMBER int all(int predicate) const { return !any(!predicate); }
  CUPORT_DEVICE_MEMBER cuport_lane_mask ballot(int predicate) const {
    static_assert(Size <= 128, "a tile of several warps has no ballot");
    return own(__cuport_vote(mask(), CUPORT_VOTE_BALLOT, predicate != 0));
  }
  template <class T> CUPORT_DEVICE_MEMBER cuport_lane_mask match_any(const T &value) const {
    static_assert(Size <= 128, "a tile of several warps has no match");
    return own(coalesced_group::cuport_match_value(mask(), value, 0));
  }
  template <class T> CUPORT_DEVICE_MEMBER cuport_lane_mask match_all(const T &value, int &same) const {
    static_assert(Size <= 128, "a tile of several warps has no match");
    unsigned long long found = coalesced_group::cuport_match_value(mask(), value, 1);
    same = found != 0;
    return own(found);
  }

  CUPORT_DEVICE_MEMBER operator thread_group() const { return coalesced_group(cuport_lanes(), group, groups); }
  CUPORT_DEVICE_MEMBER cuport_lane_set cuport_lanes() const { return cuport_tile_lanes(Size); }
  static CUPORT_DEVICE_MEMBER bool cuport_within_warp() { return Size <= 32 || Size <= __cuport_warp_size(); }
  CUPORT_DEVICE_MEMBER unsigned long long *cuport_words() const { return words; }

protected:
  CUPORT_DEVICE_MEMBER thread_block_tile(unsigned group, unsigned groups, unsigned long long *words)
      : group(group), groups(groups), words(words) {}

private:
  unsigned group, groups;
  unsigned long long *words; // of the block's block_tile_memory

  static CUPORT_DEVICE_MEMBER unsigned long long mask() { return cuport_tile_lanes(Size).mask; }
  /// A shuffle, or the same by memory: `source` is the rank whose value comes.
  template <class T> CUPORT_DEVICE_MEMBER T exchange(const T &value, int kind, int operand, unsigned source) const {
    if (cuport_within_warp())
      return cuport_shuffle(mask(), value, kind, operand, static_cast<int>(Size));
    unsigned long long out[(sizeof(T) + 7) / 8] = {};
    __builtin_memcpy(out, &value, sizeof(T));
    unsigned rank = cuport_rank_in_block();
    if (!words)
      __cuport_trap(); // the block was made without block_tile_memory
    for (unsigned long long &word : out) {
      words[rank] = word;
      sync();
      word = words[rank / Size * Size + source];
      sync();
    }
    T result;
    __builtin_memcpy(&result, out, sizeof(T));
    return result;
  }
  /// The tile's own bits, moved down to bit 0.
  static CUPORT_DEVICE_MEMBER cuport_lane_mask own(unsigned long long lanes) {
    if (Size >= 64)
      return static_cast<cuport_lane_mask>(lanes);
    return static_cast<cuport_lane_mask>(lanes >> (__cuport_lane() & 63 & ~(Size - 1)) & ((1ull << (Size & 63)) - 1));
  }
};

template <unsigned Size, class Parent> class thread_block_tile : public thread_block_tile<Size, void> {
public:
  CUPORT_DEVICE_MEMBER thread_block_tile(unsigned group, unsigned groups, unsigned long long *words = nullptr)
      : thread_block_tile<Size, void>(group, groups, words) {}
  CUPORT_DEVICE_MEMBER operator thread_block_tile<Size, void>() const { return *this; }
};

// Cutting groups.
template <unsigned Size> CUPORT_DEVICE_MEMBER thread_block_tile<Size, thread_block> tiled_partition(const thread_block &parent) {
  return {parent.thread_rank() / Size, (parent.size() + Size - 1) / Size, parent.cuport_words()};
}
template <unsigned Size, unsigned ParentSize, class Parent>
CUPORT_DEVICE_MEMBER thread_block_tile<Size, thread_block_tile<ParentSize, Parent>>
tiled_partition(const thread_block_tile<ParentSize, Parent> &parent) {
  static_assert(Size <= ParentSize, "a tile is not larger than what it is cut from");
  return {parent.thread_rank() / Size, ParentSize / Size, parent.cuport_words()};
}
CUPORT_DEVICE_MEMBER coalesced_group tiled_partition(const coalesced_group &parent, unsigned size) {
  cuport_lane_set lanes = parent.cuport_lanes(), tile{0, __cuport_lane() & ~63u};
  unsigned group = parent.thread_rank() / size;
  if (lanes.mask == ~0ull) {
    tile = cuport_tile_lanes(size);
  } else {
    for (unsigned rank = group * size; rank < (group + 1) * size && rank < parent.size(); ++rank)
      tile.mask |= 1ull << (lanes.lane(rank) & 63);
  }
  return coalesced_group(tile, group, (parent.size() + size - 1) / size);
}
template <unsigned Size> CUPORT_DEVICE_MEMBER coalesced_group tiled_partition(const coalesced_group &parent) {
  return tiled_partition(parent, Size);
}
/// Any group whose kind is known only when the kernel runs.
CUPORT_DEVICE_MEMBER thread_group cuport_tile(const thread_group &parent, unsigned size) {
  if (parent.kind == thread_group::of_lanes)
    return tiled_partition(coalesced_group(parent.lanes), size);
  unsigned rank = static_cast<unsigned>(parent.rank);
  return coalesced_group(cuport_tile_lanes(size), rank / size, static_cast<unsigned>(parent.threads + size - 1) / size);
}
CUPORT_DEVICE_MEMBER thread_group tiled_partition(const thread_group &parent, unsigned size) { return cuport_tile(parent, size); }

/// The lanes of a group that give the same label, and those that give the same answer.
template <class Group, class Label> CUPORT_DEVICE_MEMBER coalesced_group labeled_partition(const Group &group, Label label) {
  cuport_lane_set lanes = group.cuport_lanes();
  unsigned long long own = coalesced_group::cuport_match_value(lanes.mask, label, 0);
  // The lowest lane of each part counts it.
  bool leads = (own & ((1ull << (__cuport_lane() & 63)) - 1)) == 0;
  unsigned long long leaders = __cuport_vote(lanes.mask, CUPORT_VOTE_BALLOT, leads);
  unsigned part = static_cast<unsigned>(__builtin_popcountll(leaders & ((own & (0 - own)) - 1)));
  return coalesced_group(cuport_lane_set{own, __cuport_lane() & ~63u}, part, static_cast<unsigned>(__builtin_popcountll(leaders)));
}
template <class Group> CUPORT_DEVICE_MEMBER coalesced_group binary_partition(const Group &group, bool predicate) {
  cuport_lane_set lanes = group.cuport_lanes();
  unsigned long long yes = __cuport_vote(lanes.mask, CUPORT_VOTE_BALLOT, predicate);
  unsigned long long present = __cuport_vote(lanes.mask, CUPORT_VOTE_BALLOT, 1);
  return coalesced_group(cuport_lane_set{predicate ? yes : present & ~yes, __cuport_lane() & ~63u}, predicate, 2);
}

} // namespace cooperative_groups

#endif
