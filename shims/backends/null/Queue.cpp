// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Null.h"

namespace cuport::null {

cuport_status queueCreate(int, int, cuport_queue **) { return NotSupported; }
cuport_status queueDestroy(cuport_queue *) { return NotSupported; }
cuport_status queueQuery(cuport_queue *) { return NotSupported; }
cuport_status queueSynchronize(cuport_queue *) { return NotSupported; }
cuport_status copy(cuport_queue *, const cuport_copy *) { return NotSupported; }
cuport_status fill(cuport_queue *, const cuport_fill *) { return NotSupported; }
cuport_status call(cuport_queue *, cuport_host_function, void *) { return NotSupported; }
cuport_status repeat(cuport_queue *, cuport_round, void *) { return NotSupported; }
cuport_status launch(cuport_queue *, const cuport_launch *) { return NotSupported; }

} // namespace cuport::null
