// NVIDIA's own libcu++, brought along: what it has of cuda:: is not declared again, and its questions about lambdas have answers.
// RUN: rm -rf %t && split-file %s %t
// RUN: %cuport-cc -std=c++17 --extended-lambda -I%t/cccl -fsyntax-only %t/main.cu

//--- main.cu
#include <cooperative_groups.h>
#include <cooperative_groups/memcpy_async.h>
#include <cuda/__barrier/aligned_size.h>

static_assert(cuda::aligned_size_t<16>::isNvidias);
template <class F> constexpr bool hasKnownResult(F) {
  return !__nv_is_extended_device_lambda_closure_type(F) || __nv_is_extended_host_device_lambda_closure_type(F) ||
         __nv_is_extended_device_lambda_with_preserved_return_type(F);
}
static_assert(hasKnownResult([] __device__(int x) { return x; }));
__global__ void copy(int *to, const int *from) {
  __shared__ int s[32];
  auto block = cooperative_groups::this_thread_block();
  cooperative_groups::memcpy_async(block, s, from, cuda::aligned_size_t<16>(sizeof(s)));
  cooperative_groups::wait(block);
  to[threadIdx.x] = s[threadIdx.x];
}
//--- cccl/cuda/__barrier/aligned_size.h
#pragma once
namespace cuda {
inline namespace __4 {
template <unsigned long Alignment> struct aligned_size_t {
  static constexpr bool isNvidias = true;
  static constexpr unsigned long align = Alignment;
  unsigned long value;
  __host__ __device__ explicit constexpr aligned_size_t(unsigned long size) : value(size) {}
  __host__ __device__ constexpr operator unsigned long() const { return value; }
};
} // namespace __4
} // namespace cuda
