// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// new, new[], delete and objects at a given place, in kernels and beside them on the host.
// RUN: %cuport-cc %s -o %t && %t | FileCheck %s
// RUN: env CUPORT_MODE=thread %t | FileCheck %s

#include <cstdio>
#include <new>

struct Base {
  int value;
  __host__ __device__ explicit Base(int value) : value(value) {}
  __host__ __device__ virtual ~Base() {}
  __host__ __device__ virtual int twice() const { return value * 2; }
};
struct Derived : Base {
  using Base::Base;
  __host__ __device__ int twice() const override { return value * 4; }
};

__host__ __device__ int all() {
  alignas(Derived) char place[sizeof(Derived)];
  Base *here = ::new (place) Derived(1);
  Base *there = new Derived(10);
  int *many = new int[3]{100, 200, 300};
  int result = here->twice() + there->twice() + many[1];
  here->~Base();
  delete there;
  delete[] many;
  return result;
}

__global__ void kernel(int *out) { out[threadIdx.x] = all(); }

int main() {
  int *out, back[2];
  cudaMalloc(&out, sizeof back);
  kernel<<<1, 2>>>(out);
  cudaMemcpy(back, out, sizeof back, cudaMemcpyDeviceToHost);
  printf("%d %d %d\n", back[0], back[1], all());
  // CHECK: 244 244 244
}
