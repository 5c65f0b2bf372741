// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// cuRAND's device functions: Philox4x32-10 (Salmon et al., 2011), XORWOW (Marsaglia, 2003), MRG32k3a (L'Ecuyer, 1999).
// The generators are those of the papers; how a seed and a subsequence choose the state is our own for XORWOW and
// MRG32k3a, so their numbers differ from the card's. Sobol' sequences stand in cuport/sobol.h, MTGP32's interface in cuport/mtgp32.h.
//
//   curand_init(seed, subsequence, offset, &state)   curand(&state) -> 32 bits   uniform, normal, log_normal, poisson

#ifndef CUPORT_CURAND_KERNEL_H
#define CUPORT_CURAND_KERNEL_H

// Code asks by this name whether the header is in.
#define CURAND_KERNEL_H_

#include <cuda_runtime.h>
#include <curand.h>
#ifdef CUPORT_COMPILES_KERNELS
#include <cuport/attributes.h>

/// What Box and Muller's method gives besides the number that was asked for.
struct cuport_second_normal {
  float single;
  double wide;
  bool has_single, has_wide;
};

struct curandStatePhilox4_32_10 {
  uint4 ctr, output;
  uint2 key;
  unsigned STATE; // which of output comes next
  cuport_second_normal second;
};
struct curandStateXORWOW {
  unsigned d, v[5];
  unsigned long long seed, subsequence;
  cuport_second_normal second;
};
struct curandStateMRG32k3a {
  unsigned s1[3], s2[3];
  cuport_second_normal second;
};
typedef curandStatePhilox4_32_10 curandStatePhilox4_32_10_t;
typedef curandStateXORWOW curandStateXORWOW_t;
typedef curandStateMRG32k3a curandStateMRG32k3a_t;
typedef curandStateXORWOW curandState_t;
typedef curandStateXORWOW curandState;

// Philox: ten rounds of two products on a counter of 128 bits.
CUPORT_LONG_HOST_DEVICE uint4 cuport_philox(uint4 counter, uint2 key) {
  for (int round = 0; round < 10; ++round) {
    unsigned long long a = 0xD2511F53ull * counter.x, b = 0xCD9E8D57ull * counter.z;
    counter = uint4{static_cast<unsigned>(b >> 32) ^ counter.y ^ key.x, static_cast<unsigned>(b),
                    static_cast<unsigned>(a >> 32) ^ counter.w ^ key.y, static_cast<unsigned>(a)};
    key.x += 0x9E3779B9, key.y += 0xBB67AE85;
  }
  return counter;
}
/// counter + n, and + n * 2^64.
CUPORT_HOST_DEVICE void cuport_advance(uint4 &counter, unsigned long long n, unsigned long long high = 0) {
  unsigned __int128 value = static_cast<unsigned __int128>(counter.w) << 96 | static_cast<unsigned __int128>(counter.z) << 64 |
                            static_cast<unsigned long long>(counter.y) << 32 | counter.x;
  value += static_cast<unsigned __int128>(high) << 64 | n;
  counter = uint4{static_cast<unsigned>(value), static_cast<unsigned>(value >> 32), static_cast<unsigned>(value >> 64),
                  static_cast<unsigned>(value >> 96)};
}
CUPORT_HOST_DEVICE void skipahead(unsigned long long n, curandStatePhilox4_32_10 *state) {
  state->STATE += static_cast<unsigned>(n & 3);
  cuport_advance(state->ctr, n / 4 + state->STATE / 4);
  state->STATE %= 4;
  state->output = cuport_philox(state->ctr, state->key);
}
CUPORT_HOST_DEVICE void skipahead_sequence(unsigned long long n, curandStatePhilox4_32_10 *state) {
  cuport_advance(state->ctr, 0, n);
  state->output = cuport_philox(state->ctr, state->key);
}
CUPORT_HOST_DEVICE void curand_init(unsigned long long seed, unsigned long long subsequence, unsigned long long offset,
                                    curandStatePhilox4_32_10 *state) {
  *state = curandStatePhilox4_32_10{};
  state->key = uint2{static_cast<unsigned>(seed), static_cast<unsigned>(seed >> 32)};
  cuport_advance(state->ctr, 0, subsequence);
  skipahead(offset, state);
}
CUPORT_HOST_DEVICE uint4 curand4(curandStatePhilox4_32_10 *state) {
  uint4 now = state->output;
  cuport_advance(state->ctr, 1);
  uint4 next = state->output = cuport_philox(state->ctr, state->key);
  switch (state->STATE) {
  case 1: return uint4{now.y, now.z, now.w, next.x};
  case 2: return uint4{now.z, now.w, next.x, next.y};
  case 3: return uint4{now.w, next.x, next.y, next.z};
  default: return now;
  }
}
CUPORT_HOST_DEVICE unsigned curand(curandStatePhilox4_32_10 *state) {
  unsigned result = state->STATE == 0   ? state->output.x
                    : state->STATE == 1 ? state->output.y
                    : state->STATE == 2 ? state->output.z
                                        : state->output.w;
  if (++state->STATE == 4) {
    state->STATE = 0;
    cuport_advance(state->ctr, 1);
    state->output = cuport_philox(state->ctr, state->key);
  }
  return result;
}

