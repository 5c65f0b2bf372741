// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Functions of HIP's host API that CUDA has not, or declares otherwise; cuport/hip_api.h has the others.

#ifndef CUPORT_HIP_FUNCTIONS_H
#define CUPORT_HIP_FUNCTIONS_H

#include <cuport/hip_types.h>

#include <cuport/driver_functions.h>
#include <cuport/runtime_functions.h>
#include <string.h>

// Devices.

CUPORT_HIP_FUNCTION hipError_t hipGetDeviceProperties(hipDeviceProp_t *prop, int deviceId) {
  if (!prop)
    return cudaErrorInvalidValue;
  memset(prop, 0, sizeof *prop);
  hipError_t error = cudaGetDeviceProperties((struct cudaDeviceProp *)prop, deviceId);
  if (error != cudaSuccess)
    return error;
  prop->maxSharedMemoryPerMultiProcessor = prop->sharedMemPerMultiprocessor;
  prop->clockInstructionRate = 1000000; // kHz, of clock64()
  memset(&prop->arch, 0xff, sizeof prop->arch);
  prop->cooperativeMultiDeviceUnmatchedFunc = prop->cooperativeMultiDeviceLaunch;
  prop->cooperativeMultiDeviceUnmatchedGridDim = prop->cooperativeMultiDeviceLaunch;
  prop->cooperativeMultiDeviceUnmatchedBlockDim = prop->cooperativeMultiDeviceLaunch;
  prop->cooperativeMultiDeviceUnmatchedSharedMem = prop->cooperativeMultiDeviceLaunch;
  prop->isLargeBar = 1;
  memcpy(prop->gcnArchName, "cpu", 4);
  return cudaSuccess;
}
#define hipGetDevicePropertiesR0600 hipGetDeviceProperties
#define hipDeviceProp_tR0600 hipDeviceProp_t

CUPORT_HIP_FUNCTION hipError_t hipChooseDevice(int *device, const hipDeviceProp_t *prop) {
  return cudaChooseDevice(device, (const struct cudaDeviceProp *)prop);
}

CUPORT_HIP_FUNCTION int hipGetStreamDeviceId(hipStream_t stream) {
  int device = -1;
  return cudaStreamGetDevice(stream, &device) == cudaSuccess ? device : -1;
}

// Memory: how HIP wants it placed makes no difference on a CPU.

CUPORT_HIP_FUNCTION hipError_t hipHostMalloc(void **ptr, size_t size,
                                             unsigned int flags CUPORT_DEFAULT(hipHostMallocDefault)) {
  return cudaHostAlloc(ptr, size, flags & (cudaHostAllocPortable | cudaHostAllocMapped | cudaHostAllocWriteCombined));
}
CUPORT_HIP_FUNCTION hipError_t hipHostAlloc(void **ptr, size_t size, unsigned int flags) {
  return cudaHostAlloc(ptr, size, flags);
}
CUPORT_HIP_FUNCTION hipError_t hipMallocHost(void **ptr, size_t size) { return cudaMallocHost(ptr, size); }
CUPORT_HIP_FUNCTION hipError_t hipFreeHost(void *ptr) { return cudaFreeHost(ptr); }

CUPORT_HIP_FUNCTION hipError_t hipExtMallocWithFlags(void **ptr, size_t sizeBytes, unsigned int flags) {
  return flags > hipDeviceMallocContiguous ? cudaErrorInvalidValue : cudaMalloc(ptr, sizeBytes);
}

CUPORT_HIP_FUNCTION hipError_t hipMemPtrGetInfo(void *ptr, size_t *size) {
  CUdeviceptr base;
  return CUPORT_HIP_OF_DRIVER(cuMemGetAddressRange(&base, size, (CUdeviceptr)(size_t)ptr));
}

CUPORT_HIP_FUNCTION hipError_t hipPointerGetAttributes(hipPointerAttribute_t *attributes, const void *ptr) {
  if (!attributes)
    return cudaErrorInvalidValue;
  struct cudaPointerAttributes known;
  hipError_t error = cudaPointerGetAttributes(&known, ptr);
  if (error != cudaSuccess)
    return error;
  attributes->type = known.type;
  attributes->device = known.device;
  attributes->devicePointer = known.devicePointer;
  attributes->hostPointer = known.hostPointer;
  attributes->isManaged = known.type == cudaMemoryTypeManaged;
  attributes->allocationFlags = 0;
  return cudaSuccess;
}

