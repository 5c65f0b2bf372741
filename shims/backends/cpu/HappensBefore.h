// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Order between the threads that met in one barrier, told to ThreadSanitizer at the moment at which the barrier completes:
//
//   HappensBefore order;
//   for each: order.before(fiber);   what it did so far ...
//   for each: order.after(fiber);    ... is seen by each from now on
//
// Every barrier that completes has a place in memory of its own, so that it orders nothing but its own threads. Without
// ThreadSanitizer all of it does nothing.

#ifndef CUPORT_CPU_HAPPENSBEFORE_H
#define CUPORT_CPU_HAPPENSBEFORE_H

#include "Sanitizer.h"

namespace cuport::cpu {

class HappensBefore {
public:
  HappensBefore() {
    if (threadSanitizer())
      begin();
  }
  ~HappensBefore() {
    if (threadSanitizer())
      switchSanitizer(caller);
  }
  HappensBefore(const HappensBefore &) = delete;
  HappensBefore &operator=(const HappensBefore &) = delete;

  void before(void *fiber) {
    if (fiber) {
      switchSanitizer(fiber);
      release(place);
    }
  }
  void after(void *fiber) {
    if (fiber) {
      switchSanitizer(fiber);
      acquire(place);
    }
  }

private:
  void begin();

  void *caller = nullptr;
  void *place = nullptr;
};

} // namespace cuport::cpu
#endif
