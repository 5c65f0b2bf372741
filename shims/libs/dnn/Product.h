// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Products of matrices in rows.

#ifndef CUPORT_LIBS_DNN_PRODUCT_H
#define CUPORT_LIBS_DNN_PRODUCT_H

#include <dnnl.h>

#include <cstdint>
#include <type_traits>

namespace cuport::dnn {

/// For this thread's calls of oneDNN.
void useThreads(int count);

/// c [m x n] = a [m x k] * b [k x n] + beta * c, where a or b may stand turned.
template <class C> void product(bool turnA, bool turnB, int64_t m, int64_t n, int64_t k, const C *a, const C *b, C beta, C *c) {
  if constexpr (std::is_same_v<C, float>) {
    dnnl_sgemm(turnA ? 'T' : 'N', turnB ? 'T' : 'N', m, n, k, 1, a, turnA ? m : k, b, turnB ? k : n, beta, c, n);
  } else {
    for (int64_t i = 0; i < m; ++i)
      for (int64_t j = 0; j < n; ++j) {
        C sum(0);
        for (int64_t p = 0; p < k; ++p)
          sum += a[turnA ? p * m + i : i * k + p] * b[turnB ? j * k + p : p * n + j];
        c[i * n + j] = sum + (beta == 0 ? C(0) : beta * c[i * n + j]);
      }
  }
}

} // namespace cuport::dnn

#endif
