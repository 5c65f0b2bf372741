// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// cuRAND's functions for the host, with the generators of curand_kernel.h.
//
//   generator: seed, place in the sequence  -->  closure  -->  curand_init(seed, 0, place), one number after the other
//
// Where a call's numbers begin is known when it is made, so calls share no state: what a stream does later or a graph does again gives
// the same numbers.

#include "libs/Operation.h"

#include <curand.h>
#include <curand_kernel.h>

using namespace cuport;

struct curandGenerator_st {
  curandRngType_t type;
  bool onHost;
  cudaStream_t stream = nullptr;
  unsigned long long seed = 0;
  unsigned long long place = 0; ///< of the sequence: numbers of 32 bits
  unsigned long long rejecting = 0; ///< calls that take as many numbers as it comes; each has a subsequence of its own
};

namespace {

using Status = curandStatus_t;

Status statusOf(cudaError_t error) {
  return error == cudaSuccess ? CURAND_STATUS_SUCCESS
         : error == cudaErrorMemoryAllocation ? CURAND_STATUS_ALLOCATION_FAILED
         : error == cudaErrorInitializationError || error == cudaErrorNoDevice ? CURAND_STATUS_INITIALIZATION_FAILED
                                                                                : CURAND_STATUS_LAUNCH_FAILURE;
}

/// Calls \p body with a state of the generator's type.
template <class Body> void withState(curandRngType_t type, Body body) {
  switch (type) {
  case CURAND_RNG_PSEUDO_MRG32K3A:
    return body(curandStateMRG32k3a());
  case CURAND_RNG_PSEUDO_PHILOX4_32_10:
    return body(curandStatePhilox4_32_10());
  default:
    return body(curandStateXORWOW());
  }
}

/// \p count results, each of \p take(state), of which one takes \p words numbers of 32 bits; 0: as many as it comes.
template <class T, class Take>
Status generate(curandGenerator_t generator, const char *name, T *output, size_t count, unsigned words, Take take) {
  if (!generator)
    return CURAND_STATUS_NOT_INITIALIZED;
  curandRngType_t type = generator->type;
  unsigned long long seed = generator->seed, place = words ? generator->place : 0;
  unsigned long long subsequence = words ? 0 : ++generator->rejecting;
  generator->place += count * words;
  auto body = [=] {
    withState(type, [&](auto state) {
      curand_init(seed, subsequence, place, &state);
      for (size_t i = 0; i < count; ++i)
        output[i] = take(&state);
    });
  };
  if (!generator->onHost)
    return statusOf(libs::enqueue(generator->stream, name, body));
  body();
  return CURAND_STATUS_SUCCESS;
}

/// Normal numbers come in pairs.
template <class T, class Take>
Status generatePairs(curandGenerator_t generator, const char *name, T *output, size_t count, unsigned words, Take take) {
  if (generator && count % 2)
    return CURAND_STATUS_LENGTH_NOT_MULTIPLE;
  return generate(generator, name, output, count, words, take);
}

Status create(curandGenerator_t *generator, curandRngType_t type, bool onHost) {
  if (!generator)
    return CURAND_STATUS_OUT_OF_RANGE;
  switch (type) {
  case CURAND_RNG_PSEUDO_DEFAULT:
  case CURAND_RNG_PSEUDO_XORWOW:
    type = CURAND_RNG_PSEUDO_XORWOW;
    break;
  case CURAND_RNG_PSEUDO_MRG32K3A:
  case CURAND_RNG_PSEUDO_PHILOX4_32_10:
    break;
  case CURAND_RNG_PSEUDO_MTGP32:
  case CURAND_RNG_PSEUDO_MT19937:
    libs::logUnsupported("a Mersenne Twister of cuRAND");
    return CURAND_STATUS_TYPE_ERROR;
  case CURAND_RNG_QUASI_DEFAULT:
  case CURAND_RNG_QUASI_SOBOL32:
  case CURAND_RNG_QUASI_SCRAMBLED_SOBOL32:
  case CURAND_RNG_QUASI_SOBOL64:
  case CURAND_RNG_QUASI_SCRAMBLED_SOBOL64:
    libs::logUnsupported("a quasi-random generator of cuRAND");
    return CURAND_STATUS_TYPE_ERROR;
  default:
    return CURAND_STATUS_TYPE_ERROR;
  }
  *generator = new curandGenerator_st{type, onHost};
  return CURAND_STATUS_SUCCESS;
}

template <class T, class Value> Status set(curandGenerator_t generator, T curandGenerator_st::*member, Value value) {
  if (!generator)
    return CURAND_STATUS_NOT_INITIALIZED;
  generator->*member = value;
  return CURAND_STATUS_SUCCESS;
}

} // namespace

curandStatus_t curandCreateGenerator(curandGenerator_t *generator, curandRngType_t type) { return create(generator, type, false); }

curandStatus_t curandCreateGeneratorHost(curandGenerator_t *generator, curandRngType_t type) { return create(generator, type, true); }

