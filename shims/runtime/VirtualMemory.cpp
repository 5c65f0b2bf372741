// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Addresses and memory apart (cuMemAddressReserve, cuMemCreate, cuMemMap), by the host's own means: only where the device
// reaches the host's memory.
//
//   reservation: mapped without rights --> memory: an anonymous file --> mapped over a piece of it --> rights by cuMemSetAccess

#include "Driver.h"
#include "Memory.h"
#include "Stream.h"

#include <map>
#include <memory>
#include <sys/mman.h>
#include <unistd.h>

using namespace cuport;

namespace {

constexpr size_t Granularity = 2 << 20;

struct Physical {
  int file = -1;
  size_t size = 0;
  CUmemAllocationProp properties{};
  int references = 1;
  int mappings = 0;
};

struct Mapping {
  size_t size;
  CUmemGenericAllocationHandle handle;
  bool writable = false;
};

struct Reservation {
  size_t size;
  std::map<uintptr_t, Mapping> mappings;
};

struct VirtualMemory {
  std::mutex mutex;
  std::map<uintptr_t, Reservation> reservations;
  std::map<CUmemGenericAllocationHandle, Physical> memory;
  CUmemGenericAllocationHandle next = 1;
};

VirtualMemory &virtualMemory() {
  static auto &made = *new VirtualMemory;
  return made;
}

// With the lock held.
Reservation *reservationOf(uintptr_t address, size_t size, uintptr_t &begin) {
  auto &all = virtualMemory().reservations;
  auto next = all.upper_bound(address);
  if (next == all.begin())
    return nullptr;
  auto &[start, reservation] = *std::prev(next);
  begin = start;
  return address - start < reservation.size && size <= reservation.size - (address - start) ? &reservation : nullptr;
}

// With the lock held.
void drop(CUmemGenericAllocationHandle handle) {
  auto &all = virtualMemory().memory;
  Physical &physical = all.at(handle);
  if (physical.references > 0 || physical.mappings > 0)
    return;
  close(physical.file);
  all.erase(handle);
}

// Copies see neighbouring pieces as one.
void note(Reservation &reservation) {
  Allocation run;
  run.origin = Origin::Mapped;
  run.kind = CUPORT_MEMORY_DEVICE;
  auto flush = [&] {
    if (run.size)
      addAllocation(run);
    run.size = 0;
  };
  for (auto &[address, mapping] : reservation.mappings)
    removeAllocation(reinterpret_cast<void *>(address));
  for (auto &[address, mapping] : reservation.mappings) {
    char *begin = reinterpret_cast<char *>(address);
    if (!mapping.writable || (run.size && run.begin + run.size != begin))
      flush();
    if (!mapping.writable)
      continue;
    if (!run.size)
      run.begin = begin;
    run.device = virtualMemory().memory.at(mapping.handle).properties.location.id;
    run.size += mapping.size;
  }
  flush();
}

// None of these asks for a context: programs look for the granularity before they make one.
template <class Body> CUresult guarded(Body &&body) {
  return driverAnywhere([&] {
    Device *device;
    if (cudaError_t error = deviceAt(0, device))
      return error;
    if (!device->base.host_shares_memory)
      return notSupported("virtual memory management");
    std::lock_guard lock(virtualMemory().mutex);
    return cudaError_t(body());
  });
}

bool whole(size_t size) { return size && size % Granularity == 0; }

cudaError_t checkProperties(const CUmemAllocationProp *properties) {
  Device *device;
  if (!properties || properties->type != CU_MEM_ALLOCATION_TYPE_PINNED)
    return cudaErrorInvalidValue;
  if (properties->requestedHandleTypes & ~CU_MEM_HANDLE_TYPE_POSIX_FILE_DESCRIPTOR)
    return notSupported("memory handles other than file descriptors");
  if (properties->location.type != CU_MEM_LOCATION_TYPE_DEVICE)
    return notSupported("cuMemCreate on the host");
  return deviceAt(properties->location.id, device);
}

} // namespace

CUresult cuMemGetAllocationGranularity(size_t *granularity, const CUmemAllocationProp *properties,
                                       CUmemAllocationGranularity_flags) {
  return guarded([&] {
    if (!granularity)
      return cudaErrorInvalidValue;
    *granularity = Granularity;
    return checkProperties(properties);
  });
}

