// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Memory that the backend gives out: the host's, with a list of what is where.
//
//   large        own pages, with addresses before and behind that fault when they are written
//   small        SmallMemory's, with a pattern behind that is looked at when it is freed
//   AddressSanitizer is there: its own, so that it knows the bounds
//   CUPORT_SEPARATE: device memory is own pages that nobody may touch but operations and kernels (MemoryUse)

#ifndef CUPORT_CPU_MEMORY_H
#define CUPORT_CPU_MEMORY_H

#include <cstddef>
#include <cstdint>
#include <string>

namespace cuport::cpu {

/// Status: 0, out of memory.
int allocate(int device, uint32_t kind, size_t size, void **pointer);
/// Status: 0; 1 if nothing begins there.
int deallocate(void *pointer);

/// " is 16 bytes behind ...", or empty: what is known of the place of an address. Locks, so not for a signal handler.
std::string describeAddress(const void *address);

/// From the handler of a kernel's fault: lets it read zeros where it reads near own pages, as programs do which are right on a card, where other
/// memory lies there. False where address is near none.
bool letRead(const void *address);

/// Says, from a signal handler, that the host touches device memory, if address is in some.
void sayHostTouches(const void *address);

/// While one lives, device memory may be touched. Costs nothing without CUPORT_SEPARATE.
class MemoryUse {
public:
  MemoryUse();
  ~MemoryUse();
  MemoryUse(const MemoryUse &) = delete;
  MemoryUse &operator=(const MemoryUse &) = delete;
};

} // namespace cuport::cpu
#endif
