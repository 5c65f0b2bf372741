// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Clang's builtins of AMD's processors that HIP code calls, in so far as they have a meaning on any other: what they do is what the
// instruction of that name does by AMD's ISA documents, for a wave of the warp's width. `cuport translate` writes some of them.

#ifndef CUPORT_AMDGCN_BUILTINS_H
#define CUPORT_AMDGCN_BUILTINS_H

#ifdef CUPORT_COMPILES_KERNELS

#include <cuport/atomic_functions.h>
#include <cuport/device_functions.h>
#include <cuport/warp_functions.h>

// Where a lane is, and other lanes' values.

/// Of the lanes of a 64-lane mask those below the caller: its low and its high half, added to base.
CUPORT_DEVICE unsigned cuport_mbcnt_lo(unsigned mask, unsigned base) {
  const unsigned lane = __cuport_lane() & 63;
  return base + __builtin_popcount(lane < 32 ? mask & ((1u << lane) - 1) : mask);
}
CUPORT_DEVICE unsigned cuport_mbcnt_hi(unsigned mask, unsigned base) {
  const unsigned lane = __cuport_lane() & 63;
  return base + __builtin_popcount(lane < 32 ? 0 : mask & ((1u << (lane - 32)) - 1));
}
CUPORT_DEVICE int cuport_readlane(int value, int lane) {
  return cuport_shuffle(__cuport_active_mask(), value, CUPORT_SHUFFLE_INDEX, lane, CUPORT_WARP_WIDTH);
}
CUPORT_DEVICE int cuport_readfirstlane(int value) {
  const unsigned long long lanes = __cuport_active_mask();
  const int first = static_cast<int>(__cuport_lane() & ~63u) + __builtin_ctzll(lanes);
  return cuport_shuffle(lanes, value, CUPORT_SHUFFLE_INDEX, first, CUPORT_WARP_WIDTH);
}
#define __builtin_amdgcn_mbcnt_lo(mask, base) cuport_mbcnt_lo(mask, base)
#define __builtin_amdgcn_mbcnt_hi(mask, base) cuport_mbcnt_hi(mask, base)
#define __builtin_amdgcn_readlane(value, lane) cuport_readlane(value, lane)
#define __builtin_amdgcn_readfirstlane(value) cuport_readfirstlane(value)
#define __builtin_amdgcn_ds_bpermute(address, value) cuport_readlane(value, static_cast<int>(static_cast<unsigned>(address) / 4))
#define __builtin_amdgcn_wavefrontsize() __cuport_warp_size()

// Waiting. The lanes of a wave go in step on AMD's processors, so that this barrier is there for the compiler; here they wait.
#define __builtin_amdgcn_wave_barrier() __cuport_warp_barrier(~0ull)
#define __builtin_amdgcn_s_barrier() __cuport_barrier(0, 0)
#define __builtin_amdgcn_s_sleep(clocks) __cuport_nanosleep(64 * (clocks))
#define __builtin_amdgcn_fence(order, scope) __atomic_thread_fence(order)
#define __builtin_amdgcn_s_memtime() __cuport_clock()
#define __builtin_amdgcn_s_memrealtime() __cuport_clock()

// Addresses and arithmetic.

template <class Sum, class Part, bool Saturates> CUPORT_DEVICE_MEMBER Sum cuport_dot4(unsigned a, unsigned b, Sum sum) {
  static_assert(!Saturates, "cuport: no dot product that saturates");
  for (int byte = 0; byte < 4; ++byte)
    sum += static_cast<Sum>(static_cast<Part>(a >> 8 * byte)) * static_cast<Sum>(static_cast<Part>(b >> 8 * byte));
  return sum;
}
CUPORT_DEVICE unsigned cuport_sad_u8(unsigned a, unsigned b, unsigned sum) {
  for (int byte = 0; byte < 4; ++byte) {
    const unsigned x = a >> 8 * byte & 255, y = b >> 8 * byte & 255;
    sum += x < y ? y - x : x - y;
  }
  return sum;
}
#define __builtin_amdgcn_is_shared(pointer) (__cuport_address_space((const void *)(pointer)) == CUPORT_SPACE_SHARED)
#define __builtin_amdgcn_rcpf(x) (1.0f / (x))
#define __builtin_amdgcn_rcp(x) (1.0 / (x))
#define __builtin_amdgcn_sad_u8(a, b, sum) cuport_sad_u8(a, b, sum)
#define __builtin_amdgcn_sdot4(a, b, sum, saturates) cuport_dot4<int, signed char, saturates>(a, b, sum)
#define __builtin_amdgcn_udot4(a, b, sum, saturates) cuport_dot4<unsigned, unsigned char, saturates>(a, b, sum)

#endif

#endif
