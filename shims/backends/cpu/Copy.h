// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef CUPORT_CPU_COPY_H
#define CUPORT_CPU_COPY_H

#include "../../runtime/Backend.h"

namespace cuport::cpu {

/// Copies a box of bytes, fills a box of elements, now and here.
void copyBox(const cuport_copy &copy);
void fillBox(const cuport_fill &fill);

} // namespace cuport::cpu
#endif