/// A step of splitmix64, which spreads seeds over states.
CUPORT_HOST_DEVICE unsigned long long cuport_spread(unsigned long long &state) {
  unsigned long long z = state += 0x9e3779b97f4a7c15ull;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
  return z ^ (z >> 31);
}

// XORWOW: a shift register of 160 bits and a counter. Subsequences begin at states drawn for them.
CUPORT_HOST_DEVICE unsigned curand(curandStateXORWOW *state) {
  unsigned t = state->v[0] ^ (state->v[0] >> 2);
  for (int i = 0; i < 4; ++i)
    state->v[i] = state->v[i + 1];
  state->v[4] = (state->v[4] ^ (state->v[4] << 4)) ^ (t ^ (t << 1));
  state->d += 362437;
  return state->v[4] + state->d;
}
CUPORT_HOST_DEVICE void skipahead(unsigned long long n, curandStateXORWOW *state) {
  for (; n != 0; --n)
    curand(state);
}
CUPORT_HOST_DEVICE void curand_init(unsigned long long seed, unsigned long long subsequence, unsigned long long offset,
                                    curandStateXORWOW *state) {
  *state = curandStateXORWOW{};
  state->seed = seed, state->subsequence = subsequence;
  unsigned long long mix = seed, of_seed = cuport_spread(mix);
  mix = of_seed ^ subsequence * 0xd1342543de82ef95ull;
  for (unsigned &word : state->v)
    word = static_cast<unsigned>(cuport_spread(mix) >> 32) | 1; // never all zero
  state->d = static_cast<unsigned>(cuport_spread(mix));
  skipahead(offset, state);
}
CUPORT_HOST_DEVICE void skipahead_sequence(unsigned long long n, curandStateXORWOW *state) {
  curand_init(state->seed, state->subsequence + n, 0, state);
}

