// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RCCL, whose names are NCCL's. Link with -lrccl.

#ifndef CUPORT_RCCL_H
#define CUPORT_RCCL_H

#include <hip/hip_runtime_api.h>

#include <nccl.h>

#endif
