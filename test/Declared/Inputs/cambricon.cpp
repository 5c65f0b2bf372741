// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// libcnrt as shims/backends/cambricon/Cnrt.def lists it: a test double, and nothing of the vendor's.

#include "Double.h"

#define VALUE(NAME, NUMBER) [[maybe_unused]] static constexpr int NAME = NUMBER;
#define FUNCTION(RESULT, NAME, PARAMETERS) EXPORT RESULT NAME PARAMETERS;
#define OPTIONAL(RESULT, NAME, PARAMETERS) EXPORT RESULT NAME PARAMETERS;
#include "backends/cambricon/Cnrt.def"

using namespace cuport;

const declared::Rules declared::rules = {"cambricon", false, true, false, 1};

static int code(int error) {
  switch (error) {
  case declared::Success:
    return 0;
  case declared::InvalidDevice:
    return cnrtErrorDeviceInvalid;
  case declared::OutOfMemory:
    return cnrtErrorNoMem;
  case declared::NotReady:
    return cnrtErrorBusy;
  case declared::Refused:
    return cnrtErrorCndrvFuncCall;
  }
  return cnrtErrorArgsInvalid;
}

int cnrtGetDeviceCount(unsigned int *count) {
  int number = 0;
  int error = declared::deviceCount(number);
  *count = unsigned(number);
  return code(error);
}
int cnrtSetDevice(int device) { return code(declared::select(device)); }
int cnrtDeviceGetAttribute(int *value, int attribute, int) {
  *value = attribute == cnrtAttrClusterCount ? 2 : attribute == cnrtAttrMcorePerCluster ? 4 : 1;
  return 0;
}
int cnrtMemGetInfo(size_t *free, size_t *total) { return code(declared::memoryInfo(*free, *total)); }

int cnrtMalloc(void **pointer, size_t size) { return code(declared::allocate(true, size, *pointer)); }
int cnrtFree(void *pointer) { return code(declared::release(true, pointer)); }
int cnrtHostMalloc(void **pointer, size_t size) { return code(declared::allocate(false, size, *pointer)); }
int cnrtFreeHost(void *pointer) { return code(declared::release(false, pointer)); }

static int copied(void *to, const void *from, size_t size, int kind, void *queue) {
  bool toDevice = kind == cnrtMemcpyHostToDev || kind == cnrtMemcpyDevToDev;
  bool fromDevice = kind == cnrtMemcpyDevToHost || kind == cnrtMemcpyDevToDev;
  return code(declared::copy(to, toDevice, from, fromDevice, size, queue));
}
int cnrtMemcpy(void *to, void *from, size_t size, int kind) { return copied(to, from, size, kind, nullptr); }
int cnrtMemcpyAsync_V2(void *to, void *from, size_t size, void *queue, int kind) { return copied(to, from, size, kind, queue); }
int cnrtMemsetAsync(void *to, int value, size_t size, void *queue) { return code(declared::fill(to, value, size, queue)); }

int cnrtQueueCreate(void **queue) { return code(declared::createStream(*queue)); }
int cnrtQueueDestroy(void *queue) { return code(declared::destroyStream(queue)); }
int cnrtQueueQuery(void *queue) { return code(declared::queryStream(queue)); }
int cnrtQueueSync(void *queue) { return code(declared::synchronizeStream(queue)); }
int cnrtInvokeHostFunc(void *queue, void (*function)(void *), void *data) { return code(declared::call(queue, function, data)); }

int cnrtNotifierCreateWithFlags(void **notifier, unsigned int flags) {
  return code(declared::createEvent(!(flags & CNRT_NOTIFIER_DISABLE_TIMING_ALL), *notifier));
}
int cnrtNotifierDestroy(void *notifier) { return code(declared::destroyEvent(notifier)); }
int cnrtPlaceNotifier(void *notifier, void *queue) { return code(declared::recordEvent(notifier, queue)); }
int cnrtQueueWaitNotifier(void *notifier, void *queue, unsigned int) { return code(declared::waitEvent(notifier, queue)); }
int cnrtQueryNotifier(void *notifier) { return code(declared::queryEvent(notifier)); }
int cnrtWaitNotifier(void *notifier) { return code(declared::synchronizeEvent(notifier)); }
int cnrtNotifierElapsedTime(void *start, void *end, float *milliseconds) { return code(declared::elapsed(start, end, *milliseconds)); }
