// What block mode keeps once for all threads, and branches that it decides for all of them: the same results as thread by thread,
// also where threads part and meet again, and where they meet at one place in different rounds of a loop.
// RUN: %cuport-cc -std=c++17 %s -o %t
// RUN: %t | FileCheck %s
// RUN: env CUPORT_MODE=thread %t | FileCheck %s
// RUN: env CUPORT_WARP=64 %t | FileCheck %s
// CHECK: all as it should be

#include <cstdio>
#include <algorithm>
#include <vector>

constexpr int Threads = 128;

// Loop counters, of two loops within each other, are the same for all; the inner bound changes from round to round.
__global__ void nested(const int *in, long *out, int rounds) {
  __shared__ int tile[Threads];
  long sum = 0;
  for (int round = 0; round < rounds; ++round) {
    tile[threadIdx.x] = in[threadIdx.x] + round;
    __syncthreads();
    for (int step = 0; step <= round; step += 2) {
      sum = sum * 3 + tile[(threadIdx.x + step) % Threads];
      __syncthreads();
      tile[threadIdx.x] += step;
      __syncthreads();
    }
  }
  out[threadIdx.x] = sum;
}

static long nestedHere(const int *in, int thread, int rounds) {
  std::vector<int> tile(Threads);
  long sum = 0;
  for (int round = 0; round < rounds; ++round) {
    for (int i = 0; i < Threads; ++i)
      tile[i] = in[i] + round;
    for (int step = 0; step <= round; step += 2) {
      sum = sum * 3 + tile[(thread + step) % Threads];
      for (int &value : tile)
        value += step;
    }
  }
  return sum;
}

// In each round one warp does more than the others, who wait for it with their counters.
__global__ void apart(const int *in, long *out, int rounds) {
  __shared__ int found;
  long sum = 0;
  float scale = 1;
  for (int round = 0; round < rounds; ++round, scale *= 0.5f) {
    if (threadIdx.x / 32 == round % (Threads / 32)) {
      int value = in[threadIdx.x] * (round + 1);
      for (int offset = 16; offset > 0; offset /= 2)
        value += __shfl_down_sync(0xffffffff, value, offset, 32);
      if (threadIdx.x % 32 == 0)
        found = value;
    }
    __syncthreads();
    sum += found + long(scale * 1024) * round;
    __syncthreads();
  }
  out[threadIdx.x] = sum;
}

static long apartHere(const int *in, int, int rounds) {
  long sum = 0;
  float scale = 1;
  for (int round = 0; round < rounds; ++round, scale *= 0.5f) {
    int found = 0;
    for (int lane = 0; lane < 32; ++lane)
      found += in[round % (Threads / 32) * 32 + lane] * (round + 1);
    sum += found + long(scale * 1024) * round;
  }
  return sum;
}

// Groups of eight lanes meet at the shuffle in different rounds.
__global__ void outOfStep(const int *in, long *out, int rounds) {
  const unsigned lane = threadIdx.x % 32, group = lane / 8, mask = 0xffu << (8 * group);
  long sum = 0;
  for (int round = 0; round < rounds; ++round) {
    if ((round + group) % 4)
      continue;
    sum = sum * 5 + round * __shfl_sync(mask, in[threadIdx.x] + round, round, 8);
  }
  out[threadIdx.x] = sum;
}

static long outOfStepHere(const int *in, int thread, int rounds) {
  long sum = 0;
  for (int round = 0; round < rounds; ++round)
    if ((round + thread % 32 / 8) % 4 == 0)
      sum = sum * 5 + round * (in[thread / 8 * 8 + round % 8] + round);
  return sum;
}

// All leave the loop together, by what they find out together.
__global__ void together(const int *in, long *out, int) {
  int left = in[threadIdx.x] % 7, round = 0;
  do
    ++round;
  while (__syncthreads_or(left-- > 0));
  out[threadIdx.x] = round + 1000 * __syncthreads_count(left < -1);
}

static long togetherHere(const int *in, int, int) {
  int most = 0, early = 0;
  for (int i = 0; i < Threads; ++i)
    most = std::max(most, in[i] % 7);
  for (int i = 0; i < Threads; ++i)
    early += in[i] % 7 - (most + 1) < -1;
  return most + 1 + 1000 * early;
}

// Some threads have nothing to do, and in the last round of a loop fewer have.
__global__ void guarded(const int *in, long *out, int rounds) {
  const int thread = threadIdx.x;
  if (thread >= Threads - 5)
    return;
  long sum = 0;
  for (int i = thread; i < rounds * 50; i += blockDim.x)
    sum = sum * 3 + in[i % Threads];
  __syncthreads();
  out[thread] = sum;
}

static long guardedHere(const int *in, int thread, int rounds) {
  long sum = 0;
  for (int i = thread; i < rounds * 50; i += Threads)
    sum = sum * 3 + in[i % Threads];
  return thread >= Threads - 5 ? -1 : sum;
}

using Kernel = void (*)(const int *, long *, int);

static int wrong = 0;

static void compare(const char *name, Kernel kernel, long (*here)(const int *, int, int)) {
  for (int rounds : {0, 1, 5, 13}) {
    int *in;
    long *out;
    cudaMallocManaged(&in, Threads * sizeof(int));
    cudaMallocManaged(&out, Threads * sizeof(long));
    for (int i = 0; i < Threads; ++i) {
      in[i] = (i * 37 + 11) % 101;
      out[i] = -1;
    }
    kernel<<<1, Threads>>>(in, out, rounds);
    if (cudaError_t error = cudaDeviceSynchronize()) {
      std::printf("%s: %s\n", name, cudaGetErrorString(error));
      ++wrong;
      return;
    }
    for (int i = 0; i < Threads; ++i)
      if (out[i] != here(in, i, rounds) && ++wrong < 10)
        std::printf("%s, %d rounds, thread %d: %ld, not %ld\n", name, rounds, i, out[i], here(in, i, rounds));
    cudaFree(in);
    cudaFree(out);
  }
}

int main() {
  compare("nested", nested, nestedHere);
  compare("apart", apart, apartHere);
  compare("out of step", outOfStep, outOfStepHere);
  compare("together", together, togetherHere);
  compare("guarded", guarded, guardedHere);
  if (!wrong)
    std::puts("all as it should be");
}
