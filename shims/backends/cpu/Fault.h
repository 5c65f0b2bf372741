// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What ends a grid before its time: a trap, a failed assertion, a divergence, a bad address.
//
//   in the kernel:  noteFault, leaveKernel, or a signal  ->  the worker's fault is filled in, the block is left, nothing is unwound
//   at the root:    reportFault                   ->  one message on stderr; the status becomes the device's

#ifndef CUPORT_CPU_FAULT_H
#define CUPORT_CPU_FAULT_H

#include "Block.h"
#include "runtime/Status.h"

#include <string>

namespace cuport::cpu {

struct Worker;

struct Fault {
  int status = Success;
  int signal = 0;                ///< 0: `message` says it all
  const void *address = nullptr; ///< of a signal
  bool stackOverflow = false;
  bool threadKnown = false; ///< whether `thread` is the thread it happened in
  uint32_t thread[3] = {};
  std::string message; ///< printed as it is
};

/// The first of what a grid's threads did that is no fault on a card, and wrong all the same.
struct Stray {
  const void *address = nullptr; ///< null: there was none
  cuport_block block;
};

/// Says why the running block will be left. `message` is complete, without a newline.
void noteFault(int status, std::string message);
/// Leaves it. Nothing is unwound, so a caller should own no memory; hence two steps.
[[noreturn]] void leaveKernel();

/// "kernel NAME (FILE:LINE), block [x,y,z]", and the thread where it is known.
std::string describePlace(const cuport_block &block, const uint32_t *thread);

/// One message on stderr, in one piece, with "cuport: " before it.
void say(const std::string &message);

/// Puts the worker's fault on stderr and takes it; returns its status.
int reportFault(Worker &worker, const cuport_block &block);

/// Puts a warning about each of the worker's strays on stderr, once a kernel, and takes it.
void reportStrays(Worker &worker);

/// Lets bad addresses and the like in kernels become faults. Does nothing under a sanitizer, which reports them better.
void catchSignals();
/// The same for the calling thread, which needs a stack for it.
void catchSignalsHere();

/// A name as people write it.
std::string demangle(const char *name);

} // namespace cuport::cpu
#endif
