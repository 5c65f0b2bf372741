// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Copies and fills of one, two and three dimensions, with arrays, and what they refuse.
//
// RUN: %clangxx %s -o %t %runtime-program && %t | FileCheck %s
// CHECK: all as it should be

#include "check.h"

#include <numeric>
#include <vector>

static void lines() {
  std::vector<int> in(256), out(256);
  std::iota(in.begin(), in.end(), 1);
  int *a, *b;
  OK(cudaMalloc((void **)&a, 1024));
  OK(cudaMalloc((void **)&b, 1024));
  OK(cudaMemcpy(a, in.data(), 1024, cudaMemcpyHostToDevice));
  OK(cudaMemcpy(b, a, 1024, cudaMemcpyDeviceToDevice));
  OK(cudaMemcpy(out.data(), b, 1024, cudaMemcpyDefault));
  CHECK(in == out);
  IS(cudaMemcpy(a, in.data(), 1025, cudaMemcpyHostToDevice), cudaErrorInvalidValue);
  IS(cudaMemcpy(out.data(), in.data(), 1024, cudaMemcpyDeviceToHost), cudaErrorInvalidValue);
  IS(cudaMemcpy(a, b, 1024, cudaMemcpyKind(9)), cudaErrorInvalidMemcpyDirection);
  OK(cudaMemcpy(a, nullptr, 0, cudaMemcpyHostToDevice));
  OK(cudaMemset(a, 0x5a, 1024));
  OK(cudaMemcpy(out.data(), a, 1024, cudaMemcpyDeviceToHost));
  IS(out[255], 0x5a5a5a5a);
  IS(cudaMemset(out.data(), 0, 4), cudaErrorInvalidValue);
  OK(cudaFree(a));
  OK(cudaFree(b));
}

static void planes() {
  std::vector<unsigned char> in(10 * 7), out(10 * 7);
  std::iota(in.begin(), in.end(), 0);
  void *a;
  size_t pitch;
  OK(cudaMallocPitch(&a, &pitch, 10, 7));
  OK(cudaMemcpy2D(a, pitch, in.data(), 10, 10, 7, cudaMemcpyHostToDevice));
  OK(cudaMemcpy2D(out.data(), 10, a, pitch, 10, 7, cudaMemcpyDeviceToHost));
  CHECK(in == out);
  IS(cudaMemcpy2D(a, 9, in.data(), 10, 10, 7, cudaMemcpyHostToDevice), cudaErrorInvalidPitchValue);
  // Column 3 to 6 of row 2 to 4 set to 255; nothing else.
  OK(cudaMemset2D(static_cast<char *>(a) + 2 * pitch + 3, pitch, 255, 4, 3));
  OK(cudaMemcpy2D(out.data(), 10, a, pitch, 10, 7, cudaMemcpyDeviceToHost));
  for (int y = 0; y < 7; ++y)
    for (int x = 0; x < 10; ++x)
      IS(int(out[y * 10 + x]), y >= 2 && y < 5 && x >= 3 && x < 7 ? 255 : y * 10 + x);
  OK(cudaFree(a));
}

static void boxes() {
  constexpr size_t W = 12, H = 5, D = 3;
  std::vector<unsigned char> in(W * H * D), out(W * H * D);
  std::iota(in.begin(), in.end(), 0);
  cudaPitchedPtr a;
  OK(cudaMalloc3D(&a, make_cudaExtent(W, H, D)));
  IS(a.xsize, W);
  IS(a.ysize, H);
  cudaMemcpy3DParms p{};
  p.srcPtr = make_cudaPitchedPtr(in.data(), W, W, H);
  p.dstPtr = a;
  p.extent = make_cudaExtent(W, H, D);
  p.kind = cudaMemcpyHostToDevice;
  OK(cudaMemcpy3D(&p));
  p = {};
  p.srcPtr = a;
  p.dstPtr = make_cudaPitchedPtr(out.data(), W, W, H);
  p.extent = make_cudaExtent(W, H, D);
  p.kind = cudaMemcpyDeviceToHost;
  OK(cudaMemcpy3D(&p));
  CHECK(in == out);
  // A part: from (2, 1, 1) to (0, 0, 0).
  std::vector<unsigned char> part(4 * 2 * 2);
  p.srcPos = make_cudaPos(2, 1, 1);
  p.dstPtr = make_cudaPitchedPtr(part.data(), 4, 4, 2);
  p.extent = make_cudaExtent(4, 2, 2);
  OK(cudaMemcpy3D(&p));
  for (size_t z = 0; z < 2; ++z)
    for (size_t y = 0; y < 2; ++y)
      for (size_t x = 0; x < 4; ++x)
        IS(int(part[(z * 2 + y) * 4 + x]), int(in[((z + 1) * H + y + 1) * W + x + 2]));
  // Two sources are too many.
  cudaArray_t array;
  cudaChannelFormatDesc bytes = cudaCreateChannelDesc(8, 0, 0, 0, cudaChannelFormatKindUnsigned);
  OK(cudaMallocArray(&array, &bytes, 4, 4, 0));
  p.srcArray = array;
  IS(cudaMemcpy3D(&p), cudaErrorInvalidValue);
  OK(cudaFreeArray(array));
  OK(cudaFree(a.ptr));
}

static void arrays() {
  std::vector<float> in(8 * 4), out(8 * 4);
  std::iota(in.begin(), in.end(), 0.5f);
  cudaChannelFormatDesc floats = cudaCreateChannelDesc(32, 0, 0, 0, cudaChannelFormatKindFloat);
  cudaArray_t array;
  OK(cudaMallocArray(&array, &floats, 8, 4, cudaArraySurfaceLoadStore));
  cudaExtent extent;
  unsigned flags;
  cudaChannelFormatDesc format;
  OK(cudaArrayGetInfo(&format, &extent, &flags, array));
  IS(extent.width, size_t(8));
  IS(extent.depth, size_t(0));
  IS(format.x, 32);
  OK(cudaMemcpy2DToArray(array, 0, 0, in.data(), 32, 32, 4, cudaMemcpyHostToDevice));
  OK(cudaMemcpy2DFromArray(out.data(), 32, array, 0, 0, 32, 4, cudaMemcpyDeviceToHost));
  CHECK(in == out);
  IS(cudaMemcpy2DToArray(array, 4, 0, in.data(), 32, 32, 4, cudaMemcpyHostToDevice), cudaErrorInvalidValue);
  // The old form runs on from row to row: 10 floats from (6, 1) are 2 of row 1 and 8 of row 2.
  std::vector<float> run(10);
  OK(cudaMemcpyFromArray(run.data(), array, 6 * 4, 1, 40, cudaMemcpyDeviceToHost));
  for (int i = 0; i < 10; ++i)
    IS(run[i], in[14 + i]);
  OK(cudaFreeArray(array));
  cudaChannelFormatDesc three = cudaCreateChannelDesc(8, 8, 8, 0, cudaChannelFormatKindUnsigned);
  IS(cudaMallocArray(&array, &three, 8, 4, 0), cudaErrorInvalidChannelDescriptor);
}

int main() {
  lines();
  planes();
  boxes();
  arrays();
  return done();
}
