// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What the runtime's tests say things with: CHECK of a condition, IS of two values; the program fails if one did not hold.

#ifndef CUPORT_TEST_CHECK_H
#define CUPORT_TEST_CHECK_H

#include <cuda_runtime.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iostream>

inline int failures = 0;

inline void checkThat(bool holds, const char *text, const char *file, int line) {
  if (holds)
    return;
  ++failures;
  std::printf("%s:%d: not so: %s\n", file, line, text);
}

template <class A, class B> void checkSame(const A &value, const B &wanted, const char *text, const char *file, int line) {
  if (value == wanted)
    return;
  ++failures;
  std::cout << file << ":" << line << ": " << text << " is " << value << ", not " << wanted << std::endl;
}

#define CHECK(condition) checkThat(condition, #condition, __FILE__, __LINE__)
#define IS(value, wanted) checkSame(value, wanted, #value, __FILE__, __LINE__)
/// A call that has to succeed.
#define OK(call) IS(call, cudaSuccess)

inline int done() {
  if (!failures)
    std::puts("all as it should be");
  return failures != 0;
}

#endif
