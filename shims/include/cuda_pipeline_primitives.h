// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// __pipeline_memcpy_async and its kin. A copy is done when the call returns, so there is nothing to wait for; other threads
// still need a barrier to see it, as on the card.

#ifndef CUPORT_CUDA_PIPELINE_PRIMITIVES_H
#define CUPORT_CUDA_PIPELINE_PRIMITIVES_H

#include <cuda_awbarrier_primitives.h>
#ifdef CUPORT_COMPILES_KERNELS

/// So many bytes, of which the last `zero` are zeros instead.
CUPORT_DEVICE void __pipeline_memcpy_async(void *to, const void *from, size_t bytes, size_t zero = 0) {
  __builtin_memcpy(to, from, bytes - zero);
  __builtin_memset(static_cast<char *>(to) + (bytes - zero), 0, zero);
}
CUPORT_DEVICE void __pipeline_commit() {}
CUPORT_DEVICE void __pipeline_wait_prior(size_t) {}
/// One more arrival, at once, for the copies so far; it is not counted in what the barrier expects.
CUPORT_DEVICE void __pipeline_arrive_on(__mbarrier_t *) {}
#endif

#endif
