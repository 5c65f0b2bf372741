// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// cuSPARSE for C and C++; docs/ShimLibraries.md says what there is. Link with -lcusparse.

#ifndef CUPORT_CUSPARSE_H
#define CUPORT_CUSPARSE_H

// Code asks by this name whether the header is in.
#define CUSPARSE_H_

#include <cuComplex.h>
#include <cuda_runtime_api.h>
#include <library_types.h>
#include <stdio.h>

#ifdef __cplusplus
#include <cuda_fp16.h>
#else
#include <cuport/half_in_c.h>
#endif

#include <cuport/cusparse_api.h>

#endif