CUresult cuMemAddressReserve(CUdeviceptr *address, size_t size, size_t alignment, CUdeviceptr wish,
                             unsigned long long flags) {
  return guarded([&] {
    if (!address || !whole(size) || flags || (alignment & (alignment - 1)))
      return cudaErrorInvalidValue;
    alignment = std::max(alignment, Granularity);
    // More than asked for, then what is too much at both ends is given back.
    void *mapped = mmap(pointerOf(wish), size + alignment, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (mapped == MAP_FAILED)
      return cudaErrorMemoryAllocation;
    uintptr_t raw = reinterpret_cast<uintptr_t>(mapped);
    uintptr_t begin = (raw + alignment - 1) & -alignment;
    if (begin != raw)
      munmap(mapped, begin - raw);
    munmap(reinterpret_cast<void *>(begin + size), raw + alignment - begin);
    virtualMemory().reservations[begin] = {size, {}};
    *address = begin;
    return cudaSuccess;
  });
}

CUresult cuMemAddressFree(CUdeviceptr address, size_t size) {
  return guarded([&] {
    auto &all = virtualMemory().reservations;
    auto it = all.find(address);
    if (it == all.end() || it->second.size != size || !it->second.mappings.empty())
      return cudaErrorInvalidValue;
    munmap(pointerOf(address), size);
    all.erase(it);
    return cudaSuccess;
  });
}

CUresult cuMemCreate(CUmemGenericAllocationHandle *handle, size_t size, const CUmemAllocationProp *properties,
                     unsigned long long flags) {
  return guarded([&] {
    if (!handle || !whole(size) || flags)
      return cudaErrorInvalidValue;
    if (cudaError_t error = checkProperties(properties))
      return error;
    size_t free, total;
    if (int error = backend().memory_info(properties->location.id, &free, &total))
      return cudaError_t(error);
    int file = size <= free ? memfd_create("cuport-memory", MFD_CLOEXEC) : -1;
    if (file < 0 || ftruncate(file, off_t(size))) {
      if (file >= 0)
        close(file);
      return cudaErrorMemoryAllocation;
    }
    *handle = virtualMemory().next++;
    virtualMemory().memory[*handle] = {file, size, *properties};
    return cudaSuccess;
  });
}

CUresult cuMemRelease(CUmemGenericAllocationHandle handle) {
  return guarded([&] {
    auto it = virtualMemory().memory.find(handle);
    if (it == virtualMemory().memory.end() || it->second.references == 0)
      return cudaErrorInvalidValue;
    --it->second.references;
    drop(handle);
    return cudaSuccess;
  });
}

CUresult cuMemMap(CUdeviceptr address, size_t size, size_t offset, CUmemGenericAllocationHandle handle,
                  unsigned long long flags) {
  return guarded([&] {
    uintptr_t begin;
    Reservation *reservation = reservationOf(address, size, begin);
    auto it = virtualMemory().memory.find(handle);
    if (!reservation || it == virtualMemory().memory.end() || !whole(size) || address % Granularity ||
        offset % Granularity || offset > it->second.size || size > it->second.size - offset || flags)
      return cudaErrorInvalidValue;
    for (auto &[start, mapping] : reservation->mappings)
      if (start < address + size && address < start + mapping.size)
        return cudaErrorInvalidValue;
    if (mmap(pointerOf(address), size, PROT_NONE, MAP_SHARED | MAP_FIXED, it->second.file, off_t(offset)) == MAP_FAILED)
      return cudaErrorMemoryAllocation;
    reservation->mappings[address] = {size, handle};
    ++it->second.mappings;
    return cudaSuccess;
  });
}

CUresult cuMemUnmap(CUdeviceptr address, size_t size) {
  return guarded([&] {
    uintptr_t begin;
    Reservation *reservation = reservationOf(address, size, begin);
    if (!reservation)
      return cudaErrorInvalidValue;
    // Only whole mappings, one or several.
    uintptr_t end = address;
    for (auto it = reservation->mappings.find(address);
         it != reservation->mappings.end() && it->first == end && end < address + size; ++it)
      end += it->second.size;
    if (end != address + size)
      return cudaErrorInvalidValue;
    for (auto it = reservation->mappings.find(address); it != reservation->mappings.end() && it->first < end; ++it) {
      Device *device;
      if (cudaError_t error = deviceAt(virtualMemory().memory.at(it->second.handle).properties.location.id, device))
        return error;
      if (cudaError_t error = synchronize(*device))
        return error;
    }
    for (auto &[start, mapping] : reservation->mappings)
      removeAllocation(reinterpret_cast<void *>(start));
    for (auto it = reservation->mappings.find(address); it != reservation->mappings.end() && it->first < end;) {
      CUmemGenericAllocationHandle handle = it->second.handle;
      --virtualMemory().memory.at(handle).mappings;
      it = reservation->mappings.erase(it);
      drop(handle);
    }
    mmap(pointerOf(address), size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED, -1, 0);
    note(*reservation);
    return cudaSuccess;
  });
}

CUresult cuMemSetAccess(CUdeviceptr address, size_t size, const CUmemAccessDesc *list, size_t count) {
  return guarded([&] {
    uintptr_t begin;
    Reservation *reservation = reservationOf(address, size, begin);
    if (!reservation || !list || count == 0)
      return cudaErrorInvalidValue;
    int rights = PROT_NONE;
    for (size_t i = 0; i < count; ++i) {
      if (list[i].location.type != CU_MEM_LOCATION_TYPE_DEVICE)
        return notSupported("cuMemSetAccess of the host");
      if (list[i].flags & CU_MEM_ACCESS_FLAGS_PROT_READ)
        rights |= PROT_READ;
      if (list[i].flags == CU_MEM_ACCESS_FLAGS_PROT_READWRITE)
        rights |= PROT_WRITE;
    }
    for (auto &[start, mapping] : reservation->mappings)
      if (start >= address && start + mapping.size <= address + size)
        mapping.writable = rights != PROT_NONE;
    if (mprotect(pointerOf(address), size, rights))
      return cudaErrorInvalidValue;
    note(*reservation);
    return cudaSuccess;
  });
}

CUresult cuMemGetAccess(unsigned long long *flags, const CUmemLocation *location, CUdeviceptr address) {
  return guarded([&] {
    uintptr_t begin;
    Reservation *reservation = reservationOf(address, 1, begin);
    if (!flags || !location || !reservation)
      return cudaErrorInvalidValue;
    *flags = CU_MEM_ACCESS_FLAGS_PROT_NONE;
    for (auto &[start, mapping] : reservation->mappings)
      if (start <= address && address < start + mapping.size && mapping.writable)
        *flags = CU_MEM_ACCESS_FLAGS_PROT_READWRITE;
    return cudaSuccess;
  });
}

CUresult cuMemExportToShareableHandle(void *result, CUmemGenericAllocationHandle handle, CUmemAllocationHandleType type,
                                      unsigned long long flags) {
  return guarded([&] {
    auto it = virtualMemory().memory.find(handle);
    if (!result || it == virtualMemory().memory.end() || flags || type != CU_MEM_HANDLE_TYPE_POSIX_FILE_DESCRIPTOR ||
        !(it->second.properties.requestedHandleTypes & type))
      return cudaErrorInvalidValue;
    int file = dup(it->second.file);
    if (file < 0)
      return cudaErrorOperatingSystem;
    *static_cast<int *>(result) = file;
    return cudaSuccess;
  });
}

CUresult cuMemImportFromShareableHandle(CUmemGenericAllocationHandle *handle, void *source, CUmemAllocationHandleType type) {
  return guarded([&] {
    if (!handle || type != CU_MEM_HANDLE_TYPE_POSIX_FILE_DESCRIPTOR)
      return cudaErrorInvalidValue;
    int file = dup(int(reinterpret_cast<intptr_t>(source)));
    off_t size = file < 0 ? -1 : lseek(file, 0, SEEK_END);
    if (size <= 0) {
      if (file >= 0)
        close(file);
      return cudaErrorInvalidValue;
    }
    CUmemAllocationProp properties{};
    properties.type = CU_MEM_ALLOCATION_TYPE_PINNED;
    properties.requestedHandleTypes = type;
    properties.location.type = CU_MEM_LOCATION_TYPE_DEVICE;
    *handle = virtualMemory().next++;
    virtualMemory().memory[*handle] = {file, size_t(size), properties};
    return cudaSuccess;
  });
}

CUresult cuMemGetAllocationPropertiesFromHandle(CUmemAllocationProp *properties, CUmemGenericAllocationHandle handle) {
  return guarded([&] {
    auto it = virtualMemory().memory.find(handle);
    if (!properties || it == virtualMemory().memory.end())
      return cudaErrorInvalidValue;
    *properties = it->second.properties;
    return cudaSuccess;
  });
}

CUresult cuMemRetainAllocationHandle(CUmemGenericAllocationHandle *handle, void *address) {
  return guarded([&] {
    uintptr_t begin, place = reinterpret_cast<uintptr_t>(address);
    Reservation *reservation = reservationOf(place, 1, begin);
    if (!handle || !reservation)
      return cudaErrorInvalidValue;
    for (auto &[start, mapping] : reservation->mappings)
      if (start <= place && place < start + mapping.size) {
        *handle = mapping.handle;
        ++virtualMemory().memory.at(*handle).references;
        return cudaSuccess;
      }
    return cudaErrorInvalidValue;
  });
}
