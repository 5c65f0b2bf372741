// A cooperative launch whose blocks read each other's work. Mistakes: the neighbour of the last block; no barrier of the grid.
// REQUIRES: sanitizers
// RUN: %check-address
// RUN: %check-thread
// RIGHT: {{^}}0 of {{[0-9]+}} wrong, no error
// OUTSIDE: AddressSanitizer: heap-buffer-overflow
// RACE: ThreadSanitizer: data race

#include "Checked.h"
#include <cooperative_groups.h>

__global__ void exchange(int *data, int *out, Mistake mistake) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x, n = gridDim.x * blockDim.x;
  data[i] *= 2; // RACE-DAG: grid-barrier.cu:[[@LINE]]
  if (mistake != Race)
    cooperative_groups::this_grid().sync();
  const int next = i + blockDim.x;
  out[i] = data[mistake == Outside ? next : next % n]; // OUTSIDE: grid-barrier.cu:[[@LINE]]
} // RACE-DAG: grid-barrier.cu:[[@LINE-1]]

int main(int argc, char **argv) {
  Mistake mistake = mistakeOf(argc, argv);
  int *data = counted(64), *out = counted(64);
  void *arguments[] = {&data, &out, &mistake};
  cudaLaunchCooperativeKernel(reinterpret_cast<void *>(exchange), dim3(2), dim3(32), arguments, 0, nullptr);
  compare(out, 64, [](int i) { return (i + 32) % 64 * 2; });
  cudaFree(data);
}
