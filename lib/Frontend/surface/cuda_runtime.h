// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef CUPORT_SURFACE_CUDA_RUNTIME_H
#define CUPORT_SURFACE_CUDA_RUNTIME_H

// Code asks by this name whether the header is in.
#define __CUDA_RUNTIME_H__

#include <cuport/keywords.h>

#include <cuport/c_library.h>

#include <cuda_runtime_api.h>
#include <cuport/builtins.h>
#include <cuport/device_functions.h>
#include <cuport/launch.h>
#include <cuport/texture.h>

#endif