// MRG32k3a: two recurrences modulo primes. A skip multiplies by a power of their matrices.
enum : unsigned long long { CUPORT_MRG_M1 = 4294967087ull, CUPORT_MRG_M2 = 4294944443ull };
struct cuport_mrg_matrix {
  unsigned long long a[3][3];
};
CUPORT_LONG_HOST_DEVICE cuport_mrg_matrix cuport_multiply(const cuport_mrg_matrix &x, const cuport_mrg_matrix &y, unsigned long long m) {
  cuport_mrg_matrix result = {};
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 3; ++j)
      for (int k = 0; k < 3; ++k)
        result.a[i][j] = (result.a[i][j] + x.a[i][k] * y.a[k][j] % m) % m;
  return result;
}
/// state = matrix^(n 2^doublings) state
CUPORT_LONG_HOST_DEVICE void cuport_skip(unsigned *state, cuport_mrg_matrix matrix, unsigned long long m, unsigned long long n, int doublings) {
  for (; doublings != 0; --doublings)
    matrix = cuport_multiply(matrix, matrix, m);
  for (; n != 0; n >>= 1, matrix = cuport_multiply(matrix, matrix, m))
    if (n & 1) {
      unsigned long long sum[3] = {};
      for (int i = 0; i < 3; ++i)
        for (int j = 0; j < 3; ++j)
          sum[i] = (sum[i] + matrix.a[i][j] * state[j] % m) % m;
      for (int i = 0; i < 3; ++i)
        state[i] = static_cast<unsigned>(sum[i]);
    }
}
CUPORT_HOST_DEVICE void cuport_skip(curandStateMRG32k3a *state, unsigned long long n, int doublings) {
  cuport_skip(state->s1, cuport_mrg_matrix{{{0, 1, 0}, {0, 0, 1}, {CUPORT_MRG_M1 - 810728, 1403580, 0}}}, CUPORT_MRG_M1, n, doublings);
  cuport_skip(state->s2, cuport_mrg_matrix{{{0, 1, 0}, {0, 0, 1}, {CUPORT_MRG_M2 - 1370589, 0, 527612}}}, CUPORT_MRG_M2, n, doublings);
}
CUPORT_HOST_DEVICE unsigned curand(curandStateMRG32k3a *state) {
  unsigned long long p1 = (1403580ull * state->s1[1] + (CUPORT_MRG_M1 - 810728) * state->s1[0]) % CUPORT_MRG_M1;
  unsigned long long p2 = (527612ull * state->s2[2] + (CUPORT_MRG_M2 - 1370589) * state->s2[0]) % CUPORT_MRG_M2;
  state->s1[0] = state->s1[1], state->s1[1] = state->s1[2], state->s1[2] = static_cast<unsigned>(p1);
  state->s2[0] = state->s2[1], state->s2[1] = state->s2[2], state->s2[2] = static_cast<unsigned>(p2);
  return static_cast<unsigned>(p1 > p2 ? p1 - p2 : p1 + CUPORT_MRG_M1 - p2); // 1 ... M1
}
CUPORT_HOST_DEVICE void skipahead(unsigned long long n, curandStateMRG32k3a *state) { cuport_skip(state, n, 0); }
CUPORT_HOST_DEVICE void skipahead_subsequence(unsigned long long n, curandStateMRG32k3a *state) { cuport_skip(state, n, 76); }
CUPORT_HOST_DEVICE void skipahead_sequence(unsigned long long n, curandStateMRG32k3a *state) { cuport_skip(state, n, 127); }
CUPORT_HOST_DEVICE void curand_init(unsigned long long seed, unsigned long long subsequence, unsigned long long offset,
                                    curandStateMRG32k3a *state) {
  *state = curandStateMRG32k3a{};
  unsigned long long mix = seed;
  for (int i = 0; i < 3; ++i) {
    state->s1[i] = static_cast<unsigned>(cuport_spread(mix) % (CUPORT_MRG_M1 - 1) + 1);
    state->s2[i] = static_cast<unsigned>(cuport_spread(mix) % (CUPORT_MRG_M2 - 1) + 1);
  }
  skipahead_subsequence(subsequence, state);
  skipahead(offset, state);
}

// Distributions. Uniform numbers lie in (0, 1].
CUPORT_HOST_DEVICE float cuport_unit_float(unsigned x) { return static_cast<float>(x) * 0x1p-32f + 0x1p-33f; }
CUPORT_HOST_DEVICE double cuport_unit_double(unsigned x, unsigned y) {
  return static_cast<double>(x ^ static_cast<unsigned long long>(y) << 21) * 0x1p-53 + 0x1p-54;
}
/// Box and Muller's method: two normal numbers out of two uniform ones.
CUPORT_HOST_DEVICE float2 cuport_normals(unsigned x, unsigned y) {
  float radius = __builtin_sqrtf(-2 * __builtin_logf(cuport_unit_float(x))), angle = 6.283185307f * cuport_unit_float(y);
  return float2{radius * __builtin_sinf(angle), radius * __builtin_cosf(angle)};
}
CUPORT_HOST_DEVICE double2 cuport_normals(double u, double v) {
  double radius = __builtin_sqrt(-2 * __builtin_log(u)), angle = 6.283185307179586477 * v;
  return double2{radius * __builtin_sin(angle), radius * __builtin_cos(angle)};
}
template <class State> CUPORT_MEMBER unsigned cuport_poisson(State *state, double mean);

