// cuRAND's and hipRAND's functions for the host: moments of each distribution for each generator, places in the sequence, errors.
// RUN: %clangxx %s -D__HIP_PLATFORM_AMD__ %library-program -lcuport-curand -o %t
// RUN: %t 2>&1 | FileCheck %s
// RUN: env CUPORT_SEPARATE=1 %t 2>&1 | FileCheck %s
// RUN: %clang -x c -std=c11 -Wall -Werror -fsyntax-only -D__HIP_PLATFORM_AMD__ -isystem %toolkit/include/cuport -include hiprand/hiprand.h /dev/null
// CHECK: cuport: curandGenerateBinomial is not supported
// CHECK-NEXT: all as it should be

#include "blas.h"

#include <curand.h>
#include <ctime>
#include <hiprand/hiprand.h>

// From ROCm 6.2.2's hiprand.h.
static_assert(HIPRAND_RNG_PSEUDO_DEFAULT == 400 && HIPRAND_RNG_PSEUDO_MRG32K3A == 402 && HIPRAND_RNG_PSEUDO_PHILOX4_32_10 == 405);
static_assert(HIPRAND_STATUS_TYPE_ERROR == 103 && HIPRAND_STATUS_NOT_IMPLEMENTED == 1000 && HIPRAND_ORDERING_QUASI_DEFAULT == 201);

static const int count = 20000;

template <class T> void moments(const std::vector<T> &values, double mean, double variance, const char *name) {
  double sum = 0, squares = 0;
  for (T value : values)
    sum += double(value), squares += double(value) * double(value);
  double m = sum / count, v = squares / count - m * m;
  bool good = std::abs(m - mean) < 5 * std::sqrt(variance / count) && std::abs(v / variance - 1) < 0.15;
  if (!good)
    std::cout << name << ": mean " << m << ", variance " << v << std::endl;
  CHECK(good);
}

static void distributions(curandRngType_t type) {
  curandGenerator_t generator;
  OK(curandCreateGenerator(&generator, type));
  OK(curandSetPseudoRandomGeneratorSeed(generator, 42));
  OK(curandSetGeneratorOrdering(generator, CURAND_ORDERING_PSEUDO_DEFAULT));
  OK(curandGenerateSeeds(generator));
  Array<unsigned> bits(count);
  Array<float> single(count);
  Array<double> wide(count);
  OK(curandGenerate(generator, bits, count));
  moments(bits.host(), 0x1p31, 0x1p64 / 12, "bits");
  OK(curandGenerateUniform(generator, single, count));
  moments(single.host(), 0.5, 1. / 12, "uniform");
  for (float value : single.host())
    CHECK(value > 0 && value <= 1);
  OK(curandGenerateUniformDouble(generator, wide, count));
  moments(wide.host(), 0.5, 1. / 12, "uniform double");
  OK(curandGenerateNormal(generator, single, count, 3, 2));
  moments(single.host(), 3, 4, "normal");
  OK(curandGenerateNormalDouble(generator, wide, count, -1, 0.5));
  moments(wide.host(), -1, 0.25, "normal double");
  // exp of a normal number: mean exp(s^2/2), variance (exp(s^2) - 1) exp(s^2).
  double s = 0.25, growth = std::exp(s * s);
  OK(curandGenerateLogNormal(generator, single, count, 0, float(s)));
  moments(single.host(), std::sqrt(growth), (growth - 1) * growth, "log-normal");
  OK(curandGenerateLogNormalDouble(generator, wide, count, 0, s));
  moments(wide.host(), std::sqrt(growth), (growth - 1) * growth, "log-normal double");
  for (double mean : {2.5, 100.}) {
    OK(curandGeneratePoisson(generator, bits, count, mean));
    moments(bits.host(), mean, mean, "Poisson");
  }
  OK(curandDestroyGenerator(generator));
}

/// The same numbers by another way: two calls, an offset, the host's memory.
static void places(curandRngType_t type) {
  curandGenerator_t generator, other, host;
  OK(curandCreateGenerator(&generator, type));
  OK(curandCreateGenerator(&other, type));
  OK(curandCreateGeneratorHost(&host, type));
  for (curandGenerator_t each : {generator, other, host})
    OK(curandSetPseudoRandomGeneratorSeed(each, 7));
  Array<unsigned> all(100), begin(40), end(60);
  OK(curandGenerate(generator, all, 100));
  OK(curandGenerate(other, begin, 40));
  OK(curandGenerate(other, end, 60));
  std::vector<unsigned> whole = all.host(), parts = begin.host(), rest = end.host(), onHost(30);
  parts.insert(parts.end(), rest.begin(), rest.end());
  CHECK(parts == whole);
  OK(curandSetGeneratorOffset(host, 70));
  OK(curandGenerate(host, onHost.data(), 30));
  CHECK(onHost == std::vector<unsigned>(whole.begin() + 70, whole.end()));
  // Another seed gives others, the same again the same.
  OK(curandSetPseudoRandomGeneratorSeed(generator, 8));
  OK(curandGenerate(generator, all, 100));
  CHECK(all.host() != whole);
  OK(curandSetPseudoRandomGeneratorSeed(generator, 7));
  OK(curandGenerate(generator, all, 100));
  CHECK(all.host() == whole);
}

