// By way of a tile in shared memory. Mistakes: rows and columns confused where it is written; no barrier between write and read.
// REQUIRES: sanitizers
// RUN: %check-address
// RUN: %check-thread
// RIGHT: {{^}}0 of {{[0-9]+}} wrong, no error
// OUTSIDE: AddressSanitizer: heap-buffer-overflow
// RACE: ThreadSanitizer: data race

#include "Checked.h"

constexpr int Width = 24, Height = 16;

__global__ void transpose(const int *in, int *out, Mistake mistake) {
  __shared__ int tile[8][9];
  int x = blockIdx.x * 8 + threadIdx.x, y = blockIdx.y * 8 + threadIdx.y;
  tile[threadIdx.y][threadIdx.x] = in[y * Width + x]; // RACE-DAG: transpose.cu:[[@LINE]]
  if (mistake != Race)
    __syncthreads();
  x = blockIdx.y * 8 + threadIdx.x;
  y = blockIdx.x * 8 + threadIdx.y;
  const int pitch = mistake == Outside ? Width : Height;
  out[y * pitch + x] = tile[threadIdx.x][threadIdx.y]; // OUTSIDE: transpose.cu:[[@LINE]]
} // RACE-DAG: transpose.cu:[[@LINE-1]]

int main(int argc, char **argv) {
  int *in = counted(Width * Height), *out = counted(Width * Height);
  transpose<<<dim3(Width / 8, Height / 8), dim3(8, 8)>>>(in, out, mistakeOf(argc, argv));
  compare(out, Width * Height, [](int at) { return at % Height * Width + at / Height; });
  cudaFree(in);
}
