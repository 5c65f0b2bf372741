// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What CUDA tells of a device: from the backend, from what CUDA promises of any device of the compute capability, and from
// CUPORT_DEVICE, which says otherwise: "name=Card X,major=7,minor=5,multiProcessorCount=40".

#include "Device.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

using namespace cuport;

namespace {

struct Field {
  const char *name;
  size_t offset;
  size_t size; // 4 or 8 bytes
};

#define CUPORT_FIELD(name) {#name, offsetof(cudaDeviceProp, name), sizeof(cudaDeviceProp::name)}
constexpr Field fields[] = {
    CUPORT_FIELD(totalGlobalMem),
    CUPORT_FIELD(sharedMemPerBlock),
    CUPORT_FIELD(regsPerBlock),
    CUPORT_FIELD(maxThreadsPerBlock),
    CUPORT_FIELD(totalConstMem),
    CUPORT_FIELD(major),
    CUPORT_FIELD(minor),
    CUPORT_FIELD(multiProcessorCount),
    CUPORT_FIELD(integrated),
    CUPORT_FIELD(concurrentKernels),
    CUPORT_FIELD(memoryBusWidth),
    CUPORT_FIELD(l2CacheSize),
    CUPORT_FIELD(maxThreadsPerMultiProcessor),
    CUPORT_FIELD(sharedMemPerMultiprocessor),
    CUPORT_FIELD(regsPerMultiprocessor),
    CUPORT_FIELD(managedMemory),
    CUPORT_FIELD(concurrentManagedAccess),
    CUPORT_FIELD(pageableMemoryAccess),
    CUPORT_FIELD(cooperativeLaunch),
    CUPORT_FIELD(sharedMemPerBlockOptin),
    CUPORT_FIELD(maxBlocksPerMultiProcessor),
    CUPORT_FIELD(memoryPoolsSupported),
    CUPORT_FIELD(clockRate),
    CUPORT_FIELD(memoryClockRate),
    CUPORT_FIELD(asyncEngineCount),
};
#undef CUPORT_FIELD

void set(cudaDeviceProp &properties, std::string_view name, const std::string &value) {
  if (name == "name") {
    std::snprintf(properties.name, sizeof(properties.name), "%s", value.c_str());
    return;
  }
  char *end = nullptr;
  long long number = std::strtoll(value.c_str(), &end, 0);
  bool isNumber = end != value.c_str() && *end == 0 && number >= 0;
  for (const Field &field : fields) {
    if (name != field.name || !isNumber)
      continue;
    char *place = reinterpret_cast<char *>(&properties) + field.offset;
    if (field.size == sizeof(int)) {
      int narrow = int(number);
      std::memcpy(place, &narrow, sizeof(narrow));
    } else {
      std::memcpy(place, &number, sizeof(number));
    }
    return;
  }
  std::fprintf(stderr, "cuport: CUPORT_DEVICE: '%s=%s' is not understood\n", std::string(name).c_str(), value.c_str());
}

void setFromEnvironment(cudaDeviceProp &properties) {
  const char *setting = std::getenv("CUPORT_DEVICE");
  std::string_view rest = setting ? setting : "";
  while (!rest.empty()) {
    size_t comma = rest.find(',');
    std::string_view item = rest.substr(0, comma);
    rest = comma == std::string_view::npos ? "" : rest.substr(comma + 1);
    size_t equals = item.find('=');
    set(properties, item.substr(0, equals), equals == std::string_view::npos ? "" : std::string(item.substr(equals + 1)));
  }
}

} // namespace

