// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What the backend tells AddressSanitizer and ThreadSanitizer, where a program carries one of them. All of it is weak: without
// a sanitizer these are null pointers and the calls cost a test.
//
//   kernels built with -fsanitize=thread:   a CUDA thread is a fiber of TSan's; order between two exists only where a barrier
//                                           (Order.h) or the begin and end of the grid makes it
//   kernels built with -fsanitize=address:  a switch of stacks is announced

#ifndef CUPORT_CPU_SANITIZER_H
#define CUPORT_CPU_SANITIZER_H

#include <cstddef>

extern "C" {
__attribute__((weak)) void __tsan_init();
__attribute__((weak)) void *__tsan_get_current_fiber();
__attribute__((weak)) void *__tsan_create_fiber(unsigned flags);
__attribute__((weak)) void __tsan_set_fiber_name(void *fiber, const char *name);
__attribute__((weak)) void __tsan_destroy_fiber(void *fiber);
__attribute__((weak)) void __tsan_switch_to_fiber(void *fiber, unsigned flags);
__attribute__((weak)) void __tsan_acquire(void *address);
__attribute__((weak)) void __tsan_release(void *address);
__attribute__((weak)) void __asan_init();
__attribute__((weak)) void __asan_handle_no_return();
__attribute__((weak)) void __asan_poison_memory_region(void const volatile *address, size_t size);
__attribute__((weak)) void __asan_unpoison_memory_region(void const volatile *address, size_t size);
__attribute__((weak)) void *__asan_get_current_fake_stack();
__attribute__((weak)) void *__asan_addr_is_in_fake_stack(void *stack, void *address, void **begin, void **end);
__attribute__((weak)) void __sanitizer_start_switch_fiber(void **save, const void *bottom, size_t size);
__attribute__((weak)) void __sanitizer_finish_switch_fiber(void *save, const void **bottom, size_t *size);
}

namespace cuport::cpu {

#if __has_feature(thread_sanitizer)
/// The backend itself is what is looked at (CUPORT_SHIM_SANITIZE): to ThreadSanitizer its threads are those of the operating system.
inline bool threadSanitizer() { return false; }
#else
inline bool threadSanitizer() { return __tsan_create_fiber != nullptr; }
#endif
inline bool addressSanitizer() { return __asan_init != nullptr; }
inline bool anySanitizer() { return __tsan_init || addressSanitizer(); }

/// Where on the stack a variable stands for which AddressSanitizer keeps a place elsewhere, to find uses after a return; any other
/// pointer as it is.
inline const void *placeOnStack(const void *pointer) {
  void *stack = __asan_get_current_fake_stack ? __asan_get_current_fake_stack() : nullptr;
  void *place = stack ? __asan_addr_is_in_fake_stack(stack, const_cast<void *>(pointer), nullptr, nullptr) : nullptr;
  return place ? place : pointer;
}

/// What happened before release(a) in one thread is seen after acquire(a) in another.
inline void release(void *address) {
  if (__tsan_release)
    __tsan_release(address);
}
inline void acquire(void *address) {
  if (__tsan_acquire)
    __tsan_acquire(address);
}

/// Goes on as this fiber, without order between it and the one before.
inline void switchSanitizer(void *fiber) {
  enum { NoOrder = 1 };
  if (fiber && __tsan_switch_to_fiber)
    __tsan_switch_to_fiber(fiber, NoOrder);
}

} // namespace cuport::cpu
#endif
