// The C++ forms of the runtime API do what the C functions do.

// RUN: %cuport-cc %s -o %t && %t | FileCheck %s

struct Counted {
  int *deleted;
  ~Counted() { ++*deleted; }
};

__constant__ float weights[4];
__device__ int total;

__global__ void __launch_bounds__(128) scale(float *out, double factor, int n) {
  extern __shared__ float tile[];
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= n)
    return;
  tile[threadIdx.x] = weights[i % 4];
  out[i] = float(tile[threadIdx.x] * factor);
  atomicAdd(&total, 1);
}

int main() {
  float *device, *host;
  cudaMalloc(&device, 8 * sizeof *device);
  cudaMallocHost(&host, 8 * sizeof *host);
  const float values[4] = {1, 2, 3, 4};
  cudaMemcpyToSymbol(weights, values, sizeof values);

  // The kernel takes a double where an int is given.
  cudaLaunchConfig_t config = {};
  config.gridDim = 2;
  config.blockDim = 4;
  config.dynamicSmemBytes = 4 * sizeof(float);
  cudaLaunchKernelEx(&config, scale, device, 2, 8);
  cudaMemcpy(host, device, 8 * sizeof *host, cudaMemcpyDefault);
  printf("%g %g %g %g\n", host[0], host[3], host[4], host[7]);
  // CHECK: 2 8 2 8

  int count = 0, n = 8;
  double factor = 10;
  void *arguments[] = {&device, &factor, &n};
  cudaLaunchKernel(scale, dim3(1), dim3(8), arguments, 8 * sizeof(float));
  cudaMemcpyFromSymbol(&count, total, sizeof count);
  cudaMemcpy(host, device, 8 * sizeof *host, cudaMemcpyDeviceToHost);
  printf("%g %d\n", host[1], count);
  // CHECK-NEXT: 20 16

  int *address;
  size_t size;
  cudaGetSymbolAddress((void **)&address, total);
  cudaGetSymbolSize(&size, weights);
  cudaMemcpy(&count, address, sizeof count, cudaMemcpyDeviceToHost);
  printf("%d %zu\n", count, size);
  // CHECK-NEXT: 16 16

  cudaFuncAttributes attributes;
  printf("%d %d\n", cudaFuncGetAttributes(&attributes, scale), attributes.maxThreadsPerBlock);
  // CHECK-NEXT: 0 128
  int grid = 0, block = 0, asked = 0;
  cudaOccupancyMaxPotentialBlockSize(&grid, &block, scale);
  printf("%d %d\n", grid > 0, block);
  // CHECK-NEXT: 1 128
  cudaOccupancyMaxPotentialBlockSizeVariableSMem(&grid, &block, scale, [&](int size) { return asked = size, size * 4; }, 40);
  printf("%d %d\n", block <= 40, asked > 0);
  // CHECK-NEXT: 1 1

  cudaChannelFormatDesc format = cudaCreateChannelDesc<ushort2>();
  printf("%d %d %d %d\n", format.x, format.y, format.z, format.f == cudaChannelFormatKindUnsigned);
  // CHECK-NEXT: 16 16 0 1

  int deleted = 0;
  cudaUserObject_t object;
  cudaUserObjectCreate(&object, new Counted{&deleted}, 1, cudaUserObjectNoDestructorSync);
  cudaUserObjectRelease(object);
  cudaDeviceSynchronize();
  printf("%d\n", deleted);
  // CHECK-NEXT: 1

  cudaExtent extent = make_cudaExtent(1, 2, 3);
  printf("%zu %d %d %g\n", extent.depth, max(3, 5), min(2u, 7u), make_double3(1, 2, 3).z);
  // CHECK-NEXT: 3 5 2 3
  printf("%s\n", cudaGetErrorName(cudaGetLastError()));
  // CHECK-NEXT: cudaSuccess
}