// libcuport-curand has a generator more, which takes this, too.
#define CUPORT_DISTRIBUTIONS(state_type)                                                                           \
  CUPORT_HOST_DEVICE float curand_uniform(state_type *state) { return cuport_unit_float(curand(state)); }          \
  CUPORT_HOST_DEVICE double curand_uniform_double(state_type *state) {                                             \
    unsigned x = curand(state);                                                                                    \
    return cuport_unit_double(x, curand(state));                                                                   \
  }                                                                                                                \
  CUPORT_HOST_DEVICE float2 curand_normal2(state_type *state) {                                                    \
    unsigned x = curand(state);                                                                                    \
    return cuport_normals(x, curand(state));                                                                       \
  }                                                                                                                \
  CUPORT_HOST_DEVICE double2 curand_normal2_double(state_type *state) {                                            \
    double u = curand_uniform_double(state);                                                                       \
    return cuport_normals(u, curand_uniform_double(state));                                                        \
  }                                                                                                                \
  CUPORT_HOST_DEVICE float curand_normal(state_type *state) {                                                      \
    cuport_second_normal &second = state->second;                                                                  \
    second.has_single = !second.has_single;                                                                        \
    if (!second.has_single)                                                                                        \
      return second.single;                                                                                        \
    float2 both = curand_normal2(state);                                                                           \
    second.single = both.y;                                                                                        \
    return both.x;                                                                                                 \
  }                                                                                                                \
  CUPORT_HOST_DEVICE double curand_normal_double(state_type *state) {                                              \
    cuport_second_normal &second = state->second;                                                                  \
    second.has_wide = !second.has_wide;                                                                            \
    if (!second.has_wide)                                                                                          \
      return second.wide;                                                                                          \
    double2 both = curand_normal2_double(state);                                                                   \
    second.wide = both.y;                                                                                          \
    return both.x;                                                                                                 \
  }                                                                                                                \
  CUPORT_HOST_DEVICE float curand_log_normal(state_type *state, float mean, float deviation) {                     \
    return __builtin_expf(mean + deviation * curand_normal(state));                                                \
  }                                                                                                                \
  CUPORT_HOST_DEVICE double curand_log_normal_double(state_type *state, double mean, double deviation) {           \
    return __builtin_exp(mean + deviation * curand_normal_double(state));                                          \
  }                                                                                                                \
  CUPORT_HOST_DEVICE float2 curand_log_normal2(state_type *state, float mean, float deviation) {                   \
    float2 both = curand_normal2(state);                                                                           \
    return float2{__builtin_expf(mean + deviation * both.x), __builtin_expf(mean + deviation * both.y)};           \
  }                                                                                                                \
  CUPORT_HOST_DEVICE double2 curand_log_normal2_double(state_type *state, double mean, double deviation) {         \
    double2 both = curand_normal2_double(state);                                                                   \
    return double2{__builtin_exp(mean + deviation * both.x), __builtin_exp(mean + deviation * both.y)};            \
  }                                                                                                                \
  CUPORT_HOST_DEVICE unsigned curand_poisson(state_type *state, double mean) { return cuport_poisson(state, mean); }
CUPORT_DISTRIBUTIONS(curandStatePhilox4_32_10)
CUPORT_DISTRIBUTIONS(curandStateXORWOW)
CUPORT_DISTRIBUTIONS(curandStateMRG32k3a)

CUPORT_HOST_DEVICE float4 curand_uniform4(curandStatePhilox4_32_10 *state) {
  uint4 x = curand4(state);
  return float4{cuport_unit_float(x.x), cuport_unit_float(x.y), cuport_unit_float(x.z), cuport_unit_float(x.w)};
}
CUPORT_HOST_DEVICE double2 curand_uniform2_double(curandStatePhilox4_32_10 *state) {
  uint4 x = curand4(state);
  return double2{cuport_unit_double(x.x, x.y), cuport_unit_double(x.z, x.w)};
}
CUPORT_HOST_DEVICE double4 curand_uniform4_double(curandStatePhilox4_32_10 *state) {
  double2 a = curand_uniform2_double(state), b = curand_uniform2_double(state);
  return double4{a.x, a.y, b.x, b.y};
}
CUPORT_HOST_DEVICE float4 curand_normal4(curandStatePhilox4_32_10 *state) {
  uint4 x = curand4(state);
  float2 a = cuport_normals(x.x, x.y), b = cuport_normals(x.z, x.w);
  return float4{a.x, a.y, b.x, b.y};
}
CUPORT_HOST_DEVICE float4 curand_log_normal4(curandStatePhilox4_32_10 *state, float mean, float deviation) {
  float4 x = curand_normal4(state);
  return float4{__builtin_expf(mean + deviation * x.x), __builtin_expf(mean + deviation * x.y),
                __builtin_expf(mean + deviation * x.z), __builtin_expf(mean + deviation * x.w)};
}

CUPORT_HOST_DEVICE double4 curand_normal4_double(curandStatePhilox4_32_10 *state) {
  double2 a = curand_normal2_double(state), b = curand_normal2_double(state);
  return double4{a.x, a.y, b.x, b.y};
}
CUPORT_HOST_DEVICE double4 curand_log_normal4_double(curandStatePhilox4_32_10 *state, double mean, double deviation) {
  double2 a = curand_log_normal2_double(state, mean, deviation), b = curand_log_normal2_double(state, mean, deviation);
  return double4{a.x, a.y, b.x, b.y};
}
CUPORT_HOST_DEVICE uint4 curand_poisson4(curandStatePhilox4_32_10 *state, double mean) {
  unsigned x = curand_poisson(state, mean), y = curand_poisson(state, mean), z = curand_poisson(state, mean);
  return uint4{x, y, z, curand_poisson(state, mean)};
}

