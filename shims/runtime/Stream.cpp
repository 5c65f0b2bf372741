// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Stream.h"
#include "Capture.h"
#include "Graph.h"

#include <algorithm>
#include <memory>

using namespace cuport;

namespace {

constexpr int LeastPriority = 0;
constexpr int GreatestPriority = -5;

std::atomic<unsigned long long> nextStreamId{1};
thread_local bool defaultIsPerThread = false;

// The thread's own stream of each device it works on; they go when the thread ends.
struct OwnStreams {
  std::vector<std::unique_ptr<Stream>> byDevice;
  Stream &of(Device &device) {
    if (byDevice.size() <= size_t(device.ordinal))
      byDevice.resize(device.ordinal + 1);
    auto &slot = byDevice[device.ordinal];
    if (!slot)
      slot = std::make_unique<Stream>(device, StreamKind::PerThread, cudaStreamDefault, 0);
    return *slot;
  }
};
thread_local OwnStreams ownStreams;

bool isBusy(cuport_queue *queue) { return queue && backend().queue_query(queue) != cudaSuccess; }

void dropUnjoined(Device &device, Stream *stream) {
  auto &list = device.unjoined;
  list.erase(std::remove(list.begin(), list.end(), stream), list.end());
  device.unjoinedCount.store(list.size(), std::memory_order_release);
}

} // namespace

CUstream_st::CUstream_st(Device &device, StreamKind kind, unsigned flags, int priority)
    : kind(kind), device(device), flags(flags), priority(priority), id(nextStreamId++) {
  if (kind == StreamKind::Legacy)
    return;
  std::lock_guard lock(device.streamsMutex);
  device.streams.push_back(this);
}

CUstream_st::~CUstream_st() {
  magic = 0;
  if (isUnjoined.load(std::memory_order_acquire)) {
    // What it still runs counts for the null stream after it is gone.
    cuport_queue *legacy;
    if (device.legacy->queue(legacy) == cudaSuccess)
      joinInto(legacy);
  }
  {
    std::lock_guard lock(device.streamsMutex);
    device.streams.erase(std::remove(device.streams.begin(), device.streams.end(), this), device.streams.end());
    dropUnjoined(device, this);
    std::erase_if(device.leaving, [](auto &queue) { return !isBusy(queue.get()); });
    if (isBusy(queueIfAny()))
      device.leaving.push_back(ownedQueue);
  }
  if (joinEvent)
    backend().event_destroy(joinEvent);
}

cudaError_t CUstream_st::queue(cuport_queue *&result) {
  result = queueIfAny();
  if (result) [[likely]]
    return cudaSuccess;
  std::lock_guard lock(mutex);
  result = queueIfAny();
  if (result)
    return cudaSuccess;
  cudaError_t error = cudaError_t(backend().queue_create(device.ordinal, priority, &result));
  if (error)
    return error;
  ownedQueue.reset(result, [](cuport_queue *queue) { backend().queue_destroy(queue); });
  madeQueue.store(result, std::memory_order_release);
  return cudaSuccess;
}

cudaError_t CUstream_st::joinInto(cuport_queue *other) {
  cuport_queue *own = queueIfAny();
  if (!isBusy(own))
    return cudaSuccess;
  std::lock_guard lock(mutex);
  if (!joinEvent)
    if (int error = backend().event_create(device.ordinal, CUPORT_EVENT_NO_TIMING, &joinEvent))
      return cudaError_t(error);
  if (int error = backend().event_record(joinEvent, own))
    return cudaError_t(error);
  return cudaError_t(backend().queue_wait(other, joinEvent));
}

PerThreadDefault::PerThreadDefault() : before(defaultIsPerThread) { defaultIsPerThread = true; }
PerThreadDefault::~PerThreadDefault() { defaultIsPerThread = before; }

namespace cuport {

cudaError_t prepareOrder(Stream &stream, cuport_queue *&queue) {
  if (cudaError_t error = stream.queue(queue))
    return error;
  Device &device = stream.device;
  if (stream.kind == StreamKind::Legacy) {
    if (device.unjoinedCount.load(std::memory_order_acquire) == 0) [[likely]]
      return cudaSuccess;
    std::lock_guard lock(device.streamsMutex);
    for (Stream *other : device.unjoined) {
      other->isUnjoined.store(false, std::memory_order_release);
      if (cudaError_t error = other->joinInto(queue))
        return error;
    }
    device.unjoined.clear();
    device.unjoinedCount.store(0, std::memory_order_release);
    return cudaSuccess;
  }
  if (!stream.blocking())
    return cudaSuccess;
  uint64_t sequence = device.legacySequence.load(std::memory_order_acquire);
  if (stream.legacySeen.load(std::memory_order_relaxed) == sequence) [[likely]]
    return cudaSuccess;
  stream.legacySeen.store(sequence, std::memory_order_relaxed);
  return device.legacy->joinInto(queue);
}

// After the operation is queued, so that who sees the note also finds the operation in the queue.
void noteOrder(Stream &stream) {
  Device &device = stream.device;
  if (stream.kind == StreamKind::Legacy) {
    device.legacySequence.fetch_add(1, std::memory_order_release);
    return;
  }
  if (!stream.blocking() || stream.isUnjoined.exchange(true, std::memory_order_acq_rel))
    return;
  std::lock_guard lock(device.streamsMutex);
  device.unjoined.push_back(&stream);
  device.unjoinedCount.store(device.unjoined.size(), std::memory_order_release);
}

} // namespace cuport