/// Unlike hipMemcpyAsync it has copied when it returns.
CUPORT_HIP_FUNCTION hipError_t hipMemcpyWithStream(void *dst, const void *src, size_t sizeBytes, hipMemcpyKind kind,
                                                   hipStream_t stream) {
  hipError_t error = cudaMemcpyAsync(dst, src, sizeBytes, kind, stream);
  return error == cudaSuccess ? cudaStreamSynchronize(stream) : error;
}

// The driver's copies: HIP's kinds of memory are the runtime's.

CUPORT_HIP_FUNCTION hipMemoryType cuport_driver_memory_type(hipMemoryType type) {
  int kind = (int)type;
  if (kind == (int)hipMemoryTypeArray)
    kind = CU_MEMORYTYPE_ARRAY;
  else if (kind == (int)hipMemoryTypeUnified || kind == (int)hipMemoryTypeManaged)
    kind = CU_MEMORYTYPE_UNIFIED;
  return (hipMemoryType)kind;
}
#define CUPORT_HIP_COPY(name, type, cuda_type, call)                                                                   \
  CUPORT_HIP_FUNCTION hipError_t name {                                                                                \
    if (!pCopy)                                                                                                        \
      return cudaErrorInvalidValue;                                                                                    \
    type copy = *pCopy;                                                                                                \
    copy.srcMemoryType = cuport_driver_memory_type(copy.srcMemoryType);                                                \
    copy.dstMemoryType = cuport_driver_memory_type(copy.dstMemoryType);                                                \
    const cuda_type *cuda = (const cuda_type *)&copy;                                                                  \
    return (hipError_t)call;                                                                                           \
  }
CUPORT_HIP_COPY(hipMemcpyParam2D(const hip_Memcpy2D *pCopy), hip_Memcpy2D, CUDA_MEMCPY2D, cuMemcpy2D(cuda))
CUPORT_HIP_COPY(hipMemcpyParam2DAsync(const hip_Memcpy2D *pCopy, hipStream_t stream CUPORT_DEFAULT(0)), hip_Memcpy2D,
                CUDA_MEMCPY2D, cuMemcpy2DAsync(cuda, stream))
CUPORT_HIP_COPY(hipDrvMemcpy3D(const HIP_MEMCPY3D *pCopy), HIP_MEMCPY3D, CUDA_MEMCPY3D, cuMemcpy3D(cuda))
CUPORT_HIP_COPY(hipDrvMemcpy3DAsync(const HIP_MEMCPY3D *pCopy, hipStream_t stream), HIP_MEMCPY3D, CUDA_MEMCPY3D,
                cuMemcpy3DAsync(cuda, stream))
#undef CUPORT_HIP_COPY

// Streams and events.

CUPORT_HIP_FUNCTION hipError_t hipEventCreateWithFlags(hipEvent_t *event, unsigned flags) {
  return cudaEventCreateWithFlags(event, flags & (cudaEventBlockingSync | cudaEventDisableTiming | cudaEventInterprocess));
}

/// All cores are one set on a CPU, so the mask has nothing to choose from.
CUPORT_HIP_FUNCTION hipError_t hipExtStreamCreateWithCUMask(hipStream_t *stream, uint32_t cuMaskSize,
                                                            const uint32_t *cuMask) {
  return cuMaskSize && cuMask ? cudaStreamCreate(stream) : cudaErrorInvalidValue;
}
CUPORT_HIP_FUNCTION hipError_t hipExtStreamGetCUMask(hipStream_t stream, uint32_t cuMaskSize, uint32_t *cuMask) {
  (void)stream;
  if (!cuMaskSize || !cuMask)
    return cudaErrorInvalidValue;
  memset(cuMask, 0xff, cuMaskSize * sizeof *cuMask);
  return cudaSuccess;
}

/// CUDA compares all bits.
CUPORT_HIP_FUNCTION hipError_t hipStreamWaitValue32(hipStream_t stream, void *ptr, uint32_t value, unsigned int flags,
                                                    uint32_t mask CUPORT_DEFAULT(0xFFFFFFFF)) {
  return mask != 0xFFFFFFFF ? cudaErrorNotSupported
                            : CUPORT_HIP_OF_DRIVER(cuStreamWaitValue32(stream, (CUdeviceptr)(size_t)ptr, value, flags));
}
CUPORT_HIP_FUNCTION hipError_t hipStreamWaitValue64(hipStream_t stream, void *ptr, uint64_t value, unsigned int flags,
                                                    uint64_t mask CUPORT_DEFAULT(0xFFFFFFFFFFFFFFFF)) {
  return mask != 0xFFFFFFFFFFFFFFFF ? cudaErrorNotSupported
                                    : CUPORT_HIP_OF_DRIVER(cuStreamWaitValue64(stream, (CUdeviceptr)(size_t)ptr, value, flags));
}

