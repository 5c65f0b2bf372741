// __syncthreads, static and dynamic shared memory: a reduction by halves
// RUN: %conformance %s

#include "Check.h"

__global__ void sum(const int *in, int *out) {
  extern __shared__ int dynamic[];
  __shared__ int fixed[256];
  int i = threadIdx.x;
  dynamic[i] = in[blockIdx.x * blockDim.x + i];
  fixed[i] = 1;
  __syncthreads();
  for (int half = blockDim.x / 2; half; half /= 2) {
    if (i < half) {
      dynamic[i] += dynamic[i + half];
      fixed[i] += fixed[i + half];
    }
    __syncthreads();
  }
  if (i == 0)
    out[blockIdx.x] = dynamic[0] * 1000 + fixed[0];
}

int main() {
  const int blocks = 4, threads = 256;
  int host[blocks * threads], back[blocks], *in = nullptr, *out = nullptr;
  for (int i = 0; i < blocks * threads; ++i)
    host[i] = i % 7;
  CHECK_OK(cudaMalloc(&in, sizeof host));
  CHECK_OK(cudaMalloc(&out, sizeof back));
  CHECK_OK(cudaMemcpy(in, host, sizeof host, cudaMemcpyHostToDevice));
  sum<<<blocks, threads, threads * sizeof(int)>>>(in, out);
  CHECK_OK(cudaMemcpy(back, out, sizeof back, cudaMemcpyDeviceToHost));
  for (int b = 0; b < blocks; ++b) {
    int want = 0;
    for (int t = 0; t < threads; ++t)
      want += host[b * threads + t];
    CHECK(back[b] == want * 1000 + threads);
  }
  CHECK_OK(cudaFree(in));
  CHECK_OK(cudaFree(out));
}
