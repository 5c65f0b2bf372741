// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// NVML: how many devices there are, what they are called and what memory they have. What a card measures (power, temperature, clocks,
// use) is known of none of ours, and is not supported.

#include <nvml.h>

#include <cuda_runtime_api.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <mutex>
#include <string>
#include <vector>

/// A handle: the devices are those of the runtime, in its order.
struct nvmlDevice_st {
  int ordinal;
};

static std::mutex mutex;
static unsigned users = 0;
// Handles stay good when NVML is shut down and begun again.
static std::vector<nvmlDevice_st> &devices = *new std::vector<nvmlDevice_st>;

static bool isBegun() {
  std::lock_guard hold(mutex);
  return users != 0;
}

static nvmlReturn_t copyText(const std::string &text, char *place, unsigned length) {
  if (!place)
    return NVML_ERROR_INVALID_ARGUMENT;
  if (text.size() >= length)
    return NVML_ERROR_INSUFFICIENT_SIZE;
  std::memcpy(place, text.c_str(), text.size() + 1);
  return NVML_SUCCESS;
}

/// Calls \p body with the properties of a device.
template <class Body> static nvmlReturn_t withProperties(nvmlDevice_t device, Body body) {
  if (!isBegun())
    return NVML_ERROR_UNINITIALIZED;
  if (!device)
    return NVML_ERROR_INVALID_ARGUMENT;
  cudaDeviceProp properties;
  if (cudaGetDeviceProperties(&properties, device->ordinal) != cudaSuccess)
    return NVML_ERROR_UNKNOWN;
  return body(properties);
}

static std::string busId(const cudaDeviceProp &properties, int digitsOfDomain) {
  char text[NVML_DEVICE_PCI_BUS_ID_BUFFER_SIZE];
  std::snprintf(text, sizeof text, "%0*X:%02X:%02X.0", digitsOfDomain, unsigned(properties.pciDomainID), unsigned(properties.pciBusID),
                unsigned(properties.pciDeviceID));
  return text;
}

static std::string uuid(const cudaDeviceProp &properties) {
  std::string text = "GPU-";
  for (int i = 0; i < 16; ++i) {
    char byte[3];
    std::snprintf(byte, sizeof byte, "%02x", unsigned(static_cast<unsigned char>(properties.uuid.bytes[i])));
    text += i == 4 || i == 6 || i == 8 || i == 10 ? std::string("-") + byte : byte;
  }
  return text;
}

/// The device of a number that there is.
static nvmlReturn_t give(size_t ordinal, nvmlDevice_t *found) {
  if (!found)
    return NVML_ERROR_INVALID_ARGUMENT;
  *found = &devices[ordinal];
  return NVML_SUCCESS;
}

/// Free and all of a device's memory, whatever device is current.
static cudaError_t memoryOf(int ordinal, size_t *left, size_t *total) {
  int before = 0;
  cudaError_t error = cudaGetDevice(&before);
  if (!error)
    error = cudaSetDevice(ordinal);
  if (!error)
    error = cudaMemGetInfo(left, total);
  cudaSetDevice(before);
  return error;
}

