// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The table of runtime/Backend.h over a Card. Where a card cannot do something at once, it is
// waited for: the order of what a program sees is kept. So a queue or an event that the vendor
// wants unused is destroyed when nothing is left in it.

#include "Memory.h"
#include "Queue.h"

#include <atomic>
#include <cstring>
#include <memory>
#include <mutex>
#include <set>
#include <thread>

using namespace cuport::host;

constinit thread_local int cuport::host::chosenDevice = -1;

int cuport::host::selectAnother(int device) {
  const int error = card().select(device);
  chosenDevice = error ? -1 : device;
  return error;
}

struct cuport_event {
  int device;
  bool timed;
  void *event;
  std::atomic<bool> recorded{false};
  std::mutex mutex;
  std::set<cuport_queue *> waiting; ///< queues that were told to wait for it and still are there
};

namespace {

std::mutex &lock = *new std::mutex; ///< guards what is below, which is never destroyed
auto &queues = *new std::set<cuport_queue *>;
auto &events = *new std::set<cuport_event *>;

constexpr size_t Alignment = 512;

cuport_status deviceCount(int *count) { return card().deviceCount(*count); }

cuport_status deviceProperties(int device, cuport_device_properties *properties) {
  *properties = {};
  std::strcpy(properties->name, CardName);
  // Of threads, which the card has not; the runtime computes with these and they must not be 0.
  properties->multiprocessors = 1;
  properties->warp_size = 32;
  properties->max_threads_per_block = 1024;
  properties->max_threads_per_multiprocessor = 1024;
  properties->max_shared_per_block = 48 << 10;
  properties->clock_khz = 1;
  properties->memory_clock_khz = 1;
  properties->memory_bus_width = 64;
  if (int error = select(device))
    return error;
  size_t free = 0, total = 0;
  if (!card().memoryInfo(free, total))
    properties->total_memory = total;
  return card().describe(device, *properties);
}

cuport_status deviceReset(int device) {
  std::lock_guard hold(lock);
  for (cuport_queue *queue : queues)
    if (queue->device == device)
      drain(*queue);
  return Success;
}

cuport_status allocate(int device, uint32_t kind, size_t size, void **pointer) {
  if (kind == CUPORT_MEMORY_MANAGED)
    return NotSupported;
  if (int error = select(device))
    return error;
  Range range;
  range.size = size;
  range.onDevice = kind == CUPORT_MEMORY_DEVICE;
  range.device = device;
  auto get = [&](size_t bytes) {
    return range.onDevice ? card().allocate(bytes, range.base)
                          : card().allocateHost(bytes, range.base);
  };
  if (int error = get(size))
    return error;
  if (uintptr_t(range.base) % Alignment) {
    if (int error = range.onDevice ? card().release(range.base) : card().releaseHost(range.base))
      return error;
    if (int error = get(size + Alignment))
      return error;
  }
  range.begin =
      reinterpret_cast<char *>((uintptr_t(range.base) + Alignment - 1) / Alignment * Alignment);
  addRange(range);
  *pointer = range.begin;
  return Success;
}

cuport_status deallocate(int device, uint32_t, void *pointer) {
  Range range;
  if (!takeRange(pointer, range))
    return InvalidValue;
  if (int error = select(device))
    return error;
  return range.onDevice ? card().release(range.base) : card().releaseHost(range.base);
}

cuport_status memoryInfo(int device, size_t *free, size_t *total) {
  if (int error = select(device))
    return error;
  return card().memoryInfo(*free, *total);
}

cuport_status registerHost(void *pointer, size_t size) {
  if (int error = card().registerHost(pointer, size))
    return error;
  Range range;
  range.begin = static_cast<char *>(pointer);
  range.size = size;
  addRange(range);
  return Success;
}

cuport_status unregisterHost(void *pointer) {
  Range range;
  if (!takeRange(pointer, range))
    return InvalidValue;
  return card().unregisterHost(pointer);
}

cuport_status queueCreate(int device, int, cuport_queue **queue) {
  if (int error = select(device))
    return error;
  void *stream = nullptr;
  if (int error = card().createStream(stream))
    return error;
  *queue = new cuport_queue{device, stream};
  std::lock_guard hold(lock);
  queues.insert(*queue);
  return Success;
}

cuport_status queueDestroy(cuport_queue *queue) {
  if (!card().destroysLater())
    drain(*queue);
  {
    std::lock_guard hold(lock);
    queues.erase(queue);
    for (cuport_event *event : events) {
      std::lock_guard also(event->mutex);
      event->waiting.erase(queue);
    }
  }
  int error = select(queue->device);
  if (int wrong = card().destroyStream(queue->stream); !error)
    error = wrong;
  delete queue;
  return error;
}

cuport_status queueQuery(cuport_queue *queue) {
  if (int error = select(queue->device))
    return error;
  return card().queryStream(queue->stream);
}

cuport_status queueSynchronize(cuport_queue *queue) { return drain(*queue); }

cuport_status copy(cuport_queue *queue, const cuport_copy *copy) { return copyBox(*queue, *copy); }
cuport_status fill(cuport_queue *queue, const cuport_fill *fill) { return fillBox(*queue, *fill); }

cuport_status call(cuport_queue *queue, cuport_host_function function, void *data) {
  if (int error = select(queue->device))
    return error;
  int error = card().call(function, data, queue->stream);
  if (error != NotSupported)
    return error;
  if ((error = drain(*queue)))
    return error;
  std::thread(function, data).join();
  return Success;
}

// The caller sees to the rounds.
cuport_status repeat(cuport_queue *queue, cuport_round round, void *data) {
  for (int again = 1; again;) {
    if (int error = drain(*queue))
      return error;
    if (int error = round(data, queue, &again))
      return error;
  }
  return Success;
}

cuport_status launch(cuport_queue *, const cuport_launch *) { return NotSupported; }

cuport_status eventCreate(int device, uint32_t flags, cuport_event **event) {
  if (int error = select(device))
    return error;
  auto made = std::make_unique<cuport_event>();
  made->device = device;
  made->timed = !(flags & CUPORT_EVENT_NO_TIMING);
  if (int error = card().createEvent(made->timed, made->event))
    return error;
  *event = made.release();
  std::lock_guard hold(lock);
  events.insert(*event);
  return Success;
}

cuport_status eventDestroy(cuport_event *event) {
  const bool wait = !card().destroysLater();
  {
    std::lock_guard hold(lock);
    events.erase(event);
    if (wait) // under the lock, so that none of them goes meanwhile
      for (cuport_queue *queue : event->waiting)
        drain(*queue);
  }
  int error = select(event->device);
  if (wait && !error && event->recorded)
    error = card().synchronizeEvent(event->event);
  if (int wrong = card().destroyEvent(event->event); !error)
    error = wrong;
  delete event;
  return error;
}

cuport_status eventRecord(cuport_event *event, cuport_queue *queue) {
  if (int error = select(queue->device))
    return error;
  int error = card().recordEvent(event->event, queue->stream);
  if (!error)
    event->recorded = true;
  return error;
}

cuport_status queueWait(cuport_queue *queue, cuport_event *event) {
  if (!event->recorded)
    return Success;
  if (int error = select(queue->device))
    return error;
  if (int error = card().waitEvent(event->event, queue->stream))
    return error;
  std::lock_guard hold(event->mutex);
  event->waiting.insert(queue);
  return Success;
}

cuport_status eventQuery(cuport_event *event) {
  if (!event->recorded)
    return Success;
  if (int error = select(event->device))
    return error;
  return card().queryEvent(event->event);
}

cuport_status eventSynchronize(cuport_event *event) {
  if (!event->recorded)
    return Success;
  if (int error = select(event->device))
    return error;
  return card().synchronizeEvent(event->event);
}

cuport_status eventElapsed(cuport_event *start, cuport_event *end, float *milliseconds) {
  for (cuport_event *event : {start, end})
    if (!event->timed || !event->recorded)
      return InvalidHandle;
  for (cuport_event *event : {start, end})
    if (int error = eventQuery(event))
      return error;
  return card().elapsed(start->event, end->event, *milliseconds);
}

// Kernels do not run, so none sleeps or launches.
void threadSleep(uint32_t) {}
cuport_status childLaunch(const cuport_launch *, int) { return NotSupported; }
cuport_status childSynchronize() { return NotSupported; }

cuport_status queueNative(cuport_queue *queue, void **handle) {
  if (int error = select(queue->device))
    return error;
  *handle = queue->stream;
  return Success;
}

constexpr cuport_backend Table = {
    .version = CUPORT_BACKEND_VERSION,
    .size = sizeof(cuport_backend),
    .name = CardName,
    .device_count = deviceCount,
    .device_properties = deviceProperties,
    .device_fault = nullptr, // no kernel runs that could fault
    .device_reset = deviceReset,
    .allocate = allocate,
    .free = deallocate,
    .memory_info = memoryInfo,
    .register_host = registerHost,
    .unregister_host = unregisterHost,
    .queue_create = queueCreate,
    .queue_destroy = queueDestroy,
    .queue_query = queueQuery,
    .queue_synchronize = queueSynchronize,
    .copy = copy,
    .fill = fill,
    .call = call,
    .repeat = repeat,
    .launch = launch,
    .event_create = eventCreate,
    .event_destroy = eventDestroy,
    .event_record = eventRecord,
    .queue_wait = queueWait,
    .event_query = eventQuery,
    .event_synchronize = eventSynchronize,
    .event_elapsed = eventElapsed,
    .thread_sleep = threadSleep,
    .child_launch = childLaunch,
    .child_synchronize = childSynchronize,
    .queue_native = queueNative,
};

} // namespace

extern "C" __attribute__((visibility("default"))) const cuport_backend *
cuport_backend_table(const char **reason) {
  static std::string &why = *new std::string(card().start());
  if (why.empty())
    return &Table;
  *reason = why.c_str();
  return nullptr;
}
