// Thrust and CUB in a namespace of the program's own, as their macros have it: rocThrust heeds them, hipCUB has none.
// RUN: not %cuport translate %s -o %t -- -DTHRUST_CUB_WRAPPED_NAMESPACE=mine 2>%t.err
// RUN: %strip %t/wrapped-namespace.cu | FileCheck %s
// RUN: FileCheck %s --input-file=%t.err --check-prefix=SAID --implicit-check-not=warning:
// SAID: warning: namespace 'thrust' is the same in HIP; the project adds to it here [namespace-name]
// Without a compile command the build files say so.
// RUN: rm -rf %t.in && mkdir %t.in && cp %s %t.in && echo 'add_definitions(-DTHRUST_CUB_WRAPPED_NAMESPACE=mine)' > %t.in/CMakeLists.txt
// RUN: not %cuport translate %t.in -o %t.built
// RUN: %strip %t.built/wrapped-namespace.cu | FileCheck %s
// As PyTorch does it.
// RUN: not %cuport translate %s -o %t.torch -- -DTORCH
// RUN: %strip %t.torch/wrapped-namespace.cu | FileCheck %s

#ifdef TORCH
#define CUB_NS_PREFIX namespace mine {
#define CUB_NS_POSTFIX }
#define CUB_NS_QUALIFIER ::mine::cub
#define THRUST_WRAPPED_NAMESPACE mine
#endif
#include <cub/cub.cuh>
#include <thrust/device_vector.h>
#include <thrust/sort.h>

__global__ void outside(int *p) {
  // CHECK: using Reduce = ::hipcub::BlockReduce<int, 128>;
  using Reduce = mine::cub::BlockReduce<int, 128>;
  __shared__ typename Reduce::TempStorage memory;
  p[0] = Reduce(memory).Sum(p[threadIdx.x]);
}
namespace mine {
namespace thrust {
using Number = int;
}
// CHECK: void sorted(thrust::device_vector<thrust::Number> &v) { ::mine::thrust::sort(v.begin(), v.end()); }
void sorted(thrust::device_vector<thrust::Number> &v) { ::mine::thrust::sort(v.begin(), v.end()); }
// CHECK: size_t reduced(void *t, size_t n, int *in) {
size_t reduced(void *t, size_t n, int *in) {
  // CHECK: hipcub::DeviceReduce::Sum(t, n, in, in, 8);
  cub::DeviceReduce::Sum(t, n, in, in, 8);
  // CHECK: return ::hipcub::Min()(n, n);
  return ::mine::cub::Min()(n, n);
}
} // namespace mine
