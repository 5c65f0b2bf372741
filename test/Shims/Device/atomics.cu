// Atomics of all types from many threads of several blocks: the sums, extremes and counts that only whole operations give.
// RUN: %cuport-cc -std=c++17 -arch=sm_90 %s -o %t
// RUN: %t | FileCheck %s
// CHECK: no error, wrong: 0

#include <cstdio>
#include <cuda_bf16.h>

struct alignas(16) pair {
  unsigned long long low, high;
};
struct cells {
  int i, least, most, f4_seen, all, any, odd, swapped;
  unsigned u, up, down;
  unsigned long long l, l_most;
  long long s_least;
  float f;
  double d;
  __half h;
  __half2 h2;
  __nv_bfloat16 b;
  unsigned short s;
  pair p;
  float2 f2;
  float4 f4;
  int old_seen[256];
  int block, system, ordered;
};

__global__ void work(cells *c) {
  int id = blockIdx.x * blockDim.x + threadIdx.x; // 0 ... 255
  int before = atomicAdd(&c->i, 1);
  c->old_seen[before] = 1; // each old value is given once
  atomicSub(&c->u, 2u);
  atomicAdd(&c->l, 1ull << 33);
  atomicAdd(&c->f, 0.5f);
  atomicAdd(&c->d, 0.25);
  atomicAdd(&c->f2, make_float2(1, 2)); // of sm_90, as the next
  const float4 old = atomicAdd_system(&c->f4, make_float4(1, 2, 3, 4));
  atomicMax(&c->f4_seen, static_cast<int>(old.w));
  atomicMin(&c->least, -id);
  atomicMax(&c->most, id);
  atomicMin(&c->s_least, -static_cast<long long>(id) << 33);
  atomicMax(&c->l_most, static_cast<unsigned long long>(id) << 33);
  atomicAnd(&c->all, ~(1 << id % 31));
  atomicOr(&c->any, 1 << id % 31);
  atomicXor(&c->odd, 1 << id % 3);
  atomicInc(&c->up, 9);   // counts modulo 10
  atomicDec(&c->down, 9); // the same downward
  atomicAdd_block(&c->block, 1);
  atomicAdd_system(&c->system, 1);
  __nv_atomic_fetch_add(&c->ordered, 3, __NV_ATOMIC_ACQ_REL, __NV_THREAD_SCOPE_DEVICE);
  if (id < 64) { // as far as half counts without rounding
    atomicAdd(&c->h, __half(1.0f));
    atomicAdd(&c->h2, __half2(1.0f, 2.0f));
    atomicAdd(&c->b, __nv_bfloat16(1.0f));
  }
  // Loops of compare and swap, in 32, 16 and 128 bits.
  for (int old = c->swapped, seen;; old = seen)
    if ((seen = atomicCAS(&c->swapped, old, old + 2)) == old)
      break;
  for (unsigned short old = c->s, seen;; old = seen)
    if ((seen = atomicCAS(&c->s, old, static_cast<unsigned short>(old + 3))) == old)
      break;
  for (pair old = {0, 0}, seen;; old = seen) {
    seen = atomicCAS(&c->p, old, pair{old.low + 1, old.high + 2});
    if (seen.low == old.low && seen.high == old.high)
      break;
  }
}

__global__ void shared(int *sum) {
  __shared__ int bins[16];
  __shared__ float total;
  if (threadIdx.x < 16)
    bins[threadIdx.x] = 0, total = 0;
  __syncthreads();
  atomicAdd(&bins[threadIdx.x % 16], threadIdx.x);
  atomicAdd(&total, 1.0f);
  __syncthreads();
  if (threadIdx.x < 16)
    atomicAdd(sum, bins[threadIdx.x] + static_cast<int>(total));
}

__global__ void exchange(int *cell, int *sum) { atomicAdd(sum, atomicExch(cell, static_cast<int>(threadIdx.x + 1))); }

int main() {
  cells *c;
  cudaMallocManaged(&c, sizeof(cells));
  memset(static_cast<void *>(c), 0, sizeof(cells));
  c->all = 0x7fffffff;
  int *sums;
  cudaMallocManaged(&sums, 4 * sizeof(int));
  memset(sums, 0, 4 * sizeof(int));
  work<<<4, 64>>>(c);
  shared<<<3, 64>>>(&sums[0]);
  exchange<<<1, 64>>>(&sums[1], &sums[2]);
  cudaError_t error = cudaDeviceSynchronize();
  int wrong = 0;
#define CHECK(...) \
  if (!(__VA_ARGS__)) \
  printf("line %d\n", __LINE__), ++wrong
  int seen = 0;
  for (int i = 0; i < 256; ++i)
    seen += c->old_seen[i];
  CHECK(c->i == 256 && seen == 256);
  CHECK(c->u == 0u - 512 && c->l == 256ull << 33 && c->f == 128 && c->d == 64);
  CHECK(c->f2.x == 256 && c->f2.y == 512 && c->f4.x == 256 && c->f4.z == 768 && c->f4.w == 1024 && c->f4_seen == 1020);
  CHECK(c->least == -255 && c->most == 255 && c->s_least == -(255ll << 33) && c->l_most == 255ull << 33);
  CHECK(c->all == 0 && c->any == 0x7fffffff);
  CHECK(c->odd == 0b110 /* 86, 85 and 85 times */);
  CHECK(c->up == 6 && c->down == 4 /* 0, 9, 8 ...: 256 steps down */);
  CHECK(c->block == 256 && c->system == 256 && c->ordered == 768);
  CHECK(static_cast<float>(c->h) == 64 && __low2float(c->h2) == 64 && __high2float(c->h2) == 128 && static_cast<float>(c->b) == 64);
  CHECK(c->swapped == 512 && c->s == 768 && c->p.low == 256 && c->p.high == 512);
  CHECK(sums[0] == 3 * (2016 + 16 * 64));
  CHECK(sums[2] + sums[1] == 64 * 65 / 2);
  printf("%s, wrong: %d\n", cudaGetErrorString(error), wrong);
}
