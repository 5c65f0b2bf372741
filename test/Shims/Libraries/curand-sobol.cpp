// cuRAND's and hipRAND's Sobol' sequences: direction numbers as those of a run of cuRAND 10.4 (its functions of the host, CUDA 13), points
// and distributions in its order, evenness of each dimension.
// RUN: %clangxx %s -D__HIP_PLATFORM_AMD__ %library-program -lcuport-curand -o %t
// RUN: %t 2>&1 | FileCheck %s
// RUN: env CUPORT_SEPARATE=1 %t 2>&1 | FileCheck %s
// CHECK: cuport: more than 1024 dimensions of a Sobol' sequence is not supported
// CHECK-NEXT: all as it should be

#include "blas.h"

#include <curand.h>
#include <hiprand/hiprand.h>

#include <cstdint>

static const unsigned dimensions = 1024;

template <class Word, size_t bits> static uint64_t hash(Word (*vectors)[bits]) {
  uint64_t value = 0xcbf29ce484222325;
  for (unsigned dimension = 0; dimension < dimensions; ++dimension)
    for (Word word : vectors[dimension])
      value = (value ^ word) * 0x100000001b3;
  return value;
}

static void directions() {
  curandDirectionVectors32_t *narrow;
  OK(curandGetDirectionVectors32(&narrow, CURAND_DIRECTION_VECTORS_32_JOEKUO6));
  CHECK(narrow[0][31] == 1 && narrow[1][1] == 0xc0000000 && narrow[10][10] == 0x7fa00000 && narrow[999][30] == 0x1af0b29e);
  CHECK(hash(narrow) == 0x5d99a30ed23555b3);
  curandDirectionVectors64_t *wide;
  OK(curandGetDirectionVectors64(&wide, CURAND_DIRECTION_VECTORS_64_JOEKUO6));
  CHECK(wide[1][63] == ~0ull && wide[1023][63] == 0x7474636b82ff147d);
  CHECK(hash(wide) == 0xdb0f2c44b958f34d);
  IS(curandGetDirectionVectors32(&narrow, CURAND_DIRECTION_VECTORS_64_JOEKUO6), CURAND_STATUS_OUT_OF_RANGE);
  IS(curandGetDirectionVectors64(nullptr, CURAND_DIRECTION_VECTORS_64_JOEKUO6), CURAND_STATUS_OUT_OF_RANGE);
  hiprandDirectionVectors32_t *same;
  IS(hiprandGetDirectionVectors32(&same, HIPRAND_DIRECTION_VECTORS_32_JOEKUO6), HIPRAND_STATUS_SUCCESS);
  CHECK(same[5][7] == narrow[5][7]);
}

static curandGenerator_t make(curandRngType_t type, unsigned count) {
  curandGenerator_t generator;
  OK(curandCreateGenerator(&generator, type));
  OK(curandSetGeneratorOrdering(generator, CURAND_ORDERING_QUASI_DEFAULT));
  OK(curandSetQuasiRandomGeneratorDimensions(generator, count));
  return generator;
}

