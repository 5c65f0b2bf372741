// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Indices that are kept within bounds are consecutive but there: threads side by side ask whether theirs are, and then load a row.

// RUN: %device-half -w -std=c++17 -O3 -march=x86-64-v3 -Rpass=cuport-lanes -S -emit-llvm %s -o - 2>%t.told | FileCheck %s
// CHECK: icmp eq <16 x i32>
// CHECK: load <16 x float>
// RUN: FileCheck %s --check-prefix=TOLD --implicit-check-not='nothing' < %t.told
// TOLD-DAG: 16 threads of _Z7clampedPKfPfii run side by side
// TOLD-DAG: 16 threads of _Z7wrappedPKfPfii run side by side
// TOLD-DAG: 16 threads of _Z8wrappingPKfPfji run side by side
// TOLD-DAG: 16 threads of _Z7stridedPKfPfii run side by side

// RUN: %cuport-cc -std=c++17 -O2 -DRUN -mllvm -cuport-widen=never %s -o %t.alone
// RUN: %cuport-cc -std=c++17 -O2 -DRUN -mllvm -cuport-widen=always %s -o %t.lanes
// RUN: %t.alone > %t.expected
// RUN: FileCheck %s --check-prefix=RESULT < %t.expected
// RUN: %t.lanes | diff %t.expected -
// RESULT: clamped:{{.*[1-9]}}

__device__ int place() { return blockIdx.x * blockDim.x + threadIdx.x; }

__global__ void clamped(const float *in, float *out, int n, int order) {
  const int i = place();
  if (i >= n)
    return;
  float sum = 0;
  for (int o = -order; o <= order; ++o)
    sum = 0.5f * sum + in[max(0, min(n - 1, i + o))];
  out[i] = sum;
}

// An innermost loop whose step from iteration to iteration is that of the index, whatever is added at the ends.
__global__ void wrapped(const float *in, float *out, int n, int order) {
  const int i = place();
  if (i >= n)
    return;
  float sum = 0;
  for (int o = 1; o <= order; ++o) {
    int before = i - o;
    if (before < 0)
      before += n;
    sum = 0.5f * sum + in[before];
  }
  out[i] = sum;
}

// Numbers that wrap around are consecutive, but not the addresses.
__global__ void wrapping(const float *in, float *out, unsigned n, int order) {
  const unsigned i = place();
  if (i >= n)
    return;
  float sum = 0;
  for (int o = 1; o <= order; ++o) {
    const unsigned before = i - o;
    sum = 0.5f * sum + in[before & 0xffffffffu % n ? min(before, n - 1) : before % n];
  }
  out[i] = sum;
}

// LLVM makes a loop of its own where the inner one has nothing to do; the deeper ones are what matters.
__global__ void strided(const float *in, float *out, int n, int order) {
  for (int i = place(); i < n; i += blockDim.x * gridDim.x) {
    float least = in[i];
    for (int o = 1; o <= order; ++o)
      least = fminf(least, in[min(n - 1, i + o)] - in[i]);
    out[i] = least;
  }
}

// In a branch, where not all threads come, and with other widths.
template <typename T> __global__ void some(const T *in, T *out, int n, int order) {
  const int i = place();
  if (i >= n)
    return;
  T sum = 0;
  for (int o = 1; o <= order + i % 3; ++o)
    if ((i / 32 + o) % 3 != 1)
      sum = sum / 2 + in[(i + o) % n];
  out[i] = sum;
}

#ifdef RUN
#include <cstdio>

template <typename T, typename N> void run(const char *name, void (*kernel)(const T *, T *, N, int)) {
  constexpr int Most = 1000;
  T *in, *out;
  cudaMallocManaged(&in, Most * sizeof(T));
  cudaMallocManaged(&out, Most * sizeof(T));
  for (int n : {1, 15, 16, 40, 129, 1000}) {
    for (int i = 0; i < Most; ++i) {
      in[i] = static_cast<T>(i * 7919 % 1009);
      out[i] = 0;
    }
    kernel<<<(n + 127) / 128, 128>>>(in, out, n, n < 9 ? 0 : 9);
    printf("%s: %s", name, cudaGetErrorName(cudaDeviceSynchronize()));
    for (int i = 0; i < n; ++i)
      printf(" %.9g", static_cast<double>(out[i]));
    printf("\n");
  }
}

int main() {
  run("clamped", clamped);
  run("wrapped", wrapped);
  run("wrapping", wrapping);
  run("strided", strided);
  run("some float", some<float>);
  run("some double", some<double>);
  run("some short", some<short>);
  run("some long", some<long>);
  run("some char", some<unsigned char>);
}
#endif
