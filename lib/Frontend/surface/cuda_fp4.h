// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef CUPORT_SURFACE_CUDA_FP4_H
#define CUPORT_SURFACE_CUDA_FP4_H

#include <cuda_fp8.h>

#ifdef __cplusplus

struct __nv_fp4_e2m1 {
  __nv_fp4_storage_t __x;
  __nv_fp4_e2m1() = default;
  template <class T> CUPORT_HD explicit __nv_fp4_e2m1(T value);
  template <class T> CUPORT_HD explicit operator T() const;
};

struct __nv_fp4x2_e2m1 {
  __nv_fp4x2_storage_t __x;
  __nv_fp4x2_e2m1() = default;
  template <class T> CUPORT_HD explicit __nv_fp4x2_e2m1(T value);
  template <class T> CUPORT_HD explicit operator T() const;
};

struct __nv_fp4x4_e2m1 {
  __nv_fp4x4_storage_t __x;
  __nv_fp4x4_e2m1() = default;
  template <class T> CUPORT_HD explicit __nv_fp4x4_e2m1(T value);
  template <class T> CUPORT_HD explicit operator T() const;
};

#endif

#endif