CUPORT_HIP_FUNCTION hipError_t hipCtxSynchronize(void) { return CUPORT_HIP_OF_DRIVER(cuCtxSynchronize()); }
CUPORT_HIP_FUNCTION hipError_t hipCtxGetApiVersion(hipCtx_t ctx, int *apiVersion) {
  return CUPORT_HIP_OF_DRIVER(cuCtxGetApiVersion(ctx, (unsigned int *)apiVersion));
}

// Graphs: HIP kept the forms of CUDA 11.

CUPORT_HIP_FUNCTION hipError_t hipGraphInstantiate(hipGraphExec_t *pGraphExec, hipGraph_t graph,
                                                   hipGraphNode_t *pErrorNode, char *pLogBuffer, size_t bufferSize) {
  if (pLogBuffer && bufferSize)
    *pLogBuffer = 0;
  cudaGraphInstantiateParams parameters;
  memset(&parameters, 0, sizeof parameters);
  hipError_t error = cudaGraphInstantiateWithParams(pGraphExec, graph, &parameters);
  if (pErrorNode)
    *pErrorNode = parameters.errNode_out;
  return error;
}

CUPORT_HIP_FUNCTION hipError_t hipGraphExecUpdate(hipGraphExec_t hGraphExec, hipGraph_t hGraph,
                                                  hipGraphNode_t *hErrorNode_out,
                                                  hipGraphExecUpdateResult *updateResult_out) {
  cudaGraphExecUpdateResultInfo info;
  memset(&info, 0, sizeof info);
  hipError_t error = cudaGraphExecUpdate(hGraphExec, hGraph, &info);
  if (hErrorNode_out)
    *hErrorNode_out = info.errorNode;
  if (updateResult_out)
    *updateResult_out = info.result;
  return error;
}

// Small structures.

CUPORT_HIP_FUNCTION hipChannelFormatDesc hipCreateChannelDesc(int x, int y, int z, int w, hipChannelFormatKind f) {
  hipChannelFormatDesc format = {x, y, z, w, f};
  return format;
}
CUPORT_HIP_FUNCTION hipPitchedPtr make_hipPitchedPtr(void *d, size_t p, size_t xsz, size_t ysz) {
  return make_cudaPitchedPtr(d, p, xsz, ysz);
}
CUPORT_HIP_FUNCTION hipPos make_hipPos(size_t x, size_t y, size_t z) { return make_cudaPos(x, y, z); }
CUPORT_HIP_FUNCTION hipExtent make_hipExtent(size_t w, size_t h, size_t d) { return make_cudaExtent(w, h, d); }

// Names of kernels: null where the function is none.

CUPORT_HIP_FUNCTION const char *hipKernelNameRef(const hipFunction_t f) {
  const char *name = 0;
  return cuFuncGetName(&name, f) == CUDA_SUCCESS ? name : 0;
}
CUPORT_HIP_FUNCTION const char *hipKernelNameRefByPtr(const void *hostFunction, hipStream_t stream) {
  (void)stream;
  const char *name = 0;
  return cudaFuncGetName(&name, hostFunction) == cudaSuccess ? name : 0;
}

