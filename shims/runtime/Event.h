// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Events: the backend's, and what a capturing stream recorded in one.

#ifndef CUPORT_RUNTIME_EVENT_H
#define CUPORT_RUNTIME_EVENT_H

#include "Stream.h"

#include <memory>

struct CUevent_st {
  static constexpr uint32_t Magic = 0x45766e74;

  uint32_t magic = Magic;
  unsigned flags = 0;
  cuport::Device &device;
  cuport_event *event = nullptr;

  /// Where the latest record was in a capture; empty: it was in a running stream. Guarded by captureMutex().
  std::weak_ptr<cuport::Capture> capture;
  std::vector<cudaGraphNode_t> capturedNodes;
  bool captured = false;

  explicit CUevent_st(cuport::Device &device) : device(device) {}
};

namespace cuport {

using Event = CUevent_st;

cudaError_t eventOf(cudaEvent_t handle, Event *&event);

/// Record and wait as operations of a stream that is not capturing.
cudaError_t recordNow(Event &event, Stream &stream);
cudaError_t waitNow(Stream &stream, Event &event);

} // namespace cuport

#endif
