// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Threads of a kernel with loops run side by side, as lanes of vectors. Whatever way they go, each computes what it computes alone.
// RUN: %cuport-cc -std=c++17 -O2 -mllvm -cuport-widen=never %s -o %t.alone
// RUN: %cuport-cc -std=c++17 -O2 -mllvm -cuport-widen=always %s -o %t.lanes
// RUN: %cuport-cc -std=c++17 -O2 %s -o %t.gains
// RUN: %t.alone > %t.expected
// RUN: FileCheck %s < %t.expected
// RUN: env CUPORT_MODE=thread %t.alone > %t.threads
// RUN: diff %t.expected %t.threads
// RUN: %t.lanes > %t.found
// RUN: diff %t.expected %t.found
// RUN: %t.gains > %t.found
// RUN: diff %t.expected %t.found

// That they did.
// RUN: %device-half -w -std=c++17 -O3 -march=x86-64-v3 -mllvm -cuport-widen=always -Rpass=cuport-lanes -c %s -o %t.o 2>&1 \
// RUN:   | FileCheck %s --check-prefix=ALWAYS --implicit-check-not='side by side'
// ALWAYS-COUNT-15: {{8|16}} threads of {{.*}} run side by side
// RUN: %device-half -w -std=c++17 -O3 -march=x86-64-v3 -Rpass=cuport-lanes -c %s -o %t.o 2>&1 | FileCheck %s --check-prefix=GAINS
// GAINS: 16 threads of _Z7collatzPii run side by side
// CHECK: collatz 32 [[#]]: 1 0 1 7 2 5 8 16
// CHECK-NOT: error

#include <cstdio>
#include <vector>

__device__ int place() { return blockIdx.x * blockDim.x + threadIdx.x; }

__global__ void collatz(int *out, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= n)
    return;
  int steps = 0;
  for (unsigned k = i; k > 1 && steps < 500; ++steps)
    k = k & 1 ? 3 * k + 1 : k / 2;
  out[i] = i == 0 ? 1 : steps;
}

// Loops in loops, left from inside in every way there is.
__global__ void nested(const int *in, int *out, int n) {
  int i = place();
  if (i >= n)
    return;
  int sum = 0;
  for (int j = 0; j < in[i] % 17; ++j) {
    if (in[j] % 3 == 0)
      continue;
    int k = 0;
    for (; k < in[(i + j) % n] % 7; ++k) {
      sum += k * j + in[k];
      if (sum > 4000)
        goto done;
      if (sum % 11 == 5)
        break;
    }
    if (k > 4)
      sum ^= k;
    if (sum == 777) {
      out[i] = -1;
      return;
    }
  }
done:
  out[i] = sum;
}

__global__ void switches(const int *in, int *out, int n, int mode) {
  int i = place();
  if (i >= n)
    return;
  int sum = i;
  for (int j = 0; j < 20; ++j) {
    switch ((in[i] + j) % 5) {
    case 0:
      sum += j;
      break;
    case 1:
      sum -= 2 * j;
    case 2:
      sum ^= j;
      break;
    case 3:
      if (in[i] % 4)
        sum /= in[i] % 4;
      break;
    default:
      sum += in[unsigned(sum) % unsigned(n)];
    }
    switch (mode) {
    case 0:
      sum++;
      break;
    case 1:
      sum--;
      break;
    default:
      sum += mode;
    }
  }
  out[i] = sum;
}

// The index of a thread that does not load may wrap around.
__global__ void behind(const float *in, float *out, unsigned n, int count) {
  unsigned i = place();
  if (i >= n)
    return;
  float sum = 0;
  for (int k = 0; k < count; ++k) {
    if (i > unsigned(k))
      sum += in[i - k - 1u];
    else
      sum += 0.5f;
  }
  out[i] = sum;
}

// What is converted for a loop is computed before it, of a number that is the same for all.
__global__ void converted(const int *in, int *out, int n, int step) {
  const int i = place();
  int sum = 0;
  for (int k = 0; k < in[i] % 7; ++k)
    sum += in[k];
  for (int k = in[n] / step + i; k < n; k += step)
    sum = sum / 2 + in[k];
  out[i] = sum;
}

