// cudaMemset and cudaMemsetAsync set bytes
// RUN: %conformance %s

#include "Check.h"

int main() {
  unsigned *numbers = nullptr, back[16];
  CHECK_OK(cudaMalloc(&numbers, sizeof back));
  CHECK_OK(cudaMemset(numbers, 0x1ab, sizeof back));
  CHECK_OK(cudaMemsetAsync(numbers + 8, 0, sizeof back / 2, nullptr));
  CHECK_OK(cudaMemcpy(back, numbers, sizeof back, cudaMemcpyDeviceToHost));
  CHECK(back[0] == 0xabababab && back[7] == 0xabababab && back[8] == 0 && back[15] == 0);
  CHECK_OK(cudaFree(numbers));
}
