// cuRAND's device functions in a user's program, with direction numbers of the library; and the same translated, with hipRAND's.
// RUN: %cuport-cc -O1 %s -lcurand -o %t
// RUN: %t | FileCheck %s
// RUN: %cuport translate %s -o %t.hip > /dev/null || test $? = 1
// RUN: FileCheck %s --check-prefix=HIP < %t.hip/curand-kernels.cu
// RUN: %cuport-cc -O1 -x hip %t.hip/curand-kernels.cu -lhiprand -o %t.program
// RUN: %t.program | FileCheck %s
// HIP: #include <hiprand/hiprand_kernel.h>
// HIP: hiprand_init(vectors[1]
// CHECK: Sobol's: 0.000 0.500 0.250 0.750 0.375 0.875 0.125 0.625
// CHECK-NEXT: others: in range

#include <cstdio>
#include <cuda_runtime.h>
#include <curand.h>
#include <curand_kernel.h>

__global__ void points(curandDirectionVectors32_t *vectors, float *out) {
  curandStateSobol32 state;
  curand_init(vectors[1], threadIdx.x, &state);
  out[threadIdx.x] = curand_uniform(&state);
}

template <class State> __global__ void begin(State *states) { curand_init(1234ULL, threadIdx.x, 0, &states[threadIdx.x]); }

template <class State> __global__ void sums(State *states, float *out) {
  State state = states[threadIdx.x];
  float sum = 0;
  for (int i = 0; i < 1000; ++i)
    sum += curand_uniform(&state) + curand_normal(&state);
  float2 two = curand_normal2(&state);
  states[threadIdx.x] = state;
  out[threadIdx.x] = sum + 0 * two.x;
}

template <class State> bool inRange() {
  State *states;
  float *out, sum = 0;
  cudaMalloc((void **)&states, 64 * sizeof(State));
  cudaMallocManaged((void **)&out, 64 * sizeof(float));
  begin<<<1, 64>>>(states);
  sums<<<1, 64>>>(states, out);
  cudaDeviceSynchronize();
  for (int i = 0; i < 64; ++i)
    sum += out[i];
  return sum > 31000 && sum < 33000; // 64000 times 1/2, of a deviation of 263
}

int main() {
  curandDirectionVectors32_t *host, *vectors;
  float *out;
  curandGetDirectionVectors32(&host, CURAND_DIRECTION_VECTORS_32_JOEKUO6);
  cudaMalloc((void **)&vectors, 2 * sizeof(curandDirectionVectors32_t));
  cudaMemcpy(vectors, host, 2 * sizeof(curandDirectionVectors32_t), cudaMemcpyHostToDevice);
  cudaMallocManaged((void **)&out, 8 * sizeof(float));
  points<<<1, 8>>>(vectors, out);
  cudaDeviceSynchronize();
  printf("Sobol's:");
  for (int i = 0; i < 8; ++i)
    printf(" %.3f", out[i]);
  bool all = inRange<curandState>() && inRange<curandStatePhilox4_32_10_t>() && inRange<curandStateMRG32k3a_t>();
  printf("\nothers: %s\n", all ? "in range" : "out of range");
}
