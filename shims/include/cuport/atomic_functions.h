// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// atomicAdd and its kin, each as it is, _block and _system. The memory is the processor's own, so the three are the same
// operation. Functions for each type and no templates: a program's arguments convert as CUDA's do, and what CUDA has not
// (atomicMin of float ...) stays free for programs that write it themselves. HIP has more types; a .hip file gets them.

#ifndef CUPORT_ATOMIC_FUNCTIONS_H
#define CUPORT_ATOMIC_FUNCTIONS_H

#include <cuport/attributes.h>
#include <cuport/vector_types.h>

#define CUPORT_SCOPES(define, name, ...) \
  define(name, __VA_ARGS__) define(name##_block, __VA_ARGS__) define(name##_system, __VA_ARGS__)

#define CUPORT_FETCH(name, type, operation) \
  CUPORT_DEVICE type name(type *address, type value) { return operation(address, value, __ATOMIC_RELAXED); }
#define CUPORT_EXCHANGE(name, type)                                      \
  CUPORT_DEVICE type name(type *address, type value) {                   \
    type old;                                                            \
    __atomic_exchange(address, &value, &old, __ATOMIC_RELAXED);          \
    return old;                                                          \
  }
#define CUPORT_SWAP(name, type)                                                                               \
  CUPORT_DEVICE type name(type *address, type compare, type value) {                                          \
    __atomic_compare_exchange_n(address, &compare, value, false, __ATOMIC_RELAXED, __ATOMIC_RELAXED);         \
    return compare;                                                                                           \
  }
// Counts up to limit and begins at 0 again; counts down to 0 and begins at limit again.
#define CUPORT_INCREMENT(name, next)                                                                              \
  CUPORT_DEVICE unsigned name(unsigned *address, unsigned limit) {                                                \
    unsigned old = __atomic_load_n(address, __ATOMIC_RELAXED);                                                    \
    while (!__atomic_compare_exchange_n(address, &old, next, false, __ATOMIC_RELAXED, __ATOMIC_RELAXED)) {        \
    }                                                                                                             \
    return old;                                                                                                   \
  }
// min and max of floating point, where a NaN loses; HIP only.
#define CUPORT_FETCH_FLOAT(name, type, choose)                                                                    \
  CUPORT_DEVICE type name(type *address, type value) {                                                            \
    type old, next;                                                                                               \
    __atomic_load(address, &old, __ATOMIC_RELAXED);                                                               \
    do                                                                                                            \
      next = choose(old, value);                                                                                  \
    while (!__atomic_compare_exchange(address, &old, &next, false, __ATOMIC_RELAXED, __ATOMIC_RELAXED));          \
    return old;                                                                                                   \
  }

CUPORT_SCOPES(CUPORT_FETCH, atomicAdd, int, __atomic_fetch_add)
CUPORT_SCOPES(CUPORT_FETCH, atomicAdd, unsigned, __atomic_fetch_add)
CUPORT_SCOPES(CUPORT_FETCH, atomicAdd, unsigned long long, __atomic_fetch_add)
CUPORT_SCOPES(CUPORT_FETCH, atomicAdd, float, __atomic_fetch_add)
#if !defined(__CUDA_ARCH__) || __CUDA_ARCH__ >= 600 // for older ones programs have one of their own
CUPORT_SCOPES(CUPORT_FETCH, atomicAdd, double, __atomic_fetch_add)
#endif
#if defined(__CUDACC__) && (!defined(__CUDA_ARCH__) || __CUDA_ARCH__ >= 900)
// Each component by itself.
#define CUPORT_ADD_TWO(name, type) \
  CUPORT_DEVICE type name(type *address, type value) { return {name(&address->x, value.x), name(&address->y, value.y)}; }
#define CUPORT_ADD_FOUR(name, type)                                                                                \
  CUPORT_DEVICE type name(type *address, type value) {                                                            \
    return {name(&address->x, value.x), name(&address->y, value.y), name(&address->z, value.z), name(&address->w, value.w)}; \
  }
CUPORT_SCOPES(CUPORT_ADD_TWO, atomicAdd, float2)
CUPORT_SCOPES(CUPORT_ADD_FOUR, atomicAdd, float4)
#endif
CUPORT_SCOPES(CUPORT_FETCH, atomicSub, int, __atomic_fetch_sub)
CUPORT_SCOPES(CUPORT_FETCH, atomicSub, unsigned, __atomic_fetch_sub)

#define CUPORT_INTEGER(type)                                     \
  CUPORT_SCOPES(CUPORT_FETCH, atomicMin, type, __atomic_fetch_min) \
  CUPORT_SCOPES(CUPORT_FETCH, atomicMax, type, __atomic_fetch_max) \
  CUPORT_SCOPES(CUPORT_FETCH, atomicAnd, type, __atomic_fetch_and) \
  CUPORT_SCOPES(CUPORT_FETCH, atomicOr, type, __atomic_fetch_or)   \
  CUPORT_SCOPES(CUPORT_FETCH, atomicXor, type, __atomic_fetch_xor)
CUPORT_INTEGER(int)
CUPORT_INTEGER(unsigned)
CUPORT_INTEGER(long long)
CUPORT_INTEGER(unsigned long long)

CUPORT_SCOPES(CUPORT_EXCHANGE, atomicExch, int)
CUPORT_SCOPES(CUPORT_EXCHANGE, atomicExch, unsigned)
CUPORT_SCOPES(CUPORT_EXCHANGE, atomicExch, unsigned long long)
CUPORT_SCOPES(CUPORT_EXCHANGE, atomicExch, float)

CUPORT_SCOPES(CUPORT_SWAP, atomicCAS, int)
CUPORT_SCOPES(CUPORT_SWAP, atomicCAS, unsigned)
CUPORT_SCOPES(CUPORT_SWAP, atomicCAS, unsigned long long)
CUPORT_SCOPES(CUPORT_SWAP, atomicCAS, unsigned short)

CUPORT_SCOPES(CUPORT_INCREMENT, atomicInc, old >= limit ? 0 : old + 1)
CUPORT_SCOPES(CUPORT_INCREMENT, atomicDec, old == 0 || old > limit ? limit : old - 1)

#ifndef __CUDACC__
CUPORT_SCOPES(CUPORT_FETCH, atomicAdd, unsigned long, __atomic_fetch_add)
CUPORT_SCOPES(CUPORT_FETCH, atomicSub, unsigned long, __atomic_fetch_sub)
CUPORT_SCOPES(CUPORT_FETCH, atomicSub, unsigned long long, __atomic_fetch_sub)
CUPORT_SCOPES(CUPORT_FETCH, atomicSub, float, __atomic_fetch_sub)
CUPORT_SCOPES(CUPORT_FETCH, atomicSub, double, __atomic_fetch_sub)
CUPORT_INTEGER(unsigned long)
CUPORT_SCOPES(CUPORT_EXCHANGE, atomicExch, unsigned long)
CUPORT_SCOPES(CUPORT_EXCHANGE, atomicExch, double)
CUPORT_SCOPES(CUPORT_SWAP, atomicCAS, unsigned long)
CUPORT_SCOPES(CUPORT_FETCH_FLOAT, atomicMin, float, __builtin_fminf)
CUPORT_SCOPES(CUPORT_FETCH_FLOAT, atomicMax, float, __builtin_fmaxf)
CUPORT_SCOPES(CUPORT_FETCH_FLOAT, atomicMin, double, __builtin_fmin)
CUPORT_SCOPES(CUPORT_FETCH_FLOAT, atomicMax, double, __builtin_fmax)
CUPORT_FETCH(unsafeAtomicAdd, float, __atomic_fetch_add)
CUPORT_FETCH(unsafeAtomicAdd, double, __atomic_fetch_add)
CUPORT_FETCH(safeAtomicAdd, float, __atomic_fetch_add)
CUPORT_FETCH(safeAtomicAdd, double, __atomic_fetch_add)
CUPORT_FETCH(atomicAddNoRet, float, __atomic_fetch_add)
#endif

// 16 bytes at once. The processor may have the instruction though the unit is not compiled for it: every x86-64 but the
// first ones.
#if defined(__x86_64__)
__attribute__((device, target("cx16"), unused)) static inline unsigned __int128
cuport_swap_128(unsigned __int128 *address, unsigned __int128 compare, unsigned __int128 value) {
  return __sync_val_compare_and_swap(address, compare, value);
}
#else
CUPORT_DEVICE unsigned __int128 cuport_swap_128(unsigned __int128 *address, unsigned __int128 compare,
                                                unsigned __int128 value) {
  __atomic_compare_exchange_n(address, &compare, value, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
  return compare;
}
#endif

/// atomicCAS and atomicExch of any type of 16 bytes, aligned to 16.
template <bool Condition, class T> struct cuport_only_if {};
template <class T> struct cuport_only_if<true, T> { typedef T type; };
#define CUPORT_SWAP_128(name)                                                                                     \
  template <class T>                                                                                              \
  __attribute__((device)) inline typename cuport_only_if<sizeof(T) == 16 && alignof(T) == 16, T>::type name(      \
      T *address, T compare, T value) {                                                                           \
    unsigned __int128 old = cuport_swap_128(reinterpret_cast<unsigned __int128 *>(address),                       \
                                            __builtin_bit_cast(unsigned __int128, compare),                       \
                                            __builtin_bit_cast(unsigned __int128, value));                        \
    return __builtin_bit_cast(T, old);                                                                            \
  }
#define CUPORT_EXCHANGE_128(name)                                                                                 \
  template <class T>                                                                                              \
  __attribute__((device)) inline typename cuport_only_if<sizeof(T) == 16 && alignof(T) == 16, T>::type name(      \
      T *address, T value) {                                                                                      \
    unsigned __int128 *words = reinterpret_cast<unsigned __int128 *>(address), old = 0, seen;                     \
    while ((seen = cuport_swap_128(words, old, __builtin_bit_cast(unsigned __int128, value))) != old)             \
      old = seen;                                                                                                 \
    return __builtin_bit_cast(T, old);                                                                            \
  }
CUPORT_SWAP_128(atomicCAS)
CUPORT_SWAP_128(atomicCAS_block)
CUPORT_SWAP_128(atomicCAS_system)
CUPORT_EXCHANGE_128(atomicExch)
CUPORT_EXCHANGE_128(atomicExch_block)
CUPORT_EXCHANGE_128(atomicExch_system)

#undef CUPORT_SCOPES
#undef CUPORT_FETCH
#undef CUPORT_EXCHANGE
#undef CUPORT_SWAP
#undef CUPORT_INCREMENT
#undef CUPORT_FETCH_FLOAT
#undef CUPORT_INTEGER
#undef CUPORT_SWAP_128
#undef CUPORT_EXCHANGE_128

#endif
