// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef CUPORT_SURFACE_CUSPARSE_H
#define CUPORT_SURFACE_CUSPARSE_H

#include <cuda_runtime_api.h>
#include <cuComplex.h>
#include <cuda_fp16.h>
#include <stdio.h>
#include <cuport/cusparse_api.h>

#endif