// Variables of threads in memory, and atomics.
// Several threads of a row may count in one place. Where they would lose counts, they do not run side by side; where they read them they do.
__global__ void sharedBins(const int *in, int *out) {
  __shared__ int counts[8];
  if (threadIdx.x < 8)
    counts[threadIdx.x] = 0;
  __syncthreads();
  const int i = place();
  for (int k = 0; k < in[i] % 8; ++k)
    atomicAdd(&counts[in[i + k] & 7], k + 1);
  __syncthreads();
  out[i] = counts[threadIdx.x % 8];
}

__global__ void bins(const int *in, int *out, int *all, int n) {
  int i = place();
  if (i >= n)
    return;
  int own[9] = {0}; // 36 bytes, aligned to 16
  for (int k = 0; k < 40; ++k) {
    int b = in[(i + k) % n] & 7;
    own[b]++;
    if (b == 3 && k > in[i] % 40)
      break;
    atomicAdd(&all[b], 1);
  }
  int best = 0;
  for (int b = 1; b < 8; ++b)
    if (own[b] > own[best])
      best = b;
  out[i] = best * 100 + own[best];
}

// Loops that only some threads come to: one that all of these leave together, a chase of pointers, and one to the thread's own end.
__global__ void branches(const int *in, const int *next, int *out, int n, int count) {
  int i = place();
  if (i >= n)
    return;
  int sum = 0;
  if (in[i] & 1) {
    for (int j = 0; j < count; ++j)
      sum += in[j] * (i & 3);
  } else if (in[i] & 2) {
    int at = i;
    while (at >= 0 && sum < 1000) {
      sum += in[at] % 13;
      at = next[at];
    }
    sum += at;
  } else {
    int level = 0;
    do {
      level += 3;
      sum += level;
    } while (level < (in[i] & 31));
  }
  out[i] = sum;
}

// A count that differs between threads is used behind the loop, in which it goes on for others.
__global__ void roots(const double *in, double *out, int n, double near) {
  int i = place();
  if (i >= n)
    return;
  double y = 1;
  int k;
  for (k = i; k < i + 50; ++k) {
    double z = 0.5 * (y + in[i] / y);
    if (fabs(z - y) < near)
      break;
    y = z + 1e-9 * sin(double(k));
  }
  out[i] = y + (k - i);
}

__global__ void tiles(const float *in, float *out, int n) {
  __shared__ float tile[256];
  int i = place();
  tile[threadIdx.x] = i < n ? in[i] : 0;
  __syncthreads();
  float sum = 0;
  int larger = 0;
  for (int j = 0; j < 256; ++j) {
    if (tile[j] > tile[threadIdx.x])
      ++larger;
    sum = sum * 0.5f + tile[j] * tile[(threadIdx.x + j) & 255];
  }
  __syncthreads();
  tile[threadIdx.x] = sum;
  __syncthreads();
  if (i < n) {
    float most = -1e30f;
    for (int j = 0; j <= int(threadIdx.x) % 64; ++j)
      most = fmaxf(most, tile[j]);
    out[i] = most + larger;
  }
}

__global__ void warps(const int *in, int *out, int n) {
  int i = place(), lane = threadIdx.x & 31;
  int sum = 0;
  for (int j = 0; j < in[i % n] % 9; ++j)
    sum += in[(lane + j) % n] * (lane + 1);
  sum += __shfl_down_sync(0xffffffffu, sum, 1);
  int known;
  asm("mov.u32 %0, %%laneid;" : "=r"(known));
  for (int j = 0; j < (known & 7); ++j)
    sum = sum * 3 + in[known + j];
  if (i < n)
    out[i] = sum;
}

