// A tiled product of two matrices. Mistakes: a tile too many; the barrier before the next tile is missing.
// REQUIRES: sanitizers
// RUN: %check-address
// RUN: %check-thread
// RIGHT: {{^}}0 of {{[0-9]+}} wrong, no error
// OUTSIDE: AddressSanitizer: heap-buffer-overflow
// RACE: ThreadSanitizer: data race

#include "Checked.h"

constexpr int Side = 16, Tile = 8;

__global__ void multiply(const float *a, const float *b, float *c, Mistake mistake) {
  __shared__ float left[Tile][Tile], right[Tile][Tile];
  const int row = blockIdx.y * Tile + threadIdx.y, column = blockIdx.x * Tile + threadIdx.x;
  float sum = 0;
  for (int tile = 0; tile < Side / Tile + (mistake == Outside); ++tile) {
    left[threadIdx.y][threadIdx.x] = a[row * Side + tile * Tile + threadIdx.x]; // RACE-DAG: matrix-product.cu:[[@LINE]]
    right[threadIdx.y][threadIdx.x] = b[(tile * Tile + threadIdx.y) * Side + column]; // OUTSIDE: matrix-product.cu:[[@LINE]]
    __syncthreads();
    for (int k = 0; k < Tile; ++k)
      sum += left[threadIdx.y][k] * right[k][threadIdx.x]; // RACE-DAG: matrix-product.cu:[[@LINE]]
    if (mistake != Race)
      __syncthreads();
  }
  c[row * Side + column] = sum;
}

int main(int argc, char **argv) {
  float *a = counted<float>(Side * Side), *b = counted<float>(Side * Side), *c = counted<float>(Side * Side);
  multiply<<<dim3(Side / Tile, Side / Tile), dim3(Tile, Tile)>>>(a, b, c, mistakeOf(argc, argv));
  compare(c, Side * Side, [](int at) {
    float sum = 0;
    for (int k = 0; k < Side; ++k)
      sum += (at / Side * Side + k) * float(k * Side + at % Side);
    return sum;
  });
  cudaFree(a);
  cudaFree(b);
}
