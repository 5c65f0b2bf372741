// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The frame of the program that ptx_proof.py writes: names of HIP's for CUDA, values, comparison.

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <cuda_fp16.h>
#include <cuda_runtime.h>
#include <type_traits>
#include <vector>

#include "cuport/warp.h"

#ifndef __clang__
// What the replacements use of HIP and of clang, in CUDA.
static __device__ unsigned __lane_id() {
  unsigned lane;
  asm("mov.u32 %0, %%laneid;" : "=r"(lane));
  return lane;
}
static __device__ unsigned __builtin_addc(unsigned a, unsigned b, unsigned carry, unsigned *out) {
  unsigned long long sum = (unsigned long long)a + b + carry;
  *out = (unsigned)(sum >> 32);
  return (unsigned)sum;
}
static __device__ unsigned __builtin_subc(unsigned a, unsigned b, unsigned borrow, unsigned *out) {
  unsigned long long difference = (unsigned long long)a - b - borrow;
  *out = (unsigned)(difference >> 32) & 1;
  return (unsigned)difference;
}
static __device__ unsigned long long __builtin_addcll(unsigned long long a, unsigned long long b, unsigned long long carry,
                                                      unsigned long long *out) {
  unsigned long long part = a + b, sum = part + carry;
  *out = (part < a) | (sum < part);
  return sum;
}
static __device__ unsigned long long __builtin_subcll(unsigned long long a, unsigned long long b, unsigned long long borrow,
                                                      unsigned long long *out) {
  unsigned long long part = a - b, difference = part - borrow;
  *out = (a < b) | (part < borrow);
  return difference;
}
#define __HIP_MEMORY_SCOPE_WORKGROUP __NV_THREAD_SCOPE_BLOCK
#define __HIP_MEMORY_SCOPE_AGENT __NV_THREAD_SCOPE_DEVICE
#define __HIP_MEMORY_SCOPE_SYSTEM __NV_THREAD_SCOPE_SYSTEM
static_assert(__NV_ATOMIC_RELAXED == __ATOMIC_RELAXED && __NV_ATOMIC_ACQUIRE == __ATOMIC_ACQUIRE && __NV_ATOMIC_RELEASE == __ATOMIC_RELEASE);
// CUDA's functions that return a value are for integers only; order and scope have to stay constants.
#define __hip_atomic_load(pointer, order, scope)                                                                                 \
  ([&] {                                                                                                                         \
    std::remove_cv_t<std::remove_pointer_t<decltype(pointer)>> value;                                                            \
    __nv_atomic_load(pointer, &value, order, scope);                                                                             \
    return value;                                                                                                                \
  }())
#define __hip_atomic_store(pointer, what, order, scope)                                                                          \
  ([&] {                                                                                                                         \
    std::remove_pointer_t<decltype(pointer)> value = what;                                                                       \
    __nv_atomic_store(pointer, &value, order, scope);                                                                            \
  }())
#elif !defined(__HIP_DEVICE_COMPILE__) || defined(__CUDACC__)
static __device__ unsigned __lane_id() { return threadIdx.x % 32; }
#endif

// A result as bits; each NaN is one, for PTX does not say which it gives.
static __device__ unsigned long long bits(unsigned long long value) { return value; }
static __device__ unsigned long long bits(float value) { return value != value ? 0x7fffffff : __float_as_uint(value); }
static __device__ unsigned long long bits(double value) {
  return value != value ? 0x7fffffffffffffffull : (unsigned long long)__double_as_longlong(value);
}
static __device__ unsigned long long bits(unsigned value) { return value; }
static __device__ unsigned long long bits(unsigned short value) { return value; }

static __device__ unsigned divisor32(unsigned long long value) { return (unsigned)value + 1 < 2 ? 3 : (unsigned)value; }
static __device__ unsigned long long divisor64(unsigned long long value) { return value + 1 < 2 ? 3 : value; }

constexpr int Threads = 64, Blocks = 64, Samples = Threads * Blocks, Inputs = 8, Results = 4, Words = 16;

using Form = void (*)(const unsigned long long *, unsigned long long *, unsigned long long *);

using Kernel = void (*)(const unsigned long long *, unsigned long long *, unsigned long long *, int);

static __device__ void evaluateForm(Form form, const unsigned long long *inputs, unsigned long long *results, unsigned long long *memory) {
  const int thread = blockIdx.x * Threads + threadIdx.x;
  unsigned long long *own = memory + Words * thread, *out = results + (Results + Words) * thread;
  for (int n = 0; n < Words; ++n)
    own[n] = inputs[Inputs * thread + (n + 3) % Inputs];
  for (int n = 0; n < Results; ++n)
    out[n] = 0;
  form(inputs + Inputs * thread, out, own);
  for (int n = 0; n < Words; ++n)
    out[Results + n] = own[n];
}

