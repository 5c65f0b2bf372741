// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// C++ forms of runtime functions that are more than a cast: cuport/runtime_api.h declares them with their default
// arguments, and defines the others.

#ifndef CUPORT_RUNTIME_FUNCTIONS_H
#define CUPORT_RUNTIME_FUNCTIONS_H

#include <cuda_runtime_api.h>
#include <cuport/driver_functions.h>

#ifdef __cplusplus

inline cudaError_t cudaEventCreate(cudaEvent_t *event, unsigned int flags) {
  return cudaEventCreateWithFlags(event, flags);
}

inline cudaError_t cudaMallocHost(void **ptr, size_t size, unsigned int flags) {
  return cudaHostAlloc(ptr, size, flags);
}
template <class T> inline cudaError_t cudaMallocHost(T **ptr, size_t size, unsigned int flags) {
  return cudaHostAlloc((void **)ptr, size, flags);
}

inline cudaError_t cudaMallocAsync(void **ptr, size_t size, cudaMemPool_t memPool, cudaStream_t stream) {
  return cudaMallocFromPoolAsync(ptr, size, memPool, stream);
}
template <class T>
inline cudaError_t cudaMallocAsync(T **ptr, size_t size, cudaMemPool_t memPool, cudaStream_t stream) {
  return cudaMallocFromPoolAsync((void **)ptr, size, memPool, stream);
}

// The forms of CUDA 12 name the operation that failed; CUDA 13 says no more than that one did, and so do we.
inline cudaError_t cudaMemcpyBatchAsync(void **dsts, void **srcs, size_t *sizes, size_t count,
                                        cudaMemcpyAttributes *attrs, size_t *attrsIdxs, size_t numAttrs,
                                        size_t *failIdx, cudaStream_t stream) {
  cudaError_t error = cudaMemcpyBatchAsync((void *const *)dsts, (const void *const *)srcs, sizes, count, attrs,
                                           attrsIdxs, numAttrs, stream);
  if (error != cudaSuccess && failIdx)
    *failIdx = ~(size_t)0;
  return error;
}
inline cudaError_t cudaMemcpy3DBatchAsync(size_t numOps, cudaMemcpy3DBatchOp *opList, size_t *failIdx,
                                          unsigned long long flags, cudaStream_t stream) {
  cudaError_t error = cudaMemcpy3DBatchAsync(numOps, opList, flags, stream);
  if (error != cudaSuccess && failIdx)
    *failIdx = ~(size_t)0;
  return error;
}

// One attribute or location for all operations.
template <class T, class U>
inline cudaError_t cudaMemcpyBatchAsync(T *const *dsts, U *const *srcs, const size_t *sizes, size_t count,
                                        cudaMemcpyAttributes attrs, cudaStream_t stream) {
  size_t first = 0;
  return cudaMemcpyBatchAsync((void *const *)dsts, (const void *const *)srcs, sizes, count, &attrs, &first, 1, stream);
}
template <class T>
inline cudaError_t cudaMemPrefetchBatchAsync(T **dptrs, size_t *sizes, size_t count, cudaMemLocation prefetchLocation,
                                             unsigned long long flags, cudaStream_t stream) {
  size_t first = 0;
  return cudaMemPrefetchBatchAsync((void **)dptrs, sizes, count, &prefetchLocation, &first, 1, flags, stream);
}
template <class T>
inline cudaError_t cudaMemDiscardAndPrefetchBatchAsync(T **dptrs, size_t *sizes, size_t count,
                                                       cudaMemLocation prefetchLocation, unsigned long long flags,
                                                       cudaStream_t stream) {
  size_t first = 0;
  return cudaMemDiscardAndPrefetchBatchAsync((void **)dptrs, sizes, count, &prefetchLocation, &first, 1, flags,
                                             stream);
}

inline cudaError_t cudaStreamGetCaptureInfo(cudaStream_t stream, cudaStreamCaptureStatus *captureStatus_out) {
  return cudaStreamIsCapturing(stream, captureStatus_out);
}

