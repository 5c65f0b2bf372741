// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Two sequences side by side: what is in both, and what only one has.

#ifndef CUPORT_VERIFY_ALIGN_H
#define CUPORT_VERIFY_ALIGN_H

#include <cstddef>
#include <optional>
#include <vector>

namespace cuport {

struct Aligned {
  std::optional<size_t> A, B; ///< indices; one of them may be missing
};

/// In the order of both. After a difference the two are brought together again where the fewest
/// elements are skipped, of at most Window, so that some equal ones follow; else the two that
/// differ stand alone and it goes on behind them.
template <class Key>
std::vector<Aligned> align(const std::vector<Key> &A, const std::vector<Key> &B) {
  constexpr size_t Window = 256, Follow = 3;
  std::vector<Aligned> Result;
  size_t I = 0, J = 0;
  auto Meet = [&](size_t X, size_t Y) {
    for (size_t N = 0; N < Follow; ++N) {
      if (X + N == A.size() || Y + N == B.size())
        return X + N == A.size() && Y + N == B.size() ? true : N > 0;
      if (A[X + N] != B[Y + N])
        return false;
    }
    return true;
  };
  while (I < A.size() && J < B.size()) {
    if (A[I] == B[J]) {
      Result.push_back({I++, J++});
      continue;
    }
    size_t SkipA = 1, SkipB = 1;
    for (size_t Skipped = 1, Found = 0; Skipped <= Window && !Found; ++Skipped)
      for (size_t X = 0; X <= Skipped && !Found; ++X)
        if (I + X <= A.size() && J + Skipped - X <= B.size() && Meet(I + X, J + Skipped - X)) {
          SkipA = X;
          SkipB = Skipped - X;
          Found = 1;
        }
    for (; SkipA; --SkipA)
      Result.push_back({I++, std::nullopt});
    for (; SkipB; --SkipB)
      Result.push_back({std::nullopt, J++});
  }
  for (; I < A.size(); ++I)
    Result.push_back({I, std::nullopt});
  for (; J < B.size(); ++J)
    Result.push_back({std::nullopt, J});
  return Result;
}

} // namespace cuport

#endif
