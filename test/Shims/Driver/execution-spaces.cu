// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// All declarations of a function say together where it runs, and a specialization runs where its template does: nvcc 13.0 takes this
// file, too. HIP's compilers do not until it is translated. And main may have no type.
// RUN: %cuport-cc -std=c++17 %s -o %t && %t | FileCheck %s
// RUN: %cuport-cc -std=c++17 -rdc=true %s -o %t.rdc && %t.rdc | FileCheck %s
// CHECK: device 10 15 6 32 4 7 8 9 13 50
// CHECK: host 10 15 7 8
// RUN: not %cuport-cc -std=c++17 -x hip -fsyntax-only %s 2>&1 | FileCheck %s --check-prefix=HIP
// HIP: error: {{.*}}add
// RUN: { %cuport translate %s -o %t.hip 2> %t.err; test $? -le 1; }
// RUN: %cuport-cc -std=c++17 -x hip %t.hip/execution-spaces.cu -o %t.translated && %t.translated | FileCheck %s
// RUN: FileCheck %s --check-prefix=OUT --input-file=%t.hip/execution-spaces.cu
// What is translated is not translated again.
// RUN: { %cuport translate %t.hip -o %t.again 2> %t.err; test $? -le 1; }
// RUN: diff %t.hip/execution-spaces.cu %t.again/execution-spaces.cu
// A function of both sides may call one of the host's, which device code must not reach: nvcc 13.0 warns (20011), and its kernel returns
// there. Here it is a trap.
// RUN: %cuport-cc -std=c++17 -DHOST_CALLS %s -o %t.calls && %t.calls | FileCheck %s --check-prefixes=CHECK,CALLS
// CALLS: calls 24
// RUN: %cuport-cc -std=c++17 -DHOST_CALLS -DREACHED %s -o %t.reached 2>&1 | FileCheck %s --check-prefix=REACHED
// RUN: %t.reached 2>%t.trap | FileCheck %s --check-prefix=TRAP
// RUN: FileCheck %s --check-prefix=TRAPPED --input-file=%t.trap
// TRAP: without 5, with 719
// TRAPPED: reach{{.*}}: trap
// RUN: not %cuport-cc -x hip -std=c++17 -DHOST_CALLS -DREACHED -fsyntax-only %s 2>&1 | FileCheck %s --check-prefix=HIP-REACHED
// HIP-REACHED: error: reference to __host__ function 'of_host' in __host__ __device__ function
// Kernels are not united, and neither are two definitions: an overload, to clang.
// RUN: not %cuport-cc -fsyntax-only -DKERNEL %s 2>&1 | FileCheck %s --check-prefix=KERNEL
// RUN: %cuport-cc -fsyntax-only -DOVERLOADS %s

#include <cstdio>

struct Sum {
  int value;
  __host__ __device__ Sum(int start);
  __device__ void add(int n);
  __host__ __device__ int get() const;
  static __device__ int twice(int n);
  template <class T> __device__ T scaled(T by);
};
// OUT: {{^}}__host__ __device__ Sum::Sum(int start) : value(start) {}
Sum::Sum(int start) : value(start) {}
// OUT: {{^}}__device__ void Sum::add(int n) { value += n; }
void Sum::add(int n) { value += n; }
// OUT: {{^}}__host__ __device__ int Sum::get() const { return value; }
int Sum::get() const { return value; }
// OUT: {{^}}__device__ int Sum::twice(int n) { return 2 * n; }
int Sum::twice(int n) { return 2 * n; }
// OUT: {{^}}template <class T> __device__ T Sum::scaled(T by) { return value * by; }
template <class T> T Sum::scaled(T by) { return value * by; }

template <class T> struct Box {
  T held;
  __host__ __device__ T more() const;
};
// OUT: {{^}}template <class T> __host__ __device__ T Box<T>::more() const { return held + 1; }
template <class T> T Box<T>::more() const { return held + 1; }
// OUT: {{^}}template <> __host__ __device__ float Box<float>::more() const { return held + 2; }
template <> float Box<float>::more() const { return held + 2; }

