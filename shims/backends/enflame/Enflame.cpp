// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Enflame, over TOPS, whose calls are HIP's in another spelling. What differs from CUDA's runtime:
// it is told to begin, and a callback blocks its stream only when asked to.

#include "host/Card.h"
#include "host/Library.h"

#include <memory>

using namespace cuport::host;

const char cuport::host::CardName[] = "enflame";

namespace {

#define CUPORT_VENDOR "backends/enflame/Tops.def"
#include "host/Vendor.inc"

struct HostCall {
  cuport_host_function function;
  void *data;
};

class Enflame final : public Card {
  std::string start() override {
    if (std::string wrong = findFunctions("libtopsrt.so"); !wrong.empty())
      return wrong;
    int status = topsInit(0);
    return status ? "topsInit answers " + std::to_string(status) : "";
  }

  int deviceCount(int &count) override { return topsGetDeviceCount(&count); }
  int select(int device) override { return topsSetDevice(device); }
  int describe(int device, cuport_device_properties &properties) override {
    auto ask = [&](int attribute, uint32_t &value) {
      int answer = 0;
      if (!topsDeviceGetAttribute(&answer, attribute, device) && answer > 0)
        value = uint32_t(answer);
    };
    ask(topsDeviceAttributeMultiprocessorCount, properties.multiprocessors);
    ask(topsDeviceAttributeClockRate, properties.clock_khz);
    return Success;
  }
  int memoryInfo(size_t &free, size_t &total) override { return topsMemGetInfo(&free, &total); }

  int allocate(size_t size, void *&pointer) override { return topsMalloc(&pointer, size); }
  int release(void *pointer) override { return topsFree(pointer); }
  int allocateHost(size_t size, void *&pointer) override {
    return topsHostMalloc(&pointer, size, topsHostMallocDefault);
  }
  int releaseHost(void *pointer) override { return topsHostFree(pointer); }
  int registerHost(void *pointer, size_t size) override {
    return topsHostRegister(pointer, size, topsHostRegisterDefault);
  }
  int unregisterHost(void *pointer) override { return topsHostUnregister(pointer); }

  int copy(void *to, const void *from, size_t size, Direction direction) override {
    return topsMemcpy(to, from, size, kindOf(direction));
  }
  int copyAsync(void *to, const void *from, size_t size, Direction direction,
                void *stream) override {
    return topsMemcpyAsync(to, from, size, kindOf(direction), stream);
  }
  int fillAsync(void *to, unsigned char value, size_t size, void *stream) override {
    return topsMemsetAsync(to, value, size, stream);
  }

  int createStream(void *&stream) override {
    return topsStreamCreateWithFlags(&stream, topsStreamNonBlocking);
  }
  int destroyStream(void *stream) override { return topsStreamDestroy(stream); }
  int queryStream(void *stream) override { return topsStreamQuery(stream); }
  int synchronizeStream(void *stream) override { return topsStreamSynchronize(stream); }
  int call(cuport_host_function function, void *data, void *stream) override {
    auto wanted = std::make_unique<HostCall>(HostCall{function, data});
    int status = topsStreamAddCallback(
        stream,
        [](void *, int, void *call) {
          std::unique_ptr<HostCall> wanted(static_cast<HostCall *>(call));
          wanted->function(wanted->data);
        },
        wanted.get(), topsStreamCallbackBlocking);
    if (!status)
      wanted.release();
    return status;
  }

  int createEvent(bool timed, void *&event) override {
    return topsEventCreateWithFlags(&event, timed ? topsEventDefault : topsEventDisableTiming);
  }
  int destroyEvent(void *event) override { return topsEventDestroy(event); }
  int recordEvent(void *event, void *stream) override { return topsEventRecord(event, stream); }
  int waitEvent(void *event, void *stream) override {
    return topsStreamWaitEvent(stream, event, 0);
  }
  int queryEvent(void *event) override { return topsEventQuery(event); }
  int synchronizeEvent(void *event) override { return topsEventSynchronize(event); }
  int elapsed(void *start, void *end, float &milliseconds) override {
    return topsEventElapsedTime(&milliseconds, start, end);
  }
};

} // namespace

Card *const cuport::host::theCard = new Enflame;
