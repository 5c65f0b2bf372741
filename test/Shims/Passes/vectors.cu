// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The loop over threads is vectorised, also where threads handle vectors, which some functions return in one register, and where they
// call exponentials and logarithms, or copy structures.
// RUN: %device-half -w -O3 -march=x86-64-v3 -Rpass=loop-vectorize -DTURN -c %s -o %t.o 2>&1 | FileCheck %s
// RUN: %device-half -w -O3 -march=x86-64-v3 -Rpass=loop-vectorize -DGROW -c %s -o %t.o 2>&1 | FileCheck %s
// RUN: %device-half -w -O3 -march=x86-64-v3 -Rpass=loop-vectorize -DDECAY -c %s -o %t.o 2>&1 | FileCheck %s --check-prefix=HALF
// HALF: vectorized loop (vectorization width: {{[48]}}
// RUN: %device-half -w -O3 -march=x86-64-v3 -Rpass=loop-vectorize -DCOPY -c %s -o %t.o 2>&1 | FileCheck %s
// CHECK: vectorized loop (vectorization width: 8

#ifdef TURN
__device__ float2 turned(float2 v) { return make_float2(-v.y, v.x); }

__global__ void turn(float2 *out, const float2 *in, int n) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n)
    out[i] = turned(in[i]);
}
#endif

#ifdef GROW
__global__ void grow(float *out, const float *in, float rate, int n) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n)
    out[i] = __logf(in[i]) + __expf(rate * in[i]);
}
#endif

#ifdef DECAY
__global__ void decay(float *out, const float *in, float rate, int n) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n)
    out[i] = logf(in[i]) + expf(rate * in[i]) + powf(in[i], rate) + exp2f(in[i]) * log2f(in[i]);
}
#endif

#ifdef COPY
struct Pixel {
  unsigned char blue, green, red, alpha;
};
struct Place {
  float x, y, z;
};
__global__ void copy(Pixel *pixels, Place *to, const Place *from, int n) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= n)
    return;
  const unsigned char grey = pixels[i].green / 2 + pixels[i].red / 2;
  pixels[i] = {grey, grey, grey, grey};
  to[i] = from[i];
}
#endif
