// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What goes wrong in a kernel is the device's fault, which stays until a reset, and names kernel, block and thread.
// A sanitizer reports bad addresses itself.
// UNSUPPORTED: shim-sanitizer
// RUN: %clangxx -std=c++20 -O0 -g %shim-by-hand %s -o %t
// RUN: %t 2>&1 | FileCheck %s

#include "ByHand.h"

#include <algorithm>

static const cuport_place here = {"a.cu", "f", 12};

KERNEL(traps, 0, 0) {
  if (bid() == 2 && tid() == 5)
    cuda().trap(&here);
}

KERNEL(asserts, CUPORT_KERNEL_BARRIERS, 0) {
  SYNC();
  if (tid() == 7)
    cuda().assert_failed("x > 0", "a.cu", 30, "void f(int *)");
  SYNC();
}

KERNEL(stores, 0, 0) {
  if (tid() == 3)
    argument<volatile int *>(arguments, 0)[argument<int64_t>(arguments, 1)] = 1;
}

KERNEL(waitsThenStores, CUPORT_KERNEL_BARRIERS, 0) {
  SYNC();
  stores.thread(arguments);
  SYNC();
}

KERNEL(reads, 0, 0) {
  if (tid() == 3)
    argument<int *>(arguments, 2)[tid()] = argument<volatile int *>(arguments, 0)[argument<int64_t>(arguments, 1)];
}

// By zero every bit of quotient and remainder is set; the least number by -1 is itself, and leaves nothing. By instructions, since C++ says
// of neither what it is: with the divisor in a register, in one that has a number of more than three bits, in AH, behind a pointer, in an
// array of another one's, and where the instruction stands.
template <class T> static bool dividesByZero(T number) {
  T zeros[4] = {}, quotient, rest;
  T *at = zeros;
  size_t index = 2;
  bool right = true;
#define DIVIDE(instruction, operand, ...)                                                                                                        \
  do {                                                                                                                                         \
    quotient = number, rest = 0;                                                                                                               \
    asm volatile(instruction " " operand : "+a"(quotient), "+d"(rest) : __VA_ARGS__ : "cc");                                                     \
    right &= quotient == T(-1) && rest == T(-1);                                                                                                 \
  } while (0)
  static T everywhere;
  register T far asm("r9") = 0;
  if constexpr (sizeof(T) == 8) {
    DIVIDE("divq", "%2", "r"(zeros[0]));
    DIVIDE("idivq", "%2", "r"(far));
    DIVIDE("idivq", "8(%2)", "r"(at));
    DIVIDE("divq", "(%2,%3,8)", "r"(at), "r"(index));
    DIVIDE("divq", "%2", "m"(everywhere));
  } else if constexpr (sizeof(T) == 4) {
    DIVIDE("divl", "%2", "r"(zeros[0]));
    DIVIDE("idivl", "%2", "r"(far));
    DIVIDE("divl", "4(%2)", "r"(at));
    DIVIDE("idivl", "(%2,%3,4)", "r"(at), "r"(index));
    DIVIDE("idivl", "%2", "m"(everywhere));
  } else {
    DIVIDE("divw", "%2", "r"(zeros[0]));
    DIVIDE("idivw", "%2", "r"(far));
    DIVIDE("divw", "2(%2)", "r"(at));
    DIVIDE("idivw", "-2(%2,%3,2)", "r"(at), "r"(index));
    DIVIDE("idivw", "%2", "m"(everywhere));
  }
#undef DIVIDE
  return right;
}
static bool dividesBytesByZero() {
  unsigned short both = 0x0034, high = 0x1234, low = 0;
  asm volatile("divb %1" : "+a"(both) : "q"(uint8_t(0)) : "cc");
  asm volatile("mov $0x12, %%bl; mov $0, %%bh; mov %0, %%ax; divb %%bh; mov %%ax, %0" : "+r"(high) : : "ax", "bx", "cc");
  asm volatile("idivb %1" : "+a"(low) : "m"(*"") : "cc");
  return both == 0xffff && high == 0xffff && low == 0xffff;
}
template <class T> static bool dividesTheLeast() {
  T quotient = T(1) << (sizeof(T) * 8 - 1), least = quotient, rest = -1;
  if constexpr (sizeof(T) == 8)
    asm volatile("idivq %2" : "+a"(quotient), "+d"(rest) : "r"(T(-1)) : "cc");
  else
    asm volatile("idivl %2" : "+a"(quotient), "+d"(rest) : "r"(T(-1)) : "cc");
  return quotient == least && rest == 0;
}
KERNEL(divides, 0, 0) {
  bool *right = argument<bool *>(arguments, 0);
  if (tid() == 1)
    *right = dividesByZero<uint64_t>(77) && dividesByZero<uint32_t>(77) && dividesByZero<uint16_t>(77) && dividesBytesByZero();
}
KERNEL(dividesLeast, 0, 0) {
  bool *right = argument<bool *>(arguments, 0);
  if (tid() == 1)
    *right = dividesTheLeast<int64_t>() && dividesTheLeast<int32_t>();
}
// What is no division of two numbers of the same size stays a fault: here the quotient has more than 32 bits.
KERNEL(refuses, 0, 0) {
  if (tid() == 1)
    asm volatile("divl %2" : : "a"(0), "d"(5), "r"(2) : "cc");
}

static int depth(int n) {
  volatile char frame[1024];
  frame[n % 1024] = char(n);
  return depth(n + 1) + frame[0];
}
KERNEL(recurses, 0, 0) {
  if (tid() == 1)
    depth(0);
}

KERNEL(fine, CUPORT_KERNEL_BARRIERS, 0) {
  SYNC();
  argument<int *>(arguments, 0)[tid()] = int(tid());
}

