// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Null.h"

namespace cuport::null {

cuport_status eventCreate(int, uint32_t, cuport_event **) { return NotSupported; }
cuport_status eventDestroy(cuport_event *) { return NotSupported; }
cuport_status eventRecord(cuport_event *, cuport_queue *) { return NotSupported; }
cuport_status queueWait(cuport_queue *, cuport_event *) { return NotSupported; }
cuport_status eventQuery(cuport_event *) { return NotSupported; }
cuport_status eventSynchronize(cuport_event *) { return NotSupported; }
cuport_status eventElapsed(cuport_event *, cuport_event *, float *) { return NotSupported; }

} // namespace cuport::null
