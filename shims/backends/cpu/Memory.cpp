// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Memory.h"

#include "../../runtime/Backend.h"
#include "Device.h"
#include "Fault.h"
#include "Sanitizer.h"
#include "Settings.h"
#include "SmallMemory.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <mutex>
#include <sys/mman.h>
#include <unistd.h>

namespace cuport::cpu {

static constexpr size_t Alignment = SmallMemory::Least;
static constexpr size_t OwnPages = SmallMemory::Most; // from this size on
static constexpr size_t Margin = 64 << 10;   // of addresses before and behind them, which nobody else gets
static constexpr size_t Tail = 64;           // bytes of pattern behind small memory
static constexpr unsigned char Pattern = 0xdb;

namespace {
struct Allocation {
  size_t size;
  char *mapped;       ///< own pages, margins included; null: small memory, or the C library's
  size_t mappedSize;
  char *first;        ///< its pages that are no margins
  size_t firstSize;
  uint32_t kind;
  int device;
  bool ofLibrary;     ///< under AddressSanitizer, or where the system maps no more
};
} // namespace

static std::mutex &lock = *new std::mutex;
static auto &allocations = *new std::map<char *, Allocation>;
static auto &small = *new SmallMemory;
static uint32_t users = 0; // MemoryUse that live

static size_t page() {
  static const size_t size = size_t(sysconf(_SC_PAGESIZE));
  return size;
}

static size_t roundUp(size_t size, size_t unit) { return (size + unit - 1) / unit * unit; }

static bool hidden(const Allocation &allocation) {
  return settings().separate && allocation.kind == CUPORT_MEMORY_DEVICE && allocation.mapped;
}

/// Own pages. The end of the memory is as near to the margin as its alignment lets it. Much memory begins where a huge page may.
static char *map(size_t size, Allocation &allocation) {
  constexpr size_t HugePage = 2 << 20;
  const bool huge = size >= 2 * HugePage;
  allocation.firstSize = roundUp(size, page());
  allocation.mappedSize = allocation.firstSize + 2 * Margin + (huge ? HugePage : 0);
  void *memory = mmap(nullptr, allocation.mappedSize, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED)
    return nullptr;
  allocation.mapped = static_cast<char *>(memory);
  const auto place = reinterpret_cast<uintptr_t>(memory) + Margin;
  allocation.first = allocation.mapped + Margin + (huge ? roundUp(place, HugePage) - place : 0);
  mprotect(allocation.first, allocation.firstSize, PROT_READ | PROT_WRITE);
  // Touched one by one, pages cost twice what they do together, and the first kernel would pay (a virtual machine: 250 us a MB). What has
  // huge ones is left to those who use it.
  madvise(allocation.first, allocation.firstSize, huge ? MADV_HUGEPAGE : MADV_POPULATE_WRITE);
  return allocation.first + allocation.firstSize - roundUp(size, Alignment);
}

/// All zeros, as own pages are, and as a card's memory is that the process had not before: programs add to it without having cleared it.
static char *takeSmall(size_t size) {
  char *memory;
  {
    std::lock_guard hold(lock);
    memory = small.take(size);
  }
  if (memory) {
    std::memset(memory, 0, size);
    std::memset(memory + size, Pattern, Tail);
  }
  return memory;
}

/// AddressSanitizer knows the end of the C library's memory. Much of it is new pages.
static char *fromLibrary(size_t size) {
  void *memory = nullptr;
  if (posix_memalign(&memory, Alignment, size) != 0)
    return nullptr;
  std::memset(memory, 0, std::min(size, OwnPages));
  return static_cast<char *>(memory);
}

int allocate(int device, uint32_t kind, size_t size, void **pointer) {
  Device &owner = *Device::get(device);
  bool counts = kind != CUPORT_MEMORY_HOST;
  if (size > SIZE_MAX / 2 || (counts && !owner.reserve(size)))
    return OutOfMemory;
  Allocation allocation = {};
  allocation.size = size;
  allocation.kind = kind;
  allocation.device = device;
  char *memory = nullptr;
  bool separate = settings().separate && kind == CUPORT_MEMORY_DEVICE;
  if (separate || (!addressSanitizer() && size >= OwnPages))
    memory = map(size, allocation);
  else if (!addressSanitizer())
    memory = takeSmall(size);
  if (!memory && !separate) {
    memory = fromLibrary(size);
    allocation.ofLibrary = true;
  }
  if (!memory) {
    if (counts)
      owner.giveBack(size);
    return OutOfMemory;
  }
  std::lock_guard hold(lock);
  allocations.emplace(memory, allocation);
  if (hidden(allocation) && users == 0)
    mprotect(allocation.first, allocation.firstSize, PROT_NONE);
  *pointer = memory;
  return Success;
}

/// Looks at the pattern behind small memory.
static void checkTail(const char *memory, const Allocation &allocation) {
  for (size_t i = 0; i < Tail; ++i)
    if (static_cast<unsigned char>(memory[allocation.size + i]) != Pattern) {
      char text[160];
      std::snprintf(text, sizeof(text), "memory of %zu bytes at %p was written %zu bytes behind its end",
                    allocation.size, static_cast<const void *>(memory), i);
      say(text);
      return;
    }
}

int deallocate(void *pointer) {
  auto *memory = static_cast<char *>(pointer);
  Allocation allocation;
  {
    std::lock_guard hold(lock);
    auto found = allocations.find(memory);
    if (found == allocations.end())
      return InvalidValue;
    allocation = found->second;
    allocations.erase(found);
  }
  if (allocation.mapped) {
    munmap(allocation.mapped, allocation.mappedSize);
  } else if (allocation.ofLibrary) {
    std::free(memory);
  } else {
    checkTail(memory, allocation);
    std::lock_guard hold(lock);
    small.giveBack(memory, allocation.size);
  }
  if (allocation.kind != CUPORT_MEMORY_HOST)
    Device::get(allocation.device)->giveBack(allocation.size);
  return Success;
}

std::string describeAddress(const void *address) {
  constexpr size_t Near = 1 << 20;
  auto *byte = static_cast<const char *>(address);
  std::lock_guard hold(lock);
  auto behind = allocations.upper_bound(const_cast<char *>(byte));
  char text[160] = "";
  if (behind != allocations.begin()) {
    auto before = std::prev(behind);
    const char *end = before->first + before->second.size;
    if (byte < end)
      std::snprintf(text, sizeof(text), ", inside of %zu bytes of memory at %p", before->second.size,
                    static_cast<void *>(before->first));
    else if (size_t(byte - end) < Near)
      std::snprintf(text, sizeof(text), ", %zu bytes behind the end of %zu bytes of memory at %p",
                    size_t(byte - end), before->second.size, static_cast<void *>(before->first));
  }
  if (!*text && behind != allocations.end() && size_t(behind->first - byte) < Near)
    std::snprintf(text, sizeof(text), ", %zu bytes before %zu bytes of memory at %p",
                  size_t(behind->first - byte), behind->second.size, static_cast<void *>(behind->first));
  return text;
}

bool letRead(const void *address) {
  auto *byte = static_cast<char *>(const_cast<void *>(address));
  std::lock_guard hold(lock);
  auto near = [&](const Allocation &allocation) {
    return allocation.mapped && byte >= allocation.mapped && byte < allocation.mapped + allocation.mappedSize &&
           (byte < allocation.first || byte >= allocation.first + allocation.firstSize);
  };
  auto behind = allocations.upper_bound(byte);
  if ((behind == allocations.begin() || !near(std::prev(behind)->second)) && (behind == allocations.end() || !near(behind->second)))
    return false;
  return mprotect(byte - uintptr_t(byte) % page(), page(), PROT_READ) == 0;
}

void sayHostTouches(const void *address) {
  // The host faulted outside of the backend, so the list is not being changed by this thread.
  if (!lock.try_lock())
    return;
  auto *byte = static_cast<const char *>(address);
  auto behind = allocations.upper_bound(const_cast<char *>(byte));
  bool inside = behind != allocations.begin() && byte < std::prev(behind)->first + std::prev(behind)->second.size;
  lock.unlock();
  if (!inside)
    return;
  char text[160];
  std::snprintf(text, sizeof(text),
                "the host touches device memory at %p (CUPORT_SEPARATE=1): it must be copied first", address);
  say(text);
}

static void protectAll(int protection) {
  for (auto &[memory, allocation] : allocations)
    if (hidden(allocation))
      mprotect(allocation.first, allocation.firstSize, protection);
}

MemoryUse::MemoryUse() {
  if (!settings().separate)
    return;
  std::lock_guard hold(lock);
  if (users++ == 0)
    protectAll(PROT_READ | PROT_WRITE);
}

MemoryUse::~MemoryUse() {
  if (!settings().separate)
    return;
  std::lock_guard hold(lock);
  if (--users == 0)
    protectAll(PROT_NONE);
}

} // namespace cuport::cpu