inline cudaError_t cudaGraphInstantiate(cudaGraphExec_t *pGraphExec, cudaGraph_t graph, cudaGraphNode_t *pErrorNode,
                                        char *pLogBuffer, size_t bufferSize) {
  if (pLogBuffer && bufferSize)
    *pLogBuffer = 0;
  cudaGraphInstantiateParams parameters = {};
  cudaError_t error = cudaGraphInstantiateWithParams(pGraphExec, graph, &parameters);
  if (pErrorNode)
    *pErrorNode = parameters.errNode_out;
  return error;
}

inline cudaError_t cudaGraphExecUpdate(cudaGraphExec_t hGraphExec, cudaGraph_t hGraph, cudaGraphNode_t *hErrorNode_out,
                                       cudaGraphExecUpdateResult *updateResult_out) {
  cudaGraphExecUpdateResultInfo info = {};
  cudaError_t error = cudaGraphExecUpdate(hGraphExec, hGraph, &info);
  if (hErrorNode_out)
    *hErrorNode_out = info.errorNode;
  if (updateResult_out)
    *updateResult_out = info.result;
  return error;
}

template <class T>
inline cudaError_t cudaUserObjectCreate(cudaUserObject_t *object_out, T *objectToWrap, unsigned int initialRefcount,
                                        unsigned int flags) {
  return cudaUserObjectCreate(
      object_out, (void *)objectToWrap, [](void *object) { delete (T *)object; }, initialRefcount, flags);
}

template <class... Expected, class... Actual>
inline cudaError_t cudaLaunchKernelEx(const cudaLaunchConfig_t *config, void (*kernel)(Expected...), Actual &&...args) {
  // The kernel takes its own parameter types, not those of the arguments.
  return [&](Expected... values) {
    void *pointers[] = {(void *)__builtin_addressof(values)..., nullptr};
    return cudaLaunchKernelExC(config, (const void *)kernel, pointers);
  }(static_cast<Actual &&>(args)...);
}
template <class... Actual>
inline cudaError_t cudaLaunchKernelEx(const cudaLaunchConfig_t *config, const cudaKernel_t kernel, Actual &&...args) {
  void *pointers[] = {(void *)__builtin_addressof(args)..., nullptr};
  return cudaLaunchKernelExC(config, (const void *)kernel, pointers);
}

