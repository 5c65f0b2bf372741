// A call of cuBLAS's stands in its stream's order, between kernels; goes into graphs, with the scalars of then; is one operation of a
// recording; and runs in checked programs. The program is built as a user's is, and the same once more for HIP.
// REQUIRES: cublas
// RUN: %cuport-cc -O1 %s -lcublas -o %t
// RUN: %t | FileCheck %s
// RUN: env CUPORT_WARP=64 CUPORT_SEPARATE=1 %t | FileCheck %s
// RUN: env CUPORT_RECORD=%t.recording %t | FileCheck %s
// RUN: env CUPORT_RECORD=%t.other %t shorter | FileCheck %s --check-prefix=SHORTER
// RUN: not %cuport verify %t.recording %t.other | FileCheck %s --check-prefix=RECORDED
// RUN: %cuport translate %s -o %t.hip > /dev/null || test $? = 1
// RUN: %cuport-cc -O1 -x hip %t.hip/in-streams.cu -lhipblas -o %t.program
// RUN: %t.program | FileCheck %s
// CHECK: in order: 84
// CHECK-NEXT: graph: 16
// CHECK-NEXT: fails: 1
// SHORTER: in order: 63
// RECORDED: cublasSdot

#include <cublas_v2.h>
#include <cuda_runtime.h>
#include <stdio.h>

__global__ void fill(float *x, float value, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n)
    x[i] = value;
}

int main(int argc, char **) {
  const int n = 1000;
  float *x, *y, *result, value = 0, two = 2;
  cudaMalloc(&x, n * sizeof(float));
  cudaMalloc(&y, n * sizeof(float));
  cudaMalloc(&result, sizeof(float));
  cudaStream_t stream;
  cudaStreamCreate(&stream);
  cublasHandle_t handle;
  cublasCreate(&handle);
  cublasSetStream(handle, stream);
  cublasSetPointerMode(handle, CUBLAS_POINTER_MODE_DEVICE);
  fill<<<4, 256, 0, stream>>>(x, 3, n);
  fill<<<4, 256, 0, stream>>>(y, 7, n);
  cublasSdot(handle, argc > 1 ? 3 : 4, x, 1, y, 1, result);
  fill<<<4, 256, 0, stream>>>(x, 0, n);
  cudaMemcpyAsync(&value, result, sizeof(float), cudaMemcpyDeviceToHost, stream);
  cudaStreamSynchronize(stream);
  printf("in order: %g\n", value);

  cublasSetPointerMode(handle, CUBLAS_POINTER_MODE_HOST);
  cudaGraph_t graph;
  cudaGraphExec_t executable;
  fill<<<4, 256, 0, stream>>>(x, 1, n);
  cudaStreamBeginCapture(stream, cudaStreamCaptureModeGlobal);
  cublasSscal(handle, n, &two, x, 1);
  cudaStreamEndCapture(stream, &graph);
  two = 5;
  cudaGraphInstantiate(&executable, graph, NULL, NULL, 0);
  for (int i = 0; i < 4; ++i)
    cudaGraphLaunch(executable, stream);
  cudaMemcpyAsync(&value, x + n - 1, sizeof(float), cudaMemcpyDeviceToHost, stream);
  cudaStreamSynchronize(stream);
  printf("graph: %g\n", value);
  printf("fails: %d\n", cublasSscal(handle, n, NULL, x, 1) == CUBLAS_STATUS_INVALID_VALUE);
  cublasDestroy(handle);
  return 0;
}
