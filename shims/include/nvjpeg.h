// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// nvJPEG for C and C++; docs/ShimLibraries.md says what there is. Link with -lnvjpeg.

#ifndef CUPORT_NVJPEG_H
#define CUPORT_NVJPEG_H

// Code asks by this name whether the header is in.
#define NV_JPEG_HEADER

#include <cuda_runtime_api.h>
#include <library_types.h>

#include <stddef.h>
#include <stdint.h>

#include <cuport/nvjpeg_api.h>

#endif
