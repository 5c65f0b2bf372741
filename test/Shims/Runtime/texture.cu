// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Texture and surface objects over arrays and memory, and what cudaCreateTextureObject refuses.
//
// RUN: %cuport-cc -I%S/Inputs %s -o %t && %t | FileCheck %s
// CHECK: all as it should be

#include "check.h"

#include <vector>

__global__ void sample(cudaTextureObject_t texture, const float2 *at, float *out, int n) {
  int i = threadIdx.x;
  if (i < n)
    out[i] = tex2D<float>(texture, at[i].x, at[i].y);
}
__global__ void fetch(cudaTextureObject_t texture, int *out) { out[threadIdx.x] = tex1Dfetch<int>(texture, threadIdx.x); }
__global__ void write(cudaSurfaceObject_t surface) {
  surf2Dwrite(float(threadIdx.x * 10 + threadIdx.y), surface, int(threadIdx.x * 4), int(threadIdx.y));
}

int main() {
  // 4 x 3 texels of value x + 10 y.
  float texels[12];
  for (int y = 0; y < 3; ++y)
    for (int x = 0; x < 4; ++x)
      texels[y * 4 + x] = x + 10 * y;
  cudaChannelFormatDesc floats = cudaCreateChannelDesc(32, 0, 0, 0, cudaChannelFormatKindFloat);
  cudaArray_t array;
  OK(cudaMallocArray(&array, &floats, 4, 3, cudaArraySurfaceLoadStore));
  OK(cudaMemcpy2DToArray(array, 0, 0, texels, 16, 16, 3, cudaMemcpyHostToDevice));
  cudaResourceDesc resource{};
  resource.resType = cudaResourceTypeArray;
  resource.res.array.array = array;
  cudaTextureDesc description{};
  description.addressMode[0] = description.addressMode[1] = cudaAddressModeClamp;
  description.filterMode = cudaFilterModeLinear;
  cudaTextureObject_t texture;
  OK(cudaCreateTextureObject(&texture, &resource, &description, nullptr));
  // Texel centres lie at halves; between two, linearly; outside, the edge.
  const float2 at[] = {{0.5f, 0.5f}, {2.5f, 1.5f}, {1.0f, 0.5f}, {2.0f, 1.0f}, {-5, 0.5f}, {100, 100}};
  const float wanted[] = {0, 12, 0.5f, 6.5f, 0, 23};
  constexpr int N = 6;
  float2 *places;
  float *values, got[N];
  OK(cudaMalloc(&places, sizeof(at)));
  OK(cudaMalloc(&values, sizeof(got)));
  OK(cudaMemcpy(places, at, sizeof(at), cudaMemcpyHostToDevice));
  sample<<<1, 32>>>(texture, places, values, N);
  OK(cudaMemcpy(got, values, sizeof(got), cudaMemcpyDeviceToHost));
  for (int i = 0; i < N; ++i)
    IS(got[i], wanted[i]);
  cudaTextureDesc read{};
  OK(cudaGetTextureObjectTextureDesc(&read, texture));
  IS(read.filterMode, cudaFilterModeLinear);
  OK(cudaDestroyTextureObject(texture));

  // Normalized coordinates that wrap.
  description.addressMode[0] = description.addressMode[1] = cudaAddressModeWrap;
  description.filterMode = cudaFilterModePoint;
  description.normalizedCoords = 1;
  OK(cudaCreateTextureObject(&texture, &resource, &description, nullptr));
  const float2 wrapped[] = {{1.125f, 0.5f}, {-0.125f, 2.9f}};
  OK(cudaMemcpy(places, wrapped, sizeof(wrapped), cudaMemcpyHostToDevice));
  sample<<<1, 32>>>(texture, places, values, 2);
  OK(cudaMemcpy(got, values, 8, cudaMemcpyDeviceToHost));
  IS(got[0], 10);
  IS(got[1], 23);
  OK(cudaDestroyTextureObject(texture));

  // Linear memory, and bytes written through a surface.
  int numbers[8] = {3, 1, 4, 1, 5, 9, 2, 6}, back[8];
  int *memory, *out;
  OK(cudaMalloc(&memory, sizeof(numbers)));
  OK(cudaMalloc(&out, sizeof(numbers)));
  OK(cudaMemcpy(memory, numbers, sizeof(numbers), cudaMemcpyHostToDevice));
  cudaResourceDesc linear{};
  linear.resType = cudaResourceTypeLinear;
  linear.res.linear.devPtr = memory;
  linear.res.linear.desc = cudaCreateChannelDesc<int>();
  linear.res.linear.sizeInBytes = sizeof(numbers);
  description = {};
  OK(cudaCreateTextureObject(&texture, &linear, &description, nullptr));
  fetch<<<1, 8>>>(texture, out);
  OK(cudaMemcpy(back, out, sizeof(back), cudaMemcpyDeviceToHost));
  for (int i = 0; i < 8; ++i)
    IS(back[i], numbers[i]);

  cudaSurfaceObject_t surface;
  OK(cudaCreateSurfaceObject(&surface, &resource));
  write<<<1, dim3(4, 3)>>>(surface);
  OK(cudaMemcpy2DFromArray(texels, 16, array, 0, 0, 16, 3, cudaMemcpyDeviceToHost));
  for (int y = 0; y < 3; ++y)
    for (int x = 0; x < 4; ++x)
      IS(texels[y * 4 + x], x * 10 + y);
  OK(cudaDestroySurfaceObject(surface));

  // Integers are not filtered, 32-bit ones are not normalized, and only known memory is sampled.
  cudaTextureObject_t none;
  description.filterMode = cudaFilterModeLinear;
  IS(cudaCreateTextureObject(&none, &linear, &description, nullptr), cudaErrorInvalidFilterSetting);
  description.filterMode = cudaFilterModePoint;
  description.readMode = cudaReadModeNormalizedFloat;
  IS(cudaCreateTextureObject(&none, &linear, &description, nullptr), cudaErrorInvalidNormSetting);
  description.readMode = cudaReadModeElementType;
  linear.res.linear.sizeInBytes = 1 << 20;
  IS(cudaCreateTextureObject(&none, &linear, &description, nullptr), cudaErrorInvalidValue);
  IS(cudaDestroyTextureObject(4711), cudaErrorInvalidValue);
  OK(cudaFreeArray(array));
  return done();
}
