// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef CUPORT_SURFACE_CURAND_MTGP32_HOST_H
#define CUPORT_SURFACE_CURAND_MTGP32_HOST_H

// The functions that fill these return curandStatus_t and come with curand.h.
#include <curand_kernel.h>

struct mtgp32_kernel_params;
typedef mtgp32_kernel_params mtgp32_kernel_params_t;
struct mtgp32_params_fast;
typedef mtgp32_params_fast mtgp32_params_fast_t;
extern mtgp32_params_fast_t mtgp32dc_params_fast_11213[];

#endif
