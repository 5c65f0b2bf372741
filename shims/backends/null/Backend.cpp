// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Null.h"

using namespace cuport::null;

/// Where kernels do not run, none sleeps.
static void threadSleep(uint32_t) {}
static cuport_status childLaunch(const cuport_launch *, int) { return NotSupported; }
static cuport_status childSynchronize() { return NotSupported; }
static cuport_status queueNative(cuport_queue *, void **) { return NotSupported; }

static constexpr cuport_backend Table = {
    .version = CUPORT_BACKEND_VERSION,
    .size = sizeof(cuport_backend),
    .name = "null",
    .device_count = deviceCount,
    .device_properties = deviceProperties,
    .device_fault = deviceFault,
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

extern "C" __attribute__((visibility("default"))) const cuport_backend *cuport_backend_table(const char **) {
  return &Table;
}
