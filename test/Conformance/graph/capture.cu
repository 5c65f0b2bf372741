// What a stream captures does not run until the graph is launched, and then each time
// RUN: %conformance %s

#include "Check.h"

__global__ void add(int *number, int what) { *number += what; }

int main() {
  cudaStream_t stream;
  cudaGraph_t graph;
  cudaGraphExec_t instance;
  int *number = nullptr, back = -1;
  CHECK_OK(cudaMalloc(&number, sizeof *number));
  CHECK_OK(cudaMemset(number, 0, sizeof *number));
  CHECK_OK(cudaStreamCreate(&stream));
  CHECK_OK(cudaStreamBeginCapture(stream, cudaStreamCaptureModeGlobal));
  cudaStreamCaptureStatus status;
  CHECK_OK(cudaStreamIsCapturing(stream, &status));
  CHECK(status == cudaStreamCaptureStatusActive);
  add<<<1, 1, 0, stream>>>(number, 1);
  add<<<1, 1, 0, stream>>>(number, 10);
  CHECK_OK(cudaStreamEndCapture(stream, &graph));
  size_t nodes = 0;
  CHECK_OK(cudaGraphGetNodes(graph, nullptr, &nodes));
  CHECK(nodes == 2);
  CHECK_OK(cudaGraphInstantiate(&instance, graph, nullptr, nullptr, 0));
  CHECK_OK(cudaMemcpy(&back, number, sizeof back, cudaMemcpyDeviceToHost));
  CHECK(back == 0);
  for (int i = 0; i < 3; ++i)
    CHECK_OK(cudaGraphLaunch(instance, stream));
  CHECK_OK(cudaStreamSynchronize(stream));
  CHECK_OK(cudaMemcpy(&back, number, sizeof back, cudaMemcpyDeviceToHost));
  CHECK(back == 33);
  CHECK_OK(cudaGraphExecDestroy(instance));
  CHECK_OK(cudaGraphDestroy(graph));
  CHECK_OK(cudaStreamDestroy(stream));
  CHECK_OK(cudaFree(number));
}
