// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Kernels that launch kernels: of this file, of another, of a template; in order, in other streams, after the grid; waited for.
// RUN: %cuport-cc -rdc=true %s %S/Inputs/launched.cu -o %t && %t | FileCheck %s
// RUN: env CUPORT_MODE=thread %t | FileCheck %s
// RUN: %cuport-cc -rdc=true -G %s %S/Inputs/launched.cu -o %t.debug && %t.debug | FileCheck %s
// RUN: not %cuport-cc %s -fsyntax-only 2>&1 | FileCheck %s --check-prefix=ALONE
// ALONE: launches.cu:{{[0-9]+}}:{{[0-9]+}}: error: {{.*}}kernel call/launch

#include <cstdio>

struct Odd {
  char letters[3];
};
struct alignas(16) Wide {
  double x;
};

__device__ int trace[64], traced;
__managed__ int managed = 5;
__device__ void note(int what) { trace[atomicAdd(&traced, 1)] = what; }

__global__ void child(Odd odd, int number, Wide wide, char last) {
  if (threadIdx.x == 0)
    note(odd.letters[2] * 1000 + number * 100 + int(wide.x) * 10 + last + blockIdx.x);
}
template <typename T> __global__ void add(T *sum, T what) { atomicAdd(sum, what); }
extern __global__ void elsewhere(int *sum, int what);

__global__ void parent() {
  note(1);
  child<<<2, 32>>>(Odd{{0, 0, 3}}, 4, Wide{5}, 6);
  cudaStream_t stream;
  cudaStreamCreateWithFlags(&stream, cudaStreamNonBlocking);
  child<<<1, 1, 0, cudaStreamTailLaunch>>>(Odd{{0, 0, 9}}, 9, Wide{9}, 9);
  child<<<1, 1, 0, stream>>>(Odd{{0, 0, 1}}, 1, Wide{1}, 1);
  cudaStreamDestroy(stream);
  note(2);
}

__global__ void waits(int *sum) {
  add<<<4, 8>>>(sum, 1);
  elsewhere<<<1, 2>>>(sum, managed);
  cudaDeviceSynchronize();
  *sum *= 10;
}

// Each level counts its threads; the last is as deep as CUDA lets them wait.
__global__ void tree(unsigned long long *count, int depth) {
  atomicAdd(count, 1ull);
  if (depth > 1)
    tree<<<1, 2>>>(count, depth - 1);
}

__global__ void many(int *sum) {
  if (threadIdx.x % 2 == 0)
    add<<<1, 1>>>(sum, int(threadIdx.x));
  __syncthreads();
  if (threadIdx.x == 0)
    add<<<10, 100>>>(sum, 1);
}

__global__ void copies(int *out) {
  add<<<1, 8>>>(out, 1);
  cudaMemcpyAsync(out + 1, out, sizeof *out, cudaMemcpyDeviceToDevice);
  add<<<1, 8>>>(out, 1);
  cudaMemsetAsync(out + 2, 1, 4);
}

__global__ void refused(int *error) {
  add<<<1, 100000>>>(error, 1);
  *error = cudaGetLastError();
}

int main() {
  parent<<<1, 1>>>();
  int back[64], count, sum = 0, *number;
  cudaMemcpyFromSymbol(back, trace, sizeof back);
  cudaMemcpyFromSymbol(&count, traced, sizeof count);
  // Blocks of a grid have no order.
  if (count > 3 && back[2] > back[3])
    back[2] ^= back[3], back[3] ^= back[2], back[2] ^= back[3];
  for (int i = 0; i < count; ++i)
    printf("%d ", back[i]);
  printf("\n");
  // CHECK: 1 2 3456 3457 1111 9999 {{$}}
  cudaMalloc(&number, 8);
  cudaMemset(number, 0, 8);
  waits<<<1, 1>>>(number);
  cudaMemcpy(&sum, number, sizeof sum, cudaMemcpyDeviceToHost);
  printf("%d\n", sum);
  // CHECK-NEXT: 420
  unsigned long long nodes;
  cudaMemset(number, 0, 8);
  tree<<<1, 1>>>(reinterpret_cast<unsigned long long *>(number), 10);
  cudaMemcpy(&nodes, number, sizeof nodes, cudaMemcpyDeviceToHost);
  printf("%llu\n", nodes);
  // CHECK-NEXT: 1023
  cudaMemset(number, 0, 8);
  many<<<3, 64>>>(number);
  cudaMemcpy(&sum, number, sizeof sum, cudaMemcpyDeviceToHost);
  printf("%d\n", sum);
  // CHECK-NEXT: 5976
  int three[3];
  cudaFree(number);
  cudaMalloc(&number, sizeof three);
  cudaMemset(number, 0, sizeof three);
  copies<<<1, 1>>>(number);
  cudaMemcpy(three, number, sizeof three, cudaMemcpyDeviceToHost);
  printf("%d %d %x\n", three[0], three[1], three[2]);
  // CHECK-NEXT: 16 8 1010101
  refused<<<1, 1>>>(number);
  cudaMemcpy(&sum, number, sizeof sum, cudaMemcpyDeviceToHost);
  printf("%s %s\n", cudaGetErrorName(cudaError_t(sum)), cudaGetErrorName(cudaDeviceSynchronize()));
  // CHECK-NEXT: cudaErrorInvalidConfiguration cudaSuccess
}