cudaError_t cuport::streamOf(cudaStream_t handle, Device &current, Stream *&stream) {
  if (handle == nullptr && !defaultIsPerThread) [[likely]] {
    stream = current.legacy;
    return cudaSuccess;
  }
  if (handle == cudaStreamLegacy)
    stream = current.legacy;
  else if (handle == nullptr || handle == cudaStreamPerThread)
    stream = &ownStreams.of(current);
  else if (handle->magic == Stream::Magic)
    stream = handle;
  else
    return cudaErrorInvalidResourceHandle;
  return cudaSuccess;
}

cudaError_t cuport::synchronize(Stream &stream) {
  cuport_queue *queue = stream.queueIfAny();
  // Waiting for the null stream is waiting for what it waits for.
  if (stream.kind == StreamKind::Legacy)
    if (cudaError_t error = prepareOrder(stream, queue))
      return error;
  return queue ? cudaError_t(backend().queue_synchronize(queue)) : cudaSuccess;
}

cudaError_t cuport::synchronize(Device &device) {
  // Another thread may destroy a stream while this one waits; its queue stays until the wait is over.
  std::vector<std::shared_ptr<cuport_queue>> queues;
  {
    std::lock_guard lock(device.streamsMutex);
    for (Stream *stream : device.streams)
      if (isBusy(stream->queueIfAny()))
        queues.push_back(stream->sharedQueue());
    queues.insert(queues.end(), device.leaving.begin(), device.leaving.end());
  }
  cudaError_t result = fault(device);
  for (auto &queue : queues)
    if (int error = backend().queue_synchronize(queue.get()))
      result = cudaError_t(error);
  if (cuport_queue *queue = device.legacy->queueIfAny())
    if (int error = backend().queue_synchronize(queue))
      result = cudaError_t(error);
  return result;
}

cudaError_t cuport::submit(Stream &stream, const cuport_copy &copy) {
  if (stream.capture.load(std::memory_order_acquire))
    return captureNode(stream, MemoryCopy(copy));
  return enqueue(stream, [&](cuport_queue *queue) { return backend().copy(queue, &copy); });
}

cudaError_t cuport::submit(Stream &stream, const cuport_fill &fill) {
  if (stream.capture.load(std::memory_order_acquire))
    return captureNode(stream, MemoryFill{fill});
  return enqueue(stream, [&](cuport_queue *queue) { return backend().fill(queue, &fill); });
}

cudaError_t cuport::submit(Stream &stream, cuport_host_function function, void *data) {
  if (stream.capture.load(std::memory_order_acquire))
    return captureNode(stream, HostCall{function, data});
  return enqueue(stream, [&](cuport_queue *queue) { return backend().call(queue, function, data); });
}

cudaError_t cudaDeviceGetStreamPriorityRange(int *least, int *greatest) {
  return api([&](Device &) {
    if (least)
      *least = LeastPriority;
    if (greatest)
      *greatest = GreatestPriority;
    return cudaSuccess;
  });
}

cudaError_t cudaStreamCreateWithPriority(cudaStream_t *stream, unsigned int flags, int priority) {
  return api([&](Device &device) {
    if (!stream || (flags & ~unsigned(cudaStreamNonBlocking)))
      return cudaErrorInvalidValue;
    // Outside of the range is not an error: the nearest is taken.
    priority = std::clamp(priority, GreatestPriority, LeastPriority);
    *stream = new Stream(device, StreamKind::Explicit, flags, priority);
    return cudaSuccess;
  });
}

cudaError_t cudaStreamCreateWithFlags(cudaStream_t *stream, unsigned int flags) {
  return cudaStreamCreateWithPriority(stream, flags, LeastPriority);
}

cudaError_t cudaStreamCreate(cudaStream_t *stream) { return cudaStreamCreateWithFlags(stream, cudaStreamDefault); }

cudaError_t cudaStreamDestroy(cudaStream_t handle) {
  return api([&](Device &device) {
    Stream *stream;
    if (!handle)
      return cudaErrorInvalidResourceHandle;
    if (cudaError_t error = streamOf(handle, device, stream))
      return error;
    if (stream->kind != StreamKind::Explicit)
      return cudaErrorInvalidResourceHandle;
    abandonCapture(*stream);
    delete stream;
    return cudaSuccess;
  });
}

CUPORT_EXPORT cudaError_t cuportStreamGetNative(cudaStream_t handle, void **native) {
  return onStream(handle, [&](Stream &stream) -> cudaError_t {
    if (!native)
      return cudaErrorInvalidValue;
    if (cudaError_t error = refuseCapture(stream))
      return error;
    return enqueue(stream, [&](cuport_queue *queue) { return backend().queue_native(queue, native); });
  });
}

cudaError_t cudaStreamSynchronize(cudaStream_t handle) {
  return api([&](Device &device) {
    Stream *stream;
    if (cudaError_t error = streamOf(handle, device, stream))
      return error;
    if (cudaError_t error = refuseCapture(*stream))
      return error;
    return synchronize(*stream);
  });
}

cudaError_t cudaStreamQuery(cudaStream_t handle) {
  return api([&](Device &device) {
    Stream *stream;
    if (cudaError_t error = streamOf(handle, device, stream))
      return error;
    if (cudaError_t error = refuseCapture(*stream))
      return error;
    if (stream->kind == StreamKind::Legacy) {
      std::lock_guard lock(device.streamsMutex);
      for (Stream *other : device.unjoined)
        if (cuport_queue *queue = other->queueIfAny())
          if (int error = backend().queue_query(queue))
            return cudaError_t(error);
    }
    cuport_queue *queue = stream->queueIfAny();
    return queue ? cudaError_t(backend().queue_query(queue)) : cudaSuccess;
  });
}

cudaError_t cudaDeviceSynchronize() {
  return api([&](Device &device) {
    if (cudaError_t error = refuseGlobalCapture())
      return error;
    cudaError_t error = synchronize(device);
    // What kernels printed is visible to a reader of the output from here on.
    fflush(stdout);
    return error;
  });
}
