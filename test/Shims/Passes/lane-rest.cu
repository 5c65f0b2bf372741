// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Threads of a block go through a loop's iterations together, each loading what is next to its neighbour's. Also where some or all of them
// leave the loop, what they do behind it is done side by side: one atomic for several threads.

// RUN: %device-half -w -std=c++17 -O3 -march=x86-64-v3 -S -emit-llvm %s -o - | FileCheck %s --check-prefix=CODE
// CODE-LABEL: define internal {{.*}}@_Z3sumPKiPii.cuport.lockstep(
// CODE: call i32 @llvm.vector.reduce.add.v16i32
// CODE-NEXT: atomicrmw add

// RUN: %cuport-cc -std=c++17 -O3 %s -o %t
// RUN: %t | FileCheck %s
// RUN: env CUPORT_MODE=thread %t | FileCheck %s
// CHECK: all as it should be

#include <cstdio>
#include <vector>

__global__ void sum(const int *in, int *out, int n) {
  int sum = 0;
  for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < n; i += gridDim.x * blockDim.x)
    sum += in[i];
  atomicAdd(out, sum);
}

int main() {
  bool right = true;
  for (int n : {0, 1, 15, 16, 17, 64, 100, 256, 1000, 4096, 4099}) {
    std::vector<int> in(n + 1);
    int expected = 0;
    for (int i = 0; i < n; ++i)
      expected += in[i] = i * 7 % 101;
    int *d_in, *d_out, got = 0;
    cudaMalloc(&d_in, in.size() * sizeof(int));
    cudaMalloc(&d_out, sizeof(int));
    cudaMemcpy(d_in, in.data(), in.size() * sizeof(int), cudaMemcpyHostToDevice);
    for (int threads : {1, 16, 48, 63, 128}) {
      cudaMemset(d_out, 0, sizeof(int));
      sum<<<3, threads>>>(d_in, d_out, n);
      cudaMemcpy(&got, d_out, sizeof(int), cudaMemcpyDeviceToHost);
      if (got != expected)
        std::printf("%d of %d numbers with %d threads\n", got, n, threads), right = false;
    }
    cudaFree(d_in);
    cudaFree(d_out);
  }
  if (right)
    std::printf("all as it should be\n");
}
