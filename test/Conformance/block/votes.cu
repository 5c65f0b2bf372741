// __syncthreads_count, __syncthreads_and, __syncthreads_or
// RUN: %conformance %s

#include "Check.h"

__global__ void votes(int *out) {
  int i = threadIdx.x;
  int count = __syncthreads_count(i % 3 == 0), all = __syncthreads_and(i < 100), any = __syncthreads_or(i == 99);
  if (i == 7) {
    out[0] = count;
    out[1] = all != 0;
    out[2] = any != 0;
  }
}

int main() {
  int back[3], *out = nullptr;
  CHECK_OK(cudaMalloc(&out, sizeof back));
  votes<<<1, 100>>>(out);
  CHECK_OK(cudaMemcpy(back, out, sizeof back, cudaMemcpyDeviceToHost));
  CHECK(back[0] == 34 && back[1] == 1 && back[2] == 1);
  CHECK_OK(cudaFree(out));
}
