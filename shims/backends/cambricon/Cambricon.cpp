// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Cambricon, over CNRT. What differs from CUDA's runtime: streams are queues and events notifiers,
// the arguments of several calls stand in another order, and a source is a pointer without const.

#include "host/Card.h"
#include "host/Library.h"

using namespace cuport::host;

const char cuport::host::CardName[] = "cambricon";

namespace {

#define CUPORT_VENDOR "backends/cambricon/Cnrt.def"
#include "host/Vendor.inc"

class Cambricon final : public Card {
  std::string start() override { return findFunctions("libcnrt.so"); }

  int deviceCount(int &count) override {
    unsigned int number = 0;
    int status = cnrtGetDeviceCount(&number);
    count = int(number);
    return converted(status);
  }
  int select(int device) override { return converted(cnrtSetDevice(device)); }
  int describe(int device, cuport_device_properties &properties) override {
    auto ask = [&](int attribute, uint32_t &value) {
      int answer = 0;
      if (!cnrtDeviceGetAttribute(&answer, attribute, device) && answer > 0)
        value = uint32_t(answer);
    };
    uint32_t clusters = 1, cores = 1, cache = 0;
    ask(cnrtAttrClusterCount, clusters);
    ask(cnrtAttrMcorePerCluster, cores);
    ask(cnrtAttrMaxL2CacheSize, cache);
    ask(cnrtAttrIpuClockRate, properties.clock_khz);
    ask(cnrtAttrMemClockRate, properties.memory_clock_khz);
    ask(cnrtAttrGmemBusWidth, properties.memory_bus_width);
    properties.multiprocessors = clusters * cores;
    properties.l2_cache = cache;
    return Success;
  }
  int memoryInfo(size_t &free, size_t &total) override {
    return converted(cnrtMemGetInfo(&free, &total));
  }

  int allocate(size_t size, void *&pointer) override {
    return converted(cnrtMalloc(&pointer, size));
  }
  int release(void *pointer) override { return converted(cnrtFree(pointer)); }
  int allocateHost(size_t size, void *&pointer) override {
    return converted(cnrtHostMalloc(&pointer, size));
  }
  int releaseHost(void *pointer) override { return converted(cnrtFreeHost(pointer)); }

  int copy(void *to, const void *from, size_t size, Direction direction) override {
    return converted(cnrtMemcpy(to, const_cast<void *>(from), size, kindOf(direction)));
  }
  int copyAsync(void *to, const void *from, size_t size, Direction direction,
                void *stream) override {
    return converted(
        cnrtMemcpyAsync_V2(to, const_cast<void *>(from), size, stream, kindOf(direction)));
  }
  int fillAsync(void *to, unsigned char value, size_t size, void *stream) override {
    return converted(cnrtMemsetAsync(to, value, size, stream));
  }

  bool destroysLater() const override { return true; }
  int createStream(void *&stream) override { return converted(cnrtQueueCreate(&stream)); }
  int destroyStream(void *stream) override { return converted(cnrtQueueDestroy(stream)); }
  int queryStream(void *stream) override { return converted(cnrtQueueQuery(stream)); }
  int synchronizeStream(void *stream) override { return converted(cnrtQueueSync(stream)); }
  int call(cuport_host_function function, void *data, void *stream) override {
    return cnrtInvokeHostFunc ? converted(cnrtInvokeHostFunc(stream, function, data))
                              : int(NotSupported);
  }

  int createEvent(bool timed, void *&event) override {
    return converted(cnrtNotifierCreateWithFlags(&event, timed ? CNRT_NOTIFIER_DEFAULT
                                                               : CNRT_NOTIFIER_DISABLE_TIMING_ALL));
  }
  int destroyEvent(void *event) override { return converted(cnrtNotifierDestroy(event)); }
  int recordEvent(void *event, void *stream) override {
    return converted(cnrtPlaceNotifier(event, stream));
  }
  int waitEvent(void *event, void *stream) override {
    return converted(cnrtQueueWaitNotifier(event, stream, 0));
  }
  int queryEvent(void *event) override { return converted(cnrtQueryNotifier(event)); }
  int synchronizeEvent(void *event) override { return converted(cnrtWaitNotifier(event)); }
  int elapsed(void *start, void *end, float &milliseconds) override {
    return converted(cnrtNotifierElapsedTime(start, end, &milliseconds));
  }
};

} // namespace

Card *const cuport::host::theCard = new Cambricon;
