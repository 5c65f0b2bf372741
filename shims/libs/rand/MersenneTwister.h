// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// MT19937 (Matsumoto and Nishimura, 1998; begun as by their init_genrand of 2002), in the form of curand_kernel.h's generators.

#ifndef CUPORT_LIBS_RAND_MERSENNETWISTER_H
#define CUPORT_LIBS_RAND_MERSENNETWISTER_H

#include <curand_kernel.h>

struct cuport_mersenne_twister {
  unsigned words[624];
  int next;
  cuport_second_normal second;
};

inline unsigned curand(cuport_mersenne_twister *state) {
  unsigned *w = state->words;
  if (state->next == 624) {
    for (int i = 0; i < 624; ++i) {
      unsigned y = (w[i] & 0x80000000) | (w[(i + 1) % 624] & 0x7fffffff);
      w[i] = w[(i + 397) % 624] ^ y >> 1 ^ (y & 1 ? 0x9908b0df : 0);
    }
    state->next = 0;
  }
  unsigned y = w[state->next++];
  y ^= y >> 11;
  y ^= (y << 7) & 0x9d2c5680;
  y ^= (y << 15) & 0xefc60000;
  return y ^ y >> 18;
}

/// A sequence has no others beside it that begin far away: subsequences but the first are those of other seeds.
inline void curand_init(unsigned long long seed, unsigned long long subsequence, unsigned long long offset,
                        cuport_mersenne_twister *state) {
  *state = cuport_mersenne_twister{};
  unsigned long long mix = seed ^ subsequence << 32;
  state->words[0] = static_cast<unsigned>(subsequence ? cuport_spread(mix) : seed);
  for (unsigned i = 1; i < 624; ++i)
    state->words[i] = 1812433253 * (state->words[i - 1] ^ state->words[i - 1] >> 30) + i;
  state->next = 624;
  for (; offset != 0; --offset)
    curand(state);
}
CUPORT_DISTRIBUTIONS(cuport_mersenne_twister)

#endif
