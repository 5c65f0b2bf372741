// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What the test doubles of host runtimes share: a card's library as far as a backend in shims/backends lists it, over the CPU
// backend. A double holds its caller to what is known of the vendor's: memory of the device cannot be touched, an asynchronous copy
// wants pinned memory, a device has to be chosen, and so on. Who breaks a rule is told on standard error, and gets an error.
//
// Status is cudaError_t's numbers here; each double turns them into the vendor's.

#ifndef CUPORT_DECLARED_DOUBLE_H
#define CUPORT_DECLARED_DOUBLE_H

#include "runtime/Backend.h"

#include <cstddef>
#include <cstdint>

namespace cuport::declared {

struct Rules {
  const char *card;
  bool choosesDevice;     ///< a thread has none before it has chosen one
  bool quietHostFunction; ///< a host function may not call the library
  bool waitsBeforeEnd;    ///< a stream and an event are unused when they are destroyed
  size_t alignment;       ///< of addresses of asynchronous copies
};
extern const Rules rules; ///< the card's

enum : int { Success = 0, InvalidValue = 1, OutOfMemory = 2, InvalidDevice = 101, InvalidHandle = 400, NotReady = 600, Refused = 999 };

/// Says which rule was broken, and returns Refused.
int refuse(const char *what);

int deviceCount(int &count);
int select(int device);
/// That of the thread; an error where there is none or the thread runs a host function.
int current(int &device);
int memoryInfo(size_t &free, size_t &total);

int allocate(bool onDevice, size_t size, void *&pointer);
int release(bool onDevice, void *pointer);
int registerHost(void *pointer, size_t size);
int unregisterHost(void *pointer);

/// At once where stream is null, and then of any memory of the host. Each side is what the caller says it is.
int copy(void *to, bool toDevice, const void *from, bool fromDevice, size_t size, void *stream);
int fill(void *to, int value, size_t size, void *stream);

int createStream(void *&stream);
int destroyStream(void *stream);
int queryStream(void *stream);
int synchronizeStream(void *stream);
int call(void *stream, void (*function)(void *), void *data);

int createEvent(bool timed, void *&event);
int destroyEvent(void *event);
int recordEvent(void *event, void *stream);
int waitEvent(void *event, void *stream);
int queryEvent(void *event);
int synchronizeEvent(void *event);
int elapsed(void *start, void *end, float &milliseconds);

} // namespace cuport::declared

#define EXPORT extern "C" __attribute__((visibility("default")))
#endif
