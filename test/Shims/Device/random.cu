// cuRAND's device functions: known answers of the papers' generators, subsequences and skips that agree with steps, and
// moments of the distributions.
// RUN: %device-half %s -I %S/Inputs -c -o %t.o
// RUN: %clangxx %S/Inputs/one_thread.cpp %t.o -lm -o %t
// RUN: %t | FileCheck %s
// CHECK: {{^[1-9][0-9]* checked, 0 wrong}}

#include "check.h"
#include <curand_kernel.h>

template <class Number> __device__ void moments(long *checked, long *wrong, const char *name, double mean, double variance, Number number) {
  const int count = 20000;
  double sum = 0, squares = 0;
  for (int i = 0; i < count; ++i) {
    double x = number();
    sum += x, squares += x * x;
  }
  double m = sum / count, v = squares / count - m * m;
  CHECK(fabs(m - mean) < 5 * sqrt(variance / count) && fabs(v / variance - 1) < 0.1, "%s: mean %g, variance %g", name, m, v);
}

template <class State> __device__ void generator(long *checked, long *wrong) {
  State a, b, c;
  curand_init(5, 1, 0, &a);
  curand_init(5, 1, 1003, &b);
  curand_init(5, 0, 0, &c);
  skipahead_sequence(0, &c);
  for (int i = 0; i < 1003; ++i)
    curand(&a);
  int same = 0, other = 0;
  State d = a;
  skipahead(7, &d);
  for (int i = 0; i < 100; ++i) {
    unsigned x = curand(&a);
    same += x == curand(&b), other += x == curand(&c);
    if (i >= 7)
      CHECK(x == curand(&d), "skip");
  }
  CHECK(same == 100 && other < 3, "offset, subsequence");
  moments(checked, wrong, "uniform", 0.5, 1 / 12.0, [&] { return curand_uniform(&a); });
  moments(checked, wrong, "uniform_double", 0.5, 1 / 12.0, [&] { return curand_uniform_double(&a); });
  moments(checked, wrong, "normal", 0, 1, [&] { return curand_normal(&a); });
  moments(checked, wrong, "normal_double", 0, 1, [&] { return curand_normal_double(&a); });
  moments(checked, wrong, "log_normal", exp(0.125), (exp(0.25) - 1) * exp(0.25), [&] { return curand_log_normal(&a, 0, 0.5f); });
  moments(checked, wrong, "small poisson", 4, 4, [&] { return curand_poisson(&a, 4); });
  moments(checked, wrong, "large poisson", 250, 250, [&] { return curand_poisson(&a, 250); });
}

/// Sobol' sequences with van der Corput's direction numbers: point i has the bits of Gray's code of i, turned round.
template <class Plain, class Scrambled, class Word> __device__ void sobol(long *checked, long *wrong) {
  const int bits = 8 * sizeof(Word);
  Word directions[bits];
  for (int k = 0; k < bits; ++k)
    directions[k] = Word(1) << (bits - 1 - k);
  Plain plain, later;
  Scrambled scrambled;
  curand_init(directions, Word(0), &plain);
  curand_init(directions, Word(90), &later);
  curand_init(directions, Word(0x1234567), Word(0), &scrambled);
  for (unsigned i = 0; i < 100; ++i) {
    Word expected = 0;
    for (int k = 0; k < bits; ++k)
      expected |= Word((i ^ i >> 1) >> k & (k < 32)) << (bits - 1 - k);
    CHECK(curand(&plain) == expected, "point %u", i);
    CHECK(curand(&scrambled) == (expected ^ 0x1234567), "scrambled point %u", i);
    if (i >= 90)
      CHECK(curand(&later) == expected, "point %u from an offset", i);
  }
  skipahead(Word(-4), &later); // from 100 to 96
  CHECK(curand(&later) == Word(5) << (bits - 7), "a skip to 96, whose code is 1010000");
  curand_init(directions, Word(0), &plain);
  moments(checked, wrong, "uniform", 0.5, 1 / 12.0, [&] { return curand_uniform(&plain); });
  moments(checked, wrong, "normal", 0, 1, [&] { return curand_normal(&plain); });
  moments(checked, wrong, "normal_double", 0, 1, [&] { return curand_normal_double(&plain); });
  moments(checked, wrong, "uniform_double", 0.5, 1 / 12.0, [&] { return curand_uniform_double(&scrambled); });
  moments(checked, wrong, "log_normal", exp(0.125), (exp(0.25) - 1) * exp(0.25), [&] { return curand_log_normal(&plain, 0, 0.5f); });
  moments(checked, wrong, "log_normal_double", exp(0.125), (exp(0.25) - 1) * exp(0.25), [&] { return curand_log_normal_double(&plain, 0, 0.5); });
  moments(checked, wrong, "small poisson", 4, 4, [&] { return curand_poisson(&plain, 4); });
  moments(checked, wrong, "large poisson", 2500, 2500, [&] { return curand_poisson(&scrambled, 2500); });
}

