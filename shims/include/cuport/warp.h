// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Groups of 32 lanes on every card: what CUDA means by a warp, where the card's warps have 32, 64 or 128 lanes.
//
//   CUDA: __ballot_sync(0xffffffff, p)   ->   cuport::ballot(p): a bit for each of the caller's own 32 lanes
//
// For CUDA, HIP, MUSA and MACA; it needs nothing of cuport and may be copied into a project. A group is Width lanes that follow each
// other in a warp; Width is 2, 4, 8, 16 or 32. Every function is for the lanes of a group that call it together; a value taken from a
// lane that does not is undefined, as in CUDA.

#ifndef CUPORT_WARP_H
#define CUPORT_WARP_H

#if defined(__HIPCC__) || defined(__HIP__)
#include <hip/hip_runtime.h>
#define CUPORT_WARP_OF_HIP 1
#elif defined(__MUSACC__) || defined(__MUSA__)
#include <musa_runtime.h>
#elif defined(__MACACC__) || defined(__MACA__)
#include <mc_runtime.h>
#else
#include <cuda_runtime.h>
#endif

namespace cuport {

#ifdef CUPORT_WARP_OF_HIP
/// A bit for each lane of the card's warp; HIP has 64 of them on every card.
using lane_mask = unsigned long long;
#else
using lane_mask = decltype(__activemask());
#endif

/// All lanes of the card's warp, as far as a mask can name them.
__device__ inline lane_mask full_mask() {
  constexpr int Bits = sizeof(lane_mask) * 8;
  return warpSize >= Bits ? ~lane_mask(0) : (lane_mask(1) << warpSize) - 1;
}

/// The number of the thread in its block; lanes and warps are counted by it.
__device__ inline unsigned thread_in_block() {
  return threadIdx.x + blockDim.x * (threadIdx.y + blockDim.y * threadIdx.z);
}

/// The lane and the warp, counted with the width of the card.
__device__ inline unsigned card_lane() { return thread_in_block() % warpSize; }
__device__ inline unsigned card_warp() { return thread_in_block() / warpSize; }

/// The lane in its group, and the group in its block: CUDA's lane and warp for a Width of 32.
template <int Width = 32> __device__ inline unsigned lane() { return thread_in_block() % Width; }
template <int Width = 32> __device__ inline unsigned group() { return thread_in_block() / Width; }

// Shuffles within the group: __shfl_sync and its kin with a mask of all lanes.
#ifdef CUPORT_WARP_OF_HIP
#define CUPORT_WARP_SHUFFLE(name, operand)                                                                                       \
  template <int Width = 32, class T> __device__ inline T shfl##name(T value, operand) { return __shfl##name(value, by, Width); }
#else
#define CUPORT_WARP_SHUFFLE(name, operand)                                                                                       \
  template <int Width = 32, class T> __device__ inline T shfl##name(T value, operand) {                                          \
    return __shfl##name##_sync(__activemask(), value, by, Width);                                                                \
  }
#endif
CUPORT_WARP_SHUFFLE(, int by)
CUPORT_WARP_SHUFFLE(_up, unsigned by)
CUPORT_WARP_SHUFFLE(_down, unsigned by)
CUPORT_WARP_SHUFFLE(_xor, int by)
#undef CUPORT_WARP_SHUFFLE

/// __ballot_sync: bit L is set where lane L of the group has a predicate that is not 0.
template <int Width = 32> __device__ inline unsigned ballot(int predicate) {
  static_assert(Width > 0 && Width <= 32 && (Width & (Width - 1)) == 0, "a group has 1, 2, 4, 8, 16 or 32 lanes");
#ifdef CUPORT_WARP_OF_HIP
  lane_mask votes = __ballot(predicate);
#else
  lane_mask votes = __ballot_sync(__activemask(), predicate);
#endif
  // Where a warp has more lanes than a mask has bits, the mask is of the lanes around the caller's.
  constexpr unsigned Bits = sizeof(lane_mask) * 8;
  unsigned first = card_lane() % Bits / Width * Width;
  return static_cast<unsigned>(votes >> first) & (0xffffffffu >> (32 - Width));
}

/// __activemask, within the group.
template <int Width = 32> __device__ inline unsigned active() { return ballot<Width>(1); }

/// __any_sync and __all_sync of the lanes of the group.
template <int Width = 32> __device__ inline int any(int predicate) { return ballot<Width>(predicate) != 0; }
template <int Width = 32> __device__ inline int all(int predicate) { return ballot<Width>(!predicate) == 0; }

/// __match_any_sync: the lanes of the group that have the caller's value, compared bit by bit.
template <int Width = 32, class T> __device__ inline unsigned match_any(T value) {
  static_assert(sizeof(T) <= sizeof(unsigned long long), "a value of up to 64 bits");
  unsigned long long bits = 0;
  memcpy(&bits, &value, sizeof(T));
  unsigned same = 0;
  for (unsigned left = active<Width>(); left != 0;) {
    int first = __ffs(static_cast<int>(left)) - 1;
    bool matches = shfl<Width>(bits, first) == bits;
    unsigned lanes = ballot<Width>(matches);
    if (matches)
      same = lanes;
    left &= ~lanes;
  }
  return same;
}

} // namespace cuport

#undef CUPORT_WARP_OF_HIP
#endif