/// As cuRAND's: all points of the first dimension, then of the second; the next call goes on.
static void order() {
  curandGenerator_t generator = make(CURAND_RNG_QUASI_DEFAULT, 3);
  Array<unsigned> bits(12);
  OK(curandGenerate(generator, bits, 12));
  CHECK(bits.host() == (std::vector<unsigned>{0, 0x80000000, 0xc0000000, 0x40000000, 0, 0x80000000, 0x40000000, 0xc0000000, 0,
                                              0x80000000, 0x40000000, 0xc0000000}));
  OK(curandGenerate(generator, bits, 12));
  CHECK(bits.host() == (std::vector<unsigned>{0x60000000, 0xe0000000, 0xa0000000, 0x20000000, 0x60000000, 0xe0000000, 0x20000000,
                                              0xa0000000, 0xa0000000, 0x20000000, 0xe0000000, 0x60000000}));
  OK(curandSetGeneratorOffset(generator, 1));
  Array<float> single(12);
  OK(curandGenerateUniform(generator, single, 12));
  CHECK(single.host() == (std::vector<float>{0.5, 0.75, 0.25, 0.375, 0.5, 0.25, 0.75, 0.375, 0.5, 0.25, 0.75, 0.625}));
  OK(curandSetGeneratorOffset(generator, 1));
  Array<double> wide(3);
  OK(curandGenerateUniformDouble(generator, wide, 3));
  CHECK(wide.host() == (std::vector<double>{0.5 + 0x1p-33, 0.5 + 0x1p-33, 0.5 + 0x1p-33}));
  Array<unsigned long long> longs(4);
  generator = make(CURAND_RNG_QUASI_SOBOL64, 2);
  OK(curandSetGeneratorOffset(generator, 2));
  OK(curandGenerateLongLong(generator, longs, 4));
  CHECK(longs.host() == (std::vector<unsigned long long>{0xc000000000000000, 0x4000000000000000, 0x4000000000000000, 0xc000000000000000}));
  OK(curandSetGeneratorOffset(generator, 2));
  OK(curandGenerateUniform(generator, single, 12));
  CHECK(single.host()[0] == 0.75f && single.host()[6] == 0.25f);
  curandGenerator_t host;
  OK(curandCreateGeneratorHost(&host, CURAND_RNG_QUASI_SOBOL32));
  OK(curandSetGeneratorOffset(host, 1));
  unsigned next;
  OK(curandGenerate(host, &next, 1));
  CHECK(next == 0x80000000);
}

/// By the inverses of the distributions, one number each: no need to be even in number. Values of cuRAND's.
static void distributions() {
  for (curandRngType_t type : {CURAND_RNG_QUASI_SOBOL32, CURAND_RNG_QUASI_SOBOL64}) {
    curandGenerator_t generator = make(type, 3);
    Array<float> normals(9);
    OK(curandGenerateNormal(generator, normals, 9, 0, 1));
    std::vector<float> values = normals.host();
    CHECK(std::abs(values[0] + 6.33795738f) < 2e-6f && std::abs(values[1]) < 1e-6f && std::abs(values[2] - 0.674489737f) < 1e-6f);
    CHECK(std::abs(values[5] + 0.674489737f) < 1e-6f);
    OK(curandSetGeneratorOffset(generator, 0));
    Array<double> wide(3);
    OK(curandGenerateNormalDouble(generator, wide, 3, 10, 2));
    double least = type == CURAND_RNG_QUASI_SOBOL32 ? -6.3379577545537904 : -8.2923610758135933;
    CHECK(std::abs(wide.host()[0] - (10 + 2 * least)) < 1e-12);
    OK(curandSetGeneratorOffset(generator, 1));
    OK(curandGenerateLogNormal(generator, normals, 3, 2, 1));
    CHECK(std::abs(normals.host()[0] - std::exp(2.f)) < 1e-5f);
    OK(curandSetGeneratorOffset(generator, 0));
    Array<unsigned> counts(12);
    OK(curandGeneratePoisson(generator, counts, 12, 3));
    counts.size = 8;
    CHECK(counts.host() == (std::vector<unsigned>{0, 3, 4, 2, 0, 3, 2, 4}));
  }
  // The median of a large mean m lies between m - ln 2 and m + 1/3.
  curandGenerator_t generator = make(CURAND_RNG_QUASI_SOBOL32, 1);
  OK(curandSetGeneratorOffset(generator, 1));
  Array<unsigned> median(1);
  OK(curandGeneratePoisson(generator, median, 1, 1000.4));
  CHECK(median.host()[0] == 1000);
}

