// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Null.h"

namespace cuport::null {

cuport_status allocate(int, uint32_t, size_t, void **) { return NotSupported; }
cuport_status deallocate(int, uint32_t, void *) { return NotSupported; }

cuport_status memoryInfo(int, size_t *free, size_t *total) {
  *free = *total = 0;
  return Success;
}

cuport_status registerHost(void *, size_t) { return NotSupported; }
cuport_status unregisterHost(void *) { return NotSupported; }

} // namespace cuport::null