extern "C" __global__ void check(long *checked, long *wrong) {
  generator<curandStatePhilox4_32_10_t>(checked, wrong);
  generator<curandState>(checked, wrong);
  generator<curandStateMRG32k3a>(checked, wrong);
  sobol<curandStateSobol32, curandStateScrambledSobol32, unsigned>(checked, wrong);
  sobol<curandStateSobol64_t, curandStateScrambledSobol64_t, unsigned long long>(checked, wrong);

  // Random123's published vectors of Philox4x32-10.
  uint4 zero = cuport_philox(uint4{0, 0, 0, 0}, uint2{0, 0});
  CHECK(zero.x == 0x6627e8d5 && zero.y == 0xe169c58d && zero.z == 0xbc57ac4c && zero.w == 0x9b00dbd8, "Philox of zeros");
  uint4 ones = cuport_philox(uint4{~0u, ~0u, ~0u, ~0u}, uint2{~0u, ~0u});
  CHECK(ones.x == 0x408f276d && ones.y == 0x41c83b0e && ones.z == 0xa20bc7c6 && ones.w == 0x6d5451fd, "Philox of ones");
  curandStatePhilox4_32_10_t philox;
  curand_init(0, 0, 0, &philox);
  CHECK(curand(&philox) == zero.x && curand(&philox) == zero.y, "Philox in order");
  uint4 four = curand4(&philox);
  CHECK(four.x == zero.z && four.y == zero.w, "four across a counter");
  curand_init(9, 3, 0, &philox);
  uint4 third = cuport_philox(uint4{0, 0, 3, 0}, uint2{9, 0});
  CHECK(curand(&philox) == third.x, "a subsequence is the counter's high half");
  // Four at a time are those of two by two.
  curandStatePhilox4_32_10_t pairs = philox;
  double2 low = curand_uniform2_double(&pairs), high = curand_uniform2_double(&pairs);
  double4 doubles = curand_uniform4_double(&philox);
  CHECK(doubles.x == low.x && doubles.y == low.y && doubles.z == high.x && doubles.w == high.y, "four doubles");
  pairs = philox;
  double2 normals = curand_normal2_double(&pairs);
  double4 four_normals = curand_normal4_double(&philox);
  CHECK(four_normals.x == normals.x && four_normals.y == normals.y, "four normal doubles");
  double sum = 0, squares = 0;
  for (int i = 0; i < 5000; ++i) {
    uint4 x = curand_poisson4(&philox, 4);
    sum += x.x + x.y + x.z + x.w, squares += x.x * x.x + x.y * x.y + x.z * x.z + x.w * x.w;
  }
  CHECK(fabs(sum / 20000 - 4) < 0.08 && fabs(squares / 20000 - 20) < 0.8, "four of Poisson's");
  // L'Ecuyer's RngStreams: begun at 12345, the first uniform number is 0.127011122046577.
  curandStateMRG32k3a mrg{{12345, 12345, 12345}, {12345, 12345, 12345}, {}};
  CHECK(fabs(curand(&mrg) / 4294967088.0 - 0.127011122046577) < 1e-12 && fabs(curand(&mrg) / 4294967088.0 - 0.318527565396784) < 1e-12, "MRG32k3a");
  // Marsaglia's xorwow from his own begin, by his formula.
  curandStateXORWOW wow{6615241, {123456789, 362436069, 521288629, 88675123, 5783321}, 0, 0, {}};
  unsigned x = 123456789, v = 5783321, t = x ^ (x >> 2);
  v = (v ^ (v << 4)) ^ (t ^ (t << 1));
  CHECK(curand(&wow) == v + 6615241 + 362437, "xorwow");
}
