// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// __nv_atomic_load_n and its kin, which say their order and scope. The orders are the C library's by number; the scopes
// are all the same memory.

#ifndef CUPORT_NV_ATOMIC_FUNCTIONS_H
#define CUPORT_NV_ATOMIC_FUNCTIONS_H

#include <cuport/attributes.h>

#define __NV_ATOMIC_RELAXED __ATOMIC_RELAXED
#define __NV_ATOMIC_CONSUME __ATOMIC_CONSUME
#define __NV_ATOMIC_ACQUIRE __ATOMIC_ACQUIRE
#define __NV_ATOMIC_RELEASE __ATOMIC_RELEASE
#define __NV_ATOMIC_ACQ_REL __ATOMIC_ACQ_REL
#define __NV_ATOMIC_SEQ_CST __ATOMIC_SEQ_CST
#define __NV_THREAD_SCOPE_THREAD 0
#define __NV_THREAD_SCOPE_BLOCK 1
#define __NV_THREAD_SCOPE_CLUSTER 2
#define __NV_THREAD_SCOPE_DEVICE 3
#define __NV_THREAD_SCOPE_SYSTEM 4

template <class T> CUPORT_DEVICE_MEMBER T __nv_atomic_load_n(T *address, int order, int = 0) {
  T value;
  __atomic_load(address, &value, order);
  return value;
}
template <class T> CUPORT_DEVICE_MEMBER void __nv_atomic_load(T *address, T *result, int order, int = 0) {
  __atomic_load(address, result, order);
}
template <class T, class U> CUPORT_DEVICE_MEMBER void __nv_atomic_store_n(T *address, U given, int order, int = 0) {
  T value = static_cast<T>(given);
  __atomic_store(address, &value, order);
}
template <class T> CUPORT_DEVICE_MEMBER void __nv_atomic_store(T *address, T *value, int order, int = 0) {
  __atomic_store(address, value, order);
}
template <class T, class U> CUPORT_DEVICE_MEMBER T __nv_atomic_exchange_n(T *address, U given, int order, int = 0) {
  T value = static_cast<T>(given), old;
  __atomic_exchange(address, &value, &old, order);
  return old;
}
template <class T> CUPORT_DEVICE_MEMBER void __nv_atomic_exchange(T *address, T *value, T *result, int order, int = 0) {
  __atomic_exchange(address, value, result, order);
}
template <class T, class U>
CUPORT_DEVICE_MEMBER bool __nv_atomic_compare_exchange_n(T *address, T *expected, U given, bool, int success, int failure, int = 0) {
  T desired = static_cast<T>(given);
  return __atomic_compare_exchange(address, expected, &desired, false, success, failure);
}
template <class T>
CUPORT_DEVICE_MEMBER bool __nv_atomic_compare_exchange(T *address, T *expected, T *desired, bool, int success, int failure, int = 0) {
  return __atomic_compare_exchange(address, expected, desired, false, success, failure);
}
#define CUPORT_FETCH(name)                                                                                       \
  template <class T, class U> CUPORT_DEVICE_MEMBER T __nv_atomic_fetch_##name(T *address, U value, int order, int = 0) { \
    return __atomic_fetch_##name(address, static_cast<T>(value), order);                                         \
  }                                                                                                              \
  template <class T, class U> CUPORT_DEVICE_MEMBER void __nv_atomic_##name(T *address, U value, int order, int = 0) {    \
    __atomic_fetch_##name(address, static_cast<T>(value), order);                                                \
  }
CUPORT_FETCH(add)
CUPORT_FETCH(sub)
CUPORT_FETCH(and)
CUPORT_FETCH(or)
CUPORT_FETCH(xor)
CUPORT_FETCH(min)
CUPORT_FETCH(max)
#undef CUPORT_FETCH
CUPORT_DEVICE void __nv_atomic_thread_fence(int order, int = 0) { __atomic_thread_fence(order); }

#endif
