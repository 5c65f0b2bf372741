// cudaEventElapsedTime in milliseconds; events without timing or record have none
// RUN: %conformance %s

#include "Check.h"

int main() {
  cudaEvent_t start, end, untimed;
  float milliseconds = -1;
  CHECK_OK(cudaEventCreate(&start));
  CHECK_OK(cudaEventCreate(&end));
  CHECK_OK(cudaEventCreateWithFlags(&untimed, cudaEventDisableTiming));
  CHECK_IS(cudaErrorInvalidResourceHandle, cudaEventElapsedTime(&milliseconds, start, end));
  CHECK_OK(cudaEventRecord(start));
  CHECK_OK(cudaEventRecord(end));
  CHECK_OK(cudaEventRecord(untimed));
  CHECK_OK(cudaDeviceSynchronize());
  CHECK_OK(cudaEventElapsedTime(&milliseconds, start, end));
  CHECK(milliseconds >= 0 && milliseconds < 10000);
  CHECK_IS(cudaErrorInvalidResourceHandle, cudaEventElapsedTime(&milliseconds, start, untimed));
  CHECK_OK(cudaEventDestroy(start));
  CHECK_OK(cudaEventDestroy(end));
  CHECK_OK(cudaEventDestroy(untimed));
}
