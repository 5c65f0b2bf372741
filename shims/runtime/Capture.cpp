// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Capture.h"

#include <algorithm>
#include <set>

using namespace cuport;

namespace {

std::mutex &captureMutex() {
  static std::mutex &mutex = *new std::mutex;
  return mutex;
}

// All that go on; guarded by captureMutex().
std::vector<std::shared_ptr<Capture>> &captures() {
  static auto &list = *new std::vector<std::shared_ptr<Capture>>;
  return list;
}

std::atomic<size_t> captureCount{0};
std::atomic<unsigned long long> nextCaptureId{1};
thread_local cudaStreamCaptureMode threadMode = cudaStreamCaptureModeGlobal;

std::shared_ptr<Capture> shared(Capture *capture) {
  for (auto &known : captures())
    if (known.get() == capture)
      return known;
  return nullptr;
}

// Takes all streams out; the graph stays with the capture's caller.
void finish(Capture &capture) {
  for (auto &[stream, nodes] : capture.streams)
    stream->capture.store(nullptr, std::memory_order_release);
  auto &list = captures();
  list.erase(std::remove_if(list.begin(), list.end(), [&](auto &known) { return known.get() == &capture; }), list.end());
  captureCount.store(list.size(), std::memory_order_release);
}

void join(std::vector<cudaGraphNode_t> &nodes, const std::vector<cudaGraphNode_t> &more) {
  for (cudaGraphNode_t node : more)
    if (std::find(nodes.begin(), nodes.end(), node) == nodes.end())
      nodes.push_back(node);
}

// Whether all that the other streams did comes before what the origin did last.
bool allJoined(const Capture &capture) {
  std::set<cudaGraphNode_t> before;
  std::vector<cudaGraphNode_t> open = capture.streams.at(capture.origin);
  while (!open.empty()) {
    cudaGraphNode_t node = open.back();
    open.pop_back();
    if (before.insert(node).second)
      open.insert(open.end(), node->dependencies.begin(), node->dependencies.end());
  }
  for (auto &[stream, nodes] : capture.streams)
    for (cudaGraphNode_t node : nodes)
      if (!before.count(node))
        return false;
  return true;
}

cudaError_t begin(Stream &stream, cudaGraph_t graph, const cudaGraphNode_t *dependencies, size_t count,
                  cudaStreamCaptureMode mode) {
  if (unsigned(mode) > cudaStreamCaptureModeRelaxed)
    return cudaErrorInvalidValue;
  if (stream.kind == StreamKind::Legacy)
    return cudaErrorStreamCaptureUnsupported;
  std::lock_guard lock(captureMutex());
  if (stream.capture.load())
    return cudaErrorIllegalState;
  auto capture = std::make_shared<Capture>();
  capture->ownsGraph = !graph;
  capture->graph = graph ? graph : new CUgraph_st;
  capture->origin = &stream;
  capture->mode = mode;
  capture->thread = std::this_thread::get_id();
  capture->id = nextCaptureId++;
  capture->streams[&stream].assign(dependencies, dependencies + count);
  captures().push_back(capture);
  captureCount.store(captures().size(), std::memory_order_release);
  stream.capture.store(capture.get(), std::memory_order_release);
  return cudaSuccess;
}

} // namespace

cudaError_t cuport::captureNode(Stream &stream, GraphOperation operation) {
  std::lock_guard lock(captureMutex());
  Capture *capture = stream.capture.load();
  if (!capture)
    return cudaErrorStreamCaptureInvalidated; // another thread ended it in between
  if (capture->invalid)
    return cudaErrorStreamCaptureInvalidated;
  auto &nodes = capture->streams[&stream];
  CUgraphNode_st &node = capture->graph->add(std::move(operation), nodes.data(), nodes.size());
  nodes.assign(1, &node);
  return cudaSuccess;
}

cudaError_t cuport::captureRecord(Stream &stream, Event &event, bool external) {
  if (external)
    return captureNode(stream, EventRecord{&event});
  std::lock_guard lock(captureMutex());
  Capture *capture = stream.capture.load();
  if (!capture || capture->invalid)
    return cudaErrorStreamCaptureInvalidated;
  event.captured = true;
  event.capture = shared(capture);
  event.capturedNodes = capture->streams[&stream];
  return cudaSuccess;
}

