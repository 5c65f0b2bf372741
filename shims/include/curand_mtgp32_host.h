// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// How the host makes states of cuRAND's MTGP32 (cuport/mtgp32.h).

#ifndef CUPORT_CURAND_MTGP32_HOST_H
#define CUPORT_CURAND_MTGP32_HOST_H

#include <curand_kernel.h>
#ifdef CUPORT_COMPILES_KERNELS

#include <vector>

enum { CURAND_NUM_MTGP32_PARAMS = 200 };
inline mtgp32_params_fast_t mtgp32dc_params_fast_11213[CURAND_NUM_MTGP32_PARAMS] = {};

inline curandStatus_t curandMakeMTGP32Constants(const mtgp32_params_fast_t[], mtgp32_kernel_params_t *constants) {
  return cudaMemset(constants, 0, sizeof *constants) == cudaSuccess ? CURAND_STATUS_SUCCESS : CURAND_STATUS_INITIALIZATION_FAILED;
}

/// Each of the n states, in device memory, has numbers of its own.
inline curandStatus_t curandMakeMTGP32KernelState(curandStateMtgp32_t *states, mtgp32_params_fast_t[], mtgp32_kernel_params_t *, int n,
                                                  unsigned long long seed) {
  std::vector<curandStateMtgp32_t> made;
  for (int i = 0; i < n; ++i) {
    unsigned long long mixed = seed + i;
    unsigned long long key = cuport_spread(mixed);
    made.push_back({0, {static_cast<unsigned>(key), static_cast<unsigned>(key >> 32)}});
  }
  return cudaMemcpy(states, made.data(), made.size() * sizeof made[0], cudaMemcpyHostToDevice) == cudaSuccess
             ? CURAND_STATUS_SUCCESS
             : CURAND_STATUS_INITIALIZATION_FAILED;
}

#endif
#endif
