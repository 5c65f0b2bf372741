// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Members of structures that stand behind each other, and rows read backwards: side by side, threads load and store them as vectors, in
// another order, and nothing but what lies between the first and the last thread's.
// RUN: %cuport-cc -std=c++17 -O2 -ffp-contract=off -mllvm -cuport-widen=never %s -o %t.alone
// RUN: %cuport-cc -std=c++17 -O2 -ffp-contract=off -mllvm -cuport-widen=always %s -o %t.lanes
// RUN: %t.alone > %t.expected
// RUN: FileCheck %s < %t.expected
// RUN: %t.lanes | diff %t.expected -
// RUN: %cuport-cc -std=c++17 -O2 -march=x86-64-v2 -ffp-contract=off -mllvm -cuport-widen=always %s -o %t.narrow
// RUN: %t.narrow | diff %t.expected -

// RUN: %device-half -w -std=c++17 -O2 -march=x86-64-v3 -mllvm -cuport-widen=always -S -emit-llvm %s -o %t.ll
// RUN: sed -n '/^define internal void @_Z6bodies/,/^}/p' %t.ll | FileCheck %s --check-prefix=BODIES
// BODIES: load <32 x float>
// BODIES: store <64 x float>
// RUN: sed -n '/^define internal void @_Z7secondsPK/,/^}/p' %t.ll | FileCheck %s --check-prefix=SECONDS
// SECONDS: load <16 x float>
// SECONDS-NOT: store <32 x float>
// RUN: sed -n '/^define internal void @_Z9backwards/,/^}/p' %t.ll | FileCheck %s --check-prefix=BACKWARDS
// RUN: sed -n '/^define internal void @_Z4runsPK/,/^}/p' %t.ll | FileCheck %s --check-prefix=RUNS
// RUNS: load <4 x float>
// RUNS: load <3 x float>
// RUNS: store <4 x float>
// BACKWARDS: load <16 x float>
// BACKWARDS: shufflevector <16 x float> {{.*}} <i32 15, i32 14,

#include <cstdio>
#include <sys/mman.h>
#include <unistd.h>
#include <vector>

__device__ int place() { return blockIdx.x * blockDim.x + threadIdx.x; }

// CHECK: bodies: 7 1
__global__ void bodies(const float *in, float *out, int n, int count) {
  const int i = place();
  if (i >= n / 4)
    return;
  float4 mine = reinterpret_cast<const float4 *>(in)[i];
  for (int k = 0; k < count; ++k) {
    mine.x = mine.x * 0.5f + in[k];
    mine.w += mine.y - mine.x;
    mine.z -= mine.w * 0.25f;
  }
  mine.y = count;
  reinterpret_cast<float4 *>(out)[i] = make_float4(mine.y, 1, mine.z + mine.w, mine.x);
}

struct Three {
  short x, y, z;
};

// A member that is stored before another is loaded, and loaded again behind that.
__global__ void threes(const float *, float *out, int n, int count) {
  const int i = place();
  if (i >= n / 2)
    return;
  Three *all = reinterpret_cast<Three *>(out);
  int sum = i;
  for (int k = 0; k < count; ++k) {
    sum = sum * 3 + all[i].x;
    all[i].y = sum;
    sum += all[i].y ^ all[i].z;
    all[i].x = sum >> 2;
    all[i].z = all[i].x - k;
  }
}

// Of what lies between, other threads write some.
__global__ void seconds(const float *in, float *out, int n, int count) {
  const int i = place();
  if (i >= n / 2)
    return;
  float sum = 0;
  for (int k = 0; k < count; ++k)
    sum = sum * 0.5f + in[2 * i + (k & 1)];
  out[2 * i + 1] = sum;
}

// The last thread's element is the last of a page.
__global__ void ends(const float *in, float *out, int n, int count) {
  const int i = place();
  if (i >= n / 4)
    return;
  float sum = 0;
  for (int k = 0; k < count; ++k)
    sum = sum * 0.5f + in[4 * i - 4 * (n / 4 - 1)] + in[4 * i - 4 * (n / 4 - 1) - 2];
  out[i] = sum;
}

