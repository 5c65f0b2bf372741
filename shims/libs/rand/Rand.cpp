// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// cuRAND's functions for the host, with the generators of curand_kernel.h.
//
//   generator: seed, place in the sequence  -->  closure  -->  state at that place, one number after the other
//
// Where a call's numbers begin is known when it is made, so calls share no state: what a stream does later or a graph does again gives
// the same numbers. A state far from its begin that costs every step to there is remembered where a call ended, for the next one.

#include "MersenneTwister.h"
#include "Sobol.h"

#include "libs/Operation.h"

#include <curand.h>
#include <curand_kernel.h>

#include <mutex>

using namespace cuport;

struct curandGenerator_st {
  curandRngType_t type;
  bool onHost;
  cudaStream_t stream = nullptr;
  unsigned long long seed = 0;
  unsigned long long place = 0; ///< of the sequence: numbers of 32 bits; points of Sobol's
  unsigned long long rejecting = 0; ///< calls that take as many numbers as it comes; each has a subsequence of its own
  unsigned dimensions = 1;          ///< of Sobol's
};

namespace {

using Status = curandStatus_t;

Status statusOf(cudaError_t error) {
  return error == cudaSuccess ? CURAND_STATUS_SUCCESS
         : error == cudaErrorMemoryAllocation ? CURAND_STATUS_ALLOCATION_FAILED
         : error == cudaErrorInitializationError || error == cudaErrorNoDevice ? CURAND_STATUS_INITIALIZATION_FAILED
                                                                                : CURAND_STATUS_LAUNCH_FAILURE;
}

bool isQuasi(curandRngType_t type) { return type >= CURAND_RNG_QUASI_DEFAULT; }
bool isWide(curandRngType_t type) {
  return type == CURAND_RNG_QUASI_SOBOL64 || type == CURAND_RNG_QUASI_SCRAMBLED_SOBOL64;
}

/// The last states of calls, by where they stand.
template <class State> class Remembered {
public:
  void begin(unsigned long long seed, unsigned long long subsequence, unsigned long long place, State *state) {
    if (subsequence == 0 && place != 0) {
      std::lock_guard lock(mutex);
      for (Entry &entry : entries)
        if (entry.seed == seed && entry.place == place) {
          *state = entry.state;
          return;
        }
    }
    curand_init(seed, subsequence, place, state);
  }
  void end(unsigned long long seed, unsigned long long subsequence, unsigned long long place, const State &state) {
    if (subsequence != 0)
      return;
    std::lock_guard lock(mutex);
    entries[oldest++ % std::size(entries)] = {seed, place, state};
  }

private:
  struct Entry {
    unsigned long long seed = 0, place = 0; ///< place 0: nothing
    State state;
  };
  std::mutex mutex;
  Entry entries[16] = {};
  unsigned oldest = 0;
};

/// Those that skip by a product of matrices or by a sum.
template <class State> class Skipping {
public:
  void begin(unsigned long long seed, unsigned long long subsequence, unsigned long long place, State *state) {
    curand_init(seed, subsequence, place, state);
  }
  void end(unsigned long long, unsigned long long, unsigned long long, const State &) {}
};

/// Calls \p body with where states of the pseudorandom generator's type come from, and a state.
template <class Body> void withState(curandRngType_t type, Body body) {
  static Remembered<curandStateXORWOW> xorwow;
  static Remembered<cuport_mersenne_twister> twister;
  static Skipping<curandStateMRG32k3a> mrg;
  static Skipping<curandStatePhilox4_32_10> philox;
  switch (type) {
  case CURAND_RNG_PSEUDO_MT19937:
    return body(twister, cuport_mersenne_twister());
  case CURAND_RNG_PSEUDO_MRG32K3A:
    return body(mrg, curandStateMRG32k3a());
  case CURAND_RNG_PSEUDO_MTGP32:
  case CURAND_RNG_PSEUDO_PHILOX4_32_10:
    return body(philox, curandStatePhilox4_32_10());
  default:
    return body(xorwow, curandStateXORWOW());
  }
}

/// Calls \p body with a state at point \p place of a dimension of the quasirandom generator.
template <class Body> void withPoint(curandRngType_t type, unsigned dimension, unsigned long long place, Body body) {
  using Word32 = unsigned int;
  using Word64 = unsigned long long;
  auto plain = [&]<class Word, class State>(Word, State state) {
    curand_init(rand::sobolDirections<Word>(false)[dimension], Word(place), &state);
    body(state);
  };
  auto scrambled = [&]<class Word, class State>(Word, State state) {
    curand_init(rand::sobolDirections<Word>(true)[dimension], rand::sobolConstants<Word>()[dimension], Word(place), &state);
    body(state);
  };
  switch (type) {
  case CURAND_RNG_QUASI_SCRAMBLED_SOBOL32:
    return scrambled(Word32(), curandStateScrambledSobol32());
  case CURAND_RNG_QUASI_SOBOL64:
    return plain(Word64(), curandStateSobol64());
  case CURAND_RNG_QUASI_SCRAMBLED_SOBOL64:
    return scrambled(Word64(), curandStateScrambledSobol64());
  default:
    return plain(Word32(), curandStateSobol32());
  }
}

template <class Body> Status run(curandGenerator_t generator, const char *name, const Body &body) {
  if (!generator->onHost)
    return statusOf(libs::enqueue(generator->stream, name, body));
  body();
  return CURAND_STATUS_SUCCESS;
}

/// \p count results, each of \p take(state), of which one takes \p words numbers of 32 bits; 0: as many as it comes. Of a
/// quasirandom generator one takes one number, and first come all of the first dimension.
template <class T, class Take>
Status generate(curandGenerator_t generator, const char *name, T *output, size_t count, unsigned words, Take take) {
  if (!generator)
    return CURAND_STATUS_NOT_INITIALIZED;
  curandRngType_t type = generator->type;
  if (isQuasi(type)) {
    unsigned dimensions = generator->dimensions;
    if (count % dimensions)
      return CURAND_STATUS_LENGTH_NOT_MULTIPLE;
    size_t points = count / dimensions;
    unsigned long long place = generator->place;
    generator->place += points;
    return run(generator, name, [=] {
      for (unsigned dimension = 0; dimension < dimensions; ++dimension)
        withPoint(type, dimension, place, [&](auto &state) {
          for (size_t i = 0; i < points; ++i)
            output[dimension * points + i] = T(take(&state));
        });
    });
  }
  unsigned long long seed = generator->seed, place = words ? generator->place : 0;
  unsigned long long subsequence = words ? 0 : ++generator->rejecting;
  generator->place += count * words;
  return run(generator, name, [=] {
    withState(type, [&](auto &states, auto state) {
      states.begin(seed, subsequence, place, &state);
      for (size_t i = 0; i < count; ++i)
        output[i] = take(&state);
      states.end(seed, subsequence, place + count * words, state);
    });
  });
}

/// Normal numbers come in pairs, but those of quasirandom generators.
template <class T, class Take>
Status generatePairs(curandGenerator_t generator, const char *name, T *output, size_t count, unsigned words, Take take) {
  if (generator && !isQuasi(generator->type) && count % 2)
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
  case CURAND_RNG_PSEUDO_MT19937:
  case CURAND_RNG_PSEUDO_MTGP32: // by Philox, as in kernels
    break;
  case CURAND_RNG_QUASI_DEFAULT:
    type = CURAND_RNG_QUASI_SOBOL32;
    break;
  case CURAND_RNG_QUASI_SOBOL32:
  case CURAND_RNG_QUASI_SCRAMBLED_SOBOL32:
  case CURAND_RNG_QUASI_SOBOL64:
  case CURAND_RNG_QUASI_SCRAMBLED_SOBOL64:
    break;
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

curandStatus_t curandCreatePoissonDistribution(double lambda, curandDiscreteDistribution_t *distribution) {
  if (!distribution || !(lambda > 0))
    return CURAND_STATUS_OUT_OF_RANGE;
  curandDiscreteDistribution_st made{lambda};
  if (cudaMalloc((void **)distribution, sizeof made) != cudaSuccess)
    return CURAND_STATUS_ALLOCATION_FAILED;
  return statusOf(cudaMemcpy(*distribution, &made, sizeof made, cudaMemcpyHostToDevice));
}

curandStatus_t curandDestroyDistribution(curandDiscreteDistribution_t distribution) { return statusOf(cudaFree(distribution)); }

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
  if (isQuasi(generator->type))
    return CURAND_STATUS_TYPE_ERROR;
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
  bool known = isQuasi(generator->type) ? order == CURAND_ORDERING_QUASI_DEFAULT
                                        : order >= CURAND_ORDERING_PSEUDO_BEST && order <= CURAND_ORDERING_PSEUDO_DYNAMIC;
  return known ? CURAND_STATUS_SUCCESS : CURAND_STATUS_OUT_OF_RANGE;
}

curandStatus_t curandGenerateSeeds(curandGenerator_t generator) {
  return generator ? CURAND_STATUS_SUCCESS : CURAND_STATUS_NOT_INITIALIZED; // they are made when they are needed
}

curandStatus_t curandSetQuasiRandomGeneratorDimensions(curandGenerator_t generator, unsigned int dimensions) {
  if (!generator)
    return CURAND_STATUS_NOT_INITIALIZED;
  if (!isQuasi(generator->type))
    return CURAND_STATUS_TYPE_ERROR;
  if (dimensions > rand::sobolDimensions)
    libs::logUnsupported("more than 1024 dimensions of a Sobol' sequence");
  if (dimensions == 0 || dimensions > rand::sobolDimensions)
    return CURAND_STATUS_OUT_OF_RANGE;
  generator->dimensions = dimensions;
  return CURAND_STATUS_SUCCESS;
}

namespace {

template <class Word>
Status directions(rand::Directions<Word> **vectors, curandDirectionVectorSet_t set, curandDirectionVectorSet_t plain,
                  curandDirectionVectorSet_t scrambled) {
  if (!vectors || (set != plain && set != scrambled))
    return CURAND_STATUS_OUT_OF_RANGE;
  *vectors = rand::sobolDirections<Word>(set == scrambled);
  return CURAND_STATUS_SUCCESS;
}

template <class Word> Status constants(Word **values) {
  if (!values)
    return CURAND_STATUS_OUT_OF_RANGE;
  *values = rand::sobolConstants<Word>();
  return CURAND_STATUS_SUCCESS;
}

} // namespace

curandStatus_t curandGetDirectionVectors32(curandDirectionVectors32_t *vectors[], curandDirectionVectorSet_t set) {
  return directions<unsigned int>(vectors, set, CURAND_DIRECTION_VECTORS_32_JOEKUO6,
                                  CURAND_SCRAMBLED_DIRECTION_VECTORS_32_JOEKUO6);
}

curandStatus_t curandGetDirectionVectors64(curandDirectionVectors64_t *vectors[], curandDirectionVectorSet_t set) {
  return directions<unsigned long long>(vectors, set, CURAND_DIRECTION_VECTORS_64_JOEKUO6,
                                        CURAND_SCRAMBLED_DIRECTION_VECTORS_64_JOEKUO6);
}

curandStatus_t curandGetScrambleConstants32(unsigned int **values) { return constants(values); }

curandStatus_t curandGetScrambleConstants64(unsigned long long **values) { return constants(values); }

curandStatus_t curandGenerateLongLong(curandGenerator_t generator, unsigned long long *output, size_t count) {
  if (generator && !isWide(generator->type))
    return CURAND_STATUS_TYPE_ERROR;
  return generate(generator, "curandGenerateLongLong", output, count, 1, [](auto *state) { return curand(state); });
}

curandStatus_t curandGenerate(curandGenerator_t generator, unsigned int *output, size_t count) {
  if (generator && isWide(generator->type))
    return CURAND_STATUS_TYPE_ERROR;
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
