// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Streams and events of the driver API. Handles are the runtime's.

#include "Driver.h"
#include "Event.h"

using namespace cuport;

CUresult cuStreamCreate(CUstream *stream, unsigned int flags) {
  return driver([&] { return cudaStreamCreateWithFlags(stream, flags); });
}

CUresult cuStreamCreateWithPriority(CUstream *stream, unsigned int flags, int priority) {
  return driver([&] { return cudaStreamCreateWithPriority(stream, flags, priority); });
}

CUresult cuStreamDestroy_v2(CUstream stream) {
  return driver([&] { return cudaStreamDestroy(stream); });
}

CUresult cuStreamGetPriority(CUstream stream, int *priority) {
  return driver([&] { return cudaStreamGetPriority(stream, priority); });
}

CUresult cuStreamGetFlags(CUstream stream, unsigned int *flags) {
  return driver([&] { return cudaStreamGetFlags(stream, flags); });
}

CUresult cuStreamGetId(CUstream stream, unsigned long long *id) {
  return driver([&] { return cudaStreamGetId(stream, id); });
}

CUresult cuStreamGetDevice(CUstream stream, CUdevice *device) {
  return driver([&] { return cudaStreamGetDevice(stream, device); });
}

CUresult cuStreamGetCtx(CUstream handle, CUcontext *context) {
  return driver([&] {
    return onStream(handle, [&](Stream &stream) {
      if (!context)
        return cudaErrorInvalidValue;
      CurrentContext &current = currentContext();
      bool same = !current.stack.empty() && current.stack.back()->device == &stream.device;
      *context = same ? current.stack.back() : stream.device.primary;
      return cudaSuccess;
    });
  });
}

CUresult cuStreamQuery(CUstream stream) {
  return driver([&] { return cudaStreamQuery(stream); });
}

CUresult cuStreamSynchronize(CUstream stream) {
  return driver([&] { return cudaStreamSynchronize(stream); });
}

CUresult cuStreamWaitEvent(CUstream stream, CUevent event, unsigned int flags) {
  return driver([&] { return cudaStreamWaitEvent(stream, event, flags); });
}

// The callback's status is a CUresult; a fault's number is the same in both.
CUresult cuStreamAddCallback(CUstream stream, CUstreamCallback callback, void *data, unsigned int flags) {
  return driver([&] {
    return cudaStreamAddCallback(stream, reinterpret_cast<cudaStreamCallback_t>(callback), data, flags);
  });
}

CUresult cuStreamAttachMemAsync(CUstream stream, CUdeviceptr address, size_t size, unsigned int flags) {
  return driver([&] { return cudaStreamAttachMemAsync(stream, pointerOf(address), size, flags); });
}

CUresult cuStreamCopyAttributes(CUstream destination, CUstream source) {
  return driver([&] { return cudaStreamCopyAttributes(destination, source); });
}

// Both APIs have the same attributes and values.
CUresult cuStreamGetAttribute(CUstream stream, CUstreamAttrID attribute, CUstreamAttrValue *value) {
  return driver([&] {
    return cudaStreamGetAttribute(stream, cudaLaunchAttributeID(attribute), reinterpret_cast<cudaLaunchAttributeValue *>(value));
  });
}

CUresult cuStreamSetAttribute(CUstream stream, CUstreamAttrID attribute, const CUstreamAttrValue *value) {
  return driver([&] {
    return cudaStreamSetAttribute(stream, cudaLaunchAttributeID(attribute), reinterpret_cast<const cudaLaunchAttributeValue *>(value));
  });
}

CUresult cuStreamBeginCapture_v2(CUstream stream, CUstreamCaptureMode mode) {
  return driver([&] { return cudaStreamBeginCapture(stream, cudaStreamCaptureMode(mode)); });
}

CUresult cuStreamEndCapture(CUstream stream, CUgraph *graph) {
  return driver([&] { return cudaStreamEndCapture(stream, graph); });
}

