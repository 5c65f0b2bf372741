// cudaMemcpy in each direction, and cudaMemcpyDefault
// RUN: %conformance %s

#include "Check.h"

int main() {
  int host[64], back[64] = {};
  for (int i = 0; i < 64; ++i)
    host[i] = 3 * i;
  int *one = nullptr, *two = nullptr;
  CHECK_OK(cudaMalloc(&one, sizeof host));
  CHECK_OK(cudaMalloc(&two, sizeof host));
  CHECK_OK(cudaMemcpy(one, host, sizeof host, cudaMemcpyHostToDevice));
  CHECK_OK(cudaMemcpy(two, one, sizeof host, cudaMemcpyDeviceToDevice));
  CHECK_OK(cudaMemcpy(back, two + 32, sizeof host / 2, cudaMemcpyDeviceToHost));
  for (int i = 0; i < 32; ++i)
    CHECK(back[i] == 3 * (i + 32));
  CHECK_OK(cudaMemcpy(back, one, sizeof host, cudaMemcpyDefault));
  CHECK(back[63] == 189);
  CHECK_OK(cudaMemcpy(back, host, 4, cudaMemcpyHostToHost));
  CHECK_OK(cudaMemcpy(back, one, 0, cudaMemcpyDeviceToHost));
  CHECK_IS(cudaErrorInvalidMemcpyDirection, cudaMemcpy(back, one, 4, cudaMemcpyKind(9)));
  CHECK_OK(cudaFree(one));
  CHECK_OK(cudaFree(two));
}
