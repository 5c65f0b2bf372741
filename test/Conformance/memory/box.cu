// cudaMalloc3D and cudaMemcpy3D
// RUN: %conformance %s

#include "Check.h"

int main() {
  const int width = 6, height = 4, depth = 3;
  int host[depth][height][width], back[depth][height][width] = {};
  for (int i = 0; i < depth * height * width; ++i)
    (&host[0][0][0])[i] = i;
  cudaExtent extent = make_cudaExtent(width * sizeof(int), height, depth);
  cudaPitchedPtr box;
  CHECK_OK(cudaMalloc3D(&box, extent));
  CHECK(box.pitch >= width * sizeof(int) && box.ptr);
  cudaMemcpy3DParms in = {};
  in.srcPtr = make_cudaPitchedPtr(host, width * sizeof(int), width, height);
  in.dstPtr = box;
  in.extent = extent;
  in.kind = cudaMemcpyHostToDevice;
  CHECK_OK(cudaMemcpy3D(&in));
  cudaMemcpy3DParms out = {};
  out.srcPtr = box;
  out.srcPos = make_cudaPos(2 * sizeof(int), 1, 1);
  out.dstPtr = make_cudaPitchedPtr(back, width * sizeof(int), width, height);
  out.extent = make_cudaExtent(4 * sizeof(int), 3, 2);
  out.kind = cudaMemcpyDeviceToHost;
  CHECK_OK(cudaMemcpy3D(&out));
  CHECK(back[0][0][0] == host[1][1][2] && back[1][2][3] == host[2][3][5] && back[2][0][0] == 0);
  CHECK_OK(cudaFree(box.ptr));
}
