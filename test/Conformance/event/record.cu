// cudaEventRecord, cudaEventQuery, cudaEventSynchronize, cudaStreamWaitEvent order two streams
// RUN: %conformance %s

#include "Check.h"

__global__ void slow(int *number) {
  for (int i = 0; i < 10000; ++i)
    atomicAdd(number, 1);
}
__global__ void times(int *number) { *number *= 2; }

int main() {
  cudaStream_t one, two;
  cudaEvent_t event;
  CHECK_OK(cudaStreamCreateWithFlags(&one, cudaStreamNonBlocking));
  CHECK_OK(cudaStreamCreateWithFlags(&two, cudaStreamNonBlocking));
  CHECK_OK(cudaEventCreateWithFlags(&event, cudaEventDisableTiming));
  CHECK_OK(cudaEventQuery(event));
  int *number = nullptr, back = 0;
  CHECK_OK(cudaMalloc(&number, sizeof *number));
  CHECK_OK(cudaMemset(number, 0, sizeof *number));
  CHECK_OK(cudaDeviceSynchronize());
  slow<<<1, 1, 0, one>>>(number);
  CHECK_OK(cudaEventRecord(event, one));
  CHECK_OK(cudaStreamWaitEvent(two, event, 0));
  times<<<1, 1, 0, two>>>(number);
  CHECK_OK(cudaEventSynchronize(event));
  CHECK_OK(cudaEventQuery(event));
  CHECK_OK(cudaStreamSynchronize(two));
  CHECK_OK(cudaMemcpy(&back, number, sizeof back, cudaMemcpyDeviceToHost));
  CHECK(back == 20000);
  CHECK_OK(cudaEventDestroy(event));
  CHECK_OK(cudaStreamDestroy(one));
  CHECK_OK(cudaStreamDestroy(two));
  CHECK_OK(cudaFree(number));
}