curandStatus_t curandDestroyGenerator(curandGenerator_t generator) {
  if (!generator)
    return CURAND_STATUS_NOT_INITIALIZED;
  delete generator;
  return CURAND_STATUS_SUCCESS;
}

curandStatus_t curandGetVersion(int *version) {
  if (!version)
    return CURAND_STATUS_OUT_OF_RANGE;
  *version = CURAND_VERSION;
  return CURAND_STATUS_SUCCESS;
}

curandStatus_t curandGetProperty(libraryPropertyType type, int *value) {
  static constexpr int parts[] = {CURAND_VER_MAJOR, CURAND_VER_MINOR, CURAND_VER_PATCH};
  if (!value || unsigned(type) >= 3)
    return CURAND_STATUS_OUT_OF_RANGE;
  *value = parts[type];
  return CURAND_STATUS_SUCCESS;
}

curandStatus_t curandSetStream(curandGenerator_t generator, cudaStream_t stream) {
  return set(generator, &curandGenerator_st::stream, stream);
}

curandStatus_t curandSetPseudoRandomGeneratorSeed(curandGenerator_t generator, unsigned long long seed) {
  if (!generator)
    return CURAND_STATUS_NOT_INITIALIZED;
  generator->seed = seed;
  generator->place = generator->rejecting = 0;
  return CURAND_STATUS_SUCCESS;
}

curandStatus_t curandSetGeneratorOffset(curandGenerator_t generator, unsigned long long offset) {
  return set(generator, &curandGenerator_st::place, offset);
}

curandStatus_t curandSetGeneratorOrdering(curandGenerator_t generator, curandOrdering_t order) {
  if (!generator)
    return CURAND_STATUS_NOT_INITIALIZED;
  return order >= CURAND_ORDERING_PSEUDO_BEST && order <= CURAND_ORDERING_PSEUDO_DYNAMIC ? CURAND_STATUS_SUCCESS
                                                                                         : CURAND_STATUS_OUT_OF_RANGE;
}

curandStatus_t curandGenerateSeeds(curandGenerator_t generator) {
  return generator ? CURAND_STATUS_SUCCESS : CURAND_STATUS_NOT_INITIALIZED; // they are made when they are needed
}

curandStatus_t curandSetQuasiRandomGeneratorDimensions(curandGenerator_t generator, unsigned int) {
  return generator ? CURAND_STATUS_TYPE_ERROR : CURAND_STATUS_NOT_INITIALIZED;
}

curandStatus_t curandGenerateLongLong(curandGenerator_t generator, unsigned long long *, size_t) {
  return generator ? CURAND_STATUS_TYPE_ERROR : CURAND_STATUS_NOT_INITIALIZED; // for generators of 64 bits only
}

curandStatus_t curandGenerate(curandGenerator_t generator, unsigned int *output, size_t count) {
  return generate(generator, "curandGenerate", output, count, 1, [](auto *state) { return curand(state); });
}

curandStatus_t curandGenerateUniform(curandGenerator_t generator, float *output, size_t count) {
  return generate(generator, "curandGenerateUniform", output, count, 1, [](auto *state) { return curand_uniform(state); });
}

curandStatus_t curandGenerateUniformDouble(curandGenerator_t generator, double *output, size_t count) {
  return generate(generator, "curandGenerateUniformDouble", output, count, 2,
                  [](auto *state) { return curand_uniform_double(state); });
}

curandStatus_t curandGenerateNormal(curandGenerator_t generator, float *output, size_t count, float mean, float deviation) {
  return generatePairs(generator, "curandGenerateNormal", output, count, 1,
                       [=](auto *state) { return mean + deviation * curand_normal(state); });
}

curandStatus_t curandGenerateNormalDouble(curandGenerator_t generator, double *output, size_t count, double mean,
                                          double deviation) {
  return generatePairs(generator, "curandGenerateNormalDouble", output, count, 2,
                       [=](auto *state) { return mean + deviation * curand_normal_double(state); });
}

curandStatus_t curandGenerateLogNormal(curandGenerator_t generator, float *output, size_t count, float mean, float deviation) {
  return generatePairs(generator, "curandGenerateLogNormal", output, count, 1,
                       [=](auto *state) { return curand_log_normal(state, mean, deviation); });
}

curandStatus_t curandGenerateLogNormalDouble(curandGenerator_t generator, double *output, size_t count, double mean,
                                             double deviation) {
  return generatePairs(generator, "curandGenerateLogNormalDouble", output, count, 2,
                       [=](auto *state) { return curand_log_normal_double(state, mean, deviation); });
}

curandStatus_t curandGeneratePoisson(curandGenerator_t generator, unsigned int *output, size_t count, double mean) {
  if (generator && !(mean > 0))
    return CURAND_STATUS_OUT_OF_RANGE;
  return generate(generator, "curandGeneratePoisson", output, count, 0,
                  [=](auto *state) { return curand_poisson(state, mean); });
}
