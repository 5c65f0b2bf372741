// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef CUPORT_SURFACE_CUDA_GL_INTEROP_H
#define CUPORT_SURFACE_CUDA_GL_INTEROP_H

#include <cuda_runtime_api.h>

#endif
