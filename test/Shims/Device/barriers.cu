// cuda::barrier, cuda::pipeline, the __mbarrier functions and cuda::atomic in programs whose sums show whether anybody was
// let through too early.
// RUN: %cuport-cc -std=c++17 %s -o %t
// RUN: %t | FileCheck %s

#include <cooperative_groups.h>
#include <cstdio>
#include <cuda/atomic>
#include <cuda/barrier>
#include <cuda/pipeline>
#include <cuda/std/complex>
#include <cuda/std/type_traits>
#include <cuda_pipeline.h>

using barrier = cuda::barrier<cuda::thread_scope_block>;
constexpr int Threads = 64, Tiles = 10;

// Each round the threads write their numbers, meet, and read their neighbour's.
__global__ void rounds(int *wrong) {
  __shared__ barrier meet;
  __shared__ int value[Threads];
  if (threadIdx.x == 0)
    init(&meet, blockDim.x);
  __syncthreads();
  for (int round = 0; round < 8; ++round) {
    value[threadIdx.x] = 100 * round + threadIdx.x;
    barrier::arrival_token token = meet.arrive();
    meet.wait(std::move(token));
    if (value[(threadIdx.x + 7) % Threads] != static_cast<int>(100 * round + (threadIdx.x + 7) % Threads))
      atomicAdd(wrong, 1);
    meet.arrive_and_wait();
  }
}

// Half of the threads leave; the others go on without them.
__global__ void drop(int *phases) {
  __shared__ __mbarrier_t meet;
  if (threadIdx.x == 0)
    __mbarrier_init(&meet, blockDim.x);
  __syncthreads();
  if (threadIdx.x % 2) {
    __mbarrier_arrive_and_drop(&meet);
    return;
  }
  for (int round = 0; round < 3; ++round) {
    __mbarrier_token_t token = __mbarrier_arrive(&meet);
    while (!__mbarrier_test_wait(&meet, token)) {
    }
    atomicAdd(phases, 1);
  }
}

// All arrive before one asks, so that none waits: threads that wait for each other go one by one.
__global__ void atOnce(int *missed) {
  __shared__ __mbarrier_t meet;
  if (threadIdx.x == 0)
    __mbarrier_init(&meet, blockDim.x);
  __syncthreads();
  for (int round = 0; round < 5; ++round) {
    __mbarrier_token_t token = __mbarrier_arrive(&meet);
    while (!__mbarrier_test_wait(&meet, token))
      atomicAdd(missed, 1);
  }
}

// Two stages, filled two tiles ahead by all threads; each thread reads what another one copied.
__global__ void tiles(int *sum, const int *data) {
  __shared__ int stage[2][Threads];
  __shared__ cuda::pipeline_shared_state<cuda::thread_scope_block, 2> state;
  auto block = cooperative_groups::this_thread_block();
  auto pipeline = cuda::make_pipeline(block, &state);
  int mine = 0;
  for (int tile = 0, ahead = 0; tile < Tiles; ++tile) {
    for (; ahead < Tiles && ahead < tile + 2; ++ahead) {
      pipeline.producer_acquire();
      cuda::memcpy_async(block, stage[ahead % 2], data + Threads * ahead, sizeof(int) * Threads, pipeline);
      pipeline.producer_commit();
    }
    pipeline.consumer_wait();
    mine += stage[tile % 2][(threadIdx.x * 7) % Threads];
    pipeline.consumer_release();
  }
  cuda::atomic_ref<int, cuda::thread_scope_device>(*sum).fetch_add(mine, cuda::std::memory_order_relaxed);
}

// A quarter of the threads produce, the rest consume.
__global__ void roles(int *sum, const int *data) {
  __shared__ int stage[3][16];
  __shared__ cuda::pipeline_shared_state<cuda::thread_scope_block, 3> state;
  auto block = cooperative_groups::this_thread_block();
  bool produces = threadIdx.x < Threads / 4;
  auto pipeline = cuda::make_pipeline(block, &state, produces ? cuda::pipeline_role::producer : cuda::pipeline_role::consumer);
  for (int tile = 0; tile < Tiles; ++tile)
    if (produces) {
      pipeline.producer_acquire();
      cuda::memcpy_async(&stage[tile % 3][threadIdx.x], data + 16 * tile + threadIdx.x, sizeof(int), pipeline);
      pipeline.producer_commit();
    } else {
      pipeline.consumer_wait();
      atomicAdd(sum, stage[tile % 3][threadIdx.x % 16]);
      pipeline.consumer_release();
    }
}

__global__ void values(float *out, const float *in) {
  __shared__ float copy[Threads];
  __pipeline_memcpy_async(&copy[threadIdx.x], in + threadIdx.x, sizeof(float));
  __pipeline_commit();
  __pipeline_wait_prior(0);
  __syncthreads();
  cuda::atomic_ref<float> sum(out[0]), most(out[1]);
  sum.fetch_add(copy[Threads - 1 - threadIdx.x]);
  most.fetch_max(copy[threadIdx.x]);
  if (threadIdx.x == 0) {
    cuda::std::complex<float> z(1, 2);
    z = z * z;
    out[2] = z.real(), out[3] = z.imag();
    static_assert(cuda::std::is_same_v<decltype(z.real()), float>);
  }
}

int main() {
  int *counts, *data;
  float *out, *in;
  cudaMallocManaged(&counts, 5 * sizeof(int));
  cudaMallocManaged(&data, Threads * Tiles * sizeof(int));
  cudaMallocManaged(&out, 4 * sizeof(float));
  cudaMallocManaged(&in, Threads * sizeof(float));
  cudaMemset(counts, 0, 5 * sizeof(int));
  cudaMemset(out, 0, 4 * sizeof(float));
  for (int i = 0; i < Threads * Tiles; ++i)
    data[i] = i;
  for (int i = 0; i < Threads; ++i)
    in[i] = i;
  rounds<<<2, Threads>>>(&counts[0]);
  drop<<<1, Threads>>>(&counts[1]);
  tiles<<<1, Threads>>>(&counts[2], data);
  roles<<<1, Threads>>>(&counts[3], data);
  values<<<1, Threads>>>(out, in);
  atOnce<<<2, Threads>>>(&counts[4]);
  printf("%s\n", cudaGetErrorString(cudaDeviceSynchronize()));
  // CHECK: no error
  printf("wrong %d, phases %d\n", counts[0], counts[1]);
  // CHECK-NEXT: wrong 0, phases 96
  // The sum of 0 ... 639, and three times that of 0 ... 159.
  printf("tiles %d, roles %d\n", counts[2], counts[3]);
  // CHECK-NEXT: tiles 204480, roles 38160
  printf("missed %d\n", counts[4]);
  // CHECK-NEXT: missed 0
  printf("%g %g %g %g\n", out[0], out[1], out[2], out[3]);
  // CHECK-NEXT: 2016 63 -3 4
  cuda::atomic<int> host{3};
  host++;
  volatile cuda::atomic<int> &seen = host; // as of mapped memory that a kernel writes to
  printf("%d\n", seen.fetch_add(2) + seen.load());
  // CHECK-NEXT: 10
}
