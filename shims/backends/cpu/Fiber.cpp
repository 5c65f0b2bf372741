// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Fiber.h"

#include "Sanitizer.h"
#include "Settings.h"

#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <mutex>
#include <new>
#include <pthread.h>
#include <sys/mman.h>
#include <unistd.h>
#include <vector>

#if !defined(__x86_64__) && !defined(__aarch64__)
#include <ucontext.h>
#endif

namespace cuport::cpu {

extern "C" void cuport_switch_context(void **from, void *to);

#if defined(__x86_64__)
// The registers that a callee must keep, and the control words of floating point, go on the stack.
asm(R"(
  .text
  .p2align 4
  .type cuport_switch_context,@function
  .hidden cuport_switch_context
  .globl cuport_switch_context
cuport_switch_context:
  .cfi_startproc
  pushq %rbp
  pushq %rbx
  pushq %r12
  pushq %r13
  pushq %r14
  pushq %r15
  subq $8, %rsp
  stmxcsr (%rsp)
  fnstcw 4(%rsp)
  movq %rsp, (%rdi)
  movq %rsi, %rsp
  ldmxcsr (%rsp)
  fldcw 4(%rsp)
  addq $8, %rsp
  popq %r15
  popq %r14
  popq %r13
  popq %r12
  popq %rbx
  popq %rbp
  retq
  .cfi_endproc
  .size cuport_switch_context, .-cuport_switch_context

  .type cuport_begin_context,@function
  .hidden cuport_begin_context
  .globl cuport_begin_context
cuport_begin_context:
  .cfi_startproc
  .cfi_undefined rip
  callq *%rbx
  ud2
  .cfi_endproc
  .size cuport_begin_context, .-cuport_begin_context
)");
extern "C" void cuport_begin_context();

static void *beginningContext(char *top, FiberEntry entry) {
  auto *words = reinterpret_cast<uint64_t *>(reinterpret_cast<uintptr_t>(top) & ~uintptr_t(63));
  // What cuport_switch_context takes off, from below: control words, r15 r14 r13 r12 rbx rbp, the address to return to. A call
  // finds the stack aligned to 16.
  *--words = 0;
  *--words = 0;
  *--words = reinterpret_cast<uint64_t>(&cuport_begin_context);
  *--words = 0;
  *--words = reinterpret_cast<uint64_t>(entry);
  for (int i = 0; i < 4; ++i)
    *--words = 0;
  *--words = 0x1f80 | uint64_t(0x037f) << 32;
  return words;
}
#elif defined(__aarch64__)
asm(R"(
  .text
  .p2align 4
  .type cuport_switch_context,%function
  .hidden cuport_switch_context
  .globl cuport_switch_context
cuport_switch_context:
  .cfi_startproc
  sub sp, sp, #176
  stp x19, x20, [sp]
  stp x21, x22, [sp, #16]
  stp x23, x24, [sp, #32]
  stp x25, x26, [sp, #48]
  stp x27, x28, [sp, #64]
  stp x29, x30, [sp, #80]
  stp d8, d9, [sp, #96]
  stp d10, d11, [sp, #112]
  stp d12, d13, [sp, #128]
  stp d14, d15, [sp, #144]
  mrs x9, fpcr
  str x9, [sp, #160]
  mov x9, sp
  str x9, [x0]
  mov sp, x1
  ldp x19, x20, [sp]
  ldp x21, x22, [sp, #16]
  ldp x23, x24, [sp, #32]
  ldp x25, x26, [sp, #48]
  ldp x27, x28, [sp, #64]
  ldp x29, x30, [sp, #80]
  ldp d8, d9, [sp, #96]
  ldp d10, d11, [sp, #112]
  ldp d12, d13, [sp, #128]
  ldp d14, d15, [sp, #144]
  ldr x9, [sp, #160]
  msr fpcr, x9
  add sp, sp, #176
  ret
  .cfi_endproc
  .size cuport_switch_context, .-cuport_switch_context

  .type cuport_begin_context,%function
  .hidden cuport_begin_context
  .globl cuport_begin_context
cuport_begin_context:
  .cfi_startproc
  .cfi_undefined x30
  blr x19
  brk #1
  .cfi_endproc
  .size cuport_begin_context, .-cuport_begin_context
)");
extern "C" void cuport_begin_context();

static void *beginningContext(char *top, FiberEntry entry) {
  auto *words = reinterpret_cast<uint64_t *>(reinterpret_cast<uintptr_t>(top) & ~uintptr_t(63)) - 22;
  for (int i = 0; i < 22; ++i)
    words[i] = 0;
  words[0] = reinterpret_cast<uint64_t>(entry);
  words[11] = reinterpret_cast<uint64_t>(&cuport_begin_context);
  return words;
}
#else
// Where no assembly is written: the C library's contexts, which also save the signal mask and so cost a system call.
extern "C" void cuport_switch_context(void **from, void *to) {
  ucontext_t here;
  *from = &here;
  swapcontext(&here, static_cast<ucontext_t *>(to));
}

static void *beginningContext(char *top, FiberEntry entry) {
  auto place = (reinterpret_cast<uintptr_t>(top) - sizeof(ucontext_t)) & ~uintptr_t(63);
  auto *context = new (reinterpret_cast<void *>(place)) ucontext_t;
  getcontext(context);
  constexpr size_t Least = 16 << 10; // the smallest that CUPORT_STACK allows
  context->uc_stack.ss_sp = reinterpret_cast<void *>(place - Least / 2);
  context->uc_stack.ss_size = Least / 2;
  context->uc_link = nullptr;
  makecontext(context, entry, 0);
  return context;
}
#endif

static const size_t Page = size_t(sysconf(_SC_PAGESIZE));
static constexpr size_t StacksAtOnce = 32;
// A guard costs the system a mapping, of which a process has some 65000.
static constexpr size_t MostGuards = 24000;

static std::atomic<size_t> stacksMade{0};

/// Stacks for several fibers in one piece; the lowest page of each is its guard.
static bool mapStacks(std::vector<Fiber *> &fibers) {
  size_t each = settings().stack + Page;
  size_t bytes = each * StacksAtOnce;
  void *memory = mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
  if (memory == MAP_FAILED)
    return false;
  for (size_t i = StacksAtOnce; i-- > 0;) {
    char *low = static_cast<char *>(memory) + i * each;
    size_t index = stacksMade.fetch_add(1, std::memory_order_relaxed);
    if (index < MostGuards)
      mprotect(low, Page, PROT_NONE);
    auto *fiber = new Fiber;
    fiber->bottom = low + Page;
    fiber->size = settings().stack;
    // 5 lines apart: neighbours do not meet, 24 of them still fit beside the smallest stack.
    fiber->colour = index % 24 * 320;
    fibers.push_back(fiber);
  }
  return true;
}

Fiber *newFiber(FiberEntry entry) {
  static auto &lock = *new std::mutex;
  static auto &spare = *new std::vector<Fiber *>;
  std::lock_guard hold(lock);
  if (spare.empty() && !mapStacks(spare))
    return nullptr;
  Fiber *fiber = spare.back();
  spare.pop_back();
  restartFiber(*fiber, entry);
  return fiber;
}

void restartFiber(Fiber &fiber, FiberEntry entry) {
  if (addressSanitizer())
    __asan_unpoison_memory_region(fiber.bottom, fiber.size);
  fiber.fakeStack = nullptr;
  fiber.context = beginningContext(fiber.bottom + fiber.size - fiber.colour, entry);
}

void describeRoot(Fiber &root) {
  pthread_attr_t attributes;
  void *bottom = nullptr;
  if (pthread_getattr_np(pthread_self(), &attributes) != 0)
    return;
  pthread_attr_getstack(&attributes, &bottom, &root.size);
  root.bottom = static_cast<char *>(bottom);
  pthread_attr_destroy(&attributes);
}

void switchFiber(Fiber &from, Fiber &to) {
  if (__sanitizer_start_switch_fiber)
    __sanitizer_start_switch_fiber(&from.fakeStack, to.bottom, to.size);
  cuport_switch_context(&from.context, to.context);
  arriveInFiber(from);
}

// Not instrumented: AddressSanitizer would keep `left` on the fake stack, which is gone once it is told of the switch.
__attribute__((no_sanitize("address"))) void leaveFiber(Fiber &from, Fiber &to) {
  if (__sanitizer_start_switch_fiber)
    __sanitizer_start_switch_fiber(nullptr, to.bottom, to.size);
  // `from` may be `to`, beginning again: its context must survive.
  void *left = nullptr;
  cuport_switch_context(&left, to.context);
  __builtin_trap();
}

void arriveInFiber(Fiber &fiber) {
  if (__sanitizer_finish_switch_fiber)
    __sanitizer_finish_switch_fiber(fiber.fakeStack, nullptr, nullptr);
}

bool inGuard(const Fiber &fiber, const void *address) {
  auto *byte = static_cast<const char *>(address);
  return byte < fiber.bottom && byte >= fiber.bottom - Page;
}

} // namespace cuport::cpu
