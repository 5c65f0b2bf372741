// cudaLaunchHostFunc and cudaStreamAddCallback run on the host, in the stream's order
// RUN: %conformance %s

#include "Check.h"

static int steps[3], next_step;

static void remember(void *step) { steps[next_step++] = *static_cast<int *>(step); }
static void called(cudaStream_t, cudaError_t status, void *step) {
  steps[next_step++] = status == cudaSuccess ? *static_cast<int *>(step) : -1;
}

int main() {
  cudaStream_t stream;
  static int numbers[3] = {10, 20, 30};
  CHECK_OK(cudaStreamCreate(&stream));
  CHECK_OK(cudaLaunchHostFunc(stream, remember, &numbers[0]));
  CHECK_OK(cudaStreamAddCallback(stream, called, &numbers[1], 0));
  CHECK_OK(cudaLaunchHostFunc(stream, remember, &numbers[2]));
  CHECK_OK(cudaStreamSynchronize(stream));
  CHECK(steps[0] == 10 && steps[1] == 20 && steps[2] == 30);
  CHECK_OK(cudaStreamDestroy(stream));
}
