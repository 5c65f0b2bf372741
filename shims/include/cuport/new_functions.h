// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// new and delete in kernels: memory of the heap that malloc has there, and objects at a place that is given. The standard library's
// are the host's.

#ifndef CUPORT_NEW_FUNCTIONS_H
#define CUPORT_NEW_FUNCTIONS_H

#include <cuport/intrinsics.h>

#ifdef __cplusplus
#include <new>

// A file may have them for itself: they replace nothing of the program's.
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Winline-new-delete"
__device__ inline void *operator new(size_t size) { return __cuport_device_malloc(size ? size : 1); }
__device__ inline void *operator new[](size_t size) { return __cuport_device_malloc(size ? size : 1); }
__device__ inline void operator delete(void *pointer) noexcept { __cuport_device_free(pointer); }
__device__ inline void operator delete[](void *pointer) noexcept { __cuport_device_free(pointer); }
__device__ inline void operator delete(void *pointer, size_t) noexcept { __cuport_device_free(pointer); }
__device__ inline void operator delete[](void *pointer, size_t) noexcept { __cuport_device_free(pointer); }
#pragma clang diagnostic pop

__device__ inline void *operator new(size_t, void *place) noexcept { return place; }
__device__ inline void *operator new[](size_t, void *place) noexcept { return place; }
__device__ inline void operator delete(void *, void *) noexcept {}
__device__ inline void operator delete[](void *, void *) noexcept {}
#endif

#endif