__global__ void backwards(const float *in, float *out, int n, int count) {
  const int i = place();
  if (i >= n)
    return;
  float sum = 0;
  for (int k = 0; k < count; ++k)
    sum = sum * 0.5f + in[n - 1 - i];
  out[n - 1 - i] = sum + i;
}

// Backwards, and not all threads.
__global__ void someBackwards(const float *in, float *out, int n, int count) {
  const int i = place();
  if (i >= n)
    return;
  float sum = 0;
  for (int k = 0; k < count; ++k)
    if (in[(i + k) % n] > 3)
      sum = sum * 0.5f + in[n - 1 - i];
  if (sum > 1)
    out[n - 1 - i] = sum;
}

// Structures that lie anywhere, and some threads that come to none.
__global__ void runs(const float *in, float *out, int n, int count) {
  const int i = place();
  float4 sum = {0, 0, 0, 0};
  for (int k = 0; k < count; ++k) {
    const unsigned at = (i * 5 + k * 3) % (n / 4);
    const float4 one = reinterpret_cast<const float4 *>(in)[at];
    sum.x += one.x, sum.y -= one.y, sum.z = sum.z * 0.5f + one.z, sum.w = one.w;
    if (one.x > 9) {
      const float3 other = reinterpret_cast<const float3 *>(in)[(at * 7 + i) % (n / 3)];
      sum.x += other.z, sum.w += other.x * other.y;
    }
  }
  if (i < n / 4 && i % 3 != 1)
    reinterpret_cast<float4 *>(out)[(i + 17) % (n / 4)] = sum;
}

// More elements than there are threads side by side where these are few, as of doubles.
__global__ void longRuns(const float *in, float *out, int n, int count) {
  const int i = place();
  double sum = 0, product = 1;
  for (int k = 0; k < count; ++k) {
    const float *at = in + (i * 11 + k * 7) % (n - 8);
    for (int j = 0; j < 8; ++j)
      sum = sum * 0.5 + double(at[j]);
    product = product * 0.25 + sum;
  }
  if (i < n)
    out[i] = float(sum + product);
}

int main() {
  constexpr int n = 256;
  std::vector<float> in(n), out(n);
  for (int i = 0; i < n; ++i)
    in[i] = (i * 37 + 11) % 29;
  float *from, *to;
  cudaMalloc(&from, n * sizeof(float));
  cudaMalloc(&to, n * sizeof(float));
  cudaMemcpy(from, in.data(), n * sizeof(float), cudaMemcpyHostToDevice);
  auto run = [&](const char *name, auto kernel, const float *of, int count) {
    for (int i = 0; i < n; ++i)
      out[i] = i;
    cudaMemcpy(to, out.data(), n * sizeof(float), cudaMemcpyHostToDevice);
    kernel<<<4, 64>>>(of, to, n, count);
    cudaMemcpy(out.data(), to, n * sizeof(float), cudaMemcpyDeviceToHost);
    printf("%s:", name);
    for (float x : out)
      printf(" %g", x);
    printf("\n");
  };
  run("bodies", bodies, from, 7);
  run("threes", threes, from, 5);
  run("seconds", seconds, from, 6);
  run("backwards", backwards, from, 6);
  run("some backwards", someBackwards, from, 9);
  run("runs", runs, from, 6);
  run("long runs", longRuns, from, 3);
  // The page behind is not there, nor is the one before what is read.
  const size_t page = sysconf(_SC_PAGESIZE);
  char *pages = static_cast<char *>(mmap(nullptr, 3 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
  mprotect(pages, page, PROT_NONE);
  mprotect(pages + 2 * page, page, PROT_NONE);
  float *end = reinterpret_cast<float *>(pages + 2 * page);
  for (int i = -int(page / sizeof(float)); i < 0; ++i)
    end[i] = i;
  run("ends", ends, end - 1, 3);
  printf("%s\n", cudaGetErrorName(cudaGetLastError())); // CHECK: cudaSuccess
}
