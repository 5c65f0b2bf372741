// Memory and queries of the runtime API in kernels.

// RUN: %cuport-cc %s -o %t && %t | FileCheck %s

template <class T> __host__ __device__ cudaError_t last(T) { return cudaGetLastError(); }

__global__ void ask(int *out) {
  int *own = nullptr;
  cudaError_t error = cudaMalloc(&own, sizeof *own);
  *own = 40;
  int device = -1, warp = 0;
  cudaGetDevice(&device);
  cudaDeviceGetAttribute(&warp, cudaDevAttrWarpSize, device);
  cudaGridDependencySynchronize();
  out[0] = *own + error + last(1);
  out[1] = device;
  out[2] = warp == warpSize;
  cudaFree(own);
}

int main() {
  int *out, host[3];
  cudaMalloc(&out, sizeof host);
  ask<<<1, 1>>>(out);
  cudaMemcpy(host, out, sizeof host, cudaMemcpyDeviceToHost);
  printf("%d %d %d %d\n", host[0], host[1], host[2], last(0));
  // CHECK: 40 0 1 0
}
