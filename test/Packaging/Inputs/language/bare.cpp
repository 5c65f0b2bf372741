// Host code alone, which links the libraries as -lcufft -lcudart.
#include <cstdio>
#include <cuda_runtime.h>
#include <cufft.h>
int main() {
  float *p = nullptr;
  cufftHandle plan;
  if (cudaMalloc(reinterpret_cast<void **>(&p), 4) != cudaSuccess || cufftPlan1d(&plan, 8, CUFFT_R2C, 1) != CUFFT_SUCCESS)
    return 1;
  std::printf("bare: %d\n", int(cudaFree(p)));
}
