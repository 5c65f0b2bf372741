// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A barrier in one word of memory, on which threads arrive and wait apart from each other: what cuda::barrier and the
// __mbarrier functions are made of.
//
//   bits 0-19 how many are still to come in this phase   20-39 how many a phase expects   40-63 the phase

#ifndef CUPORT_ARRIVALS_H
#define CUPORT_ARRIVALS_H

#include <cuport/attributes.h>
#include <cuport/intrinsics.h>

typedef unsigned long long cuport_arrivals;
enum { CUPORT_ARRIVALS_MAXIMUM = (1 << 20) - 1 };

CUPORT_HOST_DEVICE cuport_arrivals cuport_arrivals_of(unsigned expected) {
  return static_cast<cuport_arrivals>(expected) << 20 | expected;
}
CUPORT_HOST_DEVICE unsigned cuport_arrivals_pending(cuport_arrivals word) { return static_cast<unsigned>(word & 0xfffff); }
CUPORT_HOST_DEVICE unsigned cuport_arrivals_phase(cuport_arrivals word) { return static_cast<unsigned>(word >> 40); }

struct cuport_no_completion {
  CUPORT_DEVICE_MEMBER void operator()() const {}
};

/// count threads arrive, and `dropped` of them will not come again; the last runs the completion and begins the next phase.
/// Returns the word as it was before, which names the phase.
template <class Completion>
CUPORT_DEVICE_MEMBER cuport_arrivals cuport_arrive(cuport_arrivals *word, unsigned count, unsigned dropped,
                                                   Completion &&completion) {
  cuport_arrivals before = __atomic_load_n(word, __ATOMIC_RELAXED), after;
  do
    after = before - count - (static_cast<cuport_arrivals>(dropped) << 20);
  while (!__atomic_compare_exchange_n(word, &before, after, false, __ATOMIC_ACQ_REL, __ATOMIC_RELAXED));
  if (cuport_arrivals_pending(after) == 0) {
    completion();
    cuport_arrivals expected = after >> 20 & 0xfffff;
    __atomic_store_n(word, ((after >> 40) + 1) << 40 | expected << 20 | expected, __ATOMIC_RELEASE);
  }
  return before;
}
CUPORT_DEVICE cuport_arrivals cuport_arrive(cuport_arrivals *word, unsigned count = 1, unsigned dropped = 0) {
  return cuport_arrive(word, count, dropped, cuport_no_completion());
}

/// Whether the phase is over.
CUPORT_DEVICE bool cuport_arrived(cuport_arrivals *word, unsigned phase) {
  return cuport_arrivals_phase(__atomic_load_n(word, __ATOMIC_ACQUIRE)) != phase;
}
CUPORT_DEVICE bool cuport_arrived_parity(cuport_arrivals *word, bool parity) {
  return (cuport_arrivals_phase(__atomic_load_n(word, __ATOMIC_ACQUIRE)) & 1) != parity;
}
CUPORT_DEVICE void cuport_wait(cuport_arrivals *word, unsigned phase) {
  while (!cuport_arrived(word, phase))
    __cuport_nanosleep(0);
}
CUPORT_DEVICE void cuport_wait_parity(cuport_arrivals *word, bool parity) {
  while (!cuport_arrived_parity(word, parity))
    __cuport_nanosleep(0);
}

#endif
