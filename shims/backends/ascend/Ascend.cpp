// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Huawei Ascend, over ACL. What differs from CUDA's runtime: a process begins with aclInit and ends
// with aclFinalize; copies and fills are told the room that there is; states come through pointers;
// an asynchronous copy wants pinned memory, never goes from host to host, and wants its addresses
// aligned.

#include "host/Card.h"
#include "host/Library.h"

#include <cstdlib>
#include <cstring>

using namespace cuport::host;

const char cuport::host::CardName[] = "ascend";

namespace {

#define CUPORT_VENDOR "backends/ascend/Acl.def"
#include "host/Vendor.inc"

class Ascend final : public Card {
  std::string start() override {
    if (std::string wrong = findFunctions("libascendcl.so"); !wrong.empty())
      return wrong;
    int status = aclInit(nullptr);
    if (status == ACL_ERROR_REPEAT_INITIALIZE) // the program's own doing, and its to end
      return "";
    if (status)
      return "aclInit answers " + std::to_string(status);
    // ACL's own objects are there already, and go after this.
    std::atexit([] { aclFinalize(); });
    return "";
  }

  int deviceCount(int &count) override {
    uint32_t number = 0;
    int status = aclrtGetDeviceCount(&number);
    count = int(number);
    return converted(status);
  }
  int select(int device) override { return converted(aclrtSetDevice(device)); }
  int describe(int, cuport_device_properties &properties) override {
    if (const char *name = aclrtGetSocName ? aclrtGetSocName() : nullptr)
      std::strncpy(properties.name, name, sizeof(properties.name) - 1);
    return Success;
  }
  int memoryInfo(size_t &free, size_t &total) override {
    int status = aclrtGetMemInfo(ACL_HBM_MEM, &free, &total);
    if (status || !total) // cards with DDR have no HBM
      status = aclrtGetMemInfo(ACL_DDR_MEM, &free, &total);
    return converted(status);
  }

  int allocate(size_t size, void *&pointer) override {
    return converted(aclrtMalloc(&pointer, size, ACL_MEM_MALLOC_HUGE_FIRST));
  }
  int release(void *pointer) override { return converted(aclrtFree(pointer)); }
  int allocateHost(size_t size, void *&pointer) override {
    return converted(aclrtMallocHost(&pointer, size));
  }
  int releaseHost(void *pointer) override { return converted(aclrtFreeHost(pointer)); }

  int copy(void *to, const void *from, size_t size, Direction direction) override {
    return converted(aclrtMemcpy(to, size, from, size, kindOf(direction)));
  }
  int copyAsync(void *to, const void *from, size_t size, Direction direction,
                void *stream) override {
    return converted(aclrtMemcpyAsync(to, size, from, size, kindOf(direction), stream));
  }
  size_t copyAlignment() const override { return 64; }
  int fillAsync(void *to, unsigned char value, size_t size, void *stream) override {
    return converted(aclrtMemsetAsync(to, size, value, size, stream));
  }

  int createStream(void *&stream) override { return converted(aclrtCreateStream(&stream)); }
  int destroyStream(void *stream) override { return converted(aclrtDestroyStream(stream)); }
  int queryStream(void *stream) override {
    if (!aclrtStreamQuery)
      return synchronizeStream(stream);
    int state = ACL_STREAM_STATUS_COMPLETE;
    if (int status = aclrtStreamQuery(stream, &state))
      return converted(status);
    return state == ACL_STREAM_STATUS_COMPLETE ? Success : NotReady;
  }
  int synchronizeStream(void *stream) override { return converted(aclrtSynchronizeStream(stream)); }
  int call(cuport_host_function function, void *data, void *stream) override {
    return aclrtLaunchHostFunc ? converted(aclrtLaunchHostFunc(stream, function, data))
                               : int(NotSupported);
  }

  int createEvent(bool timed, void *&event) override {
    uint32_t flags = ACL_EVENT_SYNC | ACL_EVENT_CAPTURE_STREAM_PROGRESS;
    return converted(
        aclrtCreateEventExWithFlag(&event, timed ? flags | ACL_EVENT_TIME_LINE : flags));
  }
  int destroyEvent(void *event) override { return converted(aclrtDestroyEvent(event)); }
  int recordEvent(void *event, void *stream) override {
    return converted(aclrtRecordEvent(event, stream));
  }
  int waitEvent(void *event, void *stream) override {
    return converted(aclrtStreamWaitEvent(stream, event));
  }
  int queryEvent(void *event) override {
    int state = ACL_EVENT_RECORDED_STATUS_COMPLETE;
    if (int status = aclrtQueryEventStatus(event, &state))
      return converted(status);
    return state == ACL_EVENT_RECORDED_STATUS_COMPLETE ? Success : NotReady;
  }
  int synchronizeEvent(void *event) override { return converted(aclrtSynchronizeEvent(event)); }
  int elapsed(void *start, void *end, float &milliseconds) override {
    return converted(aclrtEventElapsedTime(&milliseconds, start, end));
  }
};

} // namespace

Card *const cuport::host::theCard = new Ascend;
