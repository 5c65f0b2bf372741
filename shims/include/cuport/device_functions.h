// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What a kernel asks of its block and its surroundings: barriers, fences, clocks, ends, memory and strings, loads and
// stores with cache hints (a hint changes nothing), address spaces (there is one: an address is its own number).

#ifndef CUPORT_DEVICE_FUNCTIONS_H
#define CUPORT_DEVICE_FUNCTIONS_H

#include <cuport/attributes.h>
#include <cuport/intrinsics.h>
#include <stddef.h>
#include <time.h>

// Barriers and fences.
CUPORT_DEVICE void __syncthreads() { __cuport_barrier(0, 0); }
CUPORT_DEVICE int __syncthreads_count(int predicate) { return __cuport_barrier_reduce(CUPORT_BARRIER_COUNT, predicate != 0); }
CUPORT_DEVICE int __syncthreads_and(int predicate) { return __cuport_barrier_reduce(CUPORT_BARRIER_AND, predicate != 0); }
CUPORT_DEVICE int __syncthreads_or(int predicate) { return __cuport_barrier_reduce(CUPORT_BARRIER_OR, predicate != 0); }
CUPORT_DEVICE void __barrier_sync(unsigned id) { __cuport_barrier(id, 0); }
CUPORT_DEVICE void __barrier_sync_count(unsigned id, unsigned count) { __cuport_barrier(id, count); }
CUPORT_DEVICE void __threadfence_block() { __atomic_thread_fence(__ATOMIC_SEQ_CST); }
CUPORT_DEVICE void __threadfence() { __atomic_thread_fence(__ATOMIC_SEQ_CST); }
CUPORT_DEVICE void __threadfence_system() { __atomic_thread_fence(__ATOMIC_SEQ_CST); }

// Clocks and ends. __prof_trigger has no counter to raise, __brkpt stops in a debugger as a trap does.
CUPORT_DEVICE long long clock64() { return static_cast<long long>(__cuport_clock()); }
CUPORT_DEVICE clock_t clock() { return static_cast<clock_t>(__cuport_clock()); }
CUPORT_DEVICE void __nanosleep(unsigned nanoseconds) { __cuport_nanosleep(nanoseconds); }
CUPORT_DEVICE __attribute__((noreturn)) void __trap() { __cuport_trap(); }
CUPORT_DEVICE void __brkpt() { __builtin_debugtrap(); }
CUPORT_DEVICE void __prof_trigger(int) {}
#ifndef __CUDACC__
CUPORT_DEVICE long long wall_clock64() { return static_cast<long long>(__cuport_clock()); }
CUPORT_DEVICE long long __clock64() { return static_cast<long long>(__cuport_clock()); }
CUPORT_DEVICE long long __clock() { return static_cast<long long>(__cuport_clock()); }
#endif

// Programmatic dependent launch: the kernels of a stream start when the one before has ended, so nothing is left to do.
CUPORT_DEVICE void cudaGridDependencySynchronize() {}
CUPORT_DEVICE void cudaTriggerProgrammaticLaunchCompletion() {}

// The C library's names. The host keeps the library's own: a function for the device does not meet one for the host.
extern "C" __attribute__((device)) int printf(const char *format, ...) __attribute__((format(printf, 1, 2)));
CUPORT_DEVICE void *malloc(size_t size) { return __cuport_device_malloc(size); }
CUPORT_DEVICE void free(void *pointer) { __cuport_device_free(pointer); }
CUPORT_DEVICE void *memcpy(void *to, const void *from, size_t size) { return __builtin_memcpy(to, from, size); }
CUPORT_DEVICE void *memmove(void *to, const void *from, size_t size) { return __builtin_memmove(to, from, size); }
CUPORT_DEVICE void *memset(void *to, int value, size_t size) { return __builtin_memset(to, value, size); }
CUPORT_DEVICE int memcmp(const void *a, const void *b, size_t size) { return __builtin_memcmp(a, b, size); }
// <cmath> has brought <cstdlib>, whose names in std are the host's alone so far.
namespace std {
using ::free;
using ::malloc;
using ::memcmp;
using ::memcpy;
using ::memmove;
using ::memset;
using ::printf;
} // namespace std
CUPORT_DEVICE __attribute__((noreturn)) void __assert_fail(const char *condition, const char *file, unsigned line,
                                                           const char *function) noexcept {
  __cuport_assert_failed(condition, file, line, function);
}
CUPORT_DEVICE __attribute__((noreturn)) void __assertfail(const char *condition, const char *file, unsigned line,
                                                          const char *function, size_t) {
  __cuport_assert_failed(condition, file, line, function);
}

