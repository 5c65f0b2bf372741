// What most programs use of CUDA's runtime: memory, a stream, events, a kernel with shared memory.
#include <cuda_runtime.h>

#include <stdio.h>
#include <vector>

#define CHECK(call)                                                                                                    \
  do {                                                                                                                 \
    cudaError_t status = (call);                                                                                       \
    if (status != cudaSuccess) {                                                                                       \
      printf("%s: %d\n", #call, (int)status);                                                                          \
      return 1;                                                                                                        \
    }                                                                                                                  \
  } while (0)

__global__ void reverseTiles(const float *in, float *out, int n) {
  __shared__ float tile[64];
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  tile[threadIdx.x] = i < n ? in[i] : 0;
  __syncthreads();
  if (i < n)
    out[i] = 2 * tile[blockDim.x - 1 - threadIdx.x];
}

int main() {
  const int n = 256;
  std::vector<float> values(n);
  for (int i = 0; i < n; ++i)
    values[i] = i;
  cudaDeviceProp properties;
  CHECK(cudaSetDevice(0));
  CHECK(cudaGetDeviceProperties(&properties, 0));
  float *in, *out;
  CHECK(cudaMalloc((void **)&in, n * sizeof(float)));
  CHECK(cudaMalloc((void **)&out, n * sizeof(float)));
  CHECK(cudaMemset(out, 0, n * sizeof(float)));
  cudaStream_t stream;
  cudaEvent_t begin, end;
  CHECK(cudaStreamCreate(&stream));
  CHECK(cudaEventCreate(&begin));
  CHECK(cudaEventCreate(&end));
  CHECK(cudaEventRecord(begin, stream));
  CHECK(cudaMemcpyAsync(in, values.data(), n * sizeof(float), cudaMemcpyHostToDevice, stream));
  reverseTiles<<<dim3(n / 64), 64, 0, stream>>>(in, out, n);
  CHECK(cudaGetLastError());
  CHECK(cudaEventRecord(end, stream));
  CHECK(cudaStreamSynchronize(stream));
  float milliseconds = -1;
  CHECK(cudaEventElapsedTime(&milliseconds, begin, end));
  CHECK(cudaMemcpy(values.data(), out, n * sizeof(float), cudaMemcpyDeviceToHost));
  double sum = 0;
  for (int i = 0; i < n; ++i)
    sum += values[i] * i;
  printf("first %g, last %g, sum %.0f, timed %d, device named %d\n", values[0], values[n - 1], sum, milliseconds >= 0,
         properties.name[0] != 0);
  CHECK(cudaEventDestroy(begin));
  CHECK(cudaEventDestroy(end));
  CHECK(cudaStreamDestroy(stream));
  CHECK(cudaFree(in));
  CHECK(cudaFree(out));
  CHECK(cudaDeviceSynchronize());
  return 0;
}
