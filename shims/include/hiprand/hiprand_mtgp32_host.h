// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// How the host makes states of hipRAND's MTGP32, which are cuRAND's.

#ifndef CUPORT_HIPRAND_MTGP32_HOST_H
#define CUPORT_HIPRAND_MTGP32_HOST_H

#include <curand_mtgp32_host.h>
#include <hiprand/hiprand_kernel.h>
#ifdef CUPORT_COMPILES_KERNELS

inline hiprandStatus_t hiprandMakeMTGP32Constants(const mtgp32_params_fast_t parameters[], mtgp32_kernel_params_t *constants) {
  return static_cast<hiprandStatus_t>(curandMakeMTGP32Constants(parameters, constants));
}
inline hiprandStatus_t hiprandMakeMTGP32KernelState(hiprandStateMtgp32_t *states, mtgp32_params_fast_t parameters[],
                                                    mtgp32_kernel_params_t *constants, int n, unsigned long long seed) {
  return static_cast<hiprandStatus_t>(curandMakeMTGP32KernelState(states, parameters, constants, n, seed));
}

#endif
#endif
