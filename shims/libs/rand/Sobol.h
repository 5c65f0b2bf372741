// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The direction numbers and constants of Sobol' sequences, made of JoeKuo.inc when they are first asked for.

#ifndef CUPORT_LIBS_RAND_SOBOL_H
#define CUPORT_LIBS_RAND_SOBOL_H

namespace cuport::rand {

inline constexpr unsigned sobolDimensions = 1024;

/// The direction numbers of each dimension, as they are or scrambled. Word is unsigned int or unsigned long long.
template <class Word> using Directions = Word[8 * sizeof(Word)];
template <class Word> Directions<Word> *sobolDirections(bool scrambled);

/// What the numbers of each dimension of a scrambled sequence are xored with.
template <class Word> Word *sobolConstants();

} // namespace cuport::rand

#endif