cudaError_t cuport::captureWait(Stream &stream, Event &event, bool external) {
  if (external && stream.capture.load())
    return captureNode(stream, EventWait{&event});
  std::lock_guard lock(captureMutex());
  Capture *own = stream.capture.load();
  if (own && own->invalid)
    return cudaErrorStreamCaptureInvalidated;
  if (!event.captured) {
    own->invalid = true;
    return cudaErrorStreamCaptureIsolation;
  }
  std::shared_ptr<Capture> other = event.capture.lock();
  if (!other || shared(other.get()) == nullptr) {
    if (own)
      own->invalid = true;
    return own ? cudaErrorStreamCaptureIsolation : cudaErrorCapturedEvent;
  }
  if (other->invalid)
    return cudaErrorStreamCaptureInvalidated;
  if (own && own != other.get()) {
    own->invalid = other->invalid = true;
    return cudaErrorStreamCaptureMerge;
  }
  if (stream.kind == StreamKind::Legacy) {
    other->invalid = true;
    return cudaErrorStreamCaptureImplicit;
  }
  join(other->streams[&stream], event.capturedNodes);
  stream.capture.store(other.get(), std::memory_order_release);
  return cudaSuccess;
}

void cuport::abandonCapture(Stream &stream) {
  if (!stream.capture.load())
    return;
  std::lock_guard lock(captureMutex());
  Capture *capture = stream.capture.load();
  if (!capture)
    return;
  capture->invalid = true;
  if (capture->origin == &stream) {
    std::shared_ptr<Capture> keep = shared(capture);
    finish(*capture);
    if (capture->ownsGraph)
      delete capture->graph;
  } else {
    capture->streams.erase(&stream);
  }
}

cudaError_t cuport::refuseCapture(Stream &stream) {
  if (captureCount.load(std::memory_order_acquire) == 0) [[likely]]
    return cudaSuccess;
  {
    std::lock_guard lock(captureMutex());
    if (Capture *capture = stream.capture.load()) {
      capture->invalid = true;
      return cudaErrorStreamCaptureUnsupported;
    }
  }
  return refuseImplicit(stream);
}

cudaError_t cuport::refuseImplicit(Stream &stream) {
  if (captureCount.load(std::memory_order_acquire) == 0 || stream.kind != StreamKind::Legacy) [[likely]]
    return cudaSuccess;
  std::lock_guard lock(captureMutex());
  for (auto &capture : captures())
    for (auto &[member, nodes] : capture->streams)
      if (member->blocking() && &member->device == &stream.device) {
        capture->invalid = true;
        return cudaErrorStreamCaptureImplicit;
      }
  return cudaSuccess;
}

cudaError_t cuport::refuseGlobalCapture() {
  if (captureCount.load(std::memory_order_acquire) == 0 || threadMode == cudaStreamCaptureModeRelaxed) [[likely]]
    return cudaSuccess;
  std::lock_guard lock(captureMutex());
  for (auto &capture : captures()) {
    bool own = capture->thread == std::this_thread::get_id();
    bool forbids = own ? capture->mode != cudaStreamCaptureModeRelaxed
                       : capture->mode == cudaStreamCaptureModeGlobal && threadMode == cudaStreamCaptureModeGlobal;
    if (forbids) {
      capture->invalid = true;
      return cudaErrorStreamCaptureUnsupported;
    }
  }
  return cudaSuccess;
}

cudaError_t cudaStreamBeginCapture(cudaStream_t handle, cudaStreamCaptureMode mode) {
  return onStream(handle, [&](Stream &stream) { return begin(stream, nullptr, nullptr, 0, mode); });
}

cudaError_t cudaStreamBeginCaptureToGraph(cudaStream_t handle, cudaGraph_t graph, const cudaGraphNode_t *dependencies,
                                          const cudaGraphEdgeData *, size_t count, cudaStreamCaptureMode mode) {
  return onStream(handle, [&](Stream &stream) {
    CUgraph_st *checked;
    if (cudaError_t error = graphOf(graph, checked))
      return error;
    if (count && !dependencies)
      return cudaErrorInvalidValue;
    return begin(stream, graph, dependencies, count, mode);
  });
}

cudaError_t cudaStreamEndCapture(cudaStream_t handle, cudaGraph_t *result) {
  return onStream(handle, [&](Stream &stream) {
    std::lock_guard lock(captureMutex());
    Capture *capture = stream.capture.load();
    if (result)
      *result = nullptr;
    if (!capture)
      return result ? cudaErrorIllegalState : cudaErrorInvalidValue;
    // The graph that a capture adds to is the program's already.
    if (!result && capture->ownsGraph)
      return cudaErrorInvalidValue;
    if (capture->origin != &stream) {
      capture->invalid = true;
      return cudaErrorStreamCaptureUnmatched;
    }
    if (capture->mode != cudaStreamCaptureModeRelaxed && capture->thread != std::this_thread::get_id()) {
      capture->invalid = true;
      return cudaErrorStreamCaptureWrongThread;
    }
    std::shared_ptr<Capture> keep = shared(capture);
    cudaError_t error = capture->invalid        ? cudaErrorStreamCaptureInvalidated
                        : !allJoined(*capture) ? cudaErrorStreamCaptureUnjoined
                                               : cudaSuccess;
    finish(*capture);
    if (error && capture->ownsGraph)
      delete capture->graph;
    else if (error == cudaSuccess && result)
      *result = capture->graph;
    return error;
  });
}

