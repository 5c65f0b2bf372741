// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// cuRAND's device functions of Sobol' sequences, in the order of Gray's code (Antonov and Saleev, 1979): point i is the exclusive or of
// the direction numbers at the ones of i ^ i / 2, and of a constant where the sequence is scrambled. Distributions are by their inverse,
// so that points stay as even as they are.
//
//   curand_init(direction numbers, [constant,] offset, &state)   curand(&state) -> 32 or 64 bits   uniform, normal, log_normal, poisson

#ifndef CUPORT_SOBOL_H
#define CUPORT_SOBOL_H

template <class Word> struct cuport_sobol { Word i, x, c, direction_vectors[8 * sizeof(Word)]; };
struct curandStateSobol32 : cuport_sobol<unsigned> {};
struct curandStateScrambledSobol32 : cuport_sobol<unsigned> {};
struct curandStateSobol64 : cuport_sobol<unsigned long long> {};
struct curandStateScrambledSobol64 : cuport_sobol<unsigned long long> {};
typedef curandStateSobol32 curandStateSobol32_t;
typedef curandStateScrambledSobol32 curandStateScrambledSobol32_t;
typedef curandStateSobol64 curandStateSobol64_t;
typedef curandStateScrambledSobol64 curandStateScrambledSobol64_t;

template <class Word> CUPORT_MEMBER void cuport_sobol_skip(cuport_sobol<Word> *state, Word n) {
  state->i += n;
  state->x = state->c;
  for (Word ones = state->i ^ state->i >> 1; ones != 0; ones &= ones - 1)
    state->x ^= state->direction_vectors[__builtin_ctzll(ones)];
}
template <class Word>
CUPORT_MEMBER void cuport_sobol_begin(cuport_sobol<Word> *state, const Word *vectors, Word constant, Word offset) {
  for (unsigned bit = 0; bit < 8 * sizeof(Word); ++bit)
    state->direction_vectors[bit] = vectors[bit];
  state->i = 0;
  state->c = constant;
  cuport_sobol_skip(state, offset);
}
template <class Word> CUPORT_MEMBER Word cuport_sobol_next(cuport_sobol<Word> *state) {
  Word result = state->x, last = Word(1) << (8 * sizeof(Word) - 1); // behind the last point the first comes again
  state->x ^= state->direction_vectors[__builtin_ctzll(~state->i | last)];
  ++state->i;
  return result;
}

#define CUPORT_SOBOL(state_type, word)                                                                                           \
  CUPORT_HOST_DEVICE void skipahead(word n, state_type *state) { cuport_sobol_skip<word>(state, n); }                            \
  CUPORT_HOST_DEVICE word curand(state_type *state) { return cuport_sobol_next<word>(state); }                                   \
  CUPORT_BY_INVERSE(CUPORT_HOST_DEVICE, state_type)
#define CUPORT_PLAIN_SOBOL(state_type, word)                                                                                     \
  CUPORT_SOBOL(state_type, word)                                                                                                 \
  CUPORT_HOST_DEVICE void curand_init(const word *direction_vectors, word offset, state_type *state) {                           \
    cuport_sobol_begin<word>(state, direction_vectors, 0, offset);                                                               \
  }
#define CUPORT_SCRAMBLED_SOBOL(state_type, word)                                                                                 \
  CUPORT_SOBOL(state_type, word)                                                                                                 \
  CUPORT_HOST_DEVICE void curand_init(const word *direction_vectors, word scramble_c, word offset, state_type *state) {          \
    cuport_sobol_begin<word>(state, direction_vectors, scramble_c, offset);                                                      \
  }
CUPORT_PLAIN_SOBOL(curandStateSobol32, unsigned int)
CUPORT_SCRAMBLED_SOBOL(curandStateScrambledSobol32, unsigned int)
CUPORT_PLAIN_SOBOL(curandStateSobol64, unsigned long long)
CUPORT_SCRAMBLED_SOBOL(curandStateScrambledSobol64, unsigned long long)
#undef CUPORT_SCRAMBLED_SOBOL
#undef CUPORT_PLAIN_SOBOL
#undef CUPORT_SOBOL

#endif
