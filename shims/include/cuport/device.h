// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What a kernel may call without including anything. It has to come before the standard library's <cmath> (see
// cuport/math_functions.h), so cuport-cc includes it by force.

#ifndef CUPORT_DEVICE_H
#define CUPORT_DEVICE_H

#include <cuport/keywords.h>

#ifdef CUPORT_COMPILES_KERNELS
#include <cuport/math_functions.h>

#include <cuport/atomic_functions.h>
#include <cuport/builtin_variables.h>
#include <cuport/cluster_functions.h>
#include <cuport/conversion_functions.h>
#include <cuport/device_functions.h>
#include <cuport/fast_math_functions.h>
#include <cuport/integer_functions.h>
#include <cuport/new_functions.h>
#include <cuport/nv_atomic_functions.h>
#include <cuport/rounding_functions.h>
#include <cuport/simd_functions.h>
#include <cuport/special_functions.h>
#include <cuport/warp_functions.h>

#include <assert.h>
#endif

#endif
