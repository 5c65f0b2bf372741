// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// __mbarrier_init and its kin.

#ifndef CUPORT_CUDA_AWBARRIER_PRIMITIVES_H
#define CUPORT_CUDA_AWBARRIER_PRIMITIVES_H

#include <cuda_runtime.h>
#ifdef CUPORT_COMPILES_KERNELS
#include <cuport/arrivals.h>
#include <stdint.h>

typedef cuport_arrivals __mbarrier_t;
typedef cuport_arrivals __mbarrier_token_t;

CUPORT_HOST_DEVICE uint32_t __mbarrier_maximum_count() { return CUPORT_ARRIVALS_MAXIMUM; }
CUPORT_DEVICE void __mbarrier_init(__mbarrier_t *barrier, uint32_t expected) { *barrier = cuport_arrivals_of(expected); }
CUPORT_DEVICE void __mbarrier_inval(__mbarrier_t *) {}
CUPORT_DEVICE __mbarrier_token_t __mbarrier_arrive(__mbarrier_t *barrier) { return cuport_arrive(barrier); }
CUPORT_DEVICE __mbarrier_token_t __mbarrier_arrive_and_drop(__mbarrier_t *barrier) { return cuport_arrive(barrier, 1, 1); }
CUPORT_DEVICE uint32_t __mbarrier_token_pending_count(__mbarrier_token_t token) { return cuport_arrivals_pending(token); }
CUPORT_DEVICE bool __mbarrier_test_wait(__mbarrier_t *barrier, __mbarrier_token_t token) {
  bool over = cuport_arrived(barrier, cuport_arrivals_phase(token));
  if (!over)
    __cuport_nanosleep(0);
  return over;
}
CUPORT_DEVICE bool __mbarrier_test_wait_parity(__mbarrier_t *barrier, bool parity) {
  bool over = cuport_arrived_parity(barrier, parity);
  if (!over)
    __cuport_nanosleep(0);
  return over;
}
CUPORT_DEVICE bool __mbarrier_try_wait(__mbarrier_t *barrier, __mbarrier_token_t token, uint32_t) {
  return __mbarrier_test_wait(barrier, token);
}
CUPORT_DEVICE bool __mbarrier_try_wait_parity(__mbarrier_t *barrier, bool parity, uint32_t) {
  return __mbarrier_test_wait_parity(barrier, parity);
}
#endif

#endif