/// The largest block, in steps of a warp, with which most threads are resident on a multiprocessor.
template <class SizeOfBlock, class T>
inline cudaError_t cudaOccupancyMaxPotentialBlockSizeVariableSMemWithFlags(int *minGridSize, int *blockSize, T func,
                                                                           SizeOfBlock blockSizeToDynamicSMemSize,
                                                                           int blockSizeLimit, unsigned int flags) {
  if (!minGridSize || !blockSize || !func)
    return cudaErrorInvalidValue;
  int device = 0, warp = 0, multiprocessors = 0, resident = 0, largest = 0;
  cudaFuncAttributes attributes;
  const cudaError_t queries[] = {cudaGetDevice(&device),
                                 cudaDeviceGetAttribute(&warp, cudaDevAttrWarpSize, device),
                                 cudaDeviceGetAttribute(&multiprocessors, cudaDevAttrMultiProcessorCount, device),
                                 cudaDeviceGetAttribute(&resident, cudaDevAttrMaxThreadsPerMultiProcessor, device),
                                 cudaDeviceGetAttribute(&largest, cudaDevAttrMaxThreadsPerBlock, device),
                                 cudaFuncGetAttributes(&attributes, (const void *)func)};
  for (cudaError_t error : queries)
    if (error != cudaSuccess)
      return error;
  if (attributes.maxThreadsPerBlock < largest)
    largest = attributes.maxThreadsPerBlock;
  if (blockSizeLimit > 0 && blockSizeLimit < largest)
    largest = blockSizeLimit;

  int best = 0, bestBlocks = 0;
  for (int rounded = (largest + warp - 1) / warp * warp; rounded > 0 && best * bestBlocks < resident; rounded -= warp) {
    int size = rounded < largest ? rounded : largest, blocks = 0;
    cudaError_t error = cudaOccupancyMaxActiveBlocksPerMultiprocessorWithFlags(
        &blocks, (const void *)func, size, blockSizeToDynamicSMemSize(size), flags);
    if (error != cudaSuccess)
      return error;
    if (blocks * size > bestBlocks * best) {
      best = size;
      bestBlocks = blocks;
    }
  }
  *blockSize = best;
  *minGridSize = bestBlocks * multiprocessors;
  return cudaSuccess;
}
template <class SizeOfBlock, class T>
inline cudaError_t cudaOccupancyMaxPotentialBlockSizeVariableSMem(int *minGridSize, int *blockSize, T func,
                                                                  SizeOfBlock blockSizeToDynamicSMemSize, int blockSizeLimit) {
  return cudaOccupancyMaxPotentialBlockSizeVariableSMemWithFlags(minGridSize, blockSize, func,
                                                                 blockSizeToDynamicSMemSize, blockSizeLimit,
                                                                 cudaOccupancyDefault);
}
template <class T>
inline cudaError_t cudaOccupancyMaxPotentialBlockSizeWithFlags(int *minGridSize, int *blockSize, T func,
                                                               size_t dynamicSMemSize, int blockSizeLimit,
                                                               unsigned int flags) {
  return cudaOccupancyMaxPotentialBlockSizeVariableSMemWithFlags(
      minGridSize, blockSize, func, [=](int) { return dynamicSMemSize; }, blockSizeLimit, flags);
}
template <class T>
inline cudaError_t cudaOccupancyMaxPotentialBlockSize(int *minGridSize, int *blockSize, T func, size_t dynamicSMemSize,
                                                      int blockSizeLimit) {
  return cudaOccupancyMaxPotentialBlockSizeWithFlags(minGridSize, blockSize, func, dynamicSMemSize, blockSizeLimit,
                                                     cudaOccupancyDefault);
}

// Texture and surface references: where no format is given it is the reference's own, or the array's.
template <class T>
inline cudaError_t cudaBindTexture(size_t *offset, const T &tex, const void *devPtr, size_t size) {
  return cudaBindTexture(offset, &tex, devPtr, &tex.channelDesc, size);
}
template <class T>
inline cudaError_t cudaBindTexture2D(size_t *offset, const T &tex, const void *devPtr, size_t width, size_t height,
                                     size_t pitch) {
  return cudaBindTexture2D(offset, &tex, devPtr, &tex.channelDesc, width, height, pitch);
}
template <class T> inline cudaError_t cudaBindTextureToArray(const T &tex, cudaArray_const_t array) {
  cudaChannelFormatDesc format;
  cudaError_t error = cudaGetChannelDesc(&format, array);
  return error == cudaSuccess ? cudaBindTextureToArray(&tex, array, &format) : error;
}
template <class T> inline cudaError_t cudaBindTextureToMipmappedArray(const T &tex, cudaMipmappedArray_const_t array) {
  cudaArray_t level;
  cudaChannelFormatDesc format;
  cudaError_t error = cudaGetMipmappedArrayLevel(&level, array, 0);
  if (error == cudaSuccess)
    error = cudaGetChannelDesc(&format, level);
  return error == cudaSuccess ? cudaBindTextureToMipmappedArray(&tex, array, &format) : error;
}
template <class T> inline cudaError_t cudaBindSurfaceToArray(const T &surf, cudaArray_const_t array) {
  cudaChannelFormatDesc format;
  cudaError_t error = cudaGetChannelDesc(&format, array);
  return error == cudaSuccess ? cudaBindSurfaceToArray(&surf, array, &format) : error;
}

#endif

#endif
