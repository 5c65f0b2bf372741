// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Null.h"

#include <cstring>

namespace cuport::null {

cuport_status deviceCount(int *count) {
  *count = 1;
  return Success;
}

cuport_status deviceProperties(int, cuport_device_properties *properties) {
  *properties = {};
  std::strcpy(properties->name, "null");
  // What the runtime computes with must not be 0.
  properties->multiprocessors = 1;
  properties->warp_size = 32;
  properties->max_threads_per_block = 1024;
  properties->max_threads_per_multiprocessor = 1024;
  properties->max_shared_per_block = 48 * 1024;
  properties->clock_khz = 1;
  properties->memory_clock_khz = 1;
  properties->memory_bus_width = 64;
  return Success;
}

cuport_status deviceFault(int) { return Success; }

cuport_status deviceReset(int) { return Success; }

} // namespace cuport::null
