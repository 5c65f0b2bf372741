// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// threadIdx, blockIdx, blockDim, gridDim and warpSize. They hold nothing: a member is a call of an intrinsic.
//
//   threadIdx.x  ->  __cuport_thread_idx(0)       uint3 t = threadIdx       dim3 d = blockDim       x % warpSize

#ifndef CUPORT_BUILTIN_VARIABLES_H
#define CUPORT_BUILTIN_VARIABLES_H

#include <cuport/attributes.h>
#include <cuport/intrinsics.h>
#include <vector_types.h>

#define CUPORT_COORDINATES(type, intrinsic)                                                              \
  struct type {                                                                                          \
    __declspec(property(get = cuport_x)) unsigned x;                                                     \
    __declspec(property(get = cuport_y)) unsigned y;                                                     \
    __declspec(property(get = cuport_z)) unsigned z;                                                     \
    static CUPORT_DEVICE_MEMBER unsigned cuport_x() { return intrinsic(0); }                             \
    static CUPORT_DEVICE_MEMBER unsigned cuport_y() { return intrinsic(1); }                             \
    static CUPORT_DEVICE_MEMBER unsigned cuport_z() { return intrinsic(2); }                             \
    CUPORT_DEVICE_MEMBER operator uint3() const { return uint3{intrinsic(0), intrinsic(1), intrinsic(2)}; } \
    CUPORT_DEVICE_MEMBER operator dim3() const { return dim3(intrinsic(0), intrinsic(1), intrinsic(2)); } \
  }

CUPORT_COORDINATES(cuport_thread_idx, __cuport_thread_idx);
CUPORT_COORDINATES(cuport_block_idx, __cuport_block_idx);
CUPORT_COORDINATES(cuport_block_dim, __cuport_block_dim);
CUPORT_COORDINATES(cuport_grid_dim, __cuport_grid_dim);
#undef CUPORT_COORDINATES

struct cuport_warp_size {
  CUPORT_DEVICE_MEMBER operator int() const { return static_cast<int>(__cuport_warp_size()); }
};

static const __attribute__((device, unused)) cuport_thread_idx threadIdx;
static const __attribute__((device, unused)) cuport_block_idx blockIdx;
static const __attribute__((device, unused)) cuport_block_dim blockDim;
static const __attribute__((device, unused)) cuport_grid_dim gridDim;
static const __attribute__((device, unused)) cuport_warp_size warpSize;

#endif
