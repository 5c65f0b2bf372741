// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Settings.h"

#include "Sanitizer.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <sched.h>
#include <unistd.h>

namespace cuport::cpu {

static Settings current;

const Settings &settings() { return current; }

/// The cores that this process may use, which is less than the machine's in a container.
static uint32_t usableCores() {
  cpu_set_t set;
  uint32_t cores = 0;
  if (sched_getaffinity(0, sizeof(set), &set) == 0)
    cores = uint32_t(CPU_COUNT(&set));
  if (cores == 0)
    cores = uint32_t(std::max(1L, sysconf(_SC_NPROCESSORS_ONLN)));
  std::ifstream quota("/sys/fs/cgroup/cpu.max");
  double limit = 0, period = 0;
  if (quota >> limit >> period && period > 0)
    cores = std::min(cores, std::max(1u, uint32_t(limit / period + 0.5)));
  return cores;
}

static uint64_t usableMemory() {
  uint64_t bytes = uint64_t(sysconf(_SC_PHYS_PAGES)) * uint64_t(sysconf(_SC_PAGESIZE));
  std::ifstream limit("/sys/fs/cgroup/memory.max");
  uint64_t most = 0;
  if (limit >> most && most > 0)
    bytes = std::min(bytes, most);
  return bytes;
}

/// A number with K, M or G behind it; false if it is none, or outside of [low, high].
static bool number(const char *text, uint64_t low, uint64_t high, uint64_t &value) {
  char *end = nullptr;
  if (!std::isdigit(static_cast<unsigned char>(*text)))
    return false;
  value = std::strtoull(text, &end, 0);
  switch (*end) {
  case 'G':
  case 'g':
    value <<= 10;
    [[fallthrough]];
  case 'M':
  case 'm':
    value <<= 10;
    [[fallthrough]];
  case 'K':
  case 'k':
    value <<= 10;
    ++end;
    break;
  default:
    break;
  }
  return *end == 0 && value >= low && value <= high;
}

static std::string refusal(const char *name, const char *value, const char *allowed) {
  return std::string(name) + "=" + value + ": " + allowed;
}

template <typename T>
static std::string readNumber(const char *name, uint64_t low, uint64_t high, T &target) {
  const char *text = std::getenv(name);
  if (!text || !*text)
    return {};
  uint64_t value = 0;
  if (!number(text, low, high, value))
    return refusal(name, text,
                   ("not a number from " + std::to_string(low) + " to " + std::to_string(high)).c_str());
  target = T(value);
  return {};
}

static std::string readOrder() {
  const char *text = std::getenv("CUPORT_ORDER");
  if (!text || !*text || !std::strcmp(text, "forward"))
    return {};
  if (!std::strcmp(text, "backward")) {
    current.order = Order::Backward;
    return {};
  }
  if (!std::strncmp(text, "shuffle", 7) && (!text[7] || text[7] == ':')) {
    current.order = Order::Shuffle;
    if (!text[7] || number(text + 8, 0, UINT64_MAX, current.seed))
      return {};
  }
  return refusal("CUPORT_ORDER", text, "not forward, backward, shuffle or shuffle:SEED");
}

/// One of two words.
template <typename T>
static std::string readWord(const char *name, const char *first, T firstValue, const char *second,
                            T secondValue, T &target) {
  const char *text = std::getenv(name);
  if (!text || !*text)
    return {};
  if (std::strcmp(text, first) && std::strcmp(text, second))
    return refusal(name, text, (std::string("not ") + first + " or " + second).c_str());
  target = std::strcmp(text, first) ? secondValue : firstValue;
  return {};
}

std::string readSettings() {
  current = Settings();
  // ThreadSanitizer tells few threads apart, and sees races of those that run one after another, too. Two, for kernels of two streams.
  current.threads = threadSanitizer() ? std::min(usableCores(), 2u) : usableCores();
  current.deviceMemory = usableMemory();
  uint32_t shared = 0;
  for (const std::string &wrong :
       {readNumber("CUPORT_WARP", 32, 128, current.warp), readOrder(),
        readWord("CUPORT_MODE", "block", Mode::Block, "thread", Mode::Thread, current.mode),
        readWord("CUPORT_DIVERGENCE", "error", Divergence::Error, "join", Divergence::Join,
                 current.divergence),
        readWord("CUPORT_SEPARATE", "0", false, "1", true, current.separate),
        readNumber("CUPORT_STACK", 16 << 10, uint64_t(1) << 30, current.stack),
        readNumber("CUPORT_THREADS", 1, 1024, current.threads),
        readNumber("CUPORT_DEVICES", 1, 64, current.devices),
        readNumber("CUPORT_DEVICE_MEMORY", 1 << 20, uint64_t(1) << 48, current.deviceMemory),
        readNumber("CUPORT_SHARED_MEMORY", 1 << 10, 1 << 30, shared)})
    if (!wrong.empty())
      return wrong;
  if (current.warp != 32 && current.warp != 64 && current.warp != 128)
    return refusal("CUPORT_WARP", std::getenv("CUPORT_WARP"), "not 32, 64 or 128");
  // What a card of compute capability 9 gives a block that asks for it.
  current.sharedMemory = shared ? shared : 227u << 10;
  size_t page = size_t(sysconf(_SC_PAGESIZE));
  current.stack = (current.stack + page - 1) & ~(page - 1);
  // ThreadSanitizer follows one CUDA thread at a time, and races between threads do not depend on when they ran.
  if (threadSanitizer()) {
    current.mode = Mode::Thread;
    current.threads = 1;
  }
  return {};
}

} // namespace cuport::cpu
