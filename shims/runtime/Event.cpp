// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Event.h"
#include "Capture.h"

using namespace cuport;

cudaError_t cuport::eventOf(cudaEvent_t handle, Event *&event) {
  if (!handle || handle->magic != Event::Magic)
    return cudaErrorInvalidResourceHandle;
  event = handle;
  return cudaSuccess;
}

cudaError_t cuport::recordNow(Event &event, Stream &stream) {
  return enqueue(stream, [&](cuport_queue *queue) { return backend().event_record(event.event, queue); });
}

cudaError_t cuport::waitNow(Stream &stream, Event &event) {
  return enqueue(stream, [&](cuport_queue *queue) { return backend().queue_wait(queue, event.event); });
}

cudaError_t cudaEventCreateWithFlags(cudaEvent_t *result, unsigned int flags) {
  return api([&](Device &device) {
    constexpr unsigned Known = cudaEventBlockingSync | cudaEventDisableTiming | cudaEventInterprocess;
    if (!result || (flags & ~Known))
      return cudaErrorInvalidValue;
    if (flags & cudaEventInterprocess) {
      // CUDA wants the timing off for these; then it is this backend that cannot.
      if (!(flags & cudaEventDisableTiming))
        return cudaErrorInvalidValue;
      return notSupported("cudaEventInterprocess");
    }
    auto *event = new Event(device);
    event->flags = flags;
    uint32_t asked = (flags & cudaEventDisableTiming ? CUPORT_EVENT_NO_TIMING : 0) |
                     (flags & cudaEventBlockingSync ? CUPORT_EVENT_BLOCKING : 0);
    if (int error = backend().event_create(device.ordinal, asked, &event->event)) {
      delete event;
      return cudaError_t(error);
    }
    *result = event;
    return cudaSuccess;
  });
}

cudaError_t cudaEventCreate(cudaEvent_t *event) { return cudaEventCreateWithFlags(event, cudaEventDefault); }

cudaError_t cudaEventDestroy(cudaEvent_t handle) {
  return api([&](Device &) {
    Event *event;
    if (cudaError_t error = eventOf(handle, event))
      return error;
    event->magic = 0;
    backend().event_destroy(event->event);
    delete event;
    return cudaSuccess;
  });
}

cudaError_t cudaEventRecordWithFlags(cudaEvent_t handle, cudaStream_t streamHandle, unsigned int flags) {
  return api([&](Device &device) {
    Event *event;
    Stream *stream;
    if (flags & ~unsigned(cudaEventRecordExternal))
      return cudaErrorInvalidValue;
    if (cudaError_t error = eventOf(handle, event))
      return error;
    if (cudaError_t error = streamOf(streamHandle, device, stream))
      return error;
    if (&event->device != &stream->device)
      return cudaErrorInvalidResourceHandle;
    if (stream->capture.load(std::memory_order_acquire))
      return captureRecord(*stream, *event, flags & cudaEventRecordExternal);
    if (cudaError_t error = refuseImplicit(*stream))
      return error;
    event->captured = false;
    return recordNow(*event, *stream);
  });
}

cudaError_t cudaEventRecord(cudaEvent_t event, cudaStream_t stream) {
  return cudaEventRecordWithFlags(event, stream, cudaEventRecordDefault);
}

cudaError_t cudaStreamWaitEvent(cudaStream_t streamHandle, cudaEvent_t handle, unsigned int flags) {
  return api([&](Device &device) {
    Event *event;
    Stream *stream;
    if (flags & ~unsigned(cudaEventWaitExternal))
      return cudaErrorInvalidValue;
    if (cudaError_t error = eventOf(handle, event))
      return error;
    if (cudaError_t error = streamOf(streamHandle, device, stream))
      return error;
    if (event->captured || stream->capture.load(std::memory_order_acquire))
      return captureWait(*stream, *event, flags & cudaEventWaitExternal);
    if (cudaError_t error = refuseImplicit(*stream))
      return error;
    return waitNow(*stream, *event);
  });
}

namespace {

// What the backend says of an event that was not recorded in a capture.
cudaError_t ask(cudaEvent_t handle, cuport_status (*question)(cuport_event *)) {
  return api([&](Device &) {
    Event *event;
    if (cudaError_t error = eventOf(handle, event))
      return error;
    return event->captured ? cudaErrorCapturedEvent : cudaError_t(question(event->event));
  });
}

} // namespace

cudaError_t cudaEventQuery(cudaEvent_t event) { return ask(event, backend().event_query); }

cudaError_t cudaEventSynchronize(cudaEvent_t event) {
  return ask(event, backend().event_synchronize);
}

cudaError_t cudaEventElapsedTime(float *milliseconds, cudaEvent_t startHandle, cudaEvent_t endHandle) {
  return api([&](Device &) {
    Event *start;
    Event *end;
    if (!milliseconds)
      return cudaErrorInvalidValue;
    if (cudaError_t error = eventOf(startHandle, start))
      return error;
    if (cudaError_t error = eventOf(endHandle, end))
      return error;
    if ((start->flags | end->flags) & cudaEventDisableTiming)
      return cudaErrorInvalidResourceHandle;
    if (&start->device != &end->device)
      return cudaErrorInvalidResourceHandle;
    if (start->captured || end->captured)
      return cudaErrorCapturedEvent;
    return cudaError_t(backend().event_elapsed(start->event, end->event, milliseconds));
  });
}

cudaError_t cudaIpcGetEventHandle(cudaIpcEventHandle_t *, cudaEvent_t) {
  return cuport_not_supported("cudaIpcGetEventHandle");
}

cudaError_t cudaIpcOpenEventHandle(cudaEvent_t *, cudaIpcEventHandle_t) {
  return cuport_not_supported("cudaIpcOpenEventHandle");
}