/// A launch between two events; flags allow an order that a CPU does not make use of.
CUPORT_HIP_FUNCTION hipError_t hipExtLaunchKernel(const void *function_address, dim3 numBlocks, dim3 dimBlocks,
                                                  void **args, size_t sharedMemBytes, hipStream_t stream,
                                                  hipEvent_t startEvent, hipEvent_t stopEvent, int flags) {
  (void)flags;
  hipError_t error = startEvent ? cudaEventRecord(startEvent, stream) : cudaSuccess;
  if (error == cudaSuccess)
    error = cudaLaunchKernel(function_address, numBlocks, dimBlocks, args, sharedMemBytes, stream);
  return error == cudaSuccess && stopEvent ? cudaEventRecord(stopEvent, stream) : error;
}
CUPORT_HIP_FUNCTION hipError_t hipExtModuleLaunchKernel(hipFunction_t f, uint32_t globalWorkSizeX,
                                                        uint32_t globalWorkSizeY, uint32_t globalWorkSizeZ,
                                                        uint32_t localWorkSizeX, uint32_t localWorkSizeY,
                                                        uint32_t localWorkSizeZ, size_t sharedMemBytes,
                                                        hipStream_t hStream, void **kernelParams, void **extra,
                                                        hipEvent_t startEvent CUPORT_DEFAULT(0),
                                                        hipEvent_t stopEvent CUPORT_DEFAULT(0),
                                                        uint32_t flags CUPORT_DEFAULT(0)) {
  (void)flags;
  if (!localWorkSizeX || !localWorkSizeY || !localWorkSizeZ || globalWorkSizeX % localWorkSizeX ||
      globalWorkSizeY % localWorkSizeY || globalWorkSizeZ % localWorkSizeZ)
    return cudaErrorInvalidValue;
  hipError_t error = startEvent ? cudaEventRecord(startEvent, hStream) : cudaSuccess;
  if (error == cudaSuccess)
    error = CUPORT_HIP_OF_DRIVER(cuLaunchKernel(f, globalWorkSizeX / localWorkSizeX, globalWorkSizeY / localWorkSizeY,
                                                globalWorkSizeZ / localWorkSizeZ, localWorkSizeX, localWorkSizeY,
                                                localWorkSizeZ, (unsigned)sharedMemBytes, hStream, kernelParams, extra));
  return error == cudaSuccess && stopEvent ? cudaEventRecord(stopEvent, hStream) : error;
}

CUPORT_HIP_FUNCTION hipError_t hipExtLaunchMultiKernelMultiDevice(hipLaunchParams *launchParamsList, int numDevices,
                                                                  unsigned int flags) {
  return cudaLaunchCooperativeKernelMultiDevice(launchParamsList, (unsigned)numDevices, flags);
}

CUPORT_HIP_FUNCTION hipError_t hipModuleOccupancyMaxPotentialBlockSize(int *gridSize, int *blockSize, hipFunction_t f,
                                                                       size_t dynSharedMemPerBlk,
                                                                       int blockSizeLimit) {
  return CUPORT_HIP_OF_DRIVER(cuOccupancyMaxPotentialBlockSize(gridSize, blockSize, f, 0, dynSharedMemPerBlk, blockSizeLimit));
}
CUPORT_HIP_FUNCTION hipError_t hipModuleOccupancyMaxPotentialBlockSizeWithFlags(int *gridSize, int *blockSize,
                                                                                hipFunction_t f,
                                                                                size_t dynSharedMemPerBlk,
                                                                                int blockSizeLimit,
                                                                                unsigned int flags) {
  return CUPORT_HIP_OF_DRIVER(cuOccupancyMaxPotentialBlockSizeWithFlags(gridSize, blockSize, f, 0, dynSharedMemPerBlk,
                                                                       blockSizeLimit, flags));
}

#ifdef __cplusplus

template <class T> inline hipError_t hipHostMalloc(T **ptr, size_t size, unsigned int flags = hipHostMallocDefault) {
  return hipHostMalloc((void **)ptr, size, flags);
}
template <class T> inline hipError_t hipHostAlloc(T **ptr, size_t size, unsigned int flags) {
  return cudaHostAlloc((void **)ptr, size, flags);
}
template <class T> inline hipError_t hipMallocHost(T **ptr, size_t size) { return cudaMallocHost((void **)ptr, size); }
template <class T> inline hipError_t hipExtMallocWithFlags(T **ptr, size_t sizeBytes, unsigned int flags) {
  return hipExtMallocWithFlags((void **)ptr, sizeBytes, flags);
}

template <class T> inline hipChannelFormatDesc hipCreateChannelDesc() { return cudaCreateChannelDesc<T>(); }
inline hipChannelFormatDesc hipCreateChannelDescHalf() { return cudaCreateChannelDescHalf(); }
inline hipChannelFormatDesc hipCreateChannelDescHalf1() { return cudaCreateChannelDescHalf1(); }
inline hipChannelFormatDesc hipCreateChannelDescHalf2() { return cudaCreateChannelDescHalf2(); }
inline hipChannelFormatDesc hipCreateChannelDescHalf4() { return cudaCreateChannelDescHalf4(); }

#endif

#endif
