// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The generators that kernels call.

#ifndef CUPORT_SURFACE_CURAND_KERNEL_H
#define CUPORT_SURFACE_CURAND_KERNEL_H

#include <cuport/device_functions.h>

#if __has_include(<curand.h>)
#include <curand.h>
#endif

#ifdef __cplusplus

struct curandStateXORWOW {
  unsigned int d, v[5];
};
typedef curandStateXORWOW curandStateXORWOW_t;
struct curandStatePhilox4_32_10 {
  unsigned int d, v[5];
};
typedef curandStatePhilox4_32_10 curandStatePhilox4_32_10_t;
struct curandStateMRG32k3a {
  unsigned int d, v[5];
};
typedef curandStateMRG32k3a curandStateMRG32k3a_t;
struct curandStateMtgp32 {
  unsigned int d, v[5];
};
typedef curandStateMtgp32 curandStateMtgp32_t;
struct curandStateSobol32 {
  unsigned int d, v[5];
};
typedef curandStateSobol32 curandStateSobol32_t;
struct curandStateScrambledSobol32 {
  unsigned int d, v[5];
};
typedef curandStateScrambledSobol32 curandStateScrambledSobol32_t;
struct curandStateSobol64 {
  unsigned int d, v[5];
};
typedef curandStateSobol64 curandStateSobol64_t;
struct curandStateScrambledSobol64 {
  unsigned int d, v[5];
};
typedef curandStateScrambledSobol64 curandStateScrambledSobol64_t;
typedef curandStateXORWOW curandState;
typedef curandStateXORWOW curandState_t;

typedef struct curandDiscreteDistribution_st *curandDiscreteDistribution_t;

template <class State>
__device__ void curand_init(unsigned long long seed, unsigned long long sequence,
                            unsigned long long offset, State *state);
template <class Directions, class State>
__device__ void curand_init(Directions *directions, unsigned int offset, State *state);
template <class Directions, class Scramble, class State>
__device__ void curand_init(Directions *directions, Scramble scramble, unsigned long long offset,
                            State *state);
template <class State> __device__ void skipahead(unsigned long long n, State *state);
template <class State> __device__ void skipahead_sequence(unsigned long long n, State *state);
template <class State> __device__ void skipahead_subsequence(unsigned long long n, State *state);

__device__ unsigned long long curand(curandStateSobol64 *state);
__device__ unsigned long long curand(curandStateScrambledSobol64 *state);
template <class State> __device__ unsigned int curand(State *state);
template <class State> __device__ uint4 curand4(State *state);

template <class State> __device__ float curand_uniform(State *state);
template <class State> __device__ float4 curand_uniform4(State *state);
template <class State> __device__ double curand_uniform_double(State *state);
template <class State> __device__ double2 curand_uniform2_double(State *state);
template <class State> __device__ double4 curand_uniform4_double(State *state);
template <class State> __device__ float curand_normal(State *state);
template <class State> __device__ float2 curand_normal2(State *state);
template <class State> __device__ float4 curand_normal4(State *state);
template <class State> __device__ double curand_normal_double(State *state);
template <class State> __device__ double2 curand_normal2_double(State *state);
template <class State> __device__ double4 curand_normal4_double(State *state);
template <class State>
__device__ float curand_log_normal(State *state, float mean, float deviation);
template <class State>
__device__ float2 curand_log_normal2(State *state, float mean, float deviation);
template <class State>
__device__ float4 curand_log_normal4(State *state, float mean, float deviation);
template <class State>
__device__ double curand_log_normal_double(State *state, double mean, double deviation);
template <class State>
__device__ double2 curand_log_normal2_double(State *state, double mean, double deviation);
template <class State>
__device__ double4 curand_log_normal4_double(State *state, double mean, double deviation);
template <class State> __device__ unsigned int curand_poisson(State *state, double lambda);
template <class State> __device__ uint4 curand_poisson4(State *state, double lambda);
template <class State>
__device__ unsigned int curand_discrete(State *state, curandDiscreteDistribution_t distribution);
template <class State>
__device__ uint4 curand_discrete4(State *state, curandDiscreteDistribution_t distribution);

#endif

#endif
