// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef CUPORT_SURFACE_CUSOLVER_COMMON_H
#define CUPORT_SURFACE_CUSOLVER_COMMON_H

#include <cuda_runtime_api.h>
#include <cublas_v2.h>
#include <cusparse.h>
#include <cuport/cusolver_api.h>

#endif
