// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef CUPORT_HOST_QUEUE_H
#define CUPORT_HOST_QUEUE_H

#include "Card.h"

struct cuport_queue {
  int device;
  void *stream;
};

namespace cuport::host {

int copyBox(cuport_queue &queue, const cuport_copy &copy);
int fillBox(cuport_queue &queue, const cuport_fill &fill);

/// Waits for what is in the queue; its device is selected then.
inline int drain(cuport_queue &queue) {
  if (int error = select(queue.device))
    return error;
  return card().synchronizeStream(queue.stream);
}

} // namespace cuport::host
#endif
