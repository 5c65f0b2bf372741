// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// CUDA's warp functions over HIP's without masks, for releases that have no other (before 6.2). They are the same where the mask
// names the lanes that are there, which is what a program has to say anyway; lanes of AMD's older cards are 64, and
// `cuport report` finds code that assumes 32.

#ifndef CUPORT_ROCM_WARP_H
#define CUPORT_ROCM_WARP_H

#include <hip/hip_version.h>

#if HIP_VERSION_MAJOR < 6 || (HIP_VERSION_MAJOR == 6 && HIP_VERSION_MINOR < 2)
#define __shfl_sync(mask, ...) __shfl(__VA_ARGS__)
#define __shfl_up_sync(mask, ...) __shfl_up(__VA_ARGS__)
#define __shfl_down_sync(mask, ...) __shfl_down(__VA_ARGS__)
#define __shfl_xor_sync(mask, ...) __shfl_xor(__VA_ARGS__)
#define __ballot_sync(mask, predicate) __ballot(predicate)
#define __any_sync(mask, predicate) __any(predicate)
#define __all_sync(mask, predicate) __all(predicate)
#define __activemask() __ballot(1)
#endif

// A warp runs in step, so only memory has to be in order.
#if HIP_VERSION_MAJOR < 7
#define __syncwarp(...) __builtin_amdgcn_fence(__ATOMIC_ACQ_REL, "wavefront")
#endif

#endif
