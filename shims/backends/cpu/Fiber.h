// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A stack of its own and the place on it where it goes on.
//
//   root (a thread of the operating system)  --switchFiber-->  fiber  --switchFiber-->  other fiber, root
//
// A fiber belongs to one thread of the operating system for ever. Stacks come from the system in groups, each with a guard page
// below it, and are kept for reuse.

#ifndef CUPORT_CPU_FIBER_H
#define CUPORT_CPU_FIBER_H

#include <cstddef>

namespace cuport::cpu {

using FiberEntry = void (*)();

struct Fiber {
  void *context = nullptr; ///< where it goes on; the processor's stack pointer
  char *bottom = nullptr;  ///< the lowest byte of its stack
  size_t size = 0;         ///< bytes of stack
  size_t colour = 0;       ///< bytes left free at the top, so that stacks do not fall into the same lines of the cache
  void *fakeStack = nullptr; ///< AddressSanitizer's
};

/// A fiber that will call entry when it is switched to; entry never returns. Null when the system has no memory for a stack.
Fiber *newFiber(FiberEntry entry);

/// Lets a fiber, also one that stands somewhere inside, begin again at entry.
void restartFiber(Fiber &fiber, FiberEntry entry);

/// Fills in the stack of the calling thread of the operating system, which sanitizers want to know.
void describeRoot(Fiber &root);

/// Stores where the caller stands in `from` and goes on in `to`.
void switchFiber(Fiber &from, Fiber &to);

/// The same for a fiber that will not go on where it stands. Returns never.
[[noreturn]] void leaveFiber(Fiber &from, Fiber &to);

/// The first thing after any switch, with the fiber that now runs.
void arriveInFiber(Fiber &fiber);

/// Whether address is in the guard page below the fiber's stack.
bool inGuard(const Fiber &fiber, const void *address);

} // namespace cuport::cpu
#endif
