// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What a queue can be given besides events: copies, fills, host functions, rounds, launches. Each
// returns a status and is queued then.

#ifndef CUPORT_CPU_WORK_H
#define CUPORT_CPU_WORK_H

#include "../../runtime/Backend.h"
#include "Queue.h"

namespace cuport::cpu {

int pushCopy(Queue &queue, const cuport_copy &copy);
int pushFill(Queue &queue, const cuport_fill &fill);
int pushCall(Queue &queue, cuport_host_function function, void *data);
int pushRepeat(Queue &queue, cuport_round round, void *data);
int pushLaunch(Queue &queue, const cuport_launch &launch);

} // namespace cuport::cpu
#endif
