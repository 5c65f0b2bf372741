// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Bytes of a table at an index of few bits are taken of registers, where the table lies in memory that can be read as a whole; what no
// thread may read, behind a table that is shorter than its index could be, is not.

// RUN: %device-half -w -std=c++17 -O3 -march=icelake-server -S -emit-llvm %s -o %t.ll
// RUN: sed -n '/^define internal void @_Z4fullPKhS0_Ph.*\.block/,/^}/p' %t.ll | FileCheck %s --check-prefix=FULL
// FULL: and i64 {{.*}}, 4095
// FULL: load <256 x i8>
// FULL: x86.avx512.vpermi2var.qi.512
// FULL: x86.avx512.vpermi2var.qi.512
// RUN: sed -n '/^define internal void @_Z5namedPKhPh.*\.block/,/^}/p' %t.ll | FileCheck %s --check-prefix=NAMED --implicit-check-not='and i64 {{.*}}, 4095'
// NAMED: x86.avx512.permvar.qi.512
// Where LLVM takes half of such registers otherwise.
// RUN: %device-half -w -std=c++17 -O3 -march=icelake-client -S %s -o - | FileCheck %s --check-prefix=CLIENT
// CLIENT: vperm{{[it]}}2b {{.*}}%zmm
// RUN: %device-half -w -std=c++17 -O3 -march=x86-64-v3 -S -emit-llvm %s -o %t.v3.ll
// RUN: sed -n '/^define internal void @_Z6nibblePKhS0_Ph.*\.block/,/^}/p' %t.v3.ll | FileCheck %s --check-prefix=NIBBLE
// NIBBLE: load <16 x i8>
// NIBBLE: x86.ssse3.pshuf.b.128
// RUN: %cuport-cc -std=c++17 -O3 %s -o %t
// RUN: %t | FileCheck %s
// RUN: %cuport-cc -std=c++17 -O3 -mllvm -cuport-widen=always %s -o %t.always
// RUN: %t.always | FileCheck %s
// RUN: %cuport-cc -std=c++17 -O3 -march=x86-64-v3 %s -o %t.v3
// RUN: %t.v3 | FileCheck %s
// CHECK: full 0 wrong
// CHECK-NEXT: nibble 0 wrong
// CHECK-NEXT: named 0 wrong
// CHECK-NEXT: others 0 wrong
// CHECK-NEXT: at the end 0 wrong

#include <cstdio>
#include <cstring>
#include <sys/mman.h>

constexpr int Blocks = 5, Threads = 50, Count = Blocks * Threads, Rounds = 9;

__device__ int place() { return blockIdx.x * blockDim.x + threadIdx.x; }

__host__ __device__ unsigned char full(const unsigned char *table, unsigned char at) {
  for (int i = 0; i < Rounds; ++i)
    at = table[at] + i;
  return at;
}

__host__ __device__ unsigned char nibble(const unsigned char *table, unsigned char at) {
  for (int i = 0; i < Rounds; ++i)
    at = static_cast<unsigned char>(table[at >> 4] << 4 | at >> 4 ^ table[at & 15]);
  return at;
}

__constant__ unsigned char of64[64];
unsigned char of64Host[64];

__host__ __device__ unsigned char named(const unsigned char *table, unsigned char at) {
  for (int i = 0; i < Rounds; ++i)
    at = static_cast<unsigned char>(table[at % 64] + at);
  return at;
}

// Of 128, 32 and 3 bits, with a sign, and for some threads only.
__host__ __device__ unsigned char others(const unsigned char *table, const signed char *numbers, unsigned char at) {
  for (int i = 0; i < Rounds; ++i) {
    at ^= table[at & 127];
    if (at % 3 != 0)
      at += table[at >> 3];
    if (at % 5 == 0)
      at -= table[at & 7] ^ static_cast<unsigned char>(numbers[at & 63]);
  }
  return at;
}

__global__ void full(const unsigned char *table, const unsigned char *in, unsigned char *out) { out[place()] = full(table, in[place()]); }

__global__ void nibble(const unsigned char *table, const unsigned char *in, unsigned char *out) {
  out[place()] = nibble(table, in[place()]);
}

__global__ void named(const unsigned char *in, unsigned char *out) { out[place()] = named(of64, in[place()]); }

__global__ void others(const unsigned char *table, const signed char *numbers, const unsigned char *in, unsigned char *out) {
  __shared__ unsigned char own[128];
  for (int i = threadIdx.x; i < 128; i += blockDim.x)
    own[i] = table[i];
  __syncthreads();
  if (threadIdx.x % 7 != 0)
    out[place()] = others(own, numbers, in[place()]);
}

static unsigned char *managed(size_t size) {
  unsigned char *memory = nullptr;
  cudaMallocManaged(&memory, size);
  return memory;
}

int main() {
  unsigned char *table = managed(256), *in = managed(Count), *out = managed(Count);
  for (int i = 0; i < 256; ++i)
    table[i] = static_cast<unsigned char>(i * 167 + 13);
  for (int i = 0; i < Count; ++i)
    in[i] = static_cast<unsigned char>(i * 31);
  auto tell = [&](const char *name, auto expected) {
    cudaDeviceSynchronize();
    int wrong = 0;
    for (int i = 0; i < Count; ++i)
      wrong += out[i] != expected(i);
    std::printf("%s %d wrong\n", name, wrong);
    std::memset(out, 77, Count);
  };
  full<<<Blocks, Threads>>>(table, in, out);
  tell("full", [&](int i) { return full(table, in[i]); });

  nibble<<<Blocks, Threads>>>(table, in, out);
  tell("nibble", [&](int i) { return nibble(table, in[i]); });

  for (int i = 0; i < 64; ++i)
    of64Host[i] = table[255 - i];
  cudaMemcpyToSymbol(of64, of64Host, 64);
  named<<<Blocks, Threads>>>(in, out);
  tell("named", [&](int i) { return named(of64Host, in[i]); });

  auto *numbers = reinterpret_cast<signed char *>(table + 100);
  others<<<Blocks, Threads>>>(table, numbers, in, out);
  tell("others", [&](int i) { return i % Threads % 7 ? others(table, numbers, in[i]) : static_cast<unsigned char>(77); });

  // Nothing is behind the table's last byte, of which the index does not know.
  constexpr size_t Page = 4096, Size = 90;
  auto *pages = static_cast<unsigned char *>(mmap(nullptr, 2 * Page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
  munmap(pages + Page, Page);
  unsigned char *atEnd = pages + Page - Size;
  for (size_t i = 0; i < Size; ++i)
    atEnd[i] = static_cast<unsigned char>((i * 7 + 3) % (Size - Rounds));
  cudaHostRegister(pages, Page, cudaHostRegisterDefault);
  for (int i = 0; i < Count; ++i)
    in[i] %= Size;
  full<<<Blocks, Threads>>>(atEnd, in, out);
  tell("at the end", [&](int i) { return full(atEnd, in[i]); });
}