// new and delete of kernels are clang's, over malloc and free.
#include <new>

// Loads and stores with cache hints.
#define CUPORT_LOAD(name) \
  template <class T> CUPORT_DEVICE_MEMBER T name(const T *address) { return *address; }
template <class T> struct cuport_same { typedef T type; };
#define CUPORT_STORE(name)                                                                                          \
  template <class T>                                                                                              \
  CUPORT_DEVICE_MEMBER void name(T *address, typename cuport_same<T>::type value) { \
    *address = value;                                                                                             \
  }
CUPORT_LOAD(__ldg)
CUPORT_LOAD(__ldcg)
CUPORT_LOAD(__ldca)
CUPORT_LOAD(__ldcs)
CUPORT_LOAD(__ldlu)
template <class T> CUPORT_DEVICE_MEMBER T __ldcv(const T *address) {
  T value;
  if constexpr (sizeof(T) == 1 || sizeof(T) == 2 || sizeof(T) == 4 || sizeof(T) == 8)
    __atomic_load(const_cast<T *>(address), &value, __ATOMIC_RELAXED);
  else
    __builtin_memcpy(&value, address, sizeof(T));
  return value;
}
CUPORT_STORE(__stwb)
CUPORT_STORE(__stcg)
CUPORT_STORE(__stcs)
CUPORT_STORE(__stwt)
#undef CUPORT_LOAD
#undef CUPORT_STORE

// Address spaces.
CUPORT_DEVICE unsigned __isShared(const void *pointer) { return __cuport_address_space(pointer) == CUPORT_SPACE_SHARED; }
CUPORT_DEVICE unsigned __isLocal(const void *pointer) { return __cuport_address_space(pointer) == CUPORT_SPACE_LOCAL; }
CUPORT_DEVICE unsigned __isGridConstant(const void *pointer) { return __cuport_address_space(pointer) == CUPORT_SPACE_PARAMETER; }
CUPORT_DEVICE unsigned __isConstant(const void *pointer) { return __cuport_is_constant(pointer) != 0; }
CUPORT_DEVICE unsigned __isGlobal(const void *pointer) {
  return __cuport_address_space(pointer) == CUPORT_SPACE_OTHER && !__cuport_is_constant(pointer);
}
#define CUPORT_SPACE(space)                                                                                               \
  CUPORT_DEVICE size_t __cvta_generic_to_##space(const void *pointer) { return reinterpret_cast<size_t>(pointer); }       \
  CUPORT_DEVICE void *__cvta_##space##_to_generic(size_t address) { return reinterpret_cast<void *>(address); }
CUPORT_SPACE(global)
CUPORT_SPACE(constant)
CUPORT_SPACE(local)
CUPORT_SPACE(grid_constant)
#undef CUPORT_SPACE
/// An address in shared memory is the distance from the block's first byte of it, which fits in PTX's 32 bits.
CUPORT_DEVICE size_t __cvta_generic_to_shared(const void *pointer) {
  return static_cast<const unsigned char *>(pointer) - static_cast<unsigned char *>(__cuport_shared_base());
}
CUPORT_DEVICE void *__cvta_shared_to_generic(size_t address) { return static_cast<unsigned char *>(__cuport_shared_base()) + address; }

#endif
