// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Texture references, of CUDA 11 and before: linear memory, pitched memory, arrays; element and
// normalized reads; what is bound when a kernel is launched is what it reads.
//
// RUN: %cuport-cc -I%S/Inputs %s -o %t && %t | FileCheck %s
// RUN: env CUPORT_MODE=thread %t | FileCheck %s
// CHECK: all as it should be
//
// A type of the program's own.
// RUN: %cuport-cc -DCUPORT_NO_TEXTURE_REFERENCES -DOWN_TEXTURE -I%S/Inputs -fsyntax-only %s

#ifdef OWN_TEXTURE
#include <cuda_runtime.h>
class texture {};
__global__ void read(texture) {}
#else
#include "check.h"

texture<float> line;
static texture<int4, cudaTextureType1D, cudaReadModeElementType> quads;
texture<float, cudaTextureType2D, cudaReadModeElementType> image;
texture<unsigned char, cudaTextureType2D, cudaReadModeNormalizedFloat> bytes;
texture<float, 3> volume(1, cudaFilterModeLinear, cudaAddressModeClamp);

__device__ float inAFunction(int i) { return tex1Dfetch(line, i); }
__global__ void fetch(float *out, int n) {
  int i = threadIdx.x;
  if (i < n)
    out[i] = inAFunction(i) + tex1Dfetch(quads, i).w;
}
__global__ void plane(float *out, float x, float y) { *out = tex2D(image, x, y); }
__global__ void normalized(float *out, float x, float y) { *out = tex2D(bytes, x, y); }
__global__ void solid(float *out) { *out = tex3D(volume, 0.5f, 0.5f, 0.5f); }

static float get(const float *place) {
  float value;
  OK(cudaMemcpy(&value, place, 4, cudaMemcpyDeviceToHost));
  return value;
}

int main() {
  float *out, *values;
  int4 *numbers;
  OK(cudaMalloc(&out, 64));
  OK(cudaMalloc(&values, 16 * 4));
  OK(cudaMalloc(&numbers, 16 * 16));
  float host[16];
  int4 hostNumbers[16];
  for (int i = 0; i < 16; ++i) {
    host[i] = float(i) * 10;
    hostNumbers[i] = make_int4(0, 0, 0, i);
  }
  OK(cudaMemcpy(values, host, sizeof host, cudaMemcpyHostToDevice));
  OK(cudaMemcpy(numbers, hostNumbers, sizeof hostNumbers, cudaMemcpyHostToDevice));

  // Linear memory; the second binding is of no concern to the first launch.
  size_t offset = 1;
  OK(cudaBindTexture(&offset, line, values, sizeof host));
  IS(offset, size_t(0));
  OK(cudaBindTexture(nullptr, quads, numbers));
  fetch<<<1, 16>>>(out, 8);
  OK(cudaBindTexture(nullptr, line, values + 8, 32));
  fetch<<<1, 16>>>(out + 8, 8);
  for (int i = 0; i < 16; ++i)
    IS(get(out + i), float(i * 10 + i % 8));

  // Pitched memory and an array, with settings of the host's variable at the time it is bound.
  float *pitched;
  size_t pitch;
  OK(cudaMallocPitch(&pitched, &pitch, 4 * 4, 4));
  OK(cudaMemcpy2D(pitched, pitch, host, 16, 16, 4, cudaMemcpyHostToDevice));
  OK(cudaBindTexture2D(nullptr, image, pitched, 4, 4, pitch));
  plane<<<1, 1>>>(out, 2.5f, 1.5f);
  IS(get(out), 60.0f);
  cudaArray_t array;
  OK(cudaMallocArray(&array, &image.channelDesc, 4, 4));
  OK(cudaMemcpy2DToArray(array, 0, 0, host, 16, 16, 4, cudaMemcpyHostToDevice));
  image.filterMode = cudaFilterModeLinear;
  OK(cudaBindTextureToArray(image, array));
  plane<<<1, 1>>>(out, 2.0f, 1.5f);
  IS(get(out), 55.0f);
  image.normalized = true;
  image.addressMode[0] = cudaAddressModeWrap;
  const textureReference *reference;
  OK(cudaGetTextureReference(&reference, &image));
  cudaChannelFormatDesc format = cudaCreateChannelDesc<float>();
  OK(cudaBindTextureToArray(reference, array, &format));
  plane<<<1, 1>>>(out, 1.0f + 1.5f / 4, 0.5f / 4);
  IS(get(out), 10.0f);

  // 255 is 1.
  unsigned char texels[64] = {0, 51, 255};
  unsigned char *small;
  OK(cudaMallocPitch(&small, &pitch, 64, 1));
  OK(cudaMemcpy(small, texels, 64, cudaMemcpyHostToDevice));
  OK(cudaBindTexture2D(nullptr, bytes, small, 64, 1, pitch));
  normalized<<<1, 1>>>(out, 1.5f, 0.5f);
  IS(get(out), 51.0f / 255);

  cudaArray_t cube;
  OK(cudaMalloc3DArray(&cube, &volume.channelDesc, make_cudaExtent(2, 2, 2)));
  cudaMemcpy3DParms copy{};
  copy.srcPtr = make_cudaPitchedPtr(host, 8, 2, 2);
  copy.dstArray = cube;
  copy.extent = make_cudaExtent(2, 2, 2);
  copy.kind = cudaMemcpyHostToDevice;
  OK(cudaMemcpy3D(&copy));
  OK(cudaBindTextureToArray(volume, cube));
  solid<<<1, 1>>>(out);
  IS(get(out), 35.0f);

  OK(cudaGetTextureAlignmentOffset(&offset, line));
  OK(cudaUnbindTexture(line));
  IS(cudaGetTextureAlignmentOffset(&offset, line), cudaErrorInvalidTextureBinding);
  textureReference none{};
  IS(cudaBindTexture(nullptr, &none, values, &format, 4), cudaErrorInvalidTexture);
  return done();
}
#endif
