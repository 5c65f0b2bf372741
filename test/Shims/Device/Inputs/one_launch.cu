// A main that launches the kernel `check` for one thread. It leaves how much it checked and how much was wrong.

#include <cstdio>

extern "C" __global__ void check(long *checked, long *wrong);

int main() {
  long *counts;
  cudaMallocManaged(&counts, 2 * sizeof(long));
  counts[0] = counts[1] = 0;
  check<<<1, 1>>>(counts, counts + 1);
  if (cudaDeviceSynchronize() != cudaSuccess)
    return 2;
  printf("%ld checked, %ld wrong\n", counts[0], counts[1]);
  return counts[0] == 0 || counts[1] != 0;
}
