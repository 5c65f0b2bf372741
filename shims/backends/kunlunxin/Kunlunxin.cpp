// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Kunlunxin, over XRE. What differs from CUDA's runtime: it has no fill, no host function, no time
// between events, and no query of a stream. That is answered by an event of the stream's own; where
// events cannot be asked either, as in older releases, a question waits.

#include "host/Card.h"
#include "host/Library.h"

#include <map>
#include <mutex>

using namespace cuport::host;

const char cuport::host::CardName[] = "kunlunxin";

namespace {

#define CUPORT_VENDOR "backends/kunlunxin/Xre.def"
#include "host/Vendor.inc"

class Kunlunxin final : public Card {
  std::mutex mutex;
  std::map<void *, void *> marks; ///< of each stream the event that tells whether it is done

  std::string start() override { return findFunctions("libxpurt.so"); }

  int deviceCount(int &count) override { return converted(xpu_device_count(&count)); }
  int select(int device) override { return converted(xpu_set_device(device)); }
  int describe(int device, cuport_device_properties &properties) override {
    uint64_t clusters = 0;
    if (!xpu_device_get_attr(&clusters, XPUATTR_NUM_CLUSTER, device) && clusters)
      properties.multiprocessors = uint32_t(clusters);
    return Success;
  }

  int allocate(size_t size, void *&pointer) override {
    return converted(xpu_malloc(&pointer, size, XPU_MEM_MAIN));
  }
  int release(void *pointer) override { return converted(xpu_free(pointer)); }
  int allocateHost(size_t size, void *&pointer) override {
    return converted(xpu_host_alloc(&pointer, size, 0));
  }
  int releaseHost(void *pointer) override { return converted(xpu_host_free(pointer)); }
  int registerHost(void *pointer, size_t size) override {
    return converted(xpu_host_register(pointer, size, 0));
  }
  int unregisterHost(void *pointer) override { return converted(xpu_host_unregister(pointer)); }

  int copy(void *to, const void *from, size_t size, Direction direction) override {
    return converted(xpu_memcpy(to, from, size, kindOf(direction)));
  }
  int copyAsync(void *to, const void *from, size_t size, Direction direction,
                void *stream) override {
    if (xpu_memcpy_async)
      return converted(xpu_memcpy_async(to, from, size, kindOf(direction), stream));
    if (int status = xpu_wait(stream))
      return converted(status);
    return copy(to, from, size, direction);
  }

  int createStream(void *&stream) override {
    if (int status = xpu_stream_create(&stream))
      return converted(status);
    if (!xpu_event_query)
      return Success;
    void *mark = nullptr;
    if (int status = xpu_event_create(&mark)) {
      xpu_stream_destroy(stream);
      return converted(status);
    }
    std::lock_guard hold(mutex);
    marks[stream] = mark;
    return Success;
  }
  int destroyStream(void *stream) override {
    {
      std::lock_guard hold(mutex);
      if (auto found = marks.find(stream); found != marks.end()) {
        xpu_event_destroy(found->second);
        marks.erase(found);
      }
    }
    return converted(xpu_stream_destroy(stream));
  }
  int queryStream(void *stream) override {
    std::lock_guard hold(mutex);
    auto found = marks.find(stream);
    if (found == marks.end())
      return synchronizeStream(stream);
    if (int error = recordEvent(found->second, stream))
      return error;
    return queryEvent(found->second);
  }
  int synchronizeStream(void *stream) override { return converted(xpu_wait(stream)); }

  int createEvent(bool, void *&event) override { return converted(xpu_event_create(&event)); }
  int destroyEvent(void *event) override { return converted(xpu_event_destroy(event)); }
  int recordEvent(void *event, void *stream) override {
    return converted(xpu_event_record(event, stream));
  }
  int waitEvent(void *event, void *stream) override {
    return converted(xpu_stream_wait_event(stream, event));
  }
  int queryEvent(void *event) override {
    if (!xpu_event_query)
      return synchronizeEvent(event);
    // No source says what it answers of an event that is not complete, only that it is no success.
    int answer = converted(xpu_event_query(event));
    return answer == Unknown ? int(NotReady) : answer;
  }
  int synchronizeEvent(void *event) override { return converted(xpu_event_wait(event)); }
};

} // namespace

Card *const cuport::host::theCard = new Kunlunxin;
