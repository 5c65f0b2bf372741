// NVML's functions that the runtime can answer, beside what the runtime says; the others are not supported, by their name.
// RUN: %clangxx %s %library-program -lcuport-nvml -o %t
// RUN: env CUPORT_DEVICES=3 CUPORT_DEVICE=name=Card CUPORT_DEVICE_MEMORY=1G %t 2>&1 | FileCheck %s
// The header is C, too, and nvcc's name for the library is known.
// RUN: %clang -x c -std=c11 -Wall -Werror -fsyntax-only -isystem %toolkit/include/cuport -include nvml.h /dev/null
// RUN: touch %t.o && %cuport-cc --dryrun %t.o -lnvidia-ml -o %t 2>&1 | FileCheck %s --check-prefix=LINK
// LINK: -lcuport-nvml
// CHECK-DAG: cuport: nvmlDeviceGetPowerUsage is not supported
// CHECK: all as it should be

#include "check.h"

#include <nvml.h>

#include <string>

int main() {
  unsigned count, index;
  nvmlDevice_t device, same;
  IS(nvmlDeviceGetCount(&count), NVML_ERROR_UNINITIALIZED);
  IS(nvmlShutdown(), NVML_ERROR_UNINITIALIZED);
  IS(nvmlInit(), NVML_SUCCESS);
  IS(nvmlDeviceGetCount(&count), NVML_SUCCESS);
  IS(count, 3u);
  IS(nvmlDeviceGetHandleByIndex(3, &device), NVML_ERROR_INVALID_ARGUMENT);
  IS(nvmlDeviceGetHandleByIndex(2, &device), NVML_SUCCESS);
  IS(nvmlDeviceGetIndex(device, &index), NVML_SUCCESS);
  IS(index, 2u);
  char text[96];
  IS(nvmlDeviceGetName(device, text, sizeof text), NVML_SUCCESS);
  IS(std::string(text), "Card");
  IS(nvmlDeviceGetName(device, text, 4), NVML_ERROR_INSUFFICIENT_SIZE);

  cudaDeviceProp properties;
  OK(cudaGetDeviceProperties(&properties, 2));
  nvmlPciInfo_t pci;
  char bus[32];
  IS(nvmlDeviceGetPciInfo(device, &pci), NVML_SUCCESS);
  OK(cudaDeviceGetPCIBusId(bus, sizeof bus, 2));
  IS(std::string(pci.busIdLegacy), bus);
  IS(std::string(pci.busId), "0000" + std::string(bus));
  IS(pci.bus, unsigned(properties.pciBusID));
  IS(nvmlDeviceGetHandleByPciBusId(pci.busId, &same), NVML_SUCCESS);
  CHECK(same == device);
  IS(nvmlDeviceGetHandleByPciBusId("0000:77:00.0", &same), NVML_ERROR_NOT_FOUND);
  IS(nvmlDeviceGetUUID(device, text, sizeof text), NVML_SUCCESS);
  IS(std::string(text).size(), 40u);
  IS(nvmlDeviceGetHandleByUUID(text, &same), NVML_SUCCESS);
  CHECK(same == device);
  int major, minor, version, runtimes;
  IS(nvmlDeviceGetCudaComputeCapability(device, &major, &minor), NVML_SUCCESS);
  CHECK(major == properties.major && minor == properties.minor);
  IS(nvmlSystemGetCudaDriverVersion(&version), NVML_SUCCESS);
  OK(cudaDriverGetVersion(&runtimes));
  IS(version, runtimes);

  // Memory is the device's own, whichever is current.
  void *memory;
  OK(cudaSetDevice(2));
  OK(cudaMalloc(&memory, 1 << 20));
  OK(cudaSetDevice(0));
  nvmlMemory_t all;
  nvmlMemory_v2_t more = {};
  IS(nvmlDeviceGetMemoryInfo(device, &all), NVML_SUCCESS);
  IS(all.total, 1ull << 30);
  CHECK(all.used >= 1 << 20 && all.used + all.free == all.total);
  IS(nvmlDeviceGetMemoryInfo_v2(device, &more), NVML_ERROR_ARGUMENT_VERSION_MISMATCH);
  more.version = nvmlMemory_v2;
  IS(nvmlDeviceGetMemoryInfo_v2(device, &more), NVML_SUCCESS);
  IS(more.used, all.used);
  int current;
  OK(cudaGetDevice(&current));
  IS(current, 0);

  unsigned power;
  IS(nvmlDeviceGetPowerUsage(device, &power), NVML_ERROR_NOT_SUPPORTED);
  IS(std::string(nvmlErrorString(NVML_ERROR_NOT_SUPPORTED)), "Not Supported");
  IS(nvmlInit(), NVML_SUCCESS);
  IS(nvmlShutdown(), NVML_SUCCESS);
  IS(nvmlDeviceGetIndex(device, &index), NVML_SUCCESS);
  IS(nvmlShutdown(), NVML_SUCCESS);
  IS(nvmlDeviceGetIndex(device, &index), NVML_ERROR_UNINITIALIZED);
  return done();
}
