// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef CUPORT_SURFACE_CUDA_RUNTIME_API_H
#define CUPORT_SURFACE_CUDA_RUNTIME_API_H

#include <cuport/keywords.h>

#include <cuport/vector_types.h>

#include <cuport/runtime_api.h>

#endif
