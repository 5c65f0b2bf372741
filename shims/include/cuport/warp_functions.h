// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Shuffles, votes, match and reduce of a warp, with masks (_sync) and in the old form, where the lanes are those that
// are there. Masks and ballots have 32 bits in CUDA and 64 in HIP; CUDA's 0xffffffff means the whole warp, whatever its
// width.

#ifndef CUPORT_WARP_FUNCTIONS_H
#define CUPORT_WARP_FUNCTIONS_H

#include <cuport/attributes.h>
#include <cuport/intrinsics.h>

#ifdef __CUDACC__
typedef unsigned cuport_lane_mask;
CUPORT_DEVICE unsigned long long cuport_lanes(cuport_lane_mask mask) { return mask == 0xffffffffu ? ~0ull : mask; }
#else
typedef unsigned long long cuport_lane_mask;
CUPORT_DEVICE unsigned long long cuport_lanes(cuport_lane_mask mask) { return mask; }
#endif

/// A shuffle of any type that can be copied byte by byte, 8 bytes at a time.
template <class T>
CUPORT_DEVICE_MEMBER T cuport_shuffle(unsigned long long mask, const T &value, int kind,
                                                                        int operand, int width) {
  T result;
  if constexpr (sizeof(T) <= 8) {
    unsigned long long bits = 0;
    __builtin_memcpy(&bits, &value, sizeof(T));
    bits = __cuport_shuffle(mask, bits, kind, operand, width);
    __builtin_memcpy(&result, &bits, sizeof(T));
  } else {
    unsigned long long words[(sizeof(T) + 7) / 8] = {};
    __builtin_memcpy(words, &value, sizeof(T));
    for (unsigned long long &word : words)
      word = __cuport_shuffle(mask, word, kind, operand, width);
    __builtin_memcpy(&result, words, sizeof(T));
  }
  return result;
}

#define CUPORT_WARP_WIDTH static_cast<int>(__cuport_warp_size())
#define CUPORT_SHUFFLES(type)                                                                                     \
  CUPORT_DEVICE type __shfl_sync(cuport_lane_mask mask, type value, int lane, int width = CUPORT_WARP_WIDTH) {    \
    return cuport_shuffle(cuport_lanes(mask), value, CUPORT_SHUFFLE_INDEX, lane, width);                          \
  }                                                                                                               \
  CUPORT_DEVICE type __shfl_up_sync(cuport_lane_mask mask, type value, unsigned delta,                            \
                                    int width = CUPORT_WARP_WIDTH) {                                              \
    return cuport_shuffle(cuport_lanes(mask), value, CUPORT_SHUFFLE_UP, static_cast<int>(delta), width);          \
  }                                                                                                               \
  CUPORT_DEVICE type __shfl_down_sync(cuport_lane_mask mask, type value, unsigned delta,                          \
                                      int width = CUPORT_WARP_WIDTH) {                                            \
    return cuport_shuffle(cuport_lanes(mask), value, CUPORT_SHUFFLE_DOWN, static_cast<int>(delta), width);        \
  }                                                                                                               \
  CUPORT_DEVICE type __shfl_xor_sync(cuport_lane_mask mask, type value, int lane_mask,                            \
                                     int width = CUPORT_WARP_WIDTH) {                                             \
    return cuport_shuffle(cuport_lanes(mask), value, CUPORT_SHUFFLE_XOR, lane_mask, width);                       \
  }                                                                                                               \
  CUPORT_DEVICE type __shfl(type value, int lane, int width = CUPORT_WARP_WIDTH) {                                \
    return cuport_shuffle(__cuport_active_mask(), value, CUPORT_SHUFFLE_INDEX, lane, width);                      \
  }                                                                                                               \
  CUPORT_DEVICE type __shfl_up(type value, unsigned delta, int width = CUPORT_WARP_WIDTH) {                       \
    return cuport_shuffle(__cuport_active_mask(), value, CUPORT_SHUFFLE_UP, static_cast<int>(delta), width);      \
  }                                                                                                               \
  CUPORT_DEVICE type __shfl_down(type value, unsigned delta, int width = CUPORT_WARP_WIDTH) {                     \
    return cuport_shuffle(__cuport_active_mask(), value, CUPORT_SHUFFLE_DOWN, static_cast<int>(delta), width);    \
  }                                                                                                               \
  CUPORT_DEVICE type __shfl_xor(type value, int lane_mask, int width = CUPORT_WARP_WIDTH) {                       \
    return cuport_shuffle(__cuport_active_mask(), value, CUPORT_SHUFFLE_XOR, lane_mask, width);                   \
  }
CUPORT_SHUFFLES(int)
CUPORT_SHUFFLES(unsigned)
CUPORT_SHUFFLES(long)
CUPORT_SHUFFLES(unsigned long)
CUPORT_SHUFFLES(long long)
CUPORT_SHUFFLES(unsigned long long)
CUPORT_SHUFFLES(float)
CUPORT_SHUFFLES(double)
// cuda_fp16.h and cuda_bf16.h use the macro for their types.

