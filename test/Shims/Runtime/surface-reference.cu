// Surface references, of CUDA 11 and before: all shapes of arrays, both forms of reading, what is bound when a kernel is launched, and
// what is refused.
//
// RUN: %cuport-cc -I%S/Inputs %s -o %t && %t | FileCheck %s
// RUN: env CUPORT_MODE=thread %t | FileCheck %s
// CHECK: all as it should be
//
// A type of the program's own.
// RUN: %cuport-cc -DCUPORT_NO_TEXTURE_REFERENCES -DOWN_SURFACE -I%S/Inputs -fsyntax-only %s

#ifdef OWN_SURFACE
#include <cuda_runtime.h>
struct surface {};
__global__ void write(surface) {}
#else
#include "check.h"

surface<void, cudaSurfaceType2D> image;
static surface<void, 1> line;
surface<void, 3> volume;
surface<void, cudaSurfaceType2DLayered> layers;
texture<float, 2> reading;

__device__ void put(int x, int y, float value) { surf2Dwrite(value, image, x * int(sizeof(float)), y); }
__global__ void fill(float offset) { put(threadIdx.x, threadIdx.y, offset + threadIdx.x * 10 + threadIdx.y); }
__global__ void turn(float *out) {
  float value;
  surf2Dread(&value, image, threadIdx.x * sizeof(float), threadIdx.y);
  out[threadIdx.x * blockDim.y + threadIdx.y] = value + tex2D(reading, threadIdx.x + 0.5f, threadIdx.y + 0.5f);
}
__global__ void bounded(float *out) {
  out[0] = surf2Dread<float>(image, 4 * sizeof(float), 0, cudaBoundaryModeZero);
  out[1] = surf2Dread<float>(image, 4 * sizeof(float), 0, cudaBoundaryModeClamp);
  surf2Dwrite(99.f, image, -4, 0, cudaBoundaryModeZero);
}
__global__ void others(int4 *out) {
  surf1Dwrite(make_int4(1, 2, 3, 4), line, 2 * sizeof(int4));
  out[0] = surf1Dread<int4>(line, 2 * sizeof(int4));
  surf3Dwrite((short)7, volume, 2, 1, 1);
  out[1].x = surf3Dread<short>(volume, 2, 1, 1);
  surf2DLayeredwrite((unsigned char)9, layers, 1, 0, 2);
  out[1].y = surf2DLayeredread<unsigned char>(layers, 1, 0, 2);
}

int main() {
  const int width = 4, height = 3;
  cudaArray_t first, second, plain;
  cudaChannelFormatDesc format = cudaCreateChannelDesc<float>();
  OK(cudaMallocArray(&first, &format, width, height, cudaArraySurfaceLoadStore));
  OK(cudaMallocArray(&second, &format, width, height, cudaArraySurfaceLoadStore));
  OK(cudaMallocArray(&plain, &format, width, height));
  OK(cudaBindSurfaceToArray(image, first));
  OK(cudaBindTextureToArray(reading, first));
  fill<<<1, dim3(width, height)>>>(100);
  OK(cudaBindSurfaceToArray(image, second, format)); // of no concern to the launch before
  fill<<<1, dim3(width, height)>>>(0);
  float *out, host[width * height];
  OK(cudaMalloc(&out, sizeof host));
  turn<<<1, dim3(width, height)>>>(out);
  OK(cudaMemcpy(host, out, sizeof host, cudaMemcpyDeviceToHost));
  for (int x = 0; x < width; ++x)
    for (int y = 0; y < height; ++y)
      IS(host[x * height + y], 100 + 2 * (x * 10 + y));
  bounded<<<1, 1>>>(out);
  OK(cudaMemcpy(host, out, 8, cudaMemcpyDeviceToHost));
  IS(host[0], 0);
  IS(host[1], 30);
  OK(cudaMemcpy2DFromArray(host, width * sizeof(float), second, 0, 0, width * sizeof(float), height, cudaMemcpyDeviceToHost));
  IS(host[0], 0);
  IS(host[width * height - 1], 32);

  cudaArray_t row, solid, layered;
  cudaChannelFormatDesc quads = cudaCreateChannelDesc<int4>(), shorts = cudaCreateChannelDesc<short>(), bytes = cudaCreateChannelDesc<unsigned char>();
  OK(cudaMallocArray(&row, &quads, 4, 0, cudaArraySurfaceLoadStore));
  OK(cudaMalloc3DArray(&solid, &shorts, make_cudaExtent(2, 2, 2), cudaArraySurfaceLoadStore));
  OK(cudaMalloc3DArray(&layered, &bytes, make_cudaExtent(2, 2, 3), cudaArraySurfaceLoadStore | cudaArrayLayered));
  OK(cudaBindSurfaceToArray(line, row));
  OK(cudaBindSurfaceToArray(volume, solid));
  OK(cudaBindSurfaceToArray(layers, layered));
  int4 *numbers, got[2];
  OK(cudaMalloc(&numbers, sizeof got));
  others<<<1, 1>>>(numbers);
  OK(cudaMemcpy(got, numbers, sizeof got, cudaMemcpyDeviceToHost));
  IS(got[0].x, 1);
  IS(got[0].w, 4);
  IS(got[1].x, 7);
  IS(got[1].y, 9);

  // An array that no surface may be of, and what is no reference.
  IS(cudaBindSurfaceToArray(image, plain), cudaErrorInvalidValue);
  surface<void, 2> local;
  IS(cudaBindSurfaceToArray(local, first), cudaErrorInvalidSurface);
  const surfaceReference *known;
  OK(cudaGetSurfaceReference(&known, &image));
  IS(known, static_cast<const surfaceReference *>(&image));
  OK(cudaBindSurfaceToArray(known, first, &format));
  OK(cudaFreeArray(second));
  return done();
}
#endif