template <typename... Arguments>
static void report(const cuport_kernel &kernel, Shape shape, Arguments... arguments) {
  launch(kernel, shape, arguments...);
  int status = finish();
  // What comes after is dropped.
  auto *out = deviceMemory<int>(32);
  out[9] = -1;
  launch(fine, {{1, 1, 1}, {32, 1, 1}}, out);
  CHECK(finish() == status && out[9] == -1);
  std::printf("%s: %d\n", kernel.name, status);
  backend().device_reset(0);
  launch(fine, {{1, 1, 1}, {32, 1, 1}}, out);
  CHECK(finish() == 0 && out[9] == 9);
}

int main() {
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  // CHECK-NOT: not so
  // CHECK: cuport: kernel traps (kernel.cu:{{[0-9]+}}), block [2,0,0], thread [1,1,0]: trap at a.cu:12
  // CHECK-NEXT: traps: 719
  report(traps, {{9, 1, 1}, {4, 4, 1}});

  // CHECK-NEXT: {{^}}a.cu:30: void f(int *): block: [0,0,0], thread: [7,0,0] Assertion `x > 0` failed.
  // CHECK-NEXT: asserts: 710
  report(asserts, {{1, 1, 1}, {64, 1, 1}});

  // CHECK-NEXT: cuport: kernel stores (kernel.cu:{{[0-9]+}}), block [0,0,0], thread [3,0,0]: illegal address 0x0
  // CHECK-NEXT: stores: 700
  report(stores, {{1, 1, 1}, {64, 1, 1}}, (int *)nullptr, int64_t(0));

  // CHECK-NEXT: cuport: kernel waitsThenStores ({{.*}}), block [0,0,0], thread [3,0,0]: illegal address 0x{{[0-9a-f]+}}, 0 bytes behind the end of 100352 bytes of memory at 0x{{[0-9a-f]+}}{{$}}
  // CHECK-NEXT: waitsThenStores: 700
  int *large = deviceMemory<int>(25088);
  report(waitsThenStores, {{1, 1, 1}, {64, 1, 1}}, large, int64_t(25088));

  // A read near memory gives what nobody wrote, before it and behind it, and is told once; one far away is a fault.
  // CHECK-NEXT: cuport: warning: kernel reads (kernel.cu:{{[0-9]+}}), block [0,0,0]: reads outside of memory and gets 0, address 0x{{[0-9a-f]+}}, 4000 bytes behind the end of 100352 bytes of memory at 0x{{[0-9a-f]+}}; cuport-cc --check=address tells the line
  const int64_t places[] = {25088 + 1000, 25088 + 1000, -1000};
  for (int64_t place : places) {
    auto *read = deviceMemory<int>(32);
    read[3] = -1;
    launch(reads, {{1, 1, 1}, {32, 1, 1}}, large, place, read);
    CHECK(finish() == 0 && read[3] == 0);
  }
  // What was read may still not be written.
  // CHECK-NEXT: cuport: kernel stores ({{.*}}), block [0,0,0], thread [3,0,0]: illegal address {{.*}}, 4000 bytes behind the end of 100352 bytes
  // CHECK-NEXT: stores: 700
  report(stores, {{1, 1, 1}, {64, 1, 1}}, large, int64_t(26088));
  // CHECK-NEXT: cuport: kernel reads ({{.*}}), block [0,0,0], thread [3,0,0]: illegal address 0x10
  // CHECK-NEXT: reads: 700
  report(reads, {{1, 1, 1}, {64, 1, 1}}, (int *)nullptr, int64_t(4), large);

  // A division by zero goes on, and is told once.
  // CHECK-NEXT: cuport: warning: kernel divides ({{.*}}), block [0,0,0]: integer division by zero, which gives a number that means nothing; cuport-cc --check=address tells the line
  for (const cuport_kernel *kernel : {&divides, &divides, &dividesLeast}) {
    auto *right = deviceMemory<bool>(1);
    launch(*kernel, {{1, 1, 1}, {64, 1, 1}}, right);
    CHECK(finish() == 0 && *right);
  }
  // CHECK-NEXT: cuport: kernel refuses ({{.*}}), block [0,0,0], thread [1,0,0]: arithmetic that the processor refuses
  // CHECK-NEXT: refuses: 719
  report(refuses, {{1, 1, 1}, {64, 1, 1}});

  // CHECK-NEXT: cuport: kernel recurses ({{.*}}), block [0,0,0], thread [1,0,0]: stack overflow; CUPORT_STACK says how many bytes a thread has
  // CHECK-NEXT: recurses: 714
  report(recurses, {{1, 1, 1}, {64, 1, 1}});

  // CHECK-NEXT: cuport: memory of 12 bytes at 0x{{[0-9a-f]+}} was written 0 bytes behind its end
  int *small = deviceMemory<int>(3);
  launch(stores, {{1, 1, 1}, {64, 1, 1}}, small, int64_t(3));
  CHECK(finish() == 0);
  backend().free(0, CUPORT_MEMORY_DEVICE, small);
  // Far behind it harms no other memory, as on a card, which nobody tells of either.
  int *others[] = {deviceMemory<int>(180), deviceMemory<int>(180), deviceMemory<int>(180)};
  launch(stores, {{1, 1, 1}, {64, 1, 1}}, others[1], int64_t(6000));
  CHECK(finish() == 0);
  for (int *other : others)
    CHECK(std::count(other, other + 180, 0) == 180);
  for (int *other : others)
    backend().free(0, CUPORT_MEMORY_DEVICE, other);
  // CHECK-NEXT: done
  std::puts("done");
}
