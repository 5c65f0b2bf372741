// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef CUPORT_SURFACE_CUDA_RUNTIME_API_H
#define CUPORT_SURFACE_CUDA_RUNTIME_API_H

// Code asks by this name whether the header is in.
#define __CUDA_RUNTIME_API_H__
#define __DRIVER_TYPES_H__
#define __VECTOR_TYPES_H__

#include <cuport/keywords.h>

#include <cuport/vector_types.h>

#include <cuport/runtime_api.h>

#endif
