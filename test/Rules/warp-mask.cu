// Masks of all lanes are kept all lanes, in the form each HIP has; every use stays for a person.
// RUN: { %cuport translate %s -o %t/new 2>%t.err; test $? -eq 1; }
// RUN: %strip %t/new/warp-mask.cu | FileCheck %s --check-prefix=NEW
// RUN: FileCheck %s --input-file=%t.err --check-prefix=WARN
// RUN: { %cuport translate %s -o %t/old --hip-version=5.2 2>/dev/null; test $? -eq 1; }
// RUN: %strip %t/old/warp-mask.cu | FileCheck %s --check-prefix=OLD
// RUN: { %cuport translate %s -o %t/seven --hip-version=7.0 2>/dev/null; test $? -eq 1; }
// RUN: %strip %t/seven/warp-mask.cu | FileCheck %s --check-prefix=SEVEN

#include <cuda_runtime.h>
#define FULL 0xffffffffu
__device__ void WARP_SYNC(unsigned mask);
template <class T> __device__ T warpSum(unsigned mask, T v);
// WARN: warp-mask.cu:[[#@LINE+1]]:28: warning: the mask given to 'warpSum' names 32 lanes; {{.*}} [warp-mask]
#define IN_WARP(v) warpSum(FULL, v)
__device__ void blockHash(unsigned seed);
__device__ int passed(int v) {
  // WARN: warp-mask.cu:[[#@LINE+1]]:13: warning: the mask given to 'WARP_SYNC' names 32 lanes; {{.*}} [warp-mask]
  WARP_SYNC(0xffffffff);
  // WARN-NOT: [warp-mask]
  WARP_SYNC(0xffff);
  blockHash(0xffffffff);
  return warpSum(1u, v);
}
__device__ int f(int v, unsigned m) {
  // NEW: v += __shfl_down_sync(0xffffffffffffffffull, v, 16);
  // OLD: v += __shfl_down(v, 16);
  // WARN: warp-mask.cu:[[#@LINE+1]]:8: warning: the mask of '__shfl_down_sync' has 64 bits {{.*}} [warp-mask]
  v += __shfl_down_sync(0xffffffff, v, 16);
  // NEW: v += __shfl_xor_sync(0xffffffffffffffffull, v, 1);
  // OLD: v += __shfl_xor(v, 1);
  v += __shfl_xor_sync(FULL, v, 1);
  // NEW: v += __ballot_sync(0xffffffffffffffffull, v > 0);
  // OLD: v += __ballot(v > 0);
  v += __ballot_sync((unsigned)-1, v > 0);
  const unsigned all = 0xffffffff, once = 0xffff;
  // NEW: v += __all_sync(0xffffffffffffffffull, v);
  // OLD: v += __all(v);
  v += __all_sync(all, v);
  // NEW: v += __all_sync(once, v);
  v += __all_sync(once, v);
  unsigned changed = 0xffffffff;
  changed &= m;
  // NEW: v += __all_sync(changed, v);
  v += __all_sync(changed, v);
  // NEW: v += __any_sync(0xffffffffffffffffull, v);
  v += __any_sync(uint32_t(-1), v);
  // NEW: unsigned long long here = __activemask();
  // OLD: unsigned long long here = __ballot(1);
  unsigned long long here = __activemask();
  // A mask that is not a constant stays; a shuffle reads the same lane without it.
  // NEW: v += __shfl_sync(m, v, 3);
  // OLD: v += __shfl(v, 3);
  v += __shfl_sync(m, v, 3);
  // NEW: v += __any_sync(m, v);
  // OLD: v += __any_sync(m, v);
  v += __any_sync(m, v);
  // NEW: (__threadfence_block(), __builtin_amdgcn_wave_barrier(), __threadfence_block());
  // SEVEN: __syncwarp();
  // WARN: warp-mask.cu:[[#@LINE+1]]:3: warning: '__syncwarp' came with HIP 7.0; {{.*}} [warp-mask]
  __syncwarp();
  // NEW: (__threadfence_block(), __builtin_amdgcn_wave_barrier(), __threadfence_block());
  // SEVEN: __syncwarp(0xffffffffffffffffull);
  __syncwarp(0xffffffff);
  return v;
}
