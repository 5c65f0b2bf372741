// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// cudaMemset's family as a box of the backend's.

#ifndef CUPORT_RUNTIME_FILL_H
#define CUPORT_RUNTIME_FILL_H

#include "Stream.h"

namespace cuport {

/// width elements x height rows x depth slices of \p elementSize bytes. Checks that the memory is the device's to write and
/// holds the box. An extent with a 0 gives a fill of width 0.
cudaError_t checkedFill(void *destination, size_t pitch, size_t slice, uint32_t value, uint32_t elementSize, size_t width,
                        size_t height, size_t depth, cuport_fill &fill);

/// Queues it; \p wait: and waits where CUDA does, for memory that the host reaches too.
cudaError_t fill(Stream &stream, const cuport_fill &fill, bool wait);

} // namespace cuport

#endif
