// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Threads that are numbered through and find their line by a division: side by side they load and store rows where all lie in one line. The
// results are those of threads one by one, whatever the width.

// RUN: %device-half -w -std=c++17 -O3 -march=x86-64-v3 -S -emit-llvm %s -o - | FileCheck %s
// RUN: %device-half -w -std=c++17 -O3 -march=sapphirerapids -S -emit-llvm %s -o - | FileCheck %s
// CHECK-LABEL: define {{.*}}_Z6middlePKfPfii.cuport.block
// CHECK: load <16 x float>
// CHECK: store <16 x float>
// CHECK-LABEL: define {{.*}}_Z5boxesPKfPfiii.cuport.block
// CHECK: store <16 x float>

// RUN: %cuport-cc -std=c++17 -O2 -mllvm -cuport-widen=never %s -o %t.alone
// RUN: %cuport-cc -std=c++17 -O2 -mllvm -cuport-widen=always %s -o %t.lanes
// RUN: %cuport-cc -std=c++17 -O3 %s -o %t
// RUN: %t.alone > %t.expected
// RUN: FileCheck %s --check-prefix=RESULT < %t.expected
// RUN: %t.lanes | diff %t.expected -
// RUN: %t | diff %t.expected -
// RESULT: middle 1: {{.*[1-9]}}
// RESULT: signs 1000: {{.*[1-9]}}

#include <algorithm>
#include <cstdio>
#include <cuda_runtime.h>

__device__ int place() { return blockIdx.x * blockDim.x + threadIdx.x; }

__global__ void middle(const float *in, float *out, int width, int height) {
  const int i = place();
  if (i >= width * height)
    return;
  const int y = i / width, x = i % width;
  const float here = in[i];
  if (y == 0 || y == height - 1 || x == 0 || x == width - 1)
    out[i] = here;
  else
    out[i] = (in[(y - 1) * width + x] + in[(y + 1) * width + x] + in[y * width + x - 1] * 3 + in[y * width + x + 1]) * 0.5f - here;
}

// A division of what another one leaves.
__global__ void boxes(const float *in, float *out, int width, int height, int depth) {
  const int i = place();
  if (i >= width * height * depth)
    return;
  const int z = i / (width * height), rest = i % (width * height), y = rest / width, x = rest - y * width;
  out[(z * (height + 1) + y) * (width + 2) + x + 1] = in[(y * depth + z) * width + x] * (x + 1) + z;
}

// With a stride, without signs, and flipped.
__global__ void pairs(const float *in, float *out, unsigned width, unsigned height) {
  const unsigned i = 2 * place();
  if (i >= width * height)
    return;
  const unsigned y = i / width, x = i % width;
  out[(height - 1 - y) * width + x] += in[i];
  if (x + 1 < width)
    out[(height - 1 - y) * width + x + 1] -= in[i + 1] * y;
}

__global__ void longer(const float *in, float *out, unsigned long width, unsigned long height) {
  const unsigned long i = place();
  if (i < width * height)
    out[(i / width) * (width + 3) + i % width] = in[i % width * height + i / width] + i % width;
}

// Dividends below zero.
__global__ void signs(const float *in, float *out, int width, int n) {
  const int i = place();
  if (i >= n)
    return;
  const int from = i - n / 2, y = from / width, x = from % width;
  out[i] = in[std::abs(y * width) + std::abs(x)] + x * 3 - y;
}

// Dividends that begin anew among threads side by side.
__global__ void wrapping(const float *in, float *out, unsigned width, int n) {
  const int i = place();
  if (i >= n)
    return;
  const unsigned from = i - 5u, y = from / width, x = from % width;
  out[i] = in[x % 1024] * 3 + (y & 1023);
}

int main() {
  constexpr int N = 40000, Most = 4 * N;
  float *in, *out;
  cudaMallocManaged(&in, Most * sizeof(float));
  cudaMallocManaged(&out, Most * sizeof(float));
  for (int i = 0; i < Most; ++i)
    in[i] = (i * 7919 % 10007) * 0.25f;
  auto run = [&](const char *name, int width, auto launch) {
    std::fill(out, out + Most, -1.0f);
    launch();
    if (cudaDeviceSynchronize() != cudaSuccess)
      return;
    unsigned long sum = 0;
    for (int i = 0; i < Most; ++i)
      sum = sum * 31 + static_cast<long>(out[i] * 16);
    printf("%s %d: %lu\n", name, width, sum);
  };
  constexpr int Blocks = N / 96 + 1;
  for (int width : {1, 2, 3, 7, 15, 16, 17, 31, 32, 33, 47, 48, 96, 100, 255, 256, 1000, 4097, 50000}) {
    const int height = std::max(N / width, 1);
    run("middle", width, [&] { middle<<<Blocks, 96>>>(in, out, width, std::min(height, N / width)); });
    run("boxes", width, [&] { boxes<<<Blocks, 96>>>(in, out, width, std::max(height / 5, 1), width > N ? 0 : 5); });
    run("pairs", width, [&] { pairs<<<Blocks, 96>>>(in, out, width, N / width); });
    run("longer", width, [&] { longer<<<Blocks, 96>>>(in, out, width, N / width); });
    run("wrapping", width, [&] { wrapping<<<Blocks, 96>>>(in, out, width, N); });
    run("signs", width, [&] { signs<<<Blocks, 96>>>(in, out, width, N); });
    run("signs", -width, [&] { signs<<<Blocks, 96>>>(in, out, -width, N); });
  }
}
