// cudaMallocPitch, cudaMemcpy2D, cudaMemset2D: rows are pitch bytes apart
// RUN: %conformance %s

#include "Check.h"

int main() {
  const int width = 10, height = 5;
  float *rows = nullptr, host[height][width], back[height][width] = {};
  size_t pitch = 0;
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x)
      host[y][x] = float(100 * y + x);
  CHECK_OK(cudaMallocPitch(&rows, &pitch, width * sizeof(float), height));
  CHECK(pitch >= width * sizeof(float));
  CHECK_OK(cudaMemset2D(rows, pitch, 0, width * sizeof(float), height));
  CHECK_OK(cudaMemcpy2D(rows, pitch, host, sizeof host[0], 4 * sizeof(float), height, cudaMemcpyHostToDevice));
  CHECK_OK(cudaMemcpy2D(back, sizeof back[0], rows, pitch, sizeof back[0], height, cudaMemcpyDeviceToHost));
  CHECK(back[4][3] == 403 && back[4][4] == 0 && back[2][0] == 200);
  CHECK_IS(cudaErrorInvalidPitchValue, cudaMemcpy2D(back, 4, rows, pitch, sizeof back[0], height, cudaMemcpyDeviceToHost));
  CHECK_OK(cudaFree(rows));
}
