// A call of cuDNN's stands in its stream's order, between kernels; goes into graphs, with the factors of then; and is one operation of
// a recording. The program is built as a user's is.
// REQUIRES: cudnn
// RUN: %cuport-cc -O1 %s -lcudnn -o %t
// RUN: %t | FileCheck %s
// RUN: env CUPORT_WARP=64 CUPORT_SEPARATE=1 %t | FileCheck %s
// RUN: env CUPORT_RECORD=%t.recording %t | FileCheck %s
// RUN: env CUPORT_RECORD=%t.other %t other | FileCheck %s --check-prefix=OTHER
// RUN: not %cuport verify %t.recording %t.other | FileCheck %s --check-prefix=RECORDED
// CHECK: in order: 27
// CHECK-NEXT: graph: 16
// OTHER: in order: 54
// RECORDED: cudnnConvolutionForward

#include <cuda_runtime.h>
#include <cudnn.h>
#include <stdio.h>

__global__ void fill(float *x, float value, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n)
    x[i] = value;
}

int main(int argc, char **) {
  const int n = 25;
  float *x, *w, *y, value = 0, alpha = argc > 1 ? 2 : 1, beta = 0, two = 2;
  cudaMalloc(&x, n * sizeof(float));
  cudaMalloc(&w, 9 * sizeof(float));
  cudaMalloc(&y, n * sizeof(float));
  cudaStream_t stream;
  cudaStreamCreate(&stream);
  cudnnHandle_t handle;
  cudnnCreate(&handle);
  cudnnSetStream(handle, stream);
  cudnnTensorDescriptor_t tensor;
  cudnnFilterDescriptor_t filter;
  cudnnConvolutionDescriptor_t convolution;
  cudnnCreateTensorDescriptor(&tensor);
  cudnnCreateFilterDescriptor(&filter);
  cudnnCreateConvolutionDescriptor(&convolution);
  cudnnSetTensor4dDescriptor(tensor, CUDNN_TENSOR_NCHW, CUDNN_DATA_FLOAT, 1, 1, 5, 5);
  cudnnSetFilter4dDescriptor(filter, CUDNN_DATA_FLOAT, CUDNN_TENSOR_NCHW, 1, 1, 3, 3);
  cudnnSetConvolution2dDescriptor(convolution, 1, 1, 1, 1, 1, 1, CUDNN_CROSS_CORRELATION, CUDNN_DATA_FLOAT);
  fill<<<1, 32, 0, stream>>>(x, 3, n);
  fill<<<1, 32, 0, stream>>>(w, 1, 9);
  cudnnConvolutionForward(handle, &alpha, tensor, x, filter, w, convolution, CUDNN_CONVOLUTION_FWD_ALGO_IMPLICIT_GEMM, NULL, 0, &beta, tensor, y);
  // What it was called with is what it was then.
  cudnnDestroyConvolutionDescriptor(convolution);
  fill<<<1, 32, 0, stream>>>(x, 0, n);
  cudaMemcpyAsync(&value, y + 12, sizeof(float), cudaMemcpyDeviceToHost, stream);
  cudaStreamSynchronize(stream);
  printf("in order: %g\n", value);

  cudaGraph_t graph;
  cudaGraphExec_t executable;
  fill<<<1, 32, 0, stream>>>(x, 1, n);
  cudaStreamBeginCapture(stream, cudaStreamCaptureModeGlobal);
  cudnnScaleTensor(handle, tensor, x, &two);
  cudaStreamEndCapture(stream, &graph);
  two = 5;
  cudaGraphInstantiate(&executable, graph, NULL, NULL, 0);
  for (int i = 0; i < 4; ++i)
    cudaGraphLaunch(executable, stream);
  cudaMemcpyAsync(&value, x + n - 1, sizeof(float), cudaMemcpyDeviceToHost, stream);
  cudaStreamSynchronize(stream);
  printf("graph: %g\n", value);
  return 0;
}