/// Small means by Knuth's product of uniform numbers, large ones by Hoermann's transformed rejection (PTRS, 1993).
template <class State> CUPORT_MEMBER unsigned cuport_poisson(State *state, double mean) {
  if (mean < 30) {
    double limit = __builtin_exp(-mean), product = curand_uniform_double(state);
    unsigned events = 0;
    for (; product > limit; ++events)
      product *= curand_uniform_double(state);
    return events;
  }
  double b = 0.931 + 2.53 * __builtin_sqrt(mean), a = -0.059 + 0.02483 * b, r = 0.9277 - 3.6224 / (b - 2);
  for (;;) {
    double u = curand_uniform_double(state) - 0.5, v = curand_uniform_double(state), us = 0.5 - __builtin_fabs(u);
    double k = __builtin_floor((2 * a / us + b) * u + mean + 0.43);
    if (us >= 0.07 && v <= r)
      return static_cast<unsigned>(k);
    if (k < 0 || (us < 0.013 && v > us))
      continue;
    int sign;
    double accept = __builtin_log(v * (1.1239 + 1.1328 / (b - 3.4)) / (a / (us * us) + b));
    if (accept <= k * __builtin_log(mean) - mean - cuport_lgamma(k + 1, &sign))
      return static_cast<unsigned>(k);
  }
}

CUPORT_HOST_DEVICE float cuport_unit_float(unsigned long long x) { return cuport_unit_float(static_cast<unsigned>(x >> 32)); }
CUPORT_HOST_DEVICE double cuport_unit_double(unsigned x) { return x * 0x1p-32 + 0x1p-33; }
CUPORT_HOST_DEVICE double cuport_unit_double(unsigned long long x) { return static_cast<double>(x >> 11) * 0x1p-53 + 0x1p-54; }

/// The least k for which a number of Poisson's is at most k with the probability \p u. What lies 9 deviations below the mean adds
/// nothing.
CUPORT_LONG_HOST_DEVICE unsigned cuport_poisson_at(double mean, double u) {
  double k = __builtin_floor(__builtin_fmax(0, mean - 9 * __builtin_sqrt(mean)));
  int sign;
  double term = __builtin_exp(k * __builtin_log(mean) - mean - cuport_lgamma(k + 1, &sign)), sum = term;
  while (sum < u && (k < mean || term > 0x1p-60)) {
    term *= mean / ++k;
    sum += term;
  }
  return static_cast<unsigned>(k);
}

/// Distributions of which each number takes one number of the state, by the inverse of the distribution's function.
#define CUPORT_BY_INVERSE(where, state_type)                                                                                    \
  where float curand_uniform(state_type *state) { return cuport_unit_float(curand(state)); }                                    \
  where double curand_uniform_double(state_type *state) { return cuport_unit_double(curand(state)); }                           \
  where float curand_normal(state_type *state) { return normcdfinvf(curand_uniform(state)); }                                   \
  where double curand_normal_double(state_type *state) { return normcdfinv(curand_uniform_double(state)); }                     \
  where float curand_log_normal(state_type *state, float mean, float deviation) {                                               \
    return __builtin_expf(mean + deviation * curand_normal(state));                                                             \
  }                                                                                                                             \
  where double curand_log_normal_double(state_type *state, double mean, double deviation) {                                     \
    return __builtin_exp(mean + deviation * curand_normal_double(state));                                                       \
  }                                                                                                                             \
  where unsigned curand_poisson(state_type *state, double mean) {                                                               \
    return cuport_poisson_at(mean, curand_uniform_double(state));                                                               \
  }

/// Made by curandCreatePoissonDistribution, in device memory.
struct curandDiscreteDistribution_st {
  double mean;
};
template <class State> CUPORT_MEMBER unsigned curand_discrete(State *state, curandDiscreteDistribution_t distribution) {
  return curand_poisson(state, distribution->mean);
}
CUPORT_HOST_DEVICE uint4 curand_discrete4(curandStatePhilox4_32_10 *state, curandDiscreteDistribution_t distribution) {
  return curand_poisson4(state, distribution->mean);
}

#include <cuport/mtgp32.h>
#include <cuport/sobol.h>
#undef CUPORT_BY_INVERSE
#endif

#endif
