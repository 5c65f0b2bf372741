// REQUIRES: sanitizers
// Where an integer is divided by zero: a kernel goes on there, and under a check it ends, with the line.
// RUN: %cuport-cc --check=address %s -o %t && not %t 2>&1 | FileCheck %s
// CHECK: ERROR: AddressSanitizer: FPE
// CHECK-NEXT: divide{{.*}}division.cu:[[@LINE+1]]:
__global__ void divide(int *p, int n) { p[threadIdx.x] = 7 / (n + static_cast<int>(threadIdx.x)); }

int main() {
  int *p;
  cudaMallocManaged(&p, 32 * sizeof(int));
  divide<<<1, 32>>>(p, 0);
  cudaDeviceSynchronize();
}
