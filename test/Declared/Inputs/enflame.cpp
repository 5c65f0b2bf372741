// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// libtopsrt as shims/backends/enflame/Tops.def lists it: a test double, and nothing of the vendor's.

#include "Double.h"

#define VALUE(NAME, NUMBER) [[maybe_unused]] static constexpr int NAME = NUMBER;
#define FUNCTION(RESULT, NAME, PARAMETERS) EXPORT RESULT NAME PARAMETERS;
#define OPTIONAL(RESULT, NAME, PARAMETERS) EXPORT RESULT NAME PARAMETERS;
#include "backends/enflame/Tops.def"

using namespace cuport;

const declared::Rules declared::rules = {"enflame", false, false, false, 1};

int topsInit(unsigned int) { return 0; }
int topsGetDeviceCount(int *count) { return declared::deviceCount(*count); }
int topsSetDevice(int device) { return declared::select(device); }
int topsDeviceGetAttribute(int *value, int attribute, int) {
  *value = attribute == topsDeviceAttributeMultiprocessorCount ? 24 : 1;
  return 0;
}
int topsMemGetInfo(size_t *free, size_t *total) { return declared::memoryInfo(*free, *total); }

int topsMalloc(void **pointer, size_t size) { return declared::allocate(true, size, *pointer); }
int topsFree(void *pointer) { return declared::release(true, pointer); }
int topsHostMalloc(void **pointer, size_t size, unsigned int) { return declared::allocate(false, size, *pointer); }
int topsHostFree(void *pointer) { return declared::release(false, pointer); }
int topsHostRegister(void *pointer, size_t size, unsigned int) { return declared::registerHost(pointer, size); }
int topsHostUnregister(void *pointer) { return declared::unregisterHost(pointer); }

static int copied(void *to, const void *from, size_t size, int kind, void *stream) {
  bool toDevice = kind == topsMemcpyHostToDevice || kind == topsMemcpyDeviceToDevice;
  bool fromDevice = kind == topsMemcpyDeviceToHost || kind == topsMemcpyDeviceToDevice;
  return declared::copy(to, toDevice, from, fromDevice, size, stream);
}
int topsMemcpy(void *to, const void *from, size_t size, int kind) { return copied(to, from, size, kind, nullptr); }
int topsMemcpyAsync(void *to, const void *from, size_t size, int kind, void *stream) { return copied(to, from, size, kind, stream); }
int topsMemsetAsync(void *to, int value, size_t size, void *stream) { return declared::fill(to, value, size, stream); }

int topsStreamCreateWithFlags(void **stream, unsigned int) { return declared::createStream(*stream); }
int topsStreamDestroy(void *stream) { return declared::destroyStream(stream); }
int topsStreamQuery(void *stream) { return declared::queryStream(stream); }
int topsStreamSynchronize(void *stream) { return declared::synchronizeStream(stream); }
int topsStreamAddCallback(void *stream, void (*function)(void *, int, void *), void *data, unsigned int flags) {
  struct Wanted {
    void (*function)(void *, int, void *);
    void *stream, *data;
  };
  if (!(flags & topsStreamCallbackBlocking))
    return declared::refuse("a callback that does not block its stream");
  return declared::call(
      stream,
      [](void *wanted) {
        auto *call = static_cast<Wanted *>(wanted);
        call->function(call->stream, 0, call->data);
        delete call;
      },
      new Wanted{function, stream, data});
}

int topsEventCreateWithFlags(void **event, unsigned int flags) { return declared::createEvent(!(flags & topsEventDisableTiming), *event); }
int topsEventDestroy(void *event) { return declared::destroyEvent(event); }
int topsEventRecord(void *event, void *stream) { return declared::recordEvent(event, stream); }
int topsStreamWaitEvent(void *stream, void *event, unsigned int) { return declared::waitEvent(event, stream); }
int topsEventQuery(void *event) { return declared::queryEvent(event); }
int topsEventSynchronize(void *event) { return declared::synchronizeEvent(event); }
int topsEventElapsedTime(float *milliseconds, void *start, void *end) { return declared::elapsed(start, end, *milliseconds); }
