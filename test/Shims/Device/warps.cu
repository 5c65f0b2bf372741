// Warp functions and cooperative groups: each lane computes what it must get from the rules, and counts what it did not.
// RUN: %cuport-cc -std=c++17 %s -o %t
// RUN: %t | FileCheck %s
// CHECK: no error: {{[1-9][0-9]*}} checked, 0 wrong

#include <cooperative_groups.h>
#include <cooperative_groups/reduce.h>
#include <cooperative_groups/scan.h>
#include <cooperative_groups/memcpy_async.h>
#include <cstdio>
#include <cuda_bf16.h>

namespace cg = cooperative_groups;

__device__ int checked, wrong;
#define CHECK(...)                                                                    \
  do {                                                                                \
    atomicAdd(&checked, 1);                                                           \
    if (!(__VA_ARGS__) && atomicAdd(&wrong, 1) < 10)                                  \
      printf("line %d, thread %u\n", __LINE__, threadIdx.x);                          \
  } while (0)

template <class T> __device__ void shuffles(T value_of(int)) {
  int lane = threadIdx.x % 32;
  T mine = value_of(lane);
  for (int width = 2; width <= 32; width *= 2) {
    int first = lane / width * width, in = lane % width;
    CHECK(__shfl_sync(0xffffffff, mine, 3, width) == value_of(first + 3 % width));
    CHECK(__shfl_up_sync(0xffffffff, mine, 1, width) == value_of(in >= 1 ? lane - 1 : lane));
    CHECK(__shfl_down_sync(0xffffffff, mine, 1, width) == value_of(in + 1 < width ? lane + 1 : lane));
    CHECK(__shfl_xor_sync(0xffffffff, mine, 1, width) == value_of(lane ^ 1));
  }
  CHECK(__shfl_xor_sync(0xffffffff, mine, 16) == value_of(lane ^ 16));
}

__global__ void warps() {
  int lane = threadIdx.x % 32;
  shuffles<int>([](int i) { return i * 3 - 40; });
  shuffles<unsigned long long>([](int i) { return (1ull << 40) + i; });
  shuffles<float>([](int i) { return i * 0.5f; });
  shuffles<double>([](int i) { return i * 1e-300; });
  shuffles<__half>([](int i) { return __half(static_cast<float>(i)); });
  shuffles<__nv_bfloat162>([](int i) { return __floats2bfloat162_rn(static_cast<float>(i), 1.0f); });

  CHECK(__ballot_sync(0xffffffff, lane % 3 == 0) == 0x49249249);
  CHECK(__any_sync(0xffffffff, lane == 7) && !__all_sync(0xffffffff, lane == 7) && __all_sync(0xffffffff, lane >= 0));
  CHECK(__match_any_sync(0xffffffff, lane / 8) == 0xffu << lane / 8 * 8);
  // Lanes that name others than their neighbours do, at one place.
  for (unsigned mask : {0xffffu << lane / 16 * 16, 0x55555555u << lane % 2}) {
    CHECK(__ballot_sync(mask, lane % 3 == 0) == (mask & 0x49249249));
    CHECK(__any_sync(mask, lane == 6) == (mask >> 6 & 1) && __all_sync(mask, lane != 6) == !(mask >> 6 & 1));
    CHECK(__match_any_sync(mask, lane / 8) == (mask & 0xffu << lane / 8 * 8));
    int all;
    CHECK(__match_all_sync(mask, mask, &all) == mask && all && __match_all_sync(mask, lane, &all) == 0 && !all);
  }
  int same;
  CHECK(__match_all_sync(0xffffffff, 1.5, &same) == 0xffffffff && same == 1);
  CHECK(__match_all_sync(0xffffffff, lane, &same) == 0 && same == 0);
  CHECK(__reduce_add_sync(0xffffffff, lane - 20) == 496 - 640);
  CHECK(__reduce_min_sync(0xffffffff, lane - 20) == -20 && __reduce_max_sync(0xffffffff, static_cast<unsigned>(lane)) == 31);
  CHECK(__reduce_or_sync(0xffffffff, 1u << lane) == 0xffffffff && __reduce_xor_sync(0xffffffff, 3u) == 0);
  if (lane % 2) {
    CHECK(__ballot_sync(0xaaaaaaaa, 1) == 0xaaaaaaaa && __activemask() == 0xaaaaaaaa);
    CHECK(__shfl_sync(0xaaaaaaaa, lane, 5) == 5);
    __syncwarp(0xaaaaaaaa);
  }
  __syncwarp();
  CHECK(__syncthreads_count(threadIdx.x < 10) == 10 && __syncthreads_or(threadIdx.x == 63) && !__syncthreads_and(threadIdx.x == 0));
}

