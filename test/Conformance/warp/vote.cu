// __ballot_sync, __all_sync, __any_sync
// RUN: %conformance %s

#include "Check.h"

__global__ void vote(unsigned *out) {
  int i = threadIdx.x;
  unsigned even = __ballot_sync(0xffffffff, i % 2 == 0);
  int all = __all_sync(0xffffffff, i < 32), none = __any_sync(0xffffffff, i > 31);
  if (i == 5) {
    out[0] = even;
    out[1] = all != 0;
    out[2] = none != 0;
  }
}

int main() {
  unsigned back[3], *out = nullptr;
  CHECK_OK(cudaMalloc(&out, sizeof back));
  vote<<<1, 32>>>(out);
  CHECK_OK(cudaMemcpy(back, out, sizeof back, cudaMemcpyDeviceToHost));
  CHECK(back[0] == 0x55555555 && back[1] == 1 && back[2] == 0);
  CHECK_OK(cudaFree(out));
}
