// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Direction numbers out of primitive polynomials and begins (Sobol', 1967; Joe and Kuo, 2008):
//
//   of a polynomial x^s + a1 x^(s-1) + ... + 1:  m(k) = a1 2 m(k-1) ^ a2 2^2 m(k-2) ^ ... ^ 2^s m(k-s) ^ m(k-s),  v(k) = m(k) / 2^k
//
// A scrambled dimension has each of its numbers multiplied by the same random matrix, lower triangular with ones on its diagonal
// (Matousek, 1998), which keeps how even the points are; the constant moves them as a whole. Matrices and constants are our own, and
// always the same.

#include "Sobol.h"

#include <algorithm>
#include <cstdint>

namespace cuport::rand {

namespace {

constexpr uint16_t joeKuo[] = {
#include "JoeKuo.inc"
};

/// The numbers of dimension \p dimension as fractions of 2^64, of which \p next points at the polynomial.
void directionsOf(unsigned dimension, const uint16_t *&next, uint64_t v[64]) {
  if (dimension == 0) {
    for (unsigned k = 0; k < 64; ++k)
      v[k] = uint64_t(1) << (63 - k);
    return;
  }
  unsigned polynomial = *next++;
  unsigned degree = 31 - unsigned(__builtin_clz(polynomial));
  v[0] = uint64_t(1) << 63; // each first number is 1, and stands nowhere
  for (unsigned k = 1; k < degree; ++k)
    v[k] = uint64_t(*next++) << (63 - k);
  for (unsigned k = degree; k < 64; ++k) {
    v[k] = v[k - degree] ^ v[k - degree] >> degree;
    for (unsigned i = 1; i < degree; ++i)
      if (polynomial >> (degree - i) & 1)
        v[k] ^= v[k - i];
  }
}

/// A step of splitmix64.
uint64_t draw(uint64_t &state) {
  uint64_t z = state += 0x9e3779b97f4a7c15;
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
  z = (z ^ z >> 27) * 0x94d049bb133111eb;
  return z ^ z >> 31;
}

/// Row i of the matrix has its one at bit 63 - i, and what is random at the bits above.
void scramble(unsigned dimension, uint64_t v[64]) {
  uint64_t state = 0x536f626f6c270000 + dimension, rows[64];
  for (unsigned i = 0; i < 64; ++i) {
    uint64_t diagonal = uint64_t(1) << (63 - i);
    rows[i] = diagonal | (draw(state) & ~(diagonal | (diagonal - 1)));
  }
  for (unsigned k = 0; k < 64; ++k) {
    uint64_t product = 0;
    for (unsigned i = 0; i < 64; ++i)
      product |= uint64_t(__builtin_parityll(rows[i] & v[k])) << (63 - i);
    v[k] = product;
  }
}

template <class Word> Directions<Word> *make(bool scrambled) {
  auto *table = new Directions<Word>[sobolDimensions];
  const uint16_t *next = joeKuo;
  for (unsigned dimension = 0; dimension < sobolDimensions; ++dimension) {
    uint64_t v[64];
    directionsOf(dimension, next, v);
    if (scrambled)
      scramble(dimension, v);
    for (unsigned k = 0; k < 8 * sizeof(Word); ++k)
      table[dimension][k] = Word(v[k] >> (64 - 8 * sizeof(Word)));
  }
  return table;
}

} // namespace

template <class Word> Directions<Word> *sobolDirections(bool scrambled) {
  if (scrambled) {
    static Directions<Word> *const table = make<Word>(true);
    return table;
  }
  static Directions<Word> *const table = make<Word>(false);
  return table;
}

template <class Word> Word *sobolConstants() {
  static Word *const constants = [] {
    auto *values = new Word[sobolDimensions];
    uint64_t state = 0x436f6e7374616e74;
    std::generate_n(values, sobolDimensions, [&] { return Word(draw(state) >> (64 - 8 * sizeof(Word))); });
    return values;
  }();
  return constants;
}

template Directions<unsigned int> *sobolDirections<unsigned int>(bool);
template Directions<unsigned long long> *sobolDirections<unsigned long long>(bool);
template unsigned int *sobolConstants<unsigned int>();
template unsigned long long *sobolConstants<unsigned long long>();

} // namespace cuport::rand
