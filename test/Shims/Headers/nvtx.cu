// NVTX's calls do what they do where no tool listens; programs link its library of version 2, which is nothing here.
// RUN: %cuport-cc -O1 %s -lnvToolsExt -o %t && %t | FileCheck %s
// CHECK: -2 -2 0 1 48

#include <cstddef>
#include <cstdio>
#include <nvToolsExt.h>
#include <nvToolsExtCuda.h>
#include <nvToolsExtCudaRt.h>
#include <nvtx3/nvToolsExt.h>

__global__ void nothing() {}

int main() {
  nvtxEventAttributes_t attributes = {};
  attributes.version = NVTX_VERSION;
  attributes.size = NVTX_EVENT_ATTRIB_STRUCT_SIZE;
  attributes.colorType = NVTX_COLOR_ARGB;
  attributes.color = 0xff00ff00;
  attributes.messageType = NVTX_MESSAGE_TYPE_ASCII;
  attributes.message.ascii = "kernel";
  int pushed = nvtxRangePushEx(&attributes);
  nvtxNameCudaDevice(0, "device");
  nvtxNameCudaStream(nullptr, "stream");
  nvtxNameCuDevice(0, "device");
  nvtxNameCuContext(nullptr, "context");
  nvtxNameCuStreamW(nullptr, L"stream");
  nvtxNameCuEvent(nullptr, "event");
  nothing<<<1, 1>>>();
  int popped = nvtxRangePop();
  nvtxDomainHandle_t domain = nvtxDomainCreate("domain");
  nvtxRangeId_t range = nvtxRangeStart("range");
  nvtxMark("mark");
  nvtxRangeEnd(range);
  nvtxDomainDestroy(domain);
  // The layout of NVTX's own header: the message is its last word.
  std::printf("%d %d %d %d %d\n", pushed, popped, int(range), domain == nullptr, int(sizeof(attributes)));
  return offsetof(nvtxEventAttributes_t, message) != 40;
}