cudaError_t cudaStreamIsCapturing(cudaStream_t handle, cudaStreamCaptureStatus *status) {
  return onStream(handle, [&](Stream &stream) {
    if (!status)
      return cudaErrorInvalidValue;
    std::lock_guard lock(captureMutex());
    Capture *capture = stream.capture.load();
    if (!capture && stream.kind == StreamKind::Legacy && !captures().empty())
      for (auto &other : captures())
        for (auto &[member, nodes] : other->streams)
          if (member->blocking())
            return cudaErrorStreamCaptureImplicit;
    *status = !capture           ? cudaStreamCaptureStatusNone
              : capture->invalid ? cudaStreamCaptureStatusInvalidated
                                 : cudaStreamCaptureStatusActive;
    return cudaSuccess;
  });
}

cudaError_t cudaThreadExchangeStreamCaptureMode(cudaStreamCaptureMode *mode) {
  if (!mode || unsigned(*mode) > cudaStreamCaptureModeRelaxed)
    return noted(cudaErrorInvalidValue);
  std::swap(*mode, threadMode);
  return cudaSuccess;
}

cudaError_t cudaStreamGetCaptureInfo_v3(cudaStream_t handle, cudaStreamCaptureStatus *status, unsigned long long *id,
                                     cudaGraph_t *graph, const cudaGraphNode_t **dependencies,
                                     const cudaGraphEdgeData **edges, size_t *count) {
  return onStream(handle, [&](Stream &stream) {
    if (!status)
      return cudaErrorInvalidValue;
    std::lock_guard lock(captureMutex());
    Capture *capture = stream.capture.load();
    *status = !capture           ? cudaStreamCaptureStatusNone
              : capture->invalid ? cudaStreamCaptureStatusInvalidated
                                 : cudaStreamCaptureStatusActive;
    if (edges)
      *edges = nullptr;
    if (*status != cudaStreamCaptureStatusActive)
      return cudaSuccess;
    auto &nodes = capture->streams[&stream];
    if (id)
      *id = capture->id;
    if (graph)
      *graph = capture->graph;
    if (dependencies)
      *dependencies = nodes.data();
    if (count)
      *count = nodes.size();
    return cudaSuccess;
  });
}

cudaError_t cudaStreamGetCaptureInfo(cudaStream_t stream, cudaStreamCaptureStatus *status, unsigned long long *id) {
  return cudaStreamGetCaptureInfo_v3(stream, status, id, nullptr, nullptr, nullptr, nullptr);
}

cudaError_t cudaStreamGetCaptureInfo_v2(cudaStream_t stream, cudaStreamCaptureStatus *status, unsigned long long *id,
                                        cudaGraph_t *graph, const cudaGraphNode_t **dependencies, size_t *count) {
  return cudaStreamGetCaptureInfo_v3(stream, status, id, graph, dependencies, nullptr, count);
}

cudaError_t cudaStreamUpdateCaptureDependencies_v2(cudaStream_t handle, cudaGraphNode_t *dependencies,
                                                const cudaGraphEdgeData *, size_t count, unsigned int flags) {
  return onStream(handle, [&](Stream &stream) {
    if ((count && !dependencies) || flags > cudaStreamSetCaptureDependencies)
      return cudaErrorInvalidValue;
    std::lock_guard lock(captureMutex());
    Capture *capture = stream.capture.load();
    if (!capture)
      return cudaErrorIllegalState;
    if (capture->invalid)
      return cudaErrorStreamCaptureInvalidated;
    auto &nodes = capture->streams[&stream];
    if (flags == cudaStreamSetCaptureDependencies)
      nodes.clear();
    join(nodes, {dependencies, dependencies + count});
    return cudaSuccess;
  });
}

cudaError_t cudaStreamUpdateCaptureDependencies(cudaStream_t stream, cudaGraphNode_t *dependencies, size_t count,
                                                unsigned int flags) {
  return cudaStreamUpdateCaptureDependencies_v2(stream, dependencies, nullptr, count, flags);
}