template <class T> __device__ T kind(T) { return 4; }
template <class T> __host__ T kind(T *) { return 5; }
template <class T> __host__ __device__ T which(T a) { return a; }
// OUT: {{^}}template <> __host__ __device__ float which(float a) { return a + 1; }
template <> float which(float a) { return a + 1; }
// OUT: {{^}}template <> __host__ __device__ double which<double>(double a) { return a + 2; }
template <> __device__ double which<double>(double a) { return a + 2; }
template <class T> __global__ void fill(T *out) { *out = 0; }
// OUT: {{^}}template <> __global__ void fill<int>(int *out) { *out = 50; }
template <> void fill<int>(int *out) { *out = 50; }

namespace inner {
// OUT: {{^}}__host__ __device__ int later(int a);
int later(int a);
} // namespace inner
__host__ __device__ int inner::later(int a) { return a + 3; }
// OUT: {{^}}__host__ __device__ int both(int a);
__device__ int both(int a);
// OUT: {{^}}__device__ __host__ int both(int a) { return a + 10; }
__host__ int both(int a) { return a + 10; }
__device__ inline int first(int a);
#define INLINE inline
// OUT: {{^}}__device__ INLINE int first(int a) { return a + 30; }
INLINE int first(int a) { return a + 30; }

__global__ void run(int *out) {
  Sum sum(10);
  out[0] = sum.get();
  sum.add(5);
  out[1] = sum.get();
  out[2] = Sum::twice(3);
  out[3] = first(2);
  out[4] = kind(1);
  Box<int> box{6};
  out[5] = box.more();
  out[6] = which(7.f);
  out[7] = which(7.0);
  out[8] = both(3);
}

#ifdef HOST_CALLS
int of_host(int a) { return a + 1; }
__host__ __device__ int calls_host(int a) {
  return of_host(a); // REACHED: execution-spaces.cu:[[#@LINE]]:10: warning: calling a __host__ function ('of_host')
}
struct Owner {
  int *held;
  __host__ __device__ Owner(int start);
  __host__ __device__ ~Owner();
};
__host__ __device__ Owner::Owner(int start) : held(new int(of_host(start))) {}
Owner::~Owner() { delete held; }
#ifdef REACHED
struct Grown {
  int size = 0;
  void grow(int by) { size += of_host(by); }
};
template <class T> __host__ __device__ int grown(T by) {
  Grown g;
  g.grow(by); // REACHED: execution-spaces.cu:[[#@LINE]]:5: warning: calling a __host__ function ('grow')
  return g.size;
}
__global__ void reach(int *out, int way) { *out = way == 0 ? 5 : way == 1 ? calls_host(1) : grown(1); }
#endif
#endif
#ifdef KERNEL
__global__ void late(int *out);
void late(int *out) { *out = 1; } // KERNEL: execution-spaces.cu:[[#@LINE]]:6: error
#endif
#ifdef OVERLOADS
__device__ int side() { return 1; }
__host__ int side() { return 2; }
#endif

// OUT: {{^}}int main() {
main() {
  int *out;
  cudaMallocManaged(&out, 10 * sizeof(int));
  run<<<1, 1>>>(out);
  fill<<<1, 1>>>(out + 9);
  cudaDeviceSynchronize();
  std::printf("device");
  for (int i = 0; i < 10; ++i)
    std::printf(" %d", out[i]);
  Sum sum(10);
  std::printf("\nhost %d %d", sum.get(), both(5));
  std::printf(" %d %d\n", int(Box<float>{5}.more()), int(which(7.f)));
#ifdef HOST_CALLS
  std::printf("calls %d\n", calls_host(2) + *Owner(20).held);
#endif
#ifdef REACHED
  reach<<<1, 1>>>(out, 0);
  std::printf("without %d", cudaDeviceSynchronize() ? -1 : *out);
  reach<<<1, 1>>>(out, 2);
  std::printf(", with %d\n", int(cudaDeviceSynchronize()));
#endif
}
