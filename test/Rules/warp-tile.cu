// Tiles of 32 threads, also by a constant and in a template; other sizes stay.
// RUN: not %cuport report %s --format=json > %t.json
// RUN: %python %S/Inputs/places.py %t.json warp-tile | FileCheck %s --implicit-check-not=warp-tile

#include <cuda_runtime.h>
#include <cooperative_groups.h>
namespace cg = cooperative_groups;
constexpr int Warp = 32;

__global__ void kernel(int *out) {
  cg::thread_block block = cg::this_thread_block();
  // CHECK: [[#@LINE+1]]:43: warp-tile tiled_partition<32>
  cg::thread_block_tile<Warp> whole = cg::tiled_partition<Warp>(block);
  auto part = cg::tiled_partition<16>(block);
  *out = whole.thread_rank() + part.thread_rank();
}

template <class Group> __device__ int rank(Group group) {
  // CHECK: [[#@LINE+1]]:14: warp-tile tiled_partition<32>
  return cg::tiled_partition<32>(group).thread_rank();
}
