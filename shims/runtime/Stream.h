// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Streams, and the order between them.
//
//   operation --> is the stream capturing? --> a node of a graph
//                 else: the null stream's rule --> the backend's queue
//
// The null stream waits for all blocking streams, and they for it. Each keeps count of what the other has not seen yet, so a
// program that uses one stream pays nothing.

#ifndef CUPORT_RUNTIME_STREAM_H
#define CUPORT_RUNTIME_STREAM_H

#include "Device.h"

#include <memory>

namespace cuport {
enum class StreamKind { Legacy, Explicit, PerThread };
struct Capture;
} // namespace cuport

struct CUstream_st {
  static constexpr uint32_t Magic = 0x53747265;

  CUstream_st(cuport::Device &device, cuport::StreamKind kind, unsigned flags, int priority);
  ~CUstream_st();

  uint32_t magic = Magic;
  cuport::StreamKind kind;
  cuport::Device &device;
  unsigned flags;
  int priority;
  unsigned long long id;
  cudaLaunchAttributeValue policyWindow{};
  cudaSynchronizationPolicy syncPolicy = cudaSyncPolicyAuto;

  /// The sequence in which work of this stream is being recorded; null: it runs. Guarded by captureMutex().
  std::atomic<cuport::Capture *> capture{nullptr};

  bool blocking() const { return kind != cuport::StreamKind::Legacy && !(flags & cudaStreamNonBlocking); }
  /// The backend's queue; made when first asked, so a stream that is not used costs nothing.
  cudaError_t queue(cuport_queue *&result);
  /// The queue if there is one.
  cuport_queue *queueIfAny() const { return madeQueue.load(std::memory_order_acquire); }
  /// Keeps the queue when the stream goes. There is one.
  std::shared_ptr<cuport_queue> sharedQueue() const { return ownedQueue; }
  /// Makes \p other wait for all that is in this stream now.
  cudaError_t joinInto(cuport_queue *other);

  std::atomic<bool> isUnjoined{false};
  std::atomic<uint64_t> legacySeen{0};

private:
  std::atomic<cuport_queue *> madeQueue{nullptr};
  std::shared_ptr<cuport_queue> ownedQueue; ///< set before madeQueue
  std::mutex mutex;
  cuport_event *joinEvent = nullptr;
};

namespace cuport {

/// What a handle means on the current device: 0 and cudaStreamLegacy the null stream (0 the thread's own where the caller was
/// compiled so), cudaStreamPerThread the thread's own. cudaErrorInvalidResourceHandle for what is no stream.
cudaError_t streamOf(cudaStream_t handle, Device &current, Stream *&stream);

/// The body of an entry point that works on a stream.
template <class Body> cudaError_t onStream(cudaStream_t handle, Body &&body) {
  return api([&](Device &device) {
    Stream *stream;
    if (cudaError_t error = streamOf(handle, device, stream))
      return error;
    return cudaError_t(body(*stream));
  });
}

/// While it lives, stream 0 means the thread's own stream: the _ptsz and _ptds names.
struct PerThreadDefault {
  PerThreadDefault();
  ~PerThreadDefault();
  bool before;
};

cudaError_t prepareOrder(Stream &stream, cuport_queue *&queue);
void noteOrder(Stream &stream);

/// Puts something in the stream's queue under the null stream's rule: submit(queue) is called after what it must wait for is
/// queued. The stream is not capturing.
template <class Submit> cudaError_t enqueue(Stream &stream, Submit &&submit) {
  cuport_queue *queue;
  if (cudaError_t error = prepareOrder(stream, queue))
    return error;
  cudaError_t error = cudaError_t(submit(queue));
  noteOrder(stream);
  return error;
}

/// Before something enters a stream that runs: cudaErrorStreamCaptureImplicit where the null stream would have to wait for one
/// that is capturing.
cudaError_t refuseImplicit(Stream &stream);

/// Waits for the stream, with what it has to wait for itself.
cudaError_t synchronize(Stream &stream);

/// Waits for all streams of the device.
cudaError_t synchronize(Device &device);

/// The operations: to the queue, or to the graph that captures the stream.
cudaError_t submit(Stream &stream, const cuport_copy &copy);
cudaError_t submit(Stream &stream, const cuport_fill &fill);
cudaError_t submit(Stream &stream, cuport_host_function function, void *data);

/// For calls that wait: cudaErrorStreamCaptureUnsupported, and the capture becomes invalid, if the stream is capturing.
cudaError_t refuseCapture(Stream &stream);
/// The same for calls that a capture in global mode forbids everywhere, such as cudaMalloc.
cudaError_t refuseGlobalCapture();

} // namespace cuport

#endif
