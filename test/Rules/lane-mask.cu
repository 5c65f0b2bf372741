// Sets of lanes in 32 bits; in 64 they stay, and so do numbers that are no sets of lanes.
// RUN: not %cuport report %s --format=json > %t.json
// RUN: %python %S/Inputs/places.py %t.json lane-mask | FileCheck %s --implicit-check-not=lane-mask

#include <cuda_runtime.h>
#include <cooperative_groups.h>

__device__ int count(unsigned bits, int lane) {
  // CHECK: [[#@LINE-1]]:31: lane-mask bits
  // CHECK: [[#@LINE+2]]:10: lane-mask __popc
  // CHECK: [[#@LINE+1]]:29: lane-mask 1u << lane
  return __popc(bits & ((1u << lane) - 1));
}

// CHECK: [[#@LINE+1]]:21: lane-mask vote
__device__ unsigned vote(bool p) { return __ballot_sync(0xffffffff, p); }

struct Peers {
  // CHECK: [[#@LINE+1]]:12: lane-mask mask
  unsigned mask;
};

template <class T> __device__ int leader(T value) {
  // CHECK: [[#@LINE+1]]:12: lane-mask peers
  unsigned peers = __match_any_sync(0xffffffff, value);
  // CHECK: [[#@LINE+1]]:10: lane-mask __ffs
  return __ffs(peers) - 1;
}

__global__ void kernel(int *out, int n) {
  int lane = threadIdx.x % 32;
  // CHECK: [[#@LINE+1]]:7: lane-mask active
  int active = __activemask();
  Peers peers;
  peers.mask = active & ~1;
  // CHECK: [[#@LINE+1]]:13: lane-mask __clz
  int top = __clz(vote(n > lane));
  unsigned long long wide = __ballot_sync(0xffffffff, n > lane);
  int many = __popcll(wide), bits = __popc(n), power = 1 << n;
  // CHECK: [[#@LINE+1]]:12: lane-mask below
  unsigned below;
  asm("mov.u32 %0, %%lanemask_lt;" : "=r"(below));
  const unsigned full = 0xffffffff;
  // A mask that comes from the caller is one as well.
  // CHECK: [[#@LINE+1]]:12: lane-mask given
  unsigned given = out[1];
  int sum = __shfl_sync(given, n, 0) + __shfl_sync(full, n, 0);
  auto warp = cooperative_groups::tiled_partition<16>(cooperative_groups::this_thread_block());
  // CHECK: [[#@LINE+1]]:12: lane-mask tile
  unsigned tile = warp.ballot(n > 3);
  out[lane] = count(active, lane) + leader(n) + peers.mask + top + many + bits + power + below + sum + tile;
}

// A parameter that nothing reads has no name to say.
template <int Step> struct Least {
  // CHECK: [[#@LINE+1]]:44: lane-mask mask
  static __device__ int of(int x, unsigned mask) {
    return Least<Step / 2>::of(min(x, __shfl_xor_sync(mask, x, Step / 2)), mask);
  }
};
template <> struct Least<1> {
  // CHECK: [[#@LINE+1]]:35: lane-mask unsigned int
  static __device__ int of(int x, unsigned) { return x; }
};
__global__ void least(int *x) {
  // CHECK: [[#@LINE+1]]:12: lane-mask all
  unsigned all = __activemask();
  *x = Least<32>::of(*x, all);
}