void cuport::describe(Device &device) {
  const cuport_device_properties &base = device.base;
  cudaDeviceProp &p = device.properties;
  std::memcpy(p.name, base.name, sizeof(p.name));
  // The same in each run, different for each device.
  std::memcpy(p.uuid.bytes, "cuport device ", 14);
  p.uuid.bytes[15] = char(device.ordinal);
  p.totalGlobalMem = base.total_memory;
  p.sharedMemPerBlock = std::min<uint32_t>(base.max_shared_per_block, 48 << 10);
  p.sharedMemPerBlockOptin = base.max_shared_per_block;
  // As of compute capability 8.0, below: NVIDIA's cuda_occupancy.h takes no more for it. A block may have more alone.
  p.sharedMemPerMultiprocessor = 164 << 10;
  p.reservedSharedMemPerBlock = 0;
  p.regsPerBlock = 65536;
  p.regsPerMultiprocessor = 65536;
  p.warpSize = int(base.warp_size);
  p.memPitch = 2147483647;
  p.maxThreadsPerBlock = int(base.max_threads_per_block);
  p.maxThreadsPerMultiProcessor = int(base.max_threads_per_multiprocessor);
  p.maxBlocksPerMultiProcessor = 32;
  p.maxThreadsDim[0] = p.maxThreadsDim[1] = 1024;
  p.maxThreadsDim[2] = 64;
  p.maxGridSize[0] = 2147483647;
  p.maxGridSize[1] = p.maxGridSize[2] = 65535;
  p.totalConstMem = 65536;
  // Headers and kernels have what CUDA calls compute capability 8.0.
  p.major = 8;
  p.minor = 0;
  p.textureAlignment = 512;
  p.texturePitchAlignment = 32;
  p.surfaceAlignment = 512;
  p.multiProcessorCount = int(base.multiprocessors);
  p.integrated = base.host_shares_memory ? 1 : 0;
  p.canMapHostMemory = 1;
  p.maxTexture1D = 131072;
  p.maxTexture1DMipmap = 32768;
  p.maxTexture1DLinear = 1 << 28;
  p.maxTexture2D[0] = 131072, p.maxTexture2D[1] = 65536;
  p.maxTexture2DMipmap[0] = p.maxTexture2DMipmap[1] = 32768;
  p.maxTexture2DLinear[0] = 131072, p.maxTexture2DLinear[1] = 65000, p.maxTexture2DLinear[2] = 2097120;
  p.maxTexture2DGather[0] = p.maxTexture2DGather[1] = 32768;
  p.maxTexture3D[0] = p.maxTexture3D[1] = p.maxTexture3D[2] = 16384;
  p.maxTexture3DAlt[0] = p.maxTexture3DAlt[1] = 8192, p.maxTexture3DAlt[2] = 32768;
  p.maxTextureCubemap = 32768;
  p.maxTexture1DLayered[0] = 32768, p.maxTexture1DLayered[1] = 2048;
  p.maxTexture2DLayered[0] = p.maxTexture2DLayered[1] = 32768, p.maxTexture2DLayered[2] = 2048;
  p.maxTextureCubemapLayered[0] = 32768, p.maxTextureCubemapLayered[1] = 2046;
  p.maxSurface1D = 32768;
  p.maxSurface2D[0] = 131072, p.maxSurface2D[1] = 65536;
  p.maxSurface3D[0] = p.maxSurface3D[1] = p.maxSurface3D[2] = 16384;
  p.maxSurface1DLayered[0] = 32768, p.maxSurface1DLayered[1] = 2048;
  p.maxSurface2DLayered[0] = p.maxSurface2DLayered[1] = 32768, p.maxSurface2DLayered[2] = 2048;
  p.maxSurfaceCubemap = 32768;
  p.maxSurfaceCubemapLayered[0] = 32768, p.maxSurfaceCubemapLayered[1] = 2046;
  p.concurrentKernels = 1;
  p.pciBusID = device.ordinal + 1;
  p.asyncEngineCount = 1;
  p.deviceOverlap = 1;
  p.unifiedAddressing = 1;
  p.memoryBusWidth = int(base.memory_bus_width);
  p.l2CacheSize = int(base.l2_cache);
  p.streamPrioritiesSupported = 1;
  p.globalL1CacheSupported = 1;
  p.localL1CacheSupported = 1;
  p.managedMemory = 1;
  p.hostNativeAtomicSupported = base.host_shares_memory ? 1 : 0;
  p.concurrentManagedAccess = 1;
  p.pageableMemoryAccess = base.host_shares_memory ? 1 : 0;
  p.pageableMemoryAccessUsesHostPageTables = p.pageableMemoryAccess;
  p.directManagedMemAccessFromHost = base.host_shares_memory ? 1 : 0;
  p.canUseHostPointerForRegisteredMem = 1;
  p.computePreemptionSupported = 1;
  p.cooperativeLaunch = int(base.cooperative_launch);
  p.hostRegisterSupported = 1;
  p.hostRegisterReadOnlySupported = 1;
  p.memoryPoolsSupported = 1;
  p.unifiedFunctionPointers = base.host_shares_memory ? 1 : 0;
  p.deviceNumaId = -1;
  p.hostNumaId = -1;
  p.clockRate = int(base.clock_khz);
  p.memoryClockRate = int(base.memory_clock_khz);
  p.singleToDoublePrecisionPerfRatio = 2;
  setFromEnvironment(p);

  device.limits[cudaLimitStackSize] = 1024;
  device.limits[cudaLimitPrintfFifoSize] = 1 << 20;
  device.limits[cudaLimitMallocHeapSize] = 8 << 20;
  device.limits[cudaLimitDevRuntimeSyncDepth] = 2;
  device.limits[cudaLimitDevRuntimePendingLaunchCount] = 2048;
  device.limits[cudaLimitMaxL2FetchGranularity] = 64;
  device.limits[cudaLimitPersistingL2CacheSize] = 0;
}
