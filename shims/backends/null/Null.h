// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The entries of the table (shims/runtime/Backend.h), by noun: each file defines those of its own, and Backend.cpp puts them
// together. Copied to a new backend, this is the list of what there is to do.

#ifndef CUPORT_NULL_H
#define CUPORT_NULL_H

#include "runtime/Backend.h"
#include "runtime/Status.h"

namespace cuport::null {

/// NotSupported is what most entries answer: the runtime says on stderr, once, which call it was.
using enum Status;

// Device.cpp
cuport_status deviceCount(int *count);
cuport_status deviceProperties(int device, cuport_device_properties *properties);
cuport_status deviceFault(int device);
cuport_status deviceReset(int device);

// Memory.cpp
cuport_status allocate(int device, uint32_t kind, size_t size, void **pointer);
cuport_status deallocate(int device, uint32_t kind, void *pointer);
cuport_status memoryInfo(int device, size_t *free, size_t *total);
cuport_status registerHost(void *pointer, size_t size);
cuport_status unregisterHost(void *pointer);

// Queue.cpp
cuport_status queueCreate(int device, int priority, cuport_queue **queue);
cuport_status queueDestroy(cuport_queue *queue);
cuport_status queueQuery(cuport_queue *queue);
cuport_status queueSynchronize(cuport_queue *queue);
cuport_status copy(cuport_queue *queue, const cuport_copy *copy);
cuport_status fill(cuport_queue *queue, const cuport_fill *fill);
cuport_status call(cuport_queue *queue, cuport_host_function function, void *data);
cuport_status repeat(cuport_queue *queue, cuport_round round, void *data);
cuport_status launch(cuport_queue *queue, const cuport_launch *launch);

// Event.cpp
cuport_status eventCreate(int device, uint32_t flags, cuport_event **event);
cuport_status eventDestroy(cuport_event *event);
cuport_status eventRecord(cuport_event *event, cuport_queue *queue);
cuport_status queueWait(cuport_queue *queue, cuport_event *event);
cuport_status eventQuery(cuport_event *event);
cuport_status eventSynchronize(cuport_event *event);
cuport_status eventElapsed(cuport_event *start, cuport_event *end, float *milliseconds);

} // namespace cuport::null
#endif