/// A kernel for one form; those for a table of forms are in the written part.
template <Form F>
__global__ void evaluate(const unsigned long long *inputs, unsigned long long *results, unsigned long long *memory, int) {
  evaluateForm(F, inputs, results, memory);
}
class Proof {
public:
  Proof();
  void run(const char *text, Kernel original, Kernel rewritten, int index) {
    compare(text, resultsOf(original, index), resultsOf(rewritten, index));
  }
  int end() const {
    std::printf("%d forms are the same, %d differ\n", same, different);
    return different != 0;
  }

private:
  unsigned long long random() {
    state ^= state << 13, state ^= state >> 7, state ^= state << 17;
    return state;
  }
  unsigned long long value();
  std::vector<unsigned long long> resultsOf(Kernel kernel, int index);
  void compare(const char *text, const std::vector<unsigned long long> &expected, const std::vector<unsigned long long> &got);

  unsigned long long state = 88172645463325252ull;
  std::vector<unsigned long long> inputs;
  unsigned long long *deviceInputs = nullptr, *results = nullptr, *memory = nullptr;
  int same = 0, different = 0;
};

static unsigned bitsOf(float value) {
  unsigned bits;
  std::memcpy(&bits, &value, sizeof bits);
  return bits;
}
static unsigned long long bitsOf(double value) {
  unsigned long long bits;
  std::memcpy(&bits, &value, sizeof bits);
  return bits;
}

inline unsigned long long Proof::value() {
  static const unsigned edges[] = {0, 1, 2, 3, 7, 15, 16, 30, 31, 32, 33, 63, 64, 65, 100, 127, 128, 255, 256, 257, 0x7fff, 0x8000, 0xffff, 0x10000,
                                   0x7fffff, 0x800000, 0xffffff, 0x7ffffffe, 0x7fffffff, 0x80000000, 0x80000001, 0xfffffffe, 0xffffffff};
  static const double numbers[] = {0.0, -0.0, 0.25, 0.5, -0.5, 1.0, -1.0, 1.5, -1.5, 2.0, 2.5, 3.5, -2.5, 127.5, 255.5, 1e-40, -1e-310, 65504.0, 65520.0, 5.9e-8,
                                   2147483520.0, 2147483647.0, 2147483648.0, -2147483648.0, -2147483904.0, 4294967040.0, 4294967295.5, 4294967296.0,
                                   9223371487098961920.0, 9223372036854775808.0, -9223372036854775808.0, 18446742974197923840.0, 18446744073709551616.0,
                                   1e20, -1e20, 1e300, __builtin_inf(), -__builtin_inf(), __builtin_nan("")};
  constexpr int EdgeCount = sizeof edges / sizeof edges[0], NumberCount = sizeof numbers / sizeof numbers[0];
  switch (random() % 8) {
  case 0:
  case 1:
    return edges[random() % EdgeCount];
  case 2:
    return (unsigned long long)edges[random() % EdgeCount] << 32 | edges[random() % EdgeCount];
  case 3:
    return bitsOf((float)numbers[random() % NumberCount]);
  case 4:
    return bitsOf(numbers[random() % NumberCount]);
  case 5:
    return bitsOf((float)((double)(long long)random() * 0x1p-40));
  case 6:
    return bitsOf((double)(long long)random() * 0x1p-24);
  default:
    return random();
  }
}

inline Proof::Proof() : inputs(Samples * Inputs) {
  for (unsigned long long &input : inputs)
    input = value();
  cudaMalloc((void **)&deviceInputs, inputs.size() * sizeof inputs[0]);
  cudaMalloc((void **)&results, sizeof(unsigned long long) * Samples * (Results + Words));
  cudaMalloc((void **)&memory, sizeof(unsigned long long) * Samples * Words);
  cudaMemcpy(deviceInputs, inputs.data(), inputs.size() * sizeof inputs[0], cudaMemcpyHostToDevice);
}

inline std::vector<unsigned long long> Proof::resultsOf(Kernel kernel, int index) {
  std::vector<unsigned long long> values(Samples * (Results + Words));
  kernel<<<Blocks, Threads>>>(deviceInputs, results, memory, index);
  cudaMemcpy(values.data(), results, values.size() * sizeof values[0], cudaMemcpyDeviceToHost);
  if (cudaError_t error = cudaGetLastError()) {
    std::printf("the kernel failed: %s\n", cudaGetErrorString(error));
    std::exit(2);
  }
  return values;
}

inline void Proof::compare(const char *text, const std::vector<unsigned long long> &expected, const std::vector<unsigned long long> &got) {
  for (size_t n = 0; n < expected.size(); ++n)
    if (expected[n] != got[n]) {
      const size_t sample = n / (Results + Words);
      std::printf("differs: %s result %d, thread %d: %llx, rewritten %llx; of", text, (int)(n % (Results + Words)), (int)sample, expected[n], got[n]);
      for (int i = 0; i < 4; ++i)
        std::printf(" %llx", inputs[sample * Inputs + i]);
      std::printf("\n");
      ++different;
      return;
    }
  std::printf("ok: %s\n", text);
  ++same;
}

