// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Arrays that each thread has for itself: side by side, an element of all threads is a row. Whatever is done with them, each thread
// computes what it computes alone.
// RUN: %cuport-cc -std=c++17 -O2 -ffp-contract=off -mllvm -cuport-widen=never %s -o %t.alone
// RUN: %cuport-cc -std=c++17 -O2 -ffp-contract=off -mllvm -cuport-widen=always %s -o %t.lanes
// RUN: env CUPORT_MODE=thread %t.alone > %t.expected
// RUN: FileCheck %s < %t.expected
// RUN: %t.alone | diff %t.expected -
// RUN: %t.lanes | diff %t.expected -

// Rows are loaded and stored as such: of powers nothing goes lane by lane, but in the loop for threads that are left over.
// RUN: %device-half -w -std=c++17 -O2 -march=x86-64-v3 -mllvm -cuport-widen=whole -Rpass=cuport-lanes -S -emit-llvm %s -o %t.ll 2>&1 \
// RUN:   | FileCheck %s --check-prefix=GAINS
// RUN: sed -n '/^define internal void @_Z6powers/,/^}/p' %t.ll | FileCheck %s --check-prefix=ROWS --implicit-check-not="insertelement <16 x float" \
// RUN:   --implicit-check-not="freeze <16 x"
// GAINS: 16 threads of _Z6powersPKfPfii run side by side
// ROWS: load <16 x float>
// ROWS: store <16 x float>

#include <cstdio>
#include <vector>

__device__ int place() { return blockIdx.x * blockDim.x + threadIdx.x; }

// CHECK: powers: 1 1 3
__global__ void powers(const float *in, float *out, int n, int degree) {
  const int i = place();
  if (i >= n)
    return;
  float terms[40];
  terms[0] = 1;
  for (int k = 1; k <= degree; ++k)
    terms[k] = terms[k - 1] * in[i];
  float sum = 0;
  for (int k = degree; k >= 0; --k)
    sum += terms[k];
  out[i] = sum;
}

// Each thread has its own depth.
__global__ void stacks(const float *in, float *out, int n, int degree) {
  const int i = place();
  if (i >= n)
    return;
  int left[24], right[24], depth = 0;
  float sum = 0;
  left[0] = 0, right[0] = int(in[i]) + degree;
  do {
    const int a = left[depth], b = right[depth];
    --depth;
    if (b - a < 2) {
      sum += a * in[(i + a) % n];
      continue;
    }
    const int middle = a + (b - a) / 2 + (b - a > 2 ? i & 1 : 0);
    ++depth, left[depth] = a, right[depth] = middle;
    ++depth, left[depth] = middle, right[depth] = b;
  } while (depth >= 0);
  out[i] = sum;
}

// Filled by some threads while others keep what they have.
__global__ void refills(const float *in, float *out, int n, int degree) {
  const int i = place();
  if (i >= n)
    return;
  double counts[17] = {};
  unsigned char seen[16];
  for (int k = 0; k < 16; ++k)
    seen[k] = 0xff;
  for (int k = 0; k < degree * 3; ++k) {
    const int b = int(in[(i + k) % n]) & 15;
    counts[b] += 0.5 * k;
    seen[b] ^= k;
    if (b == (i & 15))
      for (int j = 0; j < 16; ++j)
        counts[j + 1] = 0;
    if (b == (i & 7) && k % 3 == 0)
      for (int j = 0; j < 16; ++j)
        seen[j] = 0x11;
  }
  double sum = 0;
  for (int k = 0; k < 16; ++k)
    sum = sum / 2 + counts[k] + seen[k];
  out[i] = float(sum);
}

struct Body {
  double mass;
  int kind, charge; // smaller than an element
};

__global__ void structures(const float *in, float *out, int n, int degree) {
  const int i = place();
  if (i >= n)
    return;
  Body bodies[9];
  for (int k = 0; k < 9; ++k)
    bodies[k] = {in[(i + k) % n] * 0.25, k ^ i, k - i};
  double sum = 0;
  for (int k = 0; k < degree; ++k) {
    Body &chosen = bodies[(k * 5 + (in[i] > 3 ? i : 2)) % 9], &other = bodies[k % 9];
    Body *less = chosen.mass < other.mass ? &chosen : &other; // joins pointers
    less->mass += 1;
    other.kind += less->kind & 3;
    sum += less->mass + other.kind;
  }
  out[i] = float(sum);
}

// Its address is compared with another, and so it stays as it is.
__global__ void compares(const float *in, float *out, int n, int degree) {
  const int i = place();
  if (i >= n)
    return;
  float pair[2][12];
  for (int k = 0; k < 12; ++k)
    pair[0][k] = in[(i + k) % n], pair[1][k] = k;
  float *at = pair[i & 1], *end = at + 12 - (i % 3);
  float sum = 0;
  for (; at != end; ++at)
    sum += *at * degree;
  out[i] = sum;
}

int main() {
  constexpr int n = 203;
  std::vector<float> in(n), out(n);
  for (int i = 0; i < n; ++i)
    in[i] = (i * 37 + 11) % 29;
  in[0] = 0, in[1] = 0, in[2] = 2;
  float *from, *to;
  cudaMalloc(&from, n * sizeof(float));
  cudaMalloc(&to, n * sizeof(float));
  cudaMemcpy(from, in.data(), n * sizeof(float), cudaMemcpyHostToDevice);
  auto run = [&](const char *name, auto kernel, int degree) {
    kernel<<<4, 64>>>(from, to, n, degree);
    cudaMemcpy(out.data(), to, n * sizeof(float), cudaMemcpyDeviceToHost);
    printf("%s:", name);
    for (float x : out)
      printf(" %g", x);
    printf("\n");
  };
  run("powers", powers, 1);
  run("powers", powers, 5);
  run("stacks", stacks, 9);
  run("refills", refills, 7);
  run("structures", structures, 31);
  run("compares", compares, 2);
  printf("%s\n", cudaGetErrorName(cudaGetLastError())); // CHECK: cudaSuccess
}
