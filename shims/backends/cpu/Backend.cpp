// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The table that the runtime calls (shims/runtime/Backend.h).

#include "../../runtime/Backend.h"

#include "Children.h"
#include "Device.h"
#include "Event.h"
#include "Fault.h"
#include "Memory.h"
#include "Pool.h"
#include "Queue.h"
#include "Settings.h"
#include "ThreadBlock.h"
#include "Work.h"
#include "Worker.h"

#include <new>
#include <sched.h>
#include <string>

namespace cuport::cpu {

static Queue &of(cuport_queue *queue) { return *reinterpret_cast<Queue *>(queue); }
static Event &of(cuport_event *event) { return *reinterpret_cast<Event *>(event); }

static cuport_status deviceCount(int *count) {
  *count = int(settings().devices);
  return Success;
}

static cuport_status deviceProperties(int device, cuport_device_properties *properties) {
  Device::get(device)->describe(*properties);
  return Success;
}

static cuport_status deviceFault(int device) { return Device::get(device)->fault(); }

static cuport_status deviceReset(int device) {
  if (Pool::lost())
    return NotInitialized;
  Device::get(device)->reset();
  return Success;
}

static cuport_status allocateMemory(int device, uint32_t kind, size_t size, void **pointer) {
  return allocate(device, kind, size, pointer);
}

static cuport_status freeMemory(int, uint32_t, void *pointer) { return deallocate(pointer); }

static cuport_status memoryInfo(int device, size_t *free, size_t *total) {
  *total = settings().deviceMemory;
  *free = *total - Device::get(device)->used();
  return Success;
}

// The host's memory is reachable as it is.
static cuport_status registerHost(void *, size_t) { return Success; }
static cuport_status unregisterHost(void *) { return Success; }

static cuport_status queueCreate(int device, int, cuport_queue **queue) {
  auto *made = new (std::nothrow) Queue(*Device::get(device));
  *queue = reinterpret_cast<cuport_queue *>(made);
  return made ? Success : OutOfMemory;
}

static cuport_status queueDestroy(cuport_queue *queue) {
  of(queue).destroy();
  return Success;
}

static cuport_status queueQuery(cuport_queue *queue) {
  if (int fault = of(queue).device().fault())
    return fault;
  return of(queue).idle() ? of(queue).device().fault() : NotReady;
}

static cuport_status queueSynchronize(cuport_queue *queue) {
  if (Pool::lost())
    return NotInitialized;
  of(queue).synchronize();
  return of(queue).device().fault();
}

static cuport_status copyMemory(cuport_queue *queue, const cuport_copy *copy) {
  return pushCopy(of(queue), *copy);
}

static cuport_status fillMemory(cuport_queue *queue, const cuport_fill *fill) {
  return pushFill(of(queue), *fill);
}

static cuport_status callHost(cuport_queue *queue, cuport_host_function function, void *data) {
  return pushCall(of(queue), function, data);
}

static cuport_status repeatRounds(cuport_queue *queue, cuport_round round, void *data) {
  return pushRepeat(of(queue), round, data);
}

static cuport_status launchKernel(cuport_queue *queue, const cuport_launch *launch) {
  return pushLaunch(of(queue), *launch);
}

static cuport_status eventCreate(int device, uint32_t flags, cuport_event **event) {
  auto *made = new (std::nothrow) Event(*Device::get(device), flags);
  *event = reinterpret_cast<cuport_event *>(made);
  return made ? Success : OutOfMemory;
}

static cuport_status eventDestroy(cuport_event *event) {
  delete &of(event);
  return Success;
}

static cuport_status eventRecord(cuport_event *event, cuport_queue *queue) {
  if (Pool::lost())
    return NotInitialized;
  of(event).record(of(queue));
  return Success;
}

static cuport_status queueWait(cuport_queue *queue, cuport_event *event) {
  if (Pool::lost())
    return NotInitialized;
  waitFor(of(queue), of(event));
  return Success;
}

static cuport_status eventQuery(cuport_event *event) {
  if (int fault = of(event).device().fault())
    return fault;
  std::shared_ptr<Record> record = of(event).latest();
  if (record && !record->complete())
    return NotReady;
  return of(event).device().fault();
}

static cuport_status eventSynchronize(cuport_event *event) {
  if (Pool::lost())
    return NotInitialized;
  if (std::shared_ptr<Record> record = of(event).latest())
    record->wait();
  return of(event).device().fault();
}

static cuport_status eventElapsed(cuport_event *start, cuport_event *end, float *milliseconds) {
  std::shared_ptr<Record> from = of(start).latest(), to = of(end).latest();
  if (!of(start).timed() || !of(end).timed() || !from || !to)
    return InvalidHandle;
  if (!from->complete() || !to->complete())
    return NotReady;
  *milliseconds = std::chrono::duration<float, std::milli>(to->time() - from->time()).count();
  return Success;
}

static void threadSleep(uint32_t nanoseconds) {
  // Whoever it waits for runs in this block, in this thread of the operating system, or in another one. A poll without a
  // time is for the block above all, so the operating system is asked only now and then.
  ThreadBlock *running = thisWorker().block;
  if (running && running->threadsKnown())
    running->yield(running->self());
  static thread_local unsigned polls = 0;
  if (nanoseconds != 0 || ++polls % 64 == 0)
    sched_yield();
}

static cuport_status childLaunch(const cuport_launch *launch, int last) { return launchChild(*launch, last != 0); }
static cuport_status childSynchronize() { return synchronizeChildren(); }

static cuport_status queueNative(cuport_queue *, void **) { return NotSupported; }

static const cuport_backend table = {
    CUPORT_BACKEND_VERSION,
    sizeof(cuport_backend),
    "cpu",
    deviceCount,
    deviceProperties,
    deviceFault,
    deviceReset,
    allocateMemory,
    freeMemory,
    memoryInfo,
    registerHost,
    unregisterHost,
    queueCreate,
    queueDestroy,
    queueQuery,
    queueSynchronize,
    copyMemory,
    fillMemory,
    callHost,
    repeatRounds,
    launchKernel,
    eventCreate,
    eventDestroy,
    eventRecord,
    queueWait,
    eventQuery,
    eventSynchronize,
    eventElapsed,
    threadSleep,
    childLaunch,
    childSynchronize,
    queueNative,
};

} // namespace cuport::cpu

extern "C" __attribute__((visibility("default"))) const cuport_backend *
cuport_backend_table(const char **reason) {
  static const std::string &wrong = *new std::string(cuport::cpu::readSettings());
  if (!wrong.empty()) {
    *reason = wrong.c_str();
    return nullptr;
  }
  cuport::cpu::catchSignals();
  return &cuport::cpu::table;
}