__global__ void stencil(const float *in, float *out, int width, int height) {
  int x = blockIdx.x * blockDim.x + threadIdx.x, y = blockIdx.y * blockDim.y + threadIdx.y;
  if (x >= width || y >= height)
    return;
  float sum = 0;
  for (int dy = -2; dy <= 2; ++dy)
#pragma unroll 1
    for (int dx = -2; dx <= 2; ++dx) {
      int atX = x + dx, atY = y + dy;
      if (atX < 0 || atY < 0 || atX >= width || atY >= height)
        continue;
      sum += in[atY * width + atX] * (dx * dx + dy + 3);
    }
  out[y * width + x] = sum;
}

template <typename T> void show(const char *name, int block, const T *device, int n) {
  std::vector<T> found(n);
  if (cudaError_t error = cudaDeviceSynchronize())
    printf("%s: error %s\n", name, cudaGetErrorString(error));
  cudaMemcpy(found.data(), device, n * sizeof(T), cudaMemcpyDeviceToHost);
  unsigned long long sum = 0;
  const auto *bytes = reinterpret_cast<const unsigned char *>(found.data());
  for (size_t k = 0; k < n * sizeof(T); ++k)
    sum = sum * 1099511628211ull + bytes[k];
  printf("%s %d %llu:", name, block, sum);
  for (int i = 0; i < 8; ++i)
    printf(" %g", double(found[i]));
  printf("\n");
}

template <typename T> T *onDevice(const std::vector<T> &values) {
  T *device;
  cudaMalloc(&device, values.size() * sizeof(T));
  cudaMemcpy(device, values.data(), values.size() * sizeof(T), cudaMemcpyHostToDevice);
  return device;
}

int main() {
  const int n = 1000;
  std::vector<int> numbers, next;
  std::vector<float> floats;
  std::vector<double> doubles;
  unsigned random = 7;
  for (int i = 0; i < n + 64; ++i) {
    random = random * 1664525u + 1013904223u;
    numbers.push_back(random >> 8 & 0xfff);
    next.push_back(numbers[i] % 5 ? numbers[i] % n : -1);
    floats.push_back(numbers[i] % 97 / 9.f);
    doubles.push_back(numbers[i] + 0.25);
  }
  const int *in = onDevice(numbers), *links = onDevice(next);
  const float *inFloats = onDevice(floats);
  const double *inDoubles = onDevice(doubles);
  int *out = onDevice(numbers), *all = onDevice(std::vector<int>(8));
  float *outFloats = onDevice(floats);
  double *outDoubles = onDevice(doubles);
  // Of these the last has too few threads for lanes, and the one before it leaves a rest.
  for (int block : {32, 256, 96, 37, 8}) {
    const int blocks = (n + block - 1) / block;
    collatz<<<blocks, block>>>(out, n);
    show("collatz", block, out, n);
    nested<<<blocks, block>>>(in, out, n);
    show("nested", block, out, n);
    for (int mode : {0, 1, 5}) {
      switches<<<blocks, block>>>(in, out, n, mode);
      show("switches", block, out, n);
    }
    behind<<<blocks, block>>>(inFloats, outFloats, n, 9);
    show("behind", block, outFloats, n);
    converted<<<blocks, block>>>(in, out, n, 60);
    show("converted", block, out, n);
    cudaMemset(all, 0, 32);
    bins<<<blocks, block>>>(in, out, all, n);
    show("bins", block, out, n);
    show("all bins", block, all, 8);
    sharedBins<<<blocks, block>>>(in, out);
    show("shared bins", block, out, n);
    branches<<<blocks, block>>>(in, links, out, n, 30);
    show("branches", block, out, n);
    roots<<<blocks, block>>>(inDoubles, outDoubles, n, 1e-7);
    show("roots", block, outDoubles, n);
    warps<<<blocks, block>>>(in, out, n);
    show("warps", block, out, n);
  }
  tiles<<<4, 256>>>(inFloats, outFloats, n);
  show("tiles", 256, outFloats, n);
  for (dim3 block : {dim3(16, 16), dim3(32, 4), dim3(5, 5, 3)}) {
    stencil<<<dim3(40 / block.x + 1, 25 / block.y + 1), block>>>(inFloats, outFloats, 40, 25);
    show("stencil", block.x, outFloats, n);
  }
}
