// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A card that runs no CUDA kernels, as its vendor's host runtime shows it: one call here is about
// one call there. What the table of runtime/Backend.h asks beyond that is shared and is in this
// room.
//
//   libcuport-rt  ->  cuport_backend_table (Backend.cpp)   ->  Card (backends/<card>)  ->  the vendor's library,
//                     kinds of memory, boxes, pinned or not,                               found when the
//                     events never recorded                                                backend loads
//
// Device, stream and event belong together: select() has been called with their device, in the
// calling thread, before any function that takes one. Streams and events are the vendor's handles.
// Every function may be called from any thread. Status is cudaError_t's numbers; an optional
// function that is not overridden answers NotSupported, and what it would do is done otherwise.

#ifndef CUPORT_HOST_CARD_H
#define CUPORT_HOST_CARD_H

#include "runtime/Backend.h"
#include "runtime/Status.h"

#include <string>

namespace cuport::host {

using enum Status;

enum class Direction { HostToDevice, DeviceToHost, DeviceToDevice };

class Card {
public:
  /// Loads the vendor's library and readies it; "" or why that cannot be.
  virtual std::string start() = 0;

  virtual int deviceCount(int &count) = 0;
  /// Makes it the device of the calling thread; called by host::select() below.
  virtual int select(int device) = 0;
  /// Fills in what is known of the device; what is not keeps what Backend.cpp put there.
  virtual int describe(int device, cuport_device_properties &properties) = 0;
  virtual int memoryInfo(size_t &free, size_t &total) { return NotSupported; }

  virtual int allocate(size_t size, void *&pointer) = 0;
  virtual int release(void *pointer) = 0;
  /// Pinned memory of the host.
  virtual int allocateHost(size_t size, void *&pointer) = 0;
  virtual int releaseHost(void *pointer) = 0;
  virtual int registerHost(void *pointer, size_t size) { return NotSupported; }
  virtual int unregisterHost(void *pointer) { return NotSupported; }

  /// Is done when it returns, and waits for no stream.
  virtual int copy(void *to, const void *from, size_t size, Direction direction) = 0;
  /// The host's side is pinned.
  virtual int copyAsync(void *to, const void *from, size_t size, Direction direction,
                        void *stream) = 0;
  /// What the addresses of copyAsync have to be a multiple of.
  virtual size_t copyAlignment() const { return 1; }
  virtual int fillAsync(void *to, unsigned char value, size_t size, void *stream) {
    return NotSupported;
  }

  /// Whether streams and events may be destroyed while something is left in them, or waits for
  /// them.
  virtual bool destroysLater() const { return false; }

  virtual int createStream(void *&stream) = 0;
  virtual int destroyStream(void *stream) = 0;
  /// Success or NotReady.
  virtual int queryStream(void *stream) = 0;
  virtual int synchronizeStream(void *stream) = 0;
  /// Runs the function in a thread of the vendor's, when all before it has ended and before what
  /// comes behind it.
  virtual int call(cuport_host_function function, void *data, void *stream) { return NotSupported; }

  virtual int createEvent(bool timed, void *&event) = 0;
  virtual int destroyEvent(void *event) = 0;
  virtual int recordEvent(void *event, void *stream) = 0;
  virtual int waitEvent(void *event, void *stream) = 0;
  /// Success or NotReady; it has been recorded, here and below.
  virtual int queryEvent(void *event) = 0;
  virtual int synchronizeEvent(void *event) = 0;
  /// Both are complete and timed.
  virtual int elapsed(void *start, void *end, float &milliseconds) { return NotSupported; }

protected:
  ~Card() = default;
};

/// The backend's own, never destroyed: a thread may call until the very end. There before cuport_backend_table() is called.
extern Card *const theCard;
inline Card &card() { return *theCard; }

/// That of the calling thread; -1 before it has one. The loader keeps room for some small variables that are found so fast.
extern constinit thread_local int __attribute__((tls_model("initial-exec"))) chosenDevice;
[[gnu::noinline, gnu::cold]] int selectAnother(int device);
/// Makes it the device of the calling thread, where it is not already. Nobody else chooses a device for a thread that calls CUDA's
/// functions (docs/Bindings.md), so that a call costs no other of the vendor's.
inline int select(int device) {
  if (chosenDevice == device) [[likely]]
    return Success;
  return selectAnother(device);
}
/// Its name, as in CUPORT_BACKEND.
extern const char CardName[];

} // namespace cuport::host
#endif
