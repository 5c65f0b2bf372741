// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Stream capture: instead of running, operations of a stream become nodes of a graph.
//
//   cudaStreamBeginCapture(s) --> Capture; what is done in s follows what was done in s before
//   event recorded in s, another stream waits for it --> that stream joins
//   cudaStreamEndCapture(s)   --> the graph, if all that joined was waited for

#ifndef CUPORT_RUNTIME_CAPTURE_H
#define CUPORT_RUNTIME_CAPTURE_H

#include "Event.h"
#include "Graph.h"

#include <map>
#include <thread>

namespace cuport {

struct Capture {
  cudaGraph_t graph = nullptr;
  bool ownsGraph = true;
  Stream *origin = nullptr;
  cudaStreamCaptureMode mode = cudaStreamCaptureModeGlobal;
  std::thread::id thread;
  unsigned long long id = 0;
  bool invalid = false;
  /// Streams that take part, with the nodes that what comes next in each depends on.
  std::map<Stream *, std::vector<cudaGraphNode_t>> streams;
};

cudaError_t captureNode(Stream &stream, GraphOperation operation);
cudaError_t captureRecord(Stream &stream, Event &event, bool external);
cudaError_t captureWait(Stream &stream, Event &event, bool external);

/// The stream goes while it may be capturing.
void abandonCapture(Stream &stream);

} // namespace cuport

#endif