/// 256 points have one in each of 256 parts of each dimension.
static void even(curandRngType_t type) {
  const unsigned points = 256;
  curandGenerator_t generator = make(type, dimensions);
  Array<double> all(points * dimensions);
  OK(curandGenerateUniformDouble(generator, all, points * dimensions));
  std::vector<double> values = all.host();
  bool good = true;
  for (unsigned dimension = 0; dimension < dimensions; ++dimension) {
    std::vector<bool> seen(points);
    for (unsigned i = 0; i < points; ++i)
      seen[unsigned(values[dimension * points + i] * points)] = true;
    good = good && std::count(seen.begin(), seen.end(), true) == points;
  }
  CHECK(good);
  // So do, of two dimensions, 16 x 16 parts, where the two are the first ones.
  std::vector<bool> seen(points);
  for (unsigned i = 0; i < points; ++i)
    seen[unsigned(values[i] * 16) * 16 + unsigned(values[points + i] * 16)] = true;
  CHECK(std::count(seen.begin(), seen.end(), true) == points);
}

static void scrambled() {
  curandDirectionVectors32_t *vectors, *plain;
  unsigned *constants;
  OK(curandGetDirectionVectors32(&vectors, CURAND_SCRAMBLED_DIRECTION_VECTORS_32_JOEKUO6));
  OK(curandGetDirectionVectors32(&plain, CURAND_DIRECTION_VECTORS_32_JOEKUO6));
  OK(curandGetScrambleConstants32(&constants));
  CHECK(hash(vectors) != hash(plain) && constants[0] != constants[1]);
  curandGenerator_t generator = make(CURAND_RNG_QUASI_SCRAMBLED_SOBOL32, 2);
  Array<unsigned> bits(6);
  OK(curandGenerate(generator, bits, 6));
  CHECK(bits.host()[0] == constants[0] && bits.host()[4] == (constants[1] ^ vectors[1][0]));
  CHECK(bits.host()[5] == (constants[1] ^ vectors[1][0] ^ vectors[1][1]));
  curandDirectionVectors64_t *wide;
  unsigned long long *longs;
  OK(curandGetDirectionVectors64(&wide, CURAND_SCRAMBLED_DIRECTION_VECTORS_64_JOEKUO6));
  OK(curandGetScrambleConstants64(&longs));
  generator = make(CURAND_RNG_QUASI_SCRAMBLED_SOBOL64, 1);
  Array<unsigned long long> two(2);
  OK(curandGenerateLongLong(generator, two, 2));
  CHECK(two.host()[0] == longs[0] && two.host()[1] == (longs[0] ^ wide[0][0]));
}

static void errors() {
  curandGenerator_t generator = make(CURAND_RNG_QUASI_SOBOL32, 3), wide = make(CURAND_RNG_QUASI_SOBOL64, 3), pseudo;
  Array<unsigned> bits(10);
  IS(curandGenerate(generator, bits, 10), CURAND_STATUS_LENGTH_NOT_MULTIPLE);
  IS(curandGenerate(wide, bits, 9), CURAND_STATUS_TYPE_ERROR);
  IS(curandGenerateLongLong(generator, nullptr, 3), CURAND_STATUS_TYPE_ERROR);
  IS(curandSetPseudoRandomGeneratorSeed(generator, 3), CURAND_STATUS_TYPE_ERROR);
  IS(curandSetGeneratorOrdering(generator, CURAND_ORDERING_PSEUDO_BEST), CURAND_STATUS_OUT_OF_RANGE);
  IS(curandSetQuasiRandomGeneratorDimensions(generator, 0), CURAND_STATUS_OUT_OF_RANGE);
  IS(curandSetQuasiRandomGeneratorDimensions(generator, 1025), CURAND_STATUS_OUT_OF_RANGE);
  OK(curandCreateGenerator(&pseudo, CURAND_RNG_PSEUDO_DEFAULT));
  IS(curandSetQuasiRandomGeneratorDimensions(pseudo, 2), CURAND_STATUS_TYPE_ERROR);
}

int main() {
  directions();
  order();
  distributions();
  for (curandRngType_t type : {CURAND_RNG_QUASI_SOBOL32, CURAND_RNG_QUASI_SCRAMBLED_SOBOL32, CURAND_RNG_QUASI_SOBOL64,
                               CURAND_RNG_QUASI_SCRAMBLED_SOBOL64})
    even(type);
  scrambled();
  errors();
  return done();
}
