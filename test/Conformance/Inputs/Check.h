// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What the files of this suite check with: a condition that does not hold is printed with its line, and the program ends with 1.

#ifndef CUPORT_CONFORMANCE_CHECK_H
#define CUPORT_CONFORMANCE_CHECK_H

#include <cstdio>
#include <cstdlib>

#define CHECK(condition)                                                                                               \
  do {                                                                                                                 \
    if (!(condition)) {                                                                                                \
      std::fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition);                                      \
      std::exit(1);                                                                                                    \
    }                                                                                                                  \
  } while (0)

// The call returns this code.
#define CHECK_IS(code, call)                                                                                           \
  do {                                                                                                                 \
    int cuport_got = int(call), cuport_wanted = int(code);                                                             \
    if (cuport_got != cuport_wanted) {                                                                                 \
      std::fprintf(stderr, "%s:%d: %s is %d, not %d\n", __FILE__, __LINE__, #call, cuport_got, cuport_wanted);           \
      std::exit(1);                                                                                                    \
    }                                                                                                                  \
  } while (0)

#define CHECK_OK(call) CHECK_IS(0, call)

#endif
