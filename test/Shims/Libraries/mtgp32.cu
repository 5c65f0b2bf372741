// MTGP32's interface: all threads of a block draw from one state, no number comes twice, moments; Poisson's numbers by a distribution that
// the host makes. The same translated.
// RUN: %cuport-cc -O1 %s -lcurand -o %t
// RUN: %t | FileCheck %s
// RUN: env CUPORT_MODE=thread %t | FileCheck %s
// RUN: %cuport translate %s -o %t.hip > /dev/null || test $? = 1
// RUN: FileCheck %s --check-prefix=HIP < %t.hip/mtgp32.cu
// RUN: %cuport-cc -O1 -x hip %t.hip/mtgp32.cu -lhiprand -o %t.program
// RUN: %t.program | FileCheck %s
// HIP: #include <hiprand/hiprand_mtgp32_host.h>
// HIP: hiprandMakeMTGP32KernelState(states, mtgp32dc_params_fast_11213, constants, 3, 4321)
// CHECK: 61440 numbers, 61440 different
// CHECK-NEXT: mean 0.50, of normal numbers 0.0, of their squares 1.0
// CHECK-NEXT: Poisson: 6.0 and 6.0

#include <cmath>
#include <cstdio>
#include <cuda_runtime.h>
#include <curand_kernel.h>
#include <curand_mtgp32_host.h>
#include <set>

enum { blocks = 3, threads = 256, each = 80, all = blocks * threads * each };

__global__ void draw(curandStateMtgp32 *states, unsigned *bits, float *uniform, float *normal, unsigned *counts) {
  for (int i = 0; i < each; ++i) {
    int at = (blockIdx.x * each + i) * threads + threadIdx.x;
    bits[at] = curand(&states[blockIdx.x]);
    uniform[at] = curand_uniform(&states[blockIdx.x]);
    normal[at] = curand_normal(&states[blockIdx.x]);
    counts[at] = curand_poisson(&states[blockIdx.x], 6);
  }
}

__global__ void discrete(curandDiscreteDistribution_t distribution, unsigned *counts) {
  curandStatePhilox4_32_10_t state;
  curand_init(7, blockIdx.x * threads + threadIdx.x, 0, &state);
  for (int i = 0; i < each; ++i)
    counts[(blockIdx.x * each + i) * threads + threadIdx.x] = curand_discrete(&state, distribution);
}

template <class T> T *managed() {
  T *memory;
  cudaMallocManaged((void **)&memory, all * sizeof(T));
  return memory;
}

template <class T> double mean(const T *values) {
  double sum = 0;
  for (int i = 0; i < all; ++i)
    sum += values[i];
  return sum / all;
}

int main() {
  curandStateMtgp32 *states;
  mtgp32_kernel_params *constants;
  cudaMalloc((void **)&states, blocks * sizeof(curandStateMtgp32));
  cudaMalloc((void **)&constants, sizeof(mtgp32_kernel_params));
  if (curandMakeMTGP32Constants(mtgp32dc_params_fast_11213, constants) != CURAND_STATUS_SUCCESS ||
      curandMakeMTGP32KernelState(states, mtgp32dc_params_fast_11213, constants, 3, 4321) != CURAND_STATUS_SUCCESS)
    return 1;
  unsigned *bits = managed<unsigned>(), *counts = managed<unsigned>();
  float *uniform = managed<float>(), *normal = managed<float>();
  draw<<<blocks, threads>>>(states, bits, uniform, normal, counts);
  cudaDeviceSynchronize();
  // Of 61440 draws of 32 bits, some 0.4 pairs would be equal by chance; the seed has none.
  printf("%d numbers, %zu different\n", all, std::set<unsigned>(bits, bits + all).size());
  double squares = 0;
  for (int i = 0; i < all; ++i)
    squares += normal[i] * normal[i] / all;
  printf("mean %.2f, of normal numbers %.1f, of their squares %.1f\n", mean(uniform), std::fabs(mean(normal)), squares);
  curandDiscreteDistribution_t distribution;
  curandCreatePoissonDistribution(6, &distribution);
  double sequence = mean(counts);
  discrete<<<blocks, threads>>>(distribution, counts);
  cudaDeviceSynchronize();
  printf("Poisson: %.1f and %.1f\n", sequence, mean(counts));
  return curandDestroyDistribution(distribution) != CURAND_STATUS_SUCCESS;
}
