// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Words that are put together of bytes are loaded whole, in whatever order and sizes they are taken; others stay as they are: with a byte left out or
// out of place, a store in between, or bits that are pushed out.

// RUN: %device-half -w -std=c++17 -O3 -march=x86-64-v3 -mllvm -cuport-widen=never -S -emit-llvm %s -o %t.ll
// RUN: sed -n '/^define internal void @_Z4hashPKhPKiPmi.*\.\(block\|lockstep\)/,/^}/p' %t.ll | FileCheck %s --check-prefix=WHOLE --implicit-check-not='load i8'
// WHOLE: define internal void
// WHOLE: load i64, ptr {{.*}}, align 1
// RUN: sed -n '/^define internal void @_Z5mixedPKhPm.*\.\(block\|lockstep\)/,/^}/p' %t.ll | FileCheck %s --check-prefix=MIXED --implicit-check-not='load i16'
// MIXED: load i32, ptr {{.*}}, align 1
// RUN: %cuport-cc -std=c++17 -O3 %s -o %t
// RUN: %t | FileCheck %s
// RUN: %cuport-cc -std=c++17 -O3 -mllvm -cuport-widen=always %s -o %t.always
// RUN: %t.always | FileCheck %s
// CHECK: hash 0 wrong
// CHECK-NEXT: mixed 0 wrong
// CHECK-NEXT: others 0 wrong

#include <cstdio>
#include <cstring>

__device__ unsigned long word(const unsigned char *p) {
  unsigned long value = 0;
  for (int n = 0; n < 8; ++n)
    value |= static_cast<unsigned long>(p[n]) << (n * 8);
  return value;
}

__global__ void hash(const unsigned char *data, const int *words, unsigned long *out, int n) {
  int i = threadIdx.x;
  if (i >= n)
    return;
  unsigned long h = 7;
  for (int k = 0; k < words[i]; ++k)
    h = (h ^ word(data + 64 * i + 8 * k + 1)) * 0x9e3779b97f4a7c15ul;
  out[i] = h;
}

__global__ void mixed(const unsigned char *data, unsigned long *out) {
  const unsigned char *p = data + 5 * threadIdx.x;
  unsigned short upper;
  memcpy(&upper, p + 2, 2);
  out[threadIdx.x] = static_cast<unsigned>(p[1]) << 8 | static_cast<unsigned>(upper) << 16 | p[0];
}

__global__ void others(unsigned char *data, unsigned long *out, int at) {
  unsigned char *p = data + 8 * threadIdx.x;
  const unsigned swapped = p[0] << 24 | p[1] << 16 | p[2] << 8 | p[3];
  const unsigned gap = p[0] | p[2] << 8 | p[3] << 16 | p[4] << 24;
  const unsigned char pushed = static_cast<unsigned char>(p[1] << 4);
  unsigned between = p[5] << 8;
  p[at] = 200;
  between |= p[4];
  out[4 * threadIdx.x] = swapped;
  out[4 * threadIdx.x + 1] = gap;
  out[4 * threadIdx.x + 2] = static_cast<unsigned short>(pushed) << 4 | p[0];
  out[4 * threadIdx.x + 3] = between;
}

int main() {
  constexpr int Threads = 64;
  unsigned char *data;
  unsigned long *out;
  int *words;
  cudaMallocManaged(&data, 64 * Threads + 16);
  cudaMallocManaged(&out, 4 * Threads * sizeof(*out));
  cudaMallocManaged(&words, Threads * sizeof(*words));
  auto fill = [&] {
    for (int i = 0; i < 64 * Threads + 16; ++i)
      data[i] = static_cast<unsigned char>(i * 37 + i / 5);
  };
  fill();
  for (int i = 0; i < Threads; ++i)
    words[i] = i % 8;

  hash<<<1, Threads>>>(data, words, out, Threads);
  cudaDeviceSynchronize();
  int wrong = 0;
  for (int i = 0; i < Threads; ++i) {
    unsigned long h = 7, part;
    for (int k = 0; k < words[i]; ++k) {
      memcpy(&part, data + 64 * i + 8 * k + 1, 8);
      h = (h ^ part) * 0x9e3779b97f4a7c15ul;
    }
    wrong += out[i] != h;
  }
  printf("hash %d wrong\n", wrong);

  mixed<<<1, Threads>>>(data, out);
  cudaDeviceSynchronize();
  wrong = 0;
  for (int i = 0; i < Threads; ++i) {
    unsigned want;
    memcpy(&want, data + 5 * i, 4);
    wrong += out[i] != want;
  }
  printf("mixed %d wrong\n", wrong);

  others<<<1, Threads>>>(data, out, 5);
  cudaDeviceSynchronize();
  fill();
  wrong = 0;
  for (int i = 0; i < Threads; ++i) {
    const unsigned char *p = data + 8 * i;
    const unsigned long *found = out + 4 * i;
    wrong += found[0] != (unsigned(p[0]) << 24 | p[1] << 16 | p[2] << 8 | p[3]);
    wrong += found[1] != (p[0] | p[2] << 8 | p[3] << 16 | unsigned(p[4]) << 24);
    wrong += found[2] != ((p[1] << 4 & 0xff) << 4 | p[0]);
    wrong += found[3] != (p[4] | unsigned(p[5]) << 8);
  }
  printf("others %d wrong\n", wrong);
}
