// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// libascendcl as shims/backends/ascend/Acl.def lists it: a test double, and nothing of the vendor's.

#include "Double.h"

#define VALUE(NAME, NUMBER) [[maybe_unused]] static constexpr int NAME = NUMBER;
#define FUNCTION(RESULT, NAME, PARAMETERS) EXPORT RESULT NAME PARAMETERS;
#define OPTIONAL(RESULT, NAME, PARAMETERS) EXPORT RESULT NAME PARAMETERS;
#include "backends/ascend/Acl.def"

using namespace cuport;

const declared::Rules declared::rules = {"ascend", true, true, true, 64};

static bool begun = false;

static int code(int error) {
  switch (error) {
  case declared::Success:
    return 0;
  case declared::InvalidDevice:
    return ACL_ERROR_RT_INVALID_DEVICEID;
  case declared::OutOfMemory:
    return ACL_ERROR_RT_MEMORY_ALLOCATION;
  }
  return ACL_ERROR_RT_PARAM_INVALID;
}

/// What each call begins with.
#define CHECK_BEGUN                                                                                                                \
  if (!begun)                                                                                                                      \
  return declared::refuse("aclInit has not been called"), ACL_ERROR_UNINITIALIZE

int aclInit(const char *) {
  if (begun)
    return ACL_ERROR_REPEAT_INITIALIZE;
  begun = true;
  return 0;
}

int aclFinalize() {
  CHECK_BEGUN;
  begun = false;
  return 0;
}

int aclrtGetDeviceCount(uint32_t *count) {
  CHECK_BEGUN;
  int number = 0;
  int error = declared::deviceCount(number);
  *count = uint32_t(number);
  return code(error);
}

int aclrtSetDevice(int32_t device) {
  CHECK_BEGUN;
  return code(declared::select(device));
}

const char *aclrtGetSocName() { return "declared Ascend"; }

int aclrtGetMemInfo(int attribute, size_t *free, size_t *total) {
  CHECK_BEGUN;
  return attribute == ACL_HBM_MEM ? code(declared::memoryInfo(*free, *total)) : ACL_ERROR_INVALID_PARAM;
}

int aclrtMalloc(void **pointer, size_t size, int) {
  CHECK_BEGUN;
  return code(declared::allocate(true, size, *pointer));
}
int aclrtFree(void *pointer) { return code(declared::release(true, pointer)); }
int aclrtMallocHost(void **pointer, size_t size) {
  CHECK_BEGUN;
  return code(declared::allocate(false, size, *pointer));
}
int aclrtFreeHost(void *pointer) { return code(declared::release(false, pointer)); }

static int copied(void *to, size_t room, const void *from, size_t size, int kind, void *stream) {
  CHECK_BEGUN;
  if (room < size)
    return code(declared::refuse("a copy of more than there is room for"));
  bool toDevice = kind == ACL_MEMCPY_HOST_TO_DEVICE || kind == ACL_MEMCPY_DEVICE_TO_DEVICE;
  bool fromDevice = kind == ACL_MEMCPY_DEVICE_TO_HOST || kind == ACL_MEMCPY_DEVICE_TO_DEVICE;
  return code(declared::copy(to, toDevice, from, fromDevice, size, stream));
}
int aclrtMemcpy(void *to, size_t room, const void *from, size_t size, int kind) { return copied(to, room, from, size, kind, nullptr); }
int aclrtMemcpyAsync(void *to, size_t room, const void *from, size_t size, int kind, void *stream) {
  return stream ? copied(to, room, from, size, kind, stream) : ACL_ERROR_RT_STREAM_CONTEXT;
}
int aclrtMemsetAsync(void *to, size_t room, int32_t value, size_t size, void *stream) {
  CHECK_BEGUN;
  return room < size ? code(declared::refuse("a fill of more than there is room for")) : code(declared::fill(to, value, size, stream));
}

int aclrtCreateStream(void **stream) {
  CHECK_BEGUN;
  return code(declared::createStream(*stream));
}
int aclrtDestroyStream(void *stream) { return code(declared::destroyStream(stream)); }
int aclrtSynchronizeStream(void *stream) { return code(declared::synchronizeStream(stream)); }
int aclrtStreamQuery(void *stream, int *status) {
  int error = declared::queryStream(stream);
  *status = error == declared::NotReady ? ACL_STREAM_STATUS_NOT_READY : ACL_STREAM_STATUS_COMPLETE;
  return error == declared::NotReady ? 0 : code(error);
}
int aclrtLaunchHostFunc(void *stream, void (*function)(void *), void *data) { return code(declared::call(stream, function, data)); }

int aclrtCreateEventExWithFlag(void **event, uint32_t flags) {
  CHECK_BEGUN;
  if (!(flags & ACL_EVENT_SYNC))
    return code(declared::refuse("an event that no stream can wait for"));
  return code(declared::createEvent(flags & ACL_EVENT_TIME_LINE, *event));
}
int aclrtDestroyEvent(void *event) { return code(declared::destroyEvent(event)); }
int aclrtRecordEvent(void *event, void *stream) { return code(declared::recordEvent(event, stream)); }
int aclrtStreamWaitEvent(void *stream, void *event) { return code(declared::waitEvent(event, stream)); }
int aclrtQueryEventStatus(void *event, int *status) {
  int error = declared::queryEvent(event);
  *status = error == declared::NotReady ? ACL_EVENT_RECORDED_STATUS_NOT_READY : ACL_EVENT_RECORDED_STATUS_COMPLETE;
  return error == declared::NotReady ? 0 : code(error);
}
int aclrtSynchronizeEvent(void *event) { return code(declared::synchronizeEvent(event)); }
int aclrtEventElapsedTime(float *milliseconds, void *start, void *end) { return code(declared::elapsed(start, end, *milliseconds)); }
