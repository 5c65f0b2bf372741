// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Orders of threads that CUPORT_ORDER=shuffle:SEED draws: the same for the same seed and block, whatever ran before.

#ifndef CUPORT_CPU_SHUFFLE_H
#define CUPORT_CPU_SHUFFLE_H

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace cuport::cpu {

class Shuffle {
public:
  Shuffle(uint64_t seed, uint64_t place) : state(seed * 0x9e3779b97f4a7c15u + place) {}

  /// The numbers 0 ... count - 1 in some order.
  template <typename T> void permutation(std::vector<T> &order, size_t count) {
    order.resize(count);
    for (size_t i = 0; i < count; ++i) {
      size_t j = next() % (i + 1);
      order[i] = order[j];
      order[j] = T(i);
    }
  }

private:
  /// SplitMix64, from Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014.
  uint64_t next() {
    uint64_t z = state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
  }

  uint64_t state;
};

} // namespace cuport::cpu
#endif
