// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// cuda::aligned_size_t, a size whose pointers have an alignment that the compiler knows.

#ifndef CUPORT_CUDA_ALIGNED_SIZE_H
#define CUPORT_CUDA_ALIGNED_SIZE_H

// NVIDIA's own libcu++, where a program brings it along.
#if __has_include(<cuda/__barrier/aligned_size.h>)
#include <cuda/__barrier/aligned_size.h>
#else

#include <cuport/attributes.h>
#include <stddef.h>

namespace cuda {
template <size_t Alignment> struct aligned_size_t {
  static constexpr size_t align = Alignment;
  size_t value;
  CUPORT_MEMBER explicit constexpr aligned_size_t(size_t size) : value(size) {}
  CUPORT_MEMBER constexpr operator size_t() const { return value; }
};
} // namespace cuda

#endif
#endif