extern "C" {

nvmlReturn_t nvmlInitWithFlags(unsigned int flags) {
  std::lock_guard hold(mutex);
  if (devices.empty()) {
    int count = 0;
    if (cudaGetDeviceCount(&count) != cudaSuccess)
      return NVML_ERROR_DRIVER_NOT_LOADED;
    for (int ordinal = 0; ordinal < count; ++ordinal)
      devices.push_back({ordinal});
  }
  ++users;
  return NVML_SUCCESS;
}
nvmlReturn_t nvmlInit_v2() { return nvmlInitWithFlags(0); }

nvmlReturn_t nvmlShutdown() {
  std::lock_guard hold(mutex);
  if (!users)
    return NVML_ERROR_UNINITIALIZED;
  --users;
  return NVML_SUCCESS;
}

const char *nvmlErrorString(nvmlReturn_t result) {
  switch (result) {
  case NVML_SUCCESS: return "Success";
  case NVML_ERROR_UNINITIALIZED: return "Uninitialized";
  case NVML_ERROR_INVALID_ARGUMENT: return "Invalid Argument";
  case NVML_ERROR_NOT_SUPPORTED: return "Not Supported";
  case NVML_ERROR_NOT_FOUND: return "Not Found";
  case NVML_ERROR_INSUFFICIENT_SIZE: return "Insufficient Size";
  case NVML_ERROR_DRIVER_NOT_LOADED: return "Driver Not Loaded";
  case NVML_ERROR_ARGUMENT_VERSION_MISMATCH: return "Argument version mismatch";
  default: return "Unknown Error";
  }
}

nvmlReturn_t nvmlSystemGetCudaDriverVersion_v2(int *version) {
  return !version                                       ? NVML_ERROR_INVALID_ARGUMENT
         : cudaDriverGetVersion(version) == cudaSuccess ? NVML_SUCCESS
                                                        : NVML_ERROR_DRIVER_NOT_LOADED;
}

nvmlReturn_t nvmlDeviceGetCount_v2(unsigned int *count) {
  if (!isBegun())
    return NVML_ERROR_UNINITIALIZED;
  if (!count)
    return NVML_ERROR_INVALID_ARGUMENT;
  *count = unsigned(devices.size());
  return NVML_SUCCESS;
}

nvmlReturn_t nvmlDeviceGetHandleByIndex_v2(unsigned int index, nvmlDevice_t *device) {
  if (!isBegun())
    return NVML_ERROR_UNINITIALIZED;
  return index < devices.size() ? give(index, device) : NVML_ERROR_INVALID_ARGUMENT;
}
nvmlReturn_t nvmlDeviceGetHandleByUUID(const char *text, nvmlDevice_t *device) {
  if (!text)
    return NVML_ERROR_INVALID_ARGUMENT;
  if (!isBegun())
    return NVML_ERROR_UNINITIALIZED;
  cudaDeviceProp properties;
  for (size_t ordinal = 0; ordinal < devices.size(); ++ordinal)
    if (cudaGetDeviceProperties(&properties, int(ordinal)) == cudaSuccess && uuid(properties) == text)
      return give(ordinal, device);
  return NVML_ERROR_NOT_FOUND;
}
nvmlReturn_t nvmlDeviceGetHandleByPciBusId_v2(const char *text, nvmlDevice_t *device) {
  if (!text)
    return NVML_ERROR_INVALID_ARGUMENT;
  if (!isBegun())
    return NVML_ERROR_UNINITIALIZED;
  // As the runtime takes it: the domain in any number of digits, or none.
  int ordinal;
  if (cudaDeviceGetByPCIBusId(&ordinal, text) != cudaSuccess) {
    cudaGetLastError();
    return NVML_ERROR_NOT_FOUND;
  }
  return give(ordinal, device);
}

nvmlReturn_t nvmlDeviceGetIndex(nvmlDevice_t device, unsigned int *index) {
  if (!isBegun())
    return NVML_ERROR_UNINITIALIZED;
  if (!device || !index)
    return NVML_ERROR_INVALID_ARGUMENT;
  *index = unsigned(device->ordinal);
  return NVML_SUCCESS;
}

nvmlReturn_t nvmlDeviceGetName(nvmlDevice_t device, char *name, unsigned int length) {
  return withProperties(device, [&](const cudaDeviceProp &properties) { return copyText(properties.name, name, length); });
}
nvmlReturn_t nvmlDeviceGetUUID(nvmlDevice_t device, char *text, unsigned int length) {
  return withProperties(device, [&](const cudaDeviceProp &properties) { return copyText(uuid(properties), text, length); });
}

nvmlReturn_t nvmlDeviceGetCudaComputeCapability(nvmlDevice_t device, int *major, int *minor) {
  return withProperties(device, [&](const cudaDeviceProp &properties) {
    if (!major || !minor)
      return NVML_ERROR_INVALID_ARGUMENT;
    *major = properties.major;
    *minor = properties.minor;
    return NVML_SUCCESS;
  });
}

nvmlReturn_t nvmlDeviceGetPciInfo_v3(nvmlDevice_t device, nvmlPciInfo_t *pci) {
  return withProperties(device, [&](const cudaDeviceProp &properties) {
    if (!pci)
      return NVML_ERROR_INVALID_ARGUMENT;
    *pci = {};
    pci->domain = unsigned(properties.pciDomainID);
    pci->bus = unsigned(properties.pciBusID);
    pci->device = unsigned(properties.pciDeviceID);
    std::snprintf(pci->busIdLegacy, sizeof pci->busIdLegacy, "%s", busId(properties, 4).c_str());
    std::snprintf(pci->busId, sizeof pci->busId, "%s", busId(properties, 8).c_str());
    return NVML_SUCCESS;
  });
}

nvmlReturn_t nvmlDeviceGetMemoryInfo(nvmlDevice_t device, nvmlMemory_t *memory) {
  return withProperties(device, [&](const cudaDeviceProp &) {
    size_t left = 0, total = 0;
    if (!memory)
      return NVML_ERROR_INVALID_ARGUMENT;
    if (memoryOf(device->ordinal, &left, &total) != cudaSuccess)
      return NVML_ERROR_UNKNOWN;
    *memory = {total, left, total - left};
    return NVML_SUCCESS;
  });
}
nvmlReturn_t nvmlDeviceGetMemoryInfo_v2(nvmlDevice_t device, nvmlMemory_v2_t *memory) {
  if (!memory)
    return NVML_ERROR_INVALID_ARGUMENT;
  if (memory->version != nvmlMemory_v2)
    return NVML_ERROR_ARGUMENT_VERSION_MISMATCH;
  nvmlMemory_t all{};
  nvmlReturn_t result = nvmlDeviceGetMemoryInfo(device, &all);
  if (result == NVML_SUCCESS)
    *memory = {memory->version, all.total, 0, all.free, all.used};
  return result;
}

} // extern "C"