CUresult cuStreamIsCapturing(CUstream stream, CUstreamCaptureStatus *status) {
  return driver([&] { return cudaStreamIsCapturing(stream, reinterpret_cast<cudaStreamCaptureStatus *>(status)); });
}

CUresult cuStreamBeginCaptureToGraph(CUstream stream, CUgraph graph,
                                     const CUgraphNode *dependencies, const CUgraphEdgeData *edges,
                                     size_t count, CUstreamCaptureMode mode) {
  return driver([&] {
    return cudaStreamBeginCaptureToGraph(stream, graph, dependencies,
                                         reinterpret_cast<const cudaGraphEdgeData *>(edges), count,
                                         cudaStreamCaptureMode(mode));
  });
}

CUresult cuThreadExchangeStreamCaptureMode(CUstreamCaptureMode *mode) {
  return driver([&] {
    return cudaThreadExchangeStreamCaptureMode(reinterpret_cast<cudaStreamCaptureMode *>(mode));
  });
}

CUresult cuStreamGetCaptureInfo_v3(CUstream stream, CUstreamCaptureStatus *status, cuuint64_t *id,
                                   CUgraph *graph, const CUgraphNode **dependencies,
                                   const CUgraphEdgeData **edges, size_t *count) {
  return driver([&] {
    unsigned long long number = 0;
    cudaError_t error = cudaStreamGetCaptureInfo_v3(
        stream, reinterpret_cast<cudaStreamCaptureStatus *>(status), &number, graph, dependencies,
        reinterpret_cast<const cudaGraphEdgeData **>(edges), count);
    if (!error && id && *status == CU_STREAM_CAPTURE_STATUS_ACTIVE)
      *id = number;
    return error;
  });
}

CUresult cuStreamGetCaptureInfo_v2(CUstream stream, CUstreamCaptureStatus *status, cuuint64_t *id,
                                   CUgraph *graph, const CUgraphNode **dependencies,
                                   size_t *count) {
  return cuStreamGetCaptureInfo_v3(stream, status, id, graph, dependencies, nullptr, count);
}

CUresult cuStreamGetCaptureInfo(CUstream stream, CUstreamCaptureStatus *status, cuuint64_t *id) {
  return cuStreamGetCaptureInfo_v3(stream, status, id, nullptr, nullptr, nullptr, nullptr);
}

CUresult cuStreamUpdateCaptureDependencies_v2(CUstream stream, CUgraphNode *dependencies,
                                              const CUgraphEdgeData *edges, size_t count,
                                              unsigned int flags) {
  return driver([&] {
    return cudaStreamUpdateCaptureDependencies_v2(
        stream, dependencies, reinterpret_cast<const cudaGraphEdgeData *>(edges), count, flags);
  });
}

CUresult cuStreamUpdateCaptureDependencies(CUstream stream, CUgraphNode *dependencies, size_t count,
                                           unsigned int flags) {
  return cuStreamUpdateCaptureDependencies_v2(stream, dependencies, nullptr, count, flags);
}

CUresult cuEventCreate(CUevent *event, unsigned int flags) {
  return driver([&] { return cudaEventCreateWithFlags(event, flags); });
}

CUresult cuEventDestroy_v2(CUevent event) {
  return driver([&] { return cudaEventDestroy(event); });
}

CUresult cuEventRecord(CUevent event, CUstream stream) {
  return driver([&] { return cudaEventRecordWithFlags(event, stream, cudaEventRecordDefault); });
}

CUresult cuEventRecordWithFlags(CUevent event, CUstream stream, unsigned int flags) {
  return driver([&] { return cudaEventRecordWithFlags(event, stream, flags); });
}

// Needs no context, unlike what waits.
CUresult cuEventQuery(CUevent event) {
  return driverAnywhere([&] { return cudaEventQuery(event); });
}

CUresult cuEventSynchronize(CUevent event) {
  return driver([&] { return cudaEventSynchronize(event); });
}

CUresult cuEventElapsedTime(float *milliseconds, CUevent start, CUevent end) {
  return driver([&] { return cudaEventElapsedTime(milliseconds, start, end); });
}
