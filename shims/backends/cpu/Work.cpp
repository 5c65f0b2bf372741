// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Work.h"

#include "Copy.h"
#include "Cost.h"
#include "Device.h"
#include "Fault.h"
#include "Grid.h"
#include "Memory.h"
#include "Pool.h"
#include "Settings.h"
#include "Worker.h"

#include <chrono>
#include <cstring>
#include <vector>

namespace cuport::cpu {

/// Whether the calling thread runs a kernel, whose place another one must not take.
static bool insideKernel() {
  Worker *worker = runningWorker();
  return worker && worker->shape;
}

/// Runs the launch to its end.
static void runLaunch(Queue &queue, const cuport_launch &launch) {
  Device &device = queue.device();
  if (device.dropping())
    return;
  MemoryUse use;
  uint64_t threads = uint64_t(launch.grid.x) * launch.grid.y * launch.grid.z * launch.block.x *
                     launch.block.y * launch.block.z;
  Cost &cost = Cost::of(launch.kernel);
  Grid grid(launch, settings().threads);
  auto begin = std::chrono::steady_clock::now();
  bool alone = cost.isShort(threads);
  if (alone)
    grid.takeBlocks();
  else
    Pool::get().run(grid);
  auto took = std::chrono::steady_clock::now() - begin;
  uint64_t nanoseconds = uint64_t(std::chrono::nanoseconds(took).count());
  // Spread over workers, the blocks took more time than passed.
  if (!alone)
    nanoseconds *= std::min<uint64_t>(settings().threads, grid.blockCount());
  cost.add(threads, nanoseconds);
  if (int status = grid.status())
    device.setFault(status);
}

namespace {

class CopyOperation : public Operation {
public:
  explicit CopyOperation(const cuport_copy &copy) : copy(copy) {}
  bool run(Queue &queue) override {
    if (!queue.device().dropping()) {
      MemoryUse use;
      copyBox(copy);
    }
    return true;
  }

private:
  cuport_copy copy;
};

class FillOperation : public Operation {
public:
  explicit FillOperation(const cuport_fill &fill) : fill(fill) {}
  bool run(Queue &queue) override {
    if (!queue.device().dropping()) {
      MemoryUse use;
      fillBox(fill);
    }
    return true;
  }

private:
  cuport_fill fill;
};

class CallOperation : public Operation {
public:
  CallOperation(cuport_host_function function, void *data) : function(function), data(data) {}
  bool run(Queue &) override {
    function(data);
    return true;
  }

private:
  cuport_host_function function;
  void *data;
};

/// A launch in the thread that calls for it, with the caller's arguments.
class LaunchHere : public Operation {
public:
  explicit LaunchHere(const cuport_launch &launch) : launch(launch) {}
  bool run(Queue &queue) override {
    runLaunch(queue, launch);
    return true;
  }

private:
  const cuport_launch &launch;
};

/// A launch with a copy of its arguments.
class LaunchOperation : public Operation {
public:
  explicit LaunchOperation(const cuport_launch &from) : launch(from) {
    const cuport_kernel &kernel = *launch.kernel;
    // Large enough for what a vector type may ask of its alignment.
    constexpr size_t Alignment = 64;
    size_t bytes = 0;
    auto place = [&](uint32_t size) {
      size_t at = bytes;
      bytes += (size + Alignment - 1) & ~(Alignment - 1);
      return at;
    };
    for (uint32_t i = 0; i < kernel.parameter_count; ++i)
      place(kernel.parameter_sizes[i]);
    storage.reset(new (std::align_val_t(Alignment)) char[bytes + Alignment]);
    pointers.resize(kernel.parameter_count);
    bytes = 0;
    for (uint32_t i = 0; i < kernel.parameter_count; ++i) {
      pointers[i] = storage.get() + place(kernel.parameter_sizes[i]);
      std::memcpy(pointers[i], from.arguments[i], kernel.parameter_sizes[i]);
    }
    launch.arguments = pointers.data();
  }
  bool run(Queue &queue) override {
    runLaunch(queue, launch);
    return true;
  }

private:
  struct Free {
    void operator()(char *memory) const { ::operator delete[](memory, std::align_val_t(64)); }
  };
  cuport_launch launch;
  std::unique_ptr<char[], Free> storage;
  std::vector<void *> pointers;
};

} // namespace

template <typename Made> static int pushNowOrLater(Queue &queue, Made &&operation) {
  if (Pool::lost())
    return NotInitialized;
  if (insideKernel() || !queue.runNow(operation))
    queue.push(std::make_unique<Made>(operation));
  return Success;
}

int pushCopy(Queue &queue, const cuport_copy &copy) { return pushNowOrLater(queue, CopyOperation(copy)); }

int pushFill(Queue &queue, const cuport_fill &fill) { return pushNowOrLater(queue, FillOperation(fill)); }

int pushCall(Queue &queue, cuport_host_function function, void *data) {
  if (Pool::lost())
    return NotInitialized;
  queue.push(std::make_unique<CallOperation>(function, data));
  return Success;
}

int pushLaunch(Queue &queue, const cuport_launch &launch) {
  if (Pool::lost())
    return NotInitialized;
  uint64_t threads = uint64_t(launch.grid.x) * launch.grid.y * launch.grid.z * launch.block.x *
                     launch.block.y * launch.block.z;
  if (Cost::of(launch.kernel).isShort(threads) && !insideKernel()) {
    LaunchHere here(launch);
    if (queue.runNow(here))
      return Success;
  }
  queue.push(std::make_unique<LaunchOperation>(launch));
  return Success;
}

} // namespace cuport::cpu
