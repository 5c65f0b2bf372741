// A line for each hazard of a warp's width that docs/Hazards.md says is found. HAZARD: its id, then the rule.
#include <cooperative_groups.h>
#include <cuda_fp16.h>
#include <cuda_runtime.h>
namespace cg = cooperative_groups;
#define WARP_SIZE 32 // HAZARD: warp-size-macro-32 warp-constant
#define FULL 0xffffffffu

__device__ float reduce(float v) {
  for (int d = 16; d > 0; d /= 2) // HAZARD: warp-reduction-starts-at-16 shuffle-distance
    v += __shfl_down_sync(FULL, v, d); // HAZARD: warp-shfl-default-width warp-mask
  return v;
}

__device__ void fold(volatile float *s, int t) {
  s[t] += s[t + 16]; // HAZARD: warp-implicit-synchronous-code warp-synchronous
  s[t] += s[t + 8];
}

__global__ void votes(int *out, float *x, int n) {
  __shared__ float sums[32];                            // HAZARD: warp-shared-array-of-32 warp-array
  int tid = blockIdx.x * blockDim.x + threadIdx.x;
  int warp = threadIdx.x >> 5;                          // HAZARD: warp-id-shift-5 warp-index
  int lane = threadIdx.x & 31;                          // HAZARD: warp-lane-id-and-31 warp-index
  int also = threadIdx.x % 32;                          // HAZARD: warp-laneid-from-asm-or-tid warp-index
  int warps = blockDim.x / 32;                          // HAZARD: warp-count-limit-1024-div-32 warp-index
  int wide = tid % WARP_SIZE;                           // HAZARD: warp-musa-128-lanes warp-index
  float v = __shfl_xor_sync(0x0000ffff, x[tid], 8);     // HAZARD: warp-partial-mask-literal warp-mask
  unsigned set = __ballot_sync(FULL, v > 0);            // HAZARD: warp-ballot-narrowed-to-32 lane-mask
  int all = __all_sync(0xffffffff, v > 0);              // HAZARD: warp-full-mask-literal-32bit warp-mask
  int any = __any_sync(0xffffffffull, v > 0);           // HAZARD: warp-mask-zero-extended warp-mask
  unsigned below = (1u << lane) - 1;                    // HAZARD: warp-lane-shift-int-one lane-mask
  int rank = __popc(set & below);                       // HAZARD: warp-popc-on-lanemask lane-mask
  unsigned here = __activemask();                       // HAZARD: warp-activemask-semantics warp-mask
  unsigned same = __match_any_sync(FULL, warp);         // HAZARD: warp-match-any-all warp-mask
  int sum = __reduce_add_sync(FULL, lane);              // HAZARD: warp-reduce-sync api-name
  __syncwarp();                                         // HAZARD: warp-syncwarp-dropped warp-mask
  v += __shfl_down(0xffffffff, v, 1);                   // HAZARD: warp-shfl-mask-arg-kept warp-mask
  if (tid < n)
    v += __shfl_down_sync(0xffffffff, v, 1);            // HAZARD: warp-sync-mask-not-active-set divergent-warp
  if (lane < 7)
    v += __shfl_sync(0xffffffff, v, 31);                // HAZARD: warp-shfl-inactive-source divergent-warp
  __half2 pair = __shfl_sync(FULL, __half2(), 0);       // HAZARD: warp-shfl-unsupported-types shuffle-type
  auto tile = cg::tiled_partition<32>(cg::this_thread_block()); // HAZARD: cg-tiled-partition-32 warp-tile
  auto active = cg::coalesced_threads();                // HAZARD: cg-coalesced-threads-order qualified-name
  sums[warp] = v;
  out[tid] = warpSize;                                  // HAZARD: warp-size-builtin-as-constant api-name
}

__global__ void rows(float *x, int n) {
  if (threadIdx.x >= n) // HAZARD: warp-early-return-before-barrier divergent-barrier
    return;
  x[threadIdx.x] = 1;
  __syncthreads();
  x[threadIdx.x + 1] = 2;
}

void launch(float *x, cudaDeviceProp prop) {
  rows<<<1, 32>>>(x, 3); // HAZARD: warp-block-size-lt-64 block-size
  cudaGetLastError(); // HAZARD: api-getlasterror-sticky api-name
  int threads = 4 * prop.warpSize; // HAZARD: warp-runtime-size-mismatch-host-device field-meaning
}