__device__ int sum_in(cg::thread_group group, int *space, int value) {
  int rank = group.thread_rank();
  for (int half = group.size() / 2; half > 0; half /= 2) {
    space[rank] = value;
    group.sync();
    if (rank < half)
      value += space[rank + half];
    group.sync();
  }
  return value;
}
template <class Group> __device__ void values(const Group &group) {
  int n = group.size(), rank = group.thread_rank();
  CHECK(cg::reduce(group, rank + 1, cg::plus<int>()) == n * (n + 1) / 2);
  CHECK(cg::reduce(group, rank - 5, cg::less<int>()) == -5 && cg::reduce(group, rank * 0.5, cg::greater<double>()) == (n - 1) * 0.5);
  CHECK(cg::reduce(group, rank + 1.0f, [](float a, float b) { return a + b; }) == n * (n + 1) / 2.0f);
  CHECK(cg::inclusive_scan(group, rank) == rank * (rank + 1) / 2 && cg::exclusive_scan(group, rank, cg::plus<int>()) == rank * (rank - 1) / 2);
  CHECK(group.shfl(rank, n - 1) == n - 1 && group.any(rank == 0) && group.all(rank < n));
  CHECK(group.shfl_up(rank, 1) == (rank > 0 ? rank - 1 : 0) && group.shfl_down(rank, 1) == (rank + 1 < n ? rank + 1 : rank));
  CHECK(group.ballot(rank % 2 == 0) == (0x55555555u & static_cast<unsigned>((1ull << n) - 1)));
  CHECK(group.match_any(rank / 2) == ((3u << rank / 2 * 2) & static_cast<unsigned>((1ull << n) - 1)));
  int calls = 0;
  cg::invoke_one(group, [&] { ++calls; });
  CHECK(cg::reduce(group, calls, cg::plus<int>()) == 1);
  struct { double a, b, c; } large = {rank + 0.5, 1, 2};
  CHECK(group.shfl(large, 0).a == 0.5);
}

__global__ void groups(const int *data) {
  __shared__ int space[64];
  cg::thread_block block = cg::this_thread_block();
  auto warp = cg::tiled_partition<32>(block);
  auto four = cg::tiled_partition<4>(warp);
  CHECK(block.size() == 64 && block.thread_rank() == threadIdx.x && block.group_index().x == blockIdx.x);
  CHECK(warp.meta_group_size() == 2 && warp.meta_group_rank() == threadIdx.x / 32 && four.meta_group_rank() == threadIdx.x % 32 / 4);
  CHECK(cg::this_grid().thread_rank() == blockIdx.x * 64 + threadIdx.x && cg::this_grid().num_blocks() == 2);
  int total = sum_in(block, space, threadIdx.x);
  CHECK(threadIdx.x != 0 || total == 2016);
  auto eight = cg::tiled_partition(block, 8);
  CHECK(eight.size() == 8 && eight.thread_rank() == threadIdx.x % 8);
  int part = sum_in(eight, space + threadIdx.x / 8 * 8, 1);
  CHECK(eight.thread_rank() != 0 || part == 8);
  values(warp);
  values(four);
  if (threadIdx.x % 3 == 0) {
    auto here = cg::coalesced_threads();
    CHECK(here.size() == 11u && here.thread_rank() == (threadIdx.x % 32 - (threadIdx.x < 32 ? 0 : 1)) / 3);
    values(here);
    values(cg::tiled_partition<4>(here));
  }
  auto thirds = cg::labeled_partition(cg::coalesced_threads(), threadIdx.x % 3);
  CHECK(thirds.meta_group_size() == 3);
  values(thirds);
  auto halves = cg::binary_partition(warp, threadIdx.x % 32 < 20);
  CHECK(halves.size() == (threadIdx.x % 32 < 20 ? 20u : 12u));
  values(halves);
  block.sync();
  cg::memcpy_async(block, space, data, sizeof space);
  cg::wait(block);
  CHECK(space[63 - threadIdx.x] == data[63 - threadIdx.x]);
}

// Tiles of two warps, which meet by themselves while the other tile does something else.
__global__ void large_tiles() {
  __shared__ cg::block_tile_memory<128> memory;
  auto block = cg::this_thread_block(memory);
  auto tile = cg::tiled_partition<64>(block);
  int rank = tile.thread_rank();
  for (unsigned round = 0; round < 1 + tile.meta_group_rank(); ++round) {
    CHECK(cg::reduce(tile, rank, cg::plus<int>()) == 2016 && cg::reduce(tile, rank * 1.0, cg::greater<double>()) == 63);
    CHECK(tile.shfl(rank, 40) == 40 && tile.shfl_xor(rank, 32) == (rank ^ 32) && tile.shfl_up(rank, 1) == max(rank - 1, 0));
    CHECK(tile.any(rank == 33) && !tile.all(rank != 33) && cg::inclusive_scan(tile, 1) == rank + 1);
  }
}

__global__ void grid(int *counter) {
  atomicAdd(counter, 1);
  cg::this_grid().sync();
  CHECK(*counter == static_cast<int>(gridDim.x * blockDim.x));
}

int main() {
  int *data;
  cudaMallocManaged(&data, 64 * sizeof(int));
  for (int i = 0; i < 64; ++i)
    data[i] = i * i;
  warps<<<1, 64>>>();
  groups<<<2, 64>>>(data);
  large_tiles<<<2, 128>>>();
  int *counter;
  cudaMalloc(&counter, sizeof(int));
  cudaMemset(counter, 0, sizeof(int));
  void *arguments[] = {&counter};
  cudaLaunchCooperativeKernel(reinterpret_cast<void *>(grid), dim3(4), dim3(32), arguments);
  cudaError_t error = cudaDeviceSynchronize();
  int c = 0, w = 0;
  cudaMemcpyFromSymbol(&c, checked, sizeof c);
  cudaMemcpyFromSymbol(&w, wrong, sizeof w);
  printf("%s: %d checked, %d wrong\n", cudaGetErrorString(error), c, w);
}
