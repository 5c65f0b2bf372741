// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// cudaDeviceGetAttribute: the numbers of cudaDeviceProp under their other names.

#include "Driver.h"

#include <optional>

using namespace cuport;

namespace {

struct Attribute {
  cudaDeviceAttr id;
  int (*value)(const cudaDeviceProp &);
};

#define CUPORT_ATTRIBUTE(id, expression) {cudaDevAttr##id, [](const cudaDeviceProp &p) -> int { (void)p; return int(expression); }}
constexpr Attribute attributes[] = {
    CUPORT_ATTRIBUTE(MaxThreadsPerBlock, p.maxThreadsPerBlock),
    CUPORT_ATTRIBUTE(MaxBlockDimX, p.maxThreadsDim[0]),
    CUPORT_ATTRIBUTE(MaxBlockDimY, p.maxThreadsDim[1]),
    CUPORT_ATTRIBUTE(MaxBlockDimZ, p.maxThreadsDim[2]),
    CUPORT_ATTRIBUTE(MaxGridDimX, p.maxGridSize[0]),
    CUPORT_ATTRIBUTE(MaxGridDimY, p.maxGridSize[1]),
    CUPORT_ATTRIBUTE(MaxGridDimZ, p.maxGridSize[2]),
    CUPORT_ATTRIBUTE(MaxSharedMemoryPerBlock, p.sharedMemPerBlock),
    CUPORT_ATTRIBUTE(TotalConstantMemory, p.totalConstMem),
    CUPORT_ATTRIBUTE(WarpSize, p.warpSize),
    CUPORT_ATTRIBUTE(MaxPitch, p.memPitch),
    CUPORT_ATTRIBUTE(MaxRegistersPerBlock, p.regsPerBlock),
    CUPORT_ATTRIBUTE(ClockRate, p.clockRate),
    CUPORT_ATTRIBUTE(TextureAlignment, p.textureAlignment),
    CUPORT_ATTRIBUTE(GpuOverlap, p.deviceOverlap),
    CUPORT_ATTRIBUTE(MultiProcessorCount, p.multiProcessorCount),
    CUPORT_ATTRIBUTE(KernelExecTimeout, p.kernelExecTimeoutEnabled),
    CUPORT_ATTRIBUTE(Integrated, p.integrated),
    CUPORT_ATTRIBUTE(CanMapHostMemory, p.canMapHostMemory),
    CUPORT_ATTRIBUTE(ComputeMode, p.computeMode),
    CUPORT_ATTRIBUTE(MaxTexture1DWidth, p.maxTexture1D),
    CUPORT_ATTRIBUTE(MaxTexture2DWidth, p.maxTexture2D[0]),
    CUPORT_ATTRIBUTE(MaxTexture2DHeight, p.maxTexture2D[1]),
    CUPORT_ATTRIBUTE(MaxTexture3DWidth, p.maxTexture3D[0]),
    CUPORT_ATTRIBUTE(MaxTexture3DHeight, p.maxTexture3D[1]),
    CUPORT_ATTRIBUTE(MaxTexture3DDepth, p.maxTexture3D[2]),
    CUPORT_ATTRIBUTE(MaxTexture2DLayeredWidth, p.maxTexture2DLayered[0]),
    CUPORT_ATTRIBUTE(MaxTexture2DLayeredHeight, p.maxTexture2DLayered[1]),
    CUPORT_ATTRIBUTE(MaxTexture2DLayeredLayers, p.maxTexture2DLayered[2]),
    CUPORT_ATTRIBUTE(SurfaceAlignment, p.surfaceAlignment),
    CUPORT_ATTRIBUTE(ConcurrentKernels, p.concurrentKernels),
    CUPORT_ATTRIBUTE(EccEnabled, p.ECCEnabled),
    CUPORT_ATTRIBUTE(PciBusId, p.pciBusID),
    CUPORT_ATTRIBUTE(PciDeviceId, p.pciDeviceID),
    CUPORT_ATTRIBUTE(TccDriver, p.tccDriver),
    CUPORT_ATTRIBUTE(MemoryClockRate, p.memoryClockRate),
    CUPORT_ATTRIBUTE(GlobalMemoryBusWidth, p.memoryBusWidth),
    CUPORT_ATTRIBUTE(L2CacheSize, p.l2CacheSize),
    CUPORT_ATTRIBUTE(MaxThreadsPerMultiProcessor, p.maxThreadsPerMultiProcessor),
    CUPORT_ATTRIBUTE(AsyncEngineCount, p.asyncEngineCount),
    CUPORT_ATTRIBUTE(UnifiedAddressing, p.unifiedAddressing),
    CUPORT_ATTRIBUTE(MaxTexture1DLayeredWidth, p.maxTexture1DLayered[0]),
    CUPORT_ATTRIBUTE(MaxTexture1DLayeredLayers, p.maxTexture1DLayered[1]),
    CUPORT_ATTRIBUTE(MaxTexture2DGatherWidth, p.maxTexture2DGather[0]),
    CUPORT_ATTRIBUTE(MaxTexture2DGatherHeight, p.maxTexture2DGather[1]),
    CUPORT_ATTRIBUTE(MaxTexture3DWidthAlt, p.maxTexture3DAlt[0]),
    CUPORT_ATTRIBUTE(MaxTexture3DHeightAlt, p.maxTexture3DAlt[1]),
    CUPORT_ATTRIBUTE(MaxTexture3DDepthAlt, p.maxTexture3DAlt[2]),
    CUPORT_ATTRIBUTE(PciDomainId, p.pciDomainID),
    CUPORT_ATTRIBUTE(TexturePitchAlignment, p.texturePitchAlignment),
    CUPORT_ATTRIBUTE(MaxTextureCubemapWidth, p.maxTextureCubemap),
    CUPORT_ATTRIBUTE(MaxTextureCubemapLayeredWidth, p.maxTextureCubemapLayered[0]),
    CUPORT_ATTRIBUTE(MaxTextureCubemapLayeredLayers, p.maxTextureCubemapLayered[1]),
    CUPORT_ATTRIBUTE(MaxSurface1DWidth, p.maxSurface1D),
    CUPORT_ATTRIBUTE(MaxSurface2DWidth, p.maxSurface2D[0]),
    CUPORT_ATTRIBUTE(MaxSurface2DHeight, p.maxSurface2D[1]),
    CUPORT_ATTRIBUTE(MaxSurface3DWidth, p.maxSurface3D[0]),
    CUPORT_ATTRIBUTE(MaxSurface3DHeight, p.maxSurface3D[1]),
    CUPORT_ATTRIBUTE(MaxSurface3DDepth, p.maxSurface3D[2]),
    CUPORT_ATTRIBUTE(MaxSurface1DLayeredWidth, p.maxSurface1DLayered[0]),
    CUPORT_ATTRIBUTE(MaxSurface1DLayeredLayers, p.maxSurface1DLayered[1]),
    CUPORT_ATTRIBUTE(MaxSurface2DLayeredWidth, p.maxSurface2DLayered[0]),
    CUPORT_ATTRIBUTE(MaxSurface2DLayeredHeight, p.maxSurface2DLayered[1]),
    CUPORT_ATTRIBUTE(MaxSurface2DLayeredLayers, p.maxSurface2DLayered[2]),
    CUPORT_ATTRIBUTE(MaxSurfaceCubemapWidth, p.maxSurfaceCubemap),
    CUPORT_ATTRIBUTE(MaxSurfaceCubemapLayeredWidth, p.maxSurfaceCubemapLayered[0]),
    CUPORT_ATTRIBUTE(MaxSurfaceCubemapLayeredLayers, p.maxSurfaceCubemapLayered[1]),
    CUPORT_ATTRIBUTE(MaxTexture1DLinearWidth, p.maxTexture1DLinear),
    CUPORT_ATTRIBUTE(MaxTexture2DLinearWidth, p.maxTexture2DLinear[0]),
    CUPORT_ATTRIBUTE(MaxTexture2DLinearHeight, p.maxTexture2DLinear[1]),
    CUPORT_ATTRIBUTE(MaxTexture2DLinearPitch, p.maxTexture2DLinear[2]),
    CUPORT_ATTRIBUTE(MaxTexture2DMipmappedWidth, p.maxTexture2DMipmap[0]),
    CUPORT_ATTRIBUTE(MaxTexture2DMipmappedHeight, p.maxTexture2DMipmap[1]),
    CUPORT_ATTRIBUTE(ComputeCapabilityMajor, p.major),
    CUPORT_ATTRIBUTE(ComputeCapabilityMinor, p.minor),
    CUPORT_ATTRIBUTE(MaxTexture1DMipmappedWidth, p.maxTexture1DMipmap),
    CUPORT_ATTRIBUTE(StreamPrioritiesSupported, p.streamPrioritiesSupported),
    CUPORT_ATTRIBUTE(GlobalL1CacheSupported, p.globalL1CacheSupported),
    CUPORT_ATTRIBUTE(LocalL1CacheSupported, p.localL1CacheSupported),
    CUPORT_ATTRIBUTE(MaxSharedMemoryPerMultiprocessor, p.sharedMemPerMultiprocessor),
    CUPORT_ATTRIBUTE(MaxRegistersPerMultiprocessor, p.regsPerMultiprocessor),
    CUPORT_ATTRIBUTE(ManagedMemory, p.managedMemory),
    CUPORT_ATTRIBUTE(IsMultiGpuBoard, p.isMultiGpuBoard),
    CUPORT_ATTRIBUTE(MultiGpuBoardGroupID, p.multiGpuBoardGroupID),
    CUPORT_ATTRIBUTE(HostNativeAtomicSupported, p.hostNativeAtomicSupported),
    CUPORT_ATTRIBUTE(SingleToDoublePrecisionPerfRatio, p.singleToDoublePrecisionPerfRatio),
    CUPORT_ATTRIBUTE(PageableMemoryAccess, p.pageableMemoryAccess),
    CUPORT_ATTRIBUTE(ConcurrentManagedAccess, p.concurrentManagedAccess),
    CUPORT_ATTRIBUTE(ComputePreemptionSupported, p.computePreemptionSupported),
    CUPORT_ATTRIBUTE(CanUseHostPointerForRegisteredMem, p.canUseHostPointerForRegisteredMem),
    CUPORT_ATTRIBUTE(CooperativeLaunch, p.cooperativeLaunch),
    CUPORT_ATTRIBUTE(CooperativeMultiDeviceLaunch, p.cooperativeMultiDeviceLaunch),
    CUPORT_ATTRIBUTE(MaxSharedMemoryPerBlockOptin, p.sharedMemPerBlockOptin),
    CUPORT_ATTRIBUTE(CanFlushRemoteWrites, 0),
    CUPORT_ATTRIBUTE(HostRegisterSupported, p.hostRegisterSupported),
    CUPORT_ATTRIBUTE(PageableMemoryAccessUsesHostPageTables, p.pageableMemoryAccessUsesHostPageTables),
    CUPORT_ATTRIBUTE(DirectManagedMemAccessFromHost, p.directManagedMemAccessFromHost),
    CUPORT_ATTRIBUTE(MaxBlocksPerMultiprocessor, p.maxBlocksPerMultiProcessor),
    CUPORT_ATTRIBUTE(MaxPersistingL2CacheSize, p.persistingL2CacheMaxSize),
    CUPORT_ATTRIBUTE(MaxAccessPolicyWindowSize, p.accessPolicyMaxWindowSize),
    CUPORT_ATTRIBUTE(ReservedSharedMemoryPerBlock, p.reservedSharedMemPerBlock),
    CUPORT_ATTRIBUTE(SparseCudaArraySupported, p.sparseCudaArraySupported),
    CUPORT_ATTRIBUTE(HostRegisterReadOnlySupported, p.hostRegisterReadOnlySupported),
    CUPORT_ATTRIBUTE(TimelineSemaphoreInteropSupported, p.timelineSemaphoreInteropSupported),
    CUPORT_ATTRIBUTE(MemoryPoolsSupported, p.memoryPoolsSupported),
    CUPORT_ATTRIBUTE(GPUDirectRDMASupported, p.gpuDirectRDMASupported),
    CUPORT_ATTRIBUTE(GPUDirectRDMAFlushWritesOptions, p.gpuDirectRDMAFlushWritesOptions),
    CUPORT_ATTRIBUTE(GPUDirectRDMAWritesOrdering, p.gpuDirectRDMAWritesOrdering),
    CUPORT_ATTRIBUTE(MemoryPoolSupportedHandleTypes, p.memoryPoolSupportedHandleTypes),
    CUPORT_ATTRIBUTE(ClusterLaunch, p.clusterLaunch),
    CUPORT_ATTRIBUTE(DeferredMappingCudaArraySupported, p.deferredMappingCudaArraySupported),
    CUPORT_ATTRIBUTE(IpcEventSupport, p.ipcEventSupported),
    CUPORT_ATTRIBUTE(MemSyncDomainCount, 1),
    CUPORT_ATTRIBUTE(NumaConfig, p.deviceNumaConfig),
    CUPORT_ATTRIBUTE(NumaId, p.deviceNumaId),
    CUPORT_ATTRIBUTE(MpsEnabled, p.mpsEnabled),
    CUPORT_ATTRIBUTE(HostNumaId, p.hostNumaId),
    CUPORT_ATTRIBUTE(D3D12CigSupported, 0),
    CUPORT_ATTRIBUTE(VulkanCigSupported, 0),
    CUPORT_ATTRIBUTE(GpuPciDeviceId, p.gpuPciDeviceID),
    CUPORT_ATTRIBUTE(GpuPciSubsystemId, p.gpuPciSubsystemID),
    CUPORT_ATTRIBUTE(HostNumaMemoryPoolsSupported, 0),
    CUPORT_ATTRIBUTE(HostNumaMultinodeIpcSupported, 0),
    CUPORT_ATTRIBUTE(HostMemoryPoolsSupported, 0),
    CUPORT_ATTRIBUTE(OnlyPartialHostNativeAtomicSupported, 0),
};
#undef CUPORT_ATTRIBUTE

/// What in CUDA only the driver API is asked for, by the same numbers; HIP has one function for both.
std::optional<int> ofDriver(const Device &device, int id) {
  switch (id) {
  case CU_DEVICE_ATTRIBUTE_VIRTUAL_MEMORY_MANAGEMENT_SUPPORTED:
  case CU_DEVICE_ATTRIBUTE_HANDLE_TYPE_POSIX_FILE_DESCRIPTOR_SUPPORTED:
    return int(device.base.host_shares_memory);
  // Things that this runtime does not do.
  case CU_DEVICE_ATTRIBUTE_GENERIC_COMPRESSION_SUPPORTED:
  case CU_DEVICE_ATTRIBUTE_MULTICAST_SUPPORTED:
  case CU_DEVICE_ATTRIBUTE_DMA_BUF_SUPPORTED:
  case CU_DEVICE_ATTRIBUTE_TENSOR_MAP_ACCESS_SUPPORTED:
  case CU_DEVICE_ATTRIBUTE_CAN_USE_64_BIT_STREAM_MEM_OPS:
    return 0;
  default: return std::nullopt;
  }
}

} // namespace

cudaError_t cudaDeviceGetAttribute(int *value, cudaDeviceAttr id, int ordinal) {
  Device *device;
  if (cudaError_t error = deviceAt(ordinal, device))
    return noted(error);
  if (!value)
    return noted(cudaErrorInvalidValue);
  if (auto answer = ofDriver(*device, id)) {
    *value = *answer;
    return cudaSuccess;
  }
  for (const Attribute &attribute : attributes)
    if (attribute.id == id) {
      *value = attribute.value(device->properties);
      return cudaSuccess;
    }
  return noted(cudaErrorInvalidValue);
}
