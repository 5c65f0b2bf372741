// What rules find by the meaning of code they find in bodies and arguments of macros, in templates, and in macros within templates, too.
// The place is the one where it is spelled.
// RUN: not %cuport report %s --format=json > %t.json
// RUN: %python %S/Inputs/places.py %t.json atomic-type device-heap index-value mixed-minmax spin-wait warp-array warp-synchronous \
// RUN:   warp-tile lane-mask | FileCheck %s --implicit-check-not=': '

#include <cooperative_groups.h>
#include <cuda_runtime.h>

// CHECK: [[#@LINE+1]]:20: atomic-type atomicAdd of 'float'
#define ADD(at, v) atomicAdd(at, v)
// CHECK: [[#@LINE+1]]:18: device-heap malloc
#define ARRAY(n) malloc(n)
#define AS_IS(x) x
// CHECK: [[#@LINE+1]]:23: mixed-minmax min(unsigned int, int)
#define SMALLER(a, b) min(a, b)
// CHECK: [[#@LINE+1]]:24: spin-wait WAIT_FOR(flag)
#define WAIT_FOR(flag) while (*(flag) == 0);
#define SHARED(name) __shared__ float name[32];
#define STEPS(s, i) (s[i] += s[i + 16], s[i] += s[i + 8])
// CHECK: [[#@LINE+1]]:34: warp-tile tiled_partition<32>
#define TILE cooperative_groups::tiled_partition<32>(cooperative_groups::this_thread_block())
// CHECK: [[#@LINE+1]]:18: lane-mask __popc
#define VOTES(p) __popc(__ballot_sync(0xffffffff, p))

template <class T> __global__ void inTemplate(float *sum, T *list, volatile int *flag, unsigned u) {
  ADD(sum, 1.0f);
  list[0] = (T)ARRAY(16);
  // CHECK: [[#@LINE+1]]:20: index-value threadIdx
  uint3 at = AS_IS(threadIdx);
  list[1] = (T)SMALLER(u, 3);
  WAIT_FOR(flag)
  // CHECK: [[#@LINE+1]]:10: warp-array sums
  SHARED(sums)
  sums[threadIdx.x / 32] = at.x;
  list[2] = (T)TILE.thread_rank();
  list[3] = (T)VOTES(u > 3);
}

// CHECK: [[#@LINE+1]]:71: warp-synchronous STEPS(s, threadIdx.x)
template <int N> __device__ void lastSteps(volatile float *s) { STEPS(s, threadIdx.x); }
