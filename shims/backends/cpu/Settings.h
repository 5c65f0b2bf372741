// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What a user may set for the CPU backend through the environment. Read once, when the backend is loaded; a value that means
// nothing refuses to load and says why.
//
//   CUPORT_WARP=32|64|128              lanes of a warp
//   CUPORT_ORDER=forward|backward|shuffle[:SEED]   in which order the threads of a block run
//   CUPORT_MODE=block|thread           how kernels run; default: block where the kernel has it
//   CUPORT_STACK=BYTES                 of each CUDA thread in thread mode
//   CUPORT_THREADS=N                   threads of the operating system that blocks are spread over; default: all cores
//   CUPORT_DEVICES=N                   devices to pretend; they share the cores
//   CUPORT_DEVICE_MEMORY=BYTES         memory of a device; default: the machine's
//   CUPORT_SHARED_MEMORY=BYTES         shared memory that a block may have
//   CUPORT_SEPARATE=1                  the host may not touch device memory
//   CUPORT_DIVERGENCE=error|join       what to do when lanes of a mask wait elsewhere: fail, or go on with those that are there
//
// BYTES may end in K, M or G.

#ifndef CUPORT_CPU_SETTINGS_H
#define CUPORT_CPU_SETTINGS_H

#include <cstddef>
#include <cstdint>
#include <string>

namespace cuport::cpu {

enum class Order { Forward, Backward, Shuffle };
enum class Mode { Fastest, Block, Thread };
enum class Divergence { Error, Join };

struct Settings {
  uint32_t warp = 32;
  Order order = Order::Forward;
  uint64_t seed = 1;
  Mode mode = Mode::Fastest;
  Divergence divergence = Divergence::Error;
  size_t stack = size_t(1) << 20;
  uint32_t threads = 1;
  uint32_t devices = 1;
  uint64_t deviceMemory = 0;
  uint32_t sharedMemory = 0;
  bool separate = false;
};

/// Reads the environment; empty on success, else what is wrong. Call once before settings().
std::string readSettings();
const Settings &settings();

} // namespace cuport::cpu
#endif
