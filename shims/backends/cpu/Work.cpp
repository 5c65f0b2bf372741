// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Work.h"

#include "Children.h"
#include "Copy.h"
#include "Cost.h"
#include "Device.h"
#include "Fault.h"
#include "Memory.h"
#include "OwnedLaunch.h"
#include "Pool.h"
#include "Worker.h"

#include <memory>

namespace cuport::cpu {

/// Runs the launch to its end.
static void runLaunch(Queue &queue, const cuport_launch &launch) {
  Device &device = queue.device();
  if (device.dropping())
    return;
  MemoryUse use;
  if (int status = runGrid(launch))
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

/// Lets the queue go on that waits for what is before this.
class ResumeOperation : public Operation {
public:
  explicit ResumeOperation(Queue &waiting) : waiting(waiting) {}
  bool run(Queue &) override {
    waiting.resume();
    return true;
  }
  bool shortEnough() const override { return true; }

private:
  Queue &waiting;
};

/// Rounds in a queue of their own, which this one waits for.
class RepeatOperation : public Operation {
public:
  RepeatOperation(cuport_round round, void *data) : round(round), data(data) {}
  ~RepeatOperation() override {
    if (inner)
      inner->destroy();
  }
  bool run(Queue &queue) override {
    if (queue.device().dropping())
      return true;
    if (!inner)
      inner = new Queue(queue.device());
    int again = 0;
    if (int status = round(data, reinterpret_cast<cuport_queue *>(inner), &again)) {
      queue.device().setFault(status);
      return true;
    }
    if (!again)
      return true;
    inner->push(std::make_unique<ResumeOperation>(queue));
    return false;
  }

private:
  cuport_round round;
  void *data;
  Queue *inner = nullptr;
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

class LaunchOperation : public Operation {
public:
  explicit LaunchOperation(const cuport_launch &from) : launch(from) {}
  bool run(Queue &queue) override {
    runLaunch(queue, launch.get());
    return true;
  }

private:
  OwnedLaunch launch;
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

int pushRepeat(Queue &queue, cuport_round round, void *data) {
  if (Pool::lost())
    return NotInitialized;
  queue.push(std::make_unique<RepeatOperation>(round, data));
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