/// Numbers of the standard's (C++'s mt19937): the first two, the 10000th by [rand.predef].
static void twister() {
  curandGenerator_t generator;
  OK(curandCreateGenerator(&generator, CURAND_RNG_PSEUDO_MT19937));
  OK(curandSetPseudoRandomGeneratorSeed(generator, 5489));
  Array<unsigned> bits(10000);
  OK(curandGenerate(generator, bits, 10000));
  CHECK(bits.host()[0] == 3499211612 && bits.host()[1] == 581869302 && bits.host()[9999] == 4123659995);
}

/// Many calls cost what one does: each goes on where the last one ended, and does not begin from the seed.
static void manyCalls(curandRngType_t type) {
  curandGenerator_t generator;
  OK(curandCreateGeneratorHost(&generator, type));
  std::vector<unsigned> bits(1000);
  clock_t begin = clock();
  for (int i = 0; i < 20000; ++i) // 2e7 numbers; begun again each time they would be 2e11
    OK(curandGenerate(generator, bits.data(), bits.size()));
  CHECK(double(clock() - begin) / CLOCKS_PER_SEC < 20);
}

static void errors() {
  curandGenerator_t generator;
  IS(curandCreateGenerator(&generator, curandRngType_t(77)), CURAND_STATUS_TYPE_ERROR);
  IS(curandGenerate(nullptr, nullptr, 1), CURAND_STATUS_NOT_INITIALIZED);
  OK(curandCreateGenerator(&generator, CURAND_RNG_PSEUDO_DEFAULT));
  Array<float> values(3);
  Array<unsigned> bits(3);
  IS(curandGenerateNormal(generator, values, 3, 0, 1), CURAND_STATUS_LENGTH_NOT_MULTIPLE);
  IS(curandGeneratePoisson(generator, bits, 3, -1), CURAND_STATUS_OUT_OF_RANGE);
  IS(curandGenerateLongLong(generator, nullptr, 1), CURAND_STATUS_TYPE_ERROR);
  IS(curandGenerateBinomial(generator, bits, 3, 5, 0.5), CURAND_STATUS_TYPE_ERROR);
  IS(curandSetGeneratorOrdering(generator, CURAND_ORDERING_QUASI_DEFAULT), CURAND_STATUS_OUT_OF_RANGE);
  int version = 0;
  OK(curandGetVersion(&version));
  IS(version, CURAND_VERSION);
}

static void hip() {
  hiprandGenerator_t generator;
  IS(hiprandCreateGenerator(&generator, HIPRAND_RNG_PSEUDO_PHILOX4_32_10), HIPRAND_STATUS_SUCCESS);
  IS(hiprandSetPseudoRandomGeneratorSeed(generator, 1), HIPRAND_STATUS_SUCCESS);
  IS(hiprandSetGeneratorOrdering(generator, HIPRAND_ORDERING_PSEUDO_LEGACY), HIPRAND_STATUS_SUCCESS);
  hipStream_t stream;
  IS(hipStreamCreate(&stream), hipSuccess);
  IS(hiprandSetStream(generator, stream), HIPRAND_STATUS_SUCCESS);
  Array<double> values(count);
  IS(hiprandGenerateUniformDouble(generator, values, count), HIPRAND_STATUS_SUCCESS);
  IS(hipStreamSynchronize(stream), hipSuccess);
  moments(values.host(), 0.5, 1. / 12, "hipRAND's uniform double");
  // cuRAND's own numbers mean nothing here.
  IS(hiprandCreateGenerator(&generator, hiprandRngType_t(CURAND_RNG_PSEUDO_XORWOW)), HIPRAND_STATUS_TYPE_ERROR);
}

int main() {
  for (curandRngType_t type : {CURAND_RNG_PSEUDO_DEFAULT, CURAND_RNG_PSEUDO_XORWOW, CURAND_RNG_PSEUDO_MRG32K3A, CURAND_RNG_PSEUDO_PHILOX4_32_10,
                               CURAND_RNG_PSEUDO_MT19937, CURAND_RNG_PSEUDO_MTGP32}) {
    distributions(type);
    places(type);
  }
  twister();
  manyCalls(CURAND_RNG_PSEUDO_XORWOW);
  manyCalls(CURAND_RNG_PSEUDO_MT19937);
  errors();
  hip();
  return done();
}
