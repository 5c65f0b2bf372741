// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef CUPORT_CPU_SCHEDULER_H
#define CUPORT_CPU_SCHEDULER_H

#include "Block.h"

namespace cuport::cpu {

/// The table that every block carries for its kernel.
const cuport_scheduler &scheduler();

} // namespace cuport::cpu
#endif
