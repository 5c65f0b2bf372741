// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// CUDA's runtime API for C and C++: types and entry points.

#ifndef CUPORT_CUDA_RUNTIME_API_H
#define CUPORT_CUDA_RUNTIME_API_H

// Code asks by these names whether the headers are in.
#define __CUDA_RUNTIME_API_H__
#define __DRIVER_TYPES_H__
#define __VECTOR_TYPES_H__

#include <cuport/keywords.h>

#include <cuport/vector_types.h>

#include <cuport/runtime_api.h>

#endif
