// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Double.h"

#include <cstdio>
#include <cstdlib>
#include <dlfcn.h>
#include <map>
#include <mutex>
#include <set>

using namespace cuport::declared;

namespace {

struct Memory {
  size_t size;
  bool onDevice;
  int device;
};
struct Stream {
  int device;
  cuport_queue *queue;
};
struct Event {
  int device;
  cuport_event *event;
};

std::mutex &lock = *new std::mutex; // guards these, which are never destroyed
auto &memories = *new std::map<const char *, Memory>;
auto &streams = *new std::set<Stream *>;
auto &events = *new std::set<Event *>;
auto &immediate = *new std::map<int, cuport_queue *>;

thread_local int chosen = -1;
thread_local bool inHostFunction = false;

const cuport_backend &cpu() {
  static const cuport_backend *table = [] {
    setenv("CUPORT_SEPARATE", "1", 1);
    void *library = dlopen(CPU_BACKEND, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    auto *get = library ? reinterpret_cast<decltype(&cuport_backend_table)>(dlsym(library, "cuport_backend_table")) : nullptr;
    const char *reason = nullptr;
    const cuport_backend *found = get ? get(&reason) : nullptr;
    unsetenv("CUPORT_SEPARATE");
    if (!found) {
      std::fprintf(stderr, "%s\n", reason ? reason : dlerror());
      std::abort();
    }
    return found;
  }();
  return *table;
}

/// The memory with all these bytes in it; null: none that the library knows.
const Memory *find(const void *pointer, size_t size) {
  auto *byte = static_cast<const char *>(pointer);
  std::lock_guard hold(lock);
  auto behind = memories.upper_bound(byte);
  if (behind == memories.begin())
    return nullptr;
  auto &[begin, memory] = *std::prev(behind);
  return byte + size <= begin + memory.size ? &memory : nullptr;
}

template <class Item> Item *known(std::set<Item *> &items, void *handle) {
  std::lock_guard hold(lock);
  auto found = items.find(static_cast<Item *>(handle));
  return found == items.end() ? nullptr : *found;
}

/// The stream, which has to be of the thread's device.
int streamOf(void *handle, Stream *&stream) {
  int device;
  if (int error = current(device))
    return error;
  stream = known(streams, handle);
  if (!stream)
    return refuse("there is no such stream");
  return stream->device == device ? int(Success) : refuse("the stream is another device's than the thread's");
}

int eventOf(void *handle, Event *&event) {
  int device;
  if (int error = current(device))
    return error;
  event = known(events, handle);
  return event ? int(Success) : refuse("there is no such event");
}

/// A queue for what is done at once.
int immediateQueue(int device, cuport_queue *&queue) {
  std::lock_guard hold(lock);
  if (!immediate.count(device))
    if (int error = cpu().queue_create(device, 0, &immediate[device]))
      return error;
  queue = immediate[device];
  return Success;
}

int checkSide(const void *pointer, size_t size, bool onDevice, int device, bool later) {
  const Memory *memory = find(pointer, size);
  if (onDevice)
    return !memory || !memory->onDevice       ? refuse("what is said to be memory of the device is none")
           : later && memory->device != device ? refuse("the memory is another device's than the thread's")
                                               : int(Success);
  if (memory && memory->onDevice)
    return refuse("what is said to be the host's is memory of the device");
  return later && !memory ? refuse("an asynchronous copy of memory that is not pinned") : int(Success);
}

} // namespace

namespace cuport::declared {

int refuse(const char *what) {
  std::fprintf(stderr, "declared surface of %s: %s\n", rules.card, what);
  return Refused;
}

int deviceCount(int &count) { return cpu().device_count(&count); }

int select(int device) {
  int count = 0;
  if (inHostFunction && rules.quietHostFunction)
    return refuse("a host function calls the library");
  if (int error = cpu().device_count(&count))
    return error;
  if (device < 0 || device >= count)
    return InvalidDevice;
  chosen = device;
  return Success;
}

int current(int &device) {
  if (inHostFunction && rules.quietHostFunction)
    return refuse("a host function calls the library");
  if (chosen < 0 && rules.choosesDevice)
    return refuse("the thread has no device");
  device = chosen < 0 ? 0 : chosen;
  return Success;
}

int memoryInfo(size_t &free, size_t &total) {
  int device;
  if (int error = current(device))
    return error;
  return cpu().memory_info(device, &free, &total);
}

int allocate(bool onDevice, size_t size, void *&pointer) {
  int device;
  if (int error = current(device))
    return error;
  if (int error = cpu().allocate(device, onDevice ? CUPORT_MEMORY_DEVICE : CUPORT_MEMORY_HOST, size, &pointer))
    return error;
  std::lock_guard hold(lock);
  memories[static_cast<char *>(pointer)] = {size, onDevice, device};
  return Success;
}

int release(bool onDevice, void *pointer) {
  int device;
  if (int error = current(device))
    return error;
  {
    std::lock_guard hold(lock);
    auto found = memories.find(static_cast<char *>(pointer));
    if (found == memories.end() || found->second.onDevice != onDevice)
      return refuse("no such memory to free");
    device = found->second.device;
    memories.erase(found);
  }
  return cpu().free(device, onDevice ? CUPORT_MEMORY_DEVICE : CUPORT_MEMORY_HOST, pointer);
}

int registerHost(void *pointer, size_t size) {
  std::lock_guard hold(lock);
  memories[static_cast<char *>(pointer)] = {size, false, -1};
  return Success;
}

int unregisterHost(void *pointer) {
  std::lock_guard hold(lock);
  return memories.erase(static_cast<char *>(pointer)) ? int(Success) : refuse("no such memory to unregister");
}

int copy(void *to, bool toDevice, const void *from, bool fromDevice, size_t size, void *handle) {
  int device;
  if (int error = current(device))
    return error;
  cuport_queue *queue = nullptr;
  if (handle) {
    Stream *stream;
    if (int error = streamOf(handle, stream))
      return error;
    if (!toDevice && !fromDevice)
      return refuse("an asynchronous copy from host to host");
    if ((uintptr_t(to) | uintptr_t(from)) % rules.alignment)
      return refuse("an asynchronous copy of addresses that are not aligned");
    queue = stream->queue;
  } else if (int error = immediateQueue(device, queue))
    return error;
  if (int error = checkSide(to, size, toDevice, device, handle))
    return error;
  if (int error = checkSide(from, size, fromDevice, device, handle))
    return error;
  cuport_copy wanted = {};
  wanted.destination = to;
  wanted.source = from;
  wanted.width = size;
  wanted.height = wanted.depth = 1;
  wanted.destination_kind = toDevice ? CUPORT_MEMORY_DEVICE : CUPORT_MEMORY_HOST;
  wanted.source_kind = fromDevice ? CUPORT_MEMORY_DEVICE : CUPORT_MEMORY_HOST;
  if (int error = cpu().copy(queue, &wanted))
    return error;
  return handle ? int(Success) : cpu().queue_synchronize(queue);
}

int fill(void *to, int value, size_t size, void *handle) {
  Stream *stream;
  if (int error = streamOf(handle, stream))
    return error;
  if (int error = checkSide(to, size, true, stream->device, true))
    return error;
  cuport_fill wanted = {};
  wanted.destination = to;
  wanted.value = uint32_t(value);
  wanted.element_size = 1;
  wanted.width = size;
  wanted.height = wanted.depth = 1;
  return cpu().fill(stream->queue, &wanted);
}

int createStream(void *&handle) {
  int device;
  if (int error = current(device))
    return error;
  auto *stream = new Stream{device, nullptr};
  if (int error = cpu().queue_create(device, 0, &stream->queue)) {
    delete stream;
    return error;
  }
  std::lock_guard hold(lock);
  streams.insert(stream);
  handle = stream;
  return Success;
}

int destroyStream(void *handle) {
  Stream *stream;
  if (int error = streamOf(handle, stream))
    return error;
  if (rules.waitsBeforeEnd && cpu().queue_query(stream->queue))
    return refuse("a stream is destroyed that is not done");
  {
    std::lock_guard hold(lock);
    streams.erase(stream);
  }
  int error = cpu().queue_destroy(stream->queue);
  delete stream;
  return error;
}

int queryStream(void *handle) {
  Stream *stream;
  int error = streamOf(handle, stream);
  return error ? error : cpu().queue_query(stream->queue);
}

int synchronizeStream(void *handle) {
  Stream *stream;
  int error = streamOf(handle, stream);
  return error ? error : cpu().queue_synchronize(stream->queue);
}

int call(void *handle, void (*function)(void *), void *data) {
  struct Wanted {
    void (*function)(void *);
    void *data;
  };
  Stream *stream;
  if (int error = streamOf(handle, stream))
    return error;
  return cpu().call(
      stream->queue,
      [](void *wanted) {
        auto *call = static_cast<Wanted *>(wanted);
        inHostFunction = true;
        call->function(call->data);
        inHostFunction = false;
        delete call;
      },
      new Wanted{function, data});
}

int createEvent(bool timed, void *&handle) {
  int device;
  if (int error = current(device))
    return error;
  auto *event = new Event{device, nullptr};
  if (int error = cpu().event_create(device, timed ? 0 : CUPORT_EVENT_NO_TIMING, &event->event)) {
    delete event;
    return error;
  }
  std::lock_guard hold(lock);
  events.insert(event);
  handle = event;
  return Success;
}

int destroyEvent(void *handle) {
  Event *event;
  if (int error = eventOf(handle, event))
    return error;
  if (rules.waitsBeforeEnd && cpu().event_query(event->event))
    return refuse("an event is destroyed that is not complete");
  {
    std::lock_guard hold(lock);
    events.erase(event);
  }
  int error = cpu().event_destroy(event->event);
  delete event;
  return error;
}

int recordEvent(void *handle, void *onto) {
  Event *event;
  Stream *stream;
  if (int error = eventOf(handle, event))
    return error;
  if (int error = streamOf(onto, stream))
    return error;
  return cpu().event_record(event->event, stream->queue);
}

int waitEvent(void *handle, void *waiting) {
  Event *event;
  Stream *stream;
  if (int error = eventOf(handle, event))
    return error;
  if (int error = streamOf(waiting, stream))
    return error;
  return cpu().queue_wait(stream->queue, event->event);
}

int queryEvent(void *handle) {
  Event *event;
  int error = eventOf(handle, event);
  return error ? error : cpu().event_query(event->event);
}

int synchronizeEvent(void *handle) {
  Event *event;
  int error = eventOf(handle, event);
  return error ? error : cpu().event_synchronize(event->event);
}

int elapsed(void *begin, void *finish, float &milliseconds) {
  Event *start, *end;
  if (int error = eventOf(begin, start))
    return error;
  if (int error = eventOf(finish, end))
    return error;
  return cpu().event_elapsed(start->event, end->event, &milliseconds);
}

} // namespace cuport::declared
