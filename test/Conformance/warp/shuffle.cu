// __shfl_sync, up, down, xor in sections of 16 lanes
// RUN: %conformance %s

#include "Check.h"

__global__ void shuffle(int *out) {
  int i = threadIdx.x, n = 32;
  out[0 * n + i] = __shfl_sync(0xffffffff, i * 10, 3, 16);
  out[1 * n + i] = __shfl_up_sync(0xffffffff, i * 10, 2, 16);
  out[2 * n + i] = __shfl_down_sync(0xffffffff, i * 10, 2, 16);
  out[3 * n + i] = __shfl_xor_sync(0xffffffff, i * 10, 1, 16);
}

int main() {
  const int n = 32;
  int back[4 * n], *out = nullptr;
  CHECK_OK(cudaMalloc(&out, sizeof back));
  shuffle<<<1, n>>>(out);
  CHECK_OK(cudaMemcpy(back, out, sizeof back, cudaMemcpyDeviceToHost));
  for (int i = 0; i < n; ++i) {
    int base = i / 16 * 16, lane = i % 16;
    CHECK(back[i] == (base + 3) * 10);
    CHECK(back[n + i] == (lane >= 2 ? i - 2 : i) * 10);
    CHECK(back[2 * n + i] == (lane + 2 < 16 ? i + 2 : i) * 10);
    CHECK(back[3 * n + i] == (i ^ 1) * 10);
  }
  CHECK_OK(cudaFree(out));
}
