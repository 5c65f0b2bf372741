// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Which kernels run side by side: what a processor waits for counts, and so does what LLVM makes vectors of by itself.
// RUN: %device-half -w -std=c++17 -O3 -march=x86-64-v3 -Rpass=cuport-lanes -Rpass-missed=cuport-lanes -c %s -o %t.o 2>&1 | FileCheck %s
// RUN: %device-half -w -std=c++17 -O3 -march=sapphirerapids -Rpass=cuport-lanes -Rpass-missed=cuport-lanes -c %s -o %t.o 2>&1 | FileCheck %s --check-prefix=LONG

// A search waits for each load before it knows the next one, for 16 threads as long as for one.
// CHECK-DAG: 16 threads of _Z6searchPKfS0_Piii run side by side
__global__ void search(const float *sorted, const float *wanted, int *found, int n, int count) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= count)
    return;
  int low = 0, high = n;
  while (low < high) {
    const int middle = (low + high) / 2;
    if (sorted[middle] < wanted[i])
      low = middle + 1;
    else
      high = middle;
  }
  found[i] = low;
}

// Each thread goes through a row of its own: vectors of one thread's are rows, those of several threads are not.
// CHECK-DAG: 16 threads of _Z9attenuatePKiPKfPfii would gain nothing side by side
__global__ void attenuate(const int *row, const float *source, float *flux, int groups, int segments) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= segments)
    return;
  const float *from = source + row[i] * groups;
  float *to = flux + row[i] * groups;
  for (int g = 0; g < groups; ++g)
    to[g] = from[g] * 0.5f + from[g] * from[g];
}

// How far this goes in memory from iteration to iteration nobody knows: it is not taken for far, and the loop stays whole.
// CHECK-DAG: 16 threads of _Z7highestPKfPbiibi run side by side
__global__ void highest(const float *in, bool *out, int width, int height, bool clip, int order) {
  const int x = blockIdx.x * blockDim.x + threadIdx.x, y = blockIdx.y * blockDim.y + threadIdx.y;
  if (x >= width || y >= height)
    return;
  const float mine = in[y * width + x];
  bool most = true;
  for (int o = 1; o <= order; ++o) {
    int after = clip ? y + o : x + o, before = clip ? y - o : x - o;
    if (after >= (clip ? height : width))
      after = clip ? height - 1 : after - width;
    if (before < 0)
      before = clip ? 0 : before + width;
    after = clip ? after * width + x : y * width + after;
    before = clip ? before * width + x : y * width + before;
    most &= mine > in[after];
    most &= mine >= in[before];
  }
  out[y * width + x] = most;
}

// What an iteration leaves in one place for the next keeps LLVM from making vectors of it.
// CHECK-DAG: 16 threads of _Z5guessPiji run side by side
__global__ void guess(int *found, unsigned wanted, int count) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  unsigned char key[8] = {};
  key[1] = i, key[2] = i >> 8;
  for (int j = 0; j < count; ++j) {
    unsigned hash = 2166136261u;
    for (int k = 0; k < 8; ++k)
      hash = (hash ^ key[k]) * 16777619u + (hash >> 13) * 5;
    if (hash == wanted)
      found[0] = i;
    ++key[0];
  }
}

// How often threads go round the inner loop differs from one to the next, and those side by side go on until the last one has left it.
// CHECK-DAG: 8 threads of _Z6settlePKdPKiPdS3_i would gain nothing side by side
__global__ void settle(const double *history, const int *begin, double *kept, double *cycles, int count) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= count)
    return;
  const double *from = history + begin[i];
  double *stack = kept + begin[i], *to = cycles + begin[i];
  int depth = 0, found = 0;
  for (int k = 0; k < begin[i + 1] - begin[i]; ++k) {
    stack[depth++] = from[k];
    double x, y;
    while (depth >= 3 && (x = sqrt(sqrt(sqrt(fabs(stack[depth - 2] - stack[depth - 1]))))) >= (y = sqrt(sqrt(sqrt(fabs(stack[depth - 3] - stack[depth - 2])))))) {
      if (depth == 3) {
        to[found++] = y / 2;
        stack[0] = stack[1];
        stack[1] = stack[2];
        --depth;
      } else {
        to[found++] = y;
        stack[depth - 3] = stack[depth - 1];
        depth -= 2;
      }
    }
  }
}

// A division waits for the one before it, for 16 threads as long as for one.
// CHECK-DAG: 16 threads of _Z6commonPKjS0_Pji run side by side
__global__ void common(const unsigned *a, const unsigned *b, unsigned *out, int n) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= n)
    return;
  unsigned x = a[i], y = b[i];
  while (y) {
    const unsigned rest = x % y;
    x = y;
    y = rest;
  }
  out[i] = x;
}

// Of loops in each other that go on for the last thread the inner one is not taken to run four times as often. The numbers are divided in
// vectors with AVX-512 only.
// LONG-DAG: 16 threads of _Z9witnessesPKjS0_Piii run side by side
__global__ void witnesses(const unsigned *bases, const unsigned *numbers, int *found, int count, int n) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= n)
    return;
  const unsigned number = numbers[i];
  for (int k = 0; k < count; ++k) {
    unsigned long long power = 1, factor = bases[k];
    for (unsigned exponent = number - 1; exponent; exponent >>= 1) {
      if (exponent & 1)
        power = power * factor % number;
      factor = factor * factor % number;
    }
    if (power != 1) {
      found[i] = k;
      break;
    }
  }
}
