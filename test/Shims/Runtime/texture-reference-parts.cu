// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Texture references of mipmapped arrays, and of several files: one that both know, and one of each file's own that has the same name.
//
// RUN: %cuport-cc -rdc=true -I%S/Inputs -c %s -o %t.o
// RUN: %cuport-cc -rdc=true -I%S/Inputs -DOTHER -c %s -o %t.other.o
// RUN: %cuport-cc -rdc=true %t.o %t.other.o -o %t && %t | FileCheck %s
// RUN: env CUPORT_MODE=thread %t | FileCheck %s
// CHECK: all as it should be
//
// Without -rdc each file's own are its own.
// RUN: %cuport-cc -DWHOLE -I%S/Inputs -c %s -o %t.o
// RUN: %cuport-cc -DWHOLE -I%S/Inputs -DOTHER -c %s -o %t.other.o
// RUN: %cuport-cc %t.o %t.other.o -o %t.whole && %t.whole | FileCheck %s

#include "check.h"

static texture<float> own;
static __global__ void fetch(float *out) { *out = tex1Dfetch(own, 1); }

static inline float get(const float *place) {
  float value;
  OK(cudaMemcpy(&value, place, 4, cudaMemcpyDeviceToHost));
  return value;
}

#ifdef OTHER
void ofOther(float *out, float *values) {
  OK(cudaBindTexture(nullptr, own, values + 4, 16));
  fetch<<<1, 1>>>(out);
}
#ifndef WHOLE
extern texture<float, cudaTextureType1D, cudaReadModeElementType> common;
__device__ float fromOther(int i) { return tex1Dfetch(common, i); }
__global__ void readCommon(float *out) { *out = tex1Dfetch(common, 2); }
void launchOther(float *out) { readCommon<<<1, 1>>>(out); }
void bindOther(float *values) { OK(cudaBindTexture(nullptr, common, values + 8, 16)); }
#endif
#else
void ofOther(float *out, float *values);
#ifndef WHOLE
texture<float, cudaTextureType1D, cudaReadModeElementType> common;
extern __device__ float fromOther(int i);
__global__ void read(float *out) { *out = tex1Dfetch(common, 0) * 100 + fromOther(1); }
void launchOther(float *out);
void bindOther(float *values);
#endif

texture<float, cudaTextureType2D> levels;
__global__ void level(float *out, float x, float y, float lod) { *out = tex2DLod(levels, x, y, lod); }
__global__ void gradient(float *out, float x, float y, float step) {
  *out = tex2DGrad(levels, x, y, make_float2(step, 0), make_float2(0, step));
}

int main() {
  float *out, *values, host[16];
  for (int i = 0; i < 16; ++i)
    host[i] = float(i);
  OK(cudaMalloc(&out, 4));
  OK(cudaMalloc(&values, sizeof host));
  OK(cudaMemcpy(values, host, sizeof host, cudaMemcpyHostToDevice));
  OK(cudaBindTexture(nullptr, own, values, 16));
  ofOther(out, values);
  IS(get(out), 5.0f);
  fetch<<<1, 1>>>(out);
  IS(get(out), 1.0f);
#ifndef WHOLE
  OK(cudaBindTexture(nullptr, common, values + 4, 16));
  read<<<1, 1>>>(out);
  IS(get(out), 405.0f);
  launchOther(out);
  IS(get(out), 6.0f);
  bindOther(values);
  read<<<1, 1>>>(out);
  IS(get(out), 809.0f);
#endif

  // Three levels, each of one value.
  cudaMipmappedArray_t array;
  OK(cudaMallocMipmappedArray(&array, &levels.channelDesc, make_cudaExtent(4, 4, 0), 3));
  for (unsigned l = 0; l < 3; ++l) {
    cudaArray_t of;
    OK(cudaGetMipmappedArrayLevel(&of, array, l));
    for (float &value : host)
      value = float(10 * (l + 1));
    OK(cudaMemcpy2DToArray(of, 0, 0, host, 16 >> l, 16 >> l, 4 >> l, cudaMemcpyHostToDevice));
  }
  levels.normalized = 1;
  levels.filterMode = cudaFilterModeLinear;
  levels.mipmapFilterMode = cudaFilterModeLinear;
  levels.maxMipmapLevelClamp = 2;
  OK(cudaBindTextureToMipmappedArray(levels, array, levels.channelDesc));
  level<<<1, 1>>>(out, 0.5f, 0.5f, 0);
  IS(get(out), 10.0f);
  level<<<1, 1>>>(out, 0.5f, 0.5f, 1.5f);
  IS(get(out), 25.0f);
  level<<<1, 1>>>(out, 0.5f, 0.5f, 7);
  IS(get(out), 30.0f);
  // Two texels of the largest level a step: the next one.
  gradient<<<1, 1>>>(out, 0.5f, 0.5f, 0.5f);
  IS(get(out), 20.0f);
  levels.maxMipmapLevelClamp = 1;
  levels.mipmapFilterMode = cudaFilterModePoint;
  OK(cudaBindTextureToMipmappedArray(levels, array));
  level<<<1, 1>>>(out, 0.5f, 0.5f, 7);
  IS(get(out), 20.0f);
  OK(cudaUnbindTexture(levels));
  return done();
}
#endif
