// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Device.h"

#include "Queue.h"
#include "Settings.h"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <string>
#include <unistd.h>
#include <vector>

namespace cuport::cpu {

Device *Device::get(int number) {
  static Device *const devices = new Device[settings().devices];
  return number >= 0 && uint32_t(number) < settings().devices ? &devices[number] : nullptr;
}

void Device::setFault(int status) {
  int none = 0;
  faulted.compare_exchange_strong(none, status);
}

void Device::add(Queue &queue) {
  std::lock_guard hold(lock);
  queues.insert(&queue);
}

void Device::remove(Queue &queue) {
  std::lock_guard hold(lock);
  queues.erase(&queue);
}

void Device::reset() {
  resetting = true;
  // A queue that its owner has given up may end any time, so each is marked as watched before the list is let go.
  std::vector<Queue *> watched;
  {
    std::lock_guard hold(lock);
    for (Queue *queue : queues)
      if (queue->watch())
        watched.push_back(queue);
  }
  for (Queue *queue : watched) {
    queue->synchronize();
    queue->unwatch();
  }
  resetting = false;
  faulted = 0;
}

bool Device::reserve(uint64_t bytes) {
  uint64_t before = usedBytes.load();
  do {
    if (bytes > settings().deviceMemory || before > settings().deviceMemory - bytes)
      return false;
  } while (!usedBytes.compare_exchange_weak(before, before + bytes));
  return true;
}

void Device::giveBack(uint64_t bytes) { usedBytes -= bytes; }

/// The processor's name as the system has it, or what it was built for.
static std::string processorName() {
  std::ifstream info("/proc/cpuinfo");
  for (std::string line; std::getline(info, line);)
    if (line.rfind("model name", 0) == 0)
      if (size_t colon = line.find(": "); colon != std::string::npos)
        return line.substr(colon + 2);
#if defined(__x86_64__)
  return "x86-64";
#elif defined(__aarch64__)
  return "AArch64";
#else
  return "CPU";
#endif
}

static uint32_t clockKilohertz() {
  std::ifstream most("/sys/devices/system/cpu/cpu0/cpufreq/cpuinfo_max_freq");
  uint32_t kilohertz = 0;
  if (most >> kilohertz && kilohertz)
    return kilohertz;
  std::ifstream info("/proc/cpuinfo");
  for (std::string line; std::getline(info, line);)
    if (line.rfind("cpu MHz", 0) == 0)
      if (size_t colon = line.find(": "); colon != std::string::npos)
        return uint32_t(std::strtod(line.c_str() + colon + 2, nullptr) * 1000);
  return 1000000;
}

void Device::describe(cuport_device_properties &properties) const {
  properties = {};
  std::string name = "cuport CPU: " + processorName();
  std::strncpy(properties.name, name.c_str(), sizeof(properties.name) - 1);
  properties.total_memory = settings().deviceMemory;
  long cache = sysconf(_SC_LEVEL2_CACHE_SIZE);
  properties.l2_cache = uint64_t(std::max(0L, cache));
  properties.multiprocessors = settings().threads;
  properties.warp_size = settings().warp;
  properties.max_threads_per_block = 1024;
  properties.max_threads_per_multiprocessor = 2048;
  properties.max_shared_per_block = settings().sharedMemory;
  properties.clock_khz = clockKilohertz();
  // One channel of the slowest DDR4: nothing says what is really in the machine.
  properties.memory_clock_khz = 1600000;
  properties.memory_bus_width = 64;
  properties.cooperative_launch = 1;
  properties.host_shares_memory = !settings().separate;
}

} // namespace cuport::cpu
