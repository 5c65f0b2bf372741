// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef HEAT_CHECK_H
#define HEAT_CHECK_H

#include <cuda_runtime.h>

#include <cstdio>
#include <cstdlib>

// Ends the program with the place and CUDA's own words when a call fails.
#define CHECK(call)                                                                                \
  do {                                                                                             \
    cudaError_t status_ = (call);                                                                  \
    if (status_ != cudaSuccess) {                                                                  \
      std::fprintf(stderr, "%s:%d: %s failed: %s\n", __FILE__, __LINE__, #call,                    \
                   cudaGetErrorString(status_));                                                   \
      std::exit(EXIT_FAILURE);                                                                     \
    }                                                                                              \
  } while (0)

// Launches a kernel and checks that the launch was accepted.
#define LAUNCH(kernel, grid, block, shared, stream, ...)                                           \
  do {                                                                                             \
    kernel<<<(grid), (block), (shared), (stream)>>>(__VA_ARGS__);                                  \
    CHECK(cudaGetLastError());                                                                     \
  } while (0)

#endif
