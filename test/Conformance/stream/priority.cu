// cudaStreamCreateWithPriority inside cudaDeviceGetStreamPriorityRange
// RUN: %conformance %s

#include "Check.h"

int main() {
  int least = 9, greatest = 9, got = 9;
  cudaStream_t stream;
  CHECK_OK(cudaDeviceGetStreamPriorityRange(&least, &greatest));
  CHECK(greatest <= least && least <= 0);
  CHECK_OK(cudaStreamCreateWithPriority(&stream, cudaStreamDefault, greatest));
  CHECK_OK(cudaStreamGetPriority(stream, &got));
  CHECK(got == greatest);
  CHECK_OK(cudaStreamDestroy(stream));
}
