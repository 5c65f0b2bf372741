// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What a kernel calls: made from data/api/device.yaml. The half types that some functions take are
// only named here; cuda_fp16.h and its kin complete them.

#ifndef CUPORT_DEVICE_FUNCTIONS_H
#define CUPORT_DEVICE_FUNCTIONS_H

#include <cuport/c_math.h>
#include <cuport/keywords.h>

#include <stdint.h>

#include <cuport/vector_types.h>

#include <cuport/runtime_api.h>
#include <cuport/small_float_names.h>

#ifdef __cplusplus
#include <cuport/type_traits.h>
#endif

#include <cuport/device_api.h>

#endif