// Barriers and votes.
CUPORT_DEVICE void __syncwarp(cuport_lane_mask mask = static_cast<cuport_lane_mask>(-1)) {
  __cuport_warp_barrier(cuport_lanes(mask));
}
CUPORT_DEVICE cuport_lane_mask __activemask() { return static_cast<cuport_lane_mask>(__cuport_active_mask()); }
CUPORT_DEVICE int __all_sync(cuport_lane_mask mask, int predicate) {
  return __cuport_vote(cuport_lanes(mask), CUPORT_VOTE_ALL, predicate != 0) != 0;
}
CUPORT_DEVICE int __any_sync(cuport_lane_mask mask, int predicate) {
  return __cuport_vote(cuport_lanes(mask), CUPORT_VOTE_ANY, predicate != 0) != 0;
}
CUPORT_DEVICE int __uni_sync(cuport_lane_mask mask, int predicate) {
  return __cuport_vote(cuport_lanes(mask), CUPORT_VOTE_UNIFORM, predicate != 0) != 0;
}
CUPORT_DEVICE cuport_lane_mask __ballot_sync(cuport_lane_mask mask, int predicate) {
  return static_cast<cuport_lane_mask>(__cuport_vote(cuport_lanes(mask), CUPORT_VOTE_BALLOT, predicate != 0));
}
CUPORT_DEVICE int __all(int predicate) {
  return __cuport_vote(__cuport_active_mask(), CUPORT_VOTE_ALL, predicate != 0) != 0;
}
CUPORT_DEVICE int __any(int predicate) {
  return __cuport_vote(__cuport_active_mask(), CUPORT_VOTE_ANY, predicate != 0) != 0;
}
CUPORT_DEVICE cuport_lane_mask __ballot(int predicate) {
  return static_cast<cuport_lane_mask>(__cuport_vote(__cuport_active_mask(), CUPORT_VOTE_BALLOT, predicate != 0));
}
#ifndef __CUDACC__
CUPORT_DEVICE unsigned __lane_id() { return __cuport_lane(); }
CUPORT_DEVICE unsigned long long __lanemask_lt() { return (1ull << (__cuport_lane() & 63)) - 1; }
CUPORT_DEVICE unsigned long long __lanemask_gt() { return ~((2ull << (__cuport_lane() & 63)) - 1); }
CUPORT_DEVICE unsigned long long __lanemask_eq() { return 1ull << (__cuport_lane() & 63); }
#endif

// Match.
#define CUPORT_MATCH(type)                                                                                        \
  CUPORT_DEVICE cuport_lane_mask __match_any_sync(cuport_lane_mask mask, type value) {                            \
    unsigned long long bits = 0;                                                                                  \
    __builtin_memcpy(&bits, &value, sizeof(type));                                                                \
    return static_cast<cuport_lane_mask>(__cuport_match(cuport_lanes(mask), bits, 0));                            \
  }                                                                                                               \
  CUPORT_DEVICE cuport_lane_mask __match_all_sync(cuport_lane_mask mask, type value, int *predicate) {            \
    unsigned long long bits = 0;                                                                                  \
    __builtin_memcpy(&bits, &value, sizeof(type));                                                                \
    unsigned long long lanes = __cuport_match(cuport_lanes(mask), bits, 1);                                       \
    *predicate = lanes != 0;                                                                                      \
    return static_cast<cuport_lane_mask>(lanes);                                                                  \
  }
CUPORT_MATCH(int)
CUPORT_MATCH(unsigned)
CUPORT_MATCH(long)
CUPORT_MATCH(unsigned long)
CUPORT_MATCH(long long)
CUPORT_MATCH(unsigned long long)
CUPORT_MATCH(float)
CUPORT_MATCH(double)

// Reduce. Values of 32 bits travel widened, so that the result's low half is the answer.
#define CUPORT_REDUCE(name, type, wide, operation)                                                                \
  CUPORT_DEVICE type name(cuport_lane_mask mask, type value) {                                                    \
    return static_cast<type>(__cuport_reduce(cuport_lanes(mask),                                                  \
                                             static_cast<unsigned long long>(static_cast<wide>(value)), operation)); \
  }
CUPORT_REDUCE(__reduce_add_sync, int, long long, CUPORT_REDUCE_ADD)
CUPORT_REDUCE(__reduce_add_sync, unsigned, unsigned long long, CUPORT_REDUCE_ADD)
CUPORT_REDUCE(__reduce_min_sync, int, long long, CUPORT_REDUCE_MIN)
CUPORT_REDUCE(__reduce_min_sync, unsigned, unsigned long long, CUPORT_REDUCE_UMIN)
CUPORT_REDUCE(__reduce_max_sync, int, long long, CUPORT_REDUCE_MAX)
CUPORT_REDUCE(__reduce_max_sync, unsigned, unsigned long long, CUPORT_REDUCE_UMAX)
CUPORT_REDUCE(__reduce_and_sync, unsigned, unsigned long long, CUPORT_REDUCE_AND)
CUPORT_REDUCE(__reduce_or_sync, unsigned, unsigned long long, CUPORT_REDUCE_OR)
CUPORT_REDUCE(__reduce_xor_sync, unsigned, unsigned long long, CUPORT_REDUCE_XOR)

/// The position of the offset-th set bit of mask, counted from base upward (offset > 0) or downward; ~0 if there is none.
CUPORT_LONG_DEVICE unsigned __fns(unsigned mask, unsigned base, int offset) {
  if (offset == 0)
    return mask >> (base & 31) & 1 ? base : ~0u;
  for (int bit = static_cast<int>(base & 31), step = offset > 0 ? 1 : -1, left = offset > 0 ? offset : -offset;
       bit >= 0 && bit < 32; bit += step)
    if (mask >> bit & 1 && --left == 0)
      return static_cast<unsigned>(bit);
  return ~0u;
}

#undef CUPORT_MATCH
#undef CUPORT_REDUCE

#endif
