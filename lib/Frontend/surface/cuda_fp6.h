// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef CUPORT_SURFACE_CUDA_FP6_H
#define CUPORT_SURFACE_CUDA_FP6_H

#include <cuda_fp8.h>

#ifdef __cplusplus

struct __nv_fp6_e2m3 {
  __nv_fp6_storage_t __x;
  __nv_fp6_e2m3() = default;
  template <class T> CUPORT_HD explicit __nv_fp6_e2m3(T value);
  template <class T> CUPORT_HD explicit operator T() const;
};

struct __nv_fp6x2_e2m3 {
  __nv_fp6x2_storage_t __x;
  __nv_fp6x2_e2m3() = default;
  template <class T> CUPORT_HD explicit __nv_fp6x2_e2m3(T value);
  template <class T> CUPORT_HD explicit operator T() const;
};

struct __nv_fp6x4_e2m3 {
  __nv_fp6x4_storage_t __x;
  __nv_fp6x4_e2m3() = default;
  template <class T> CUPORT_HD explicit __nv_fp6x4_e2m3(T value);
  template <class T> CUPORT_HD explicit operator T() const;
};

struct __nv_fp6_e3m2 {
  __nv_fp6_storage_t __x;
  __nv_fp6_e3m2() = default;
  template <class T> CUPORT_HD explicit __nv_fp6_e3m2(T value);
  template <class T> CUPORT_HD explicit operator T() const;
};

struct __nv_fp6x2_e3m2 {
  __nv_fp6x2_storage_t __x;
  __nv_fp6x2_e3m2() = default;
  template <class T> CUPORT_HD explicit __nv_fp6x2_e3m2(T value);
  template <class T> CUPORT_HD explicit operator T() const;
};

struct __nv_fp6x4_e3m2 {
  __nv_fp6x4_storage_t __x;
  __nv_fp6x4_e3m2() = default;
  template <class T> CUPORT_HD explicit __nv_fp6x4_e3m2(T value);
  template <class T> CUPORT_HD explicit operator T() const;
};

#endif

#endif
