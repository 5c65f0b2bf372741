// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What the programs of this folder share: each is right, or makes one mistake that its first argument names.

#ifndef CUPORT_TEST_CHECKED_H
#define CUPORT_TEST_CHECKED_H

#include <cstdio>
#include <cstring>

enum Mistake { Nothing, Outside, Race };

inline Mistake mistakeOf(int count, char **words) {
  if (count < 2)
    return Nothing;
  return std::strcmp(words[1], "outside") ? Race : Outside;
}

/// Device memory with the numbers 0, 1, 2 ...
template <class T = int> T *counted(int count) {
  T *memory, *host = new T[count];
  for (int i = 0; i < count; ++i)
    host[i] = T(i);
  cudaMalloc(&memory, count * sizeof(T));
  cudaMemcpy(memory, host, count * sizeof(T), cudaMemcpyHostToDevice);
  delete[] host;
  return memory;
}

/// Prints what the check lines look for: whether all of count elements are as `expected` says. Frees the memory.
template <class T, class F> void compare(T *memory, int count, F expected) {
  T *host = new T[count];
  cudaMemcpy(host, memory, count * sizeof(T), cudaMemcpyDeviceToHost);
  int wrong = 0;
  for (int i = 0; i < count; ++i)
    wrong += host[i] != T(expected(i));
  std::printf("%d of %d wrong, %s\n", wrong, count, cudaGetErrorString(cudaGetLastError()));
  delete[] host;
  cudaFree(memory);
}

#endif
