// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// libxpurt as shims/backends/kunlunxin/Xre.def lists it: a test double, and nothing of the vendor's. Its errors are negative.

#include "Double.h"

#define VALUE(NAME, NUMBER) [[maybe_unused]] static constexpr int NAME = NUMBER;
#define FUNCTION(RESULT, NAME, PARAMETERS) EXPORT RESULT NAME PARAMETERS;
#define OPTIONAL(RESULT, NAME, PARAMETERS) EXPORT RESULT NAME PARAMETERS;
#include "backends/kunlunxin/Xre.def"

using namespace cuport;

const declared::Rules declared::rules = {"kunlunxin", false, true, true, 1};

static int code(int error) {
  switch (error) {
  case declared::Success:
    return 0;
  case declared::InvalidDevice:
    return -XPUERR_INVALID_DEVICE;
  case declared::OutOfMemory:
    return -XPUERR_NOMEM;
  case declared::NotReady:
    return -716; // XPUERR_BUSY; what it really answers is not known
  }
  return -XPUERR_INVALID_PARAM;
}

int xpu_device_count(int *count) { return code(declared::deviceCount(*count)); }
int xpu_set_device(int device) { return code(declared::select(device)); }
int xpu_device_get_attr(uint64_t *value, int, int) {
  *value = 8;
  return 0;
}

int xpu_malloc(void **pointer, uint64_t size, int) { return code(declared::allocate(true, size, *pointer)); }
int xpu_free(void *pointer) { return code(declared::release(true, pointer)); }
int xpu_host_alloc(void **pointer, uint64_t size, unsigned int) { return code(declared::allocate(false, size, *pointer)); }
int xpu_host_free(void *pointer) { return code(declared::release(false, pointer)); }
int xpu_host_register(void *pointer, uint64_t size, unsigned int) { return code(declared::registerHost(pointer, size)); }
int xpu_host_unregister(void *pointer) { return code(declared::unregisterHost(pointer)); }

static int copied(void *to, const void *from, uint64_t size, int kind, void *stream) {
  bool toDevice = kind == XPU_HOST_TO_DEVICE || kind == XPU_DEVICE_TO_DEVICE;
  bool fromDevice = kind == XPU_DEVICE_TO_HOST || kind == XPU_DEVICE_TO_DEVICE;
  return code(declared::copy(to, toDevice, from, fromDevice, size, stream));
}
int xpu_memcpy(void *to, const void *from, uint64_t size, int kind) { return copied(to, from, size, kind, nullptr); }
int xpu_memcpy_async(void *to, const void *from, uint64_t size, int kind, void *stream) { return copied(to, from, size, kind, stream); }

int xpu_stream_create(void **stream) { return code(declared::createStream(*stream)); }
int xpu_stream_destroy(void *stream) { return code(declared::destroyStream(stream)); }
int xpu_wait(void *stream) { return code(declared::synchronizeStream(stream)); }

int xpu_event_create(void **event) { return code(declared::createEvent(false, *event)); }
int xpu_event_destroy(void *event) { return code(declared::destroyEvent(event)); }
int xpu_event_record(void *event, void *stream) { return code(declared::recordEvent(event, stream)); }
int xpu_stream_wait_event(void *stream, void *event) { return code(declared::waitEvent(event, stream)); }
int xpu_event_wait(void *event) { return code(declared::synchronizeEvent(event)); }
int xpu_event_query(void *event) { return code(declared::queryEvent(event)); }
