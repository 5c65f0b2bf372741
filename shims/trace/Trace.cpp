// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "trace/Trace.h"

#include <cxxabi.h>
#include <dlfcn.h>
#include <link.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

using namespace cuport::trace;

namespace {

struct Kernel {
  std::string name; ///< asked for at the first launch: at the end nobody has it any more
  uint64_t launches = 0;
};

/// A thread's counters, with the launches by the handle of the kernel.
struct Thread : Counters {
  std::unique_ptr<Call[]> memory{new Call[nameCount]};
  std::map<const void *, Kernel> launches;
  Thread() { calls = memory.get(); }
};

struct State {
  std::mutex mutex;
  std::vector<std::unique_ptr<Thread>> threads; ///< ended ones too
  pid_t owner = getpid();
};

/// Never destroyed: threads may call until the very end.
State &state() {
  static State *all = new State;
  return *all;
}

Thread &thread() {
  thread_local Thread *mine = [] {
    State &all = state();
    std::lock_guard lock(all.mutex);
    return all.threads.emplace_back(new Thread).get();
  }();
  return *mine;
}

std::string quoted(const std::string &text) {
  std::string result = "\"";
  for (unsigned char c : text) {
    char escaped[8];
    if (c == '"' || c == '\\')
      result += '\\', result += char(c);
    else if (c < 0x20)
      snprintf(escaped, sizeof escaped, "\\u%04x", c), result += escaped;
    else
      result += char(c);
  }
  return result + "\"";
}

std::string kernelName(const void *function) {
  const char *name = nullptr;
  auto *ask = reinterpret_cast<decltype(&cudaFuncGetName)>(behind("cudaFuncGetName"));
  if (ask(&name, function) != cudaSuccess || !name)
    return "unknown";
  int status = 0;
  std::unique_ptr<char, void (*)(void *)> plain(abi::__cxa_demangle(name, nullptr, nullptr, &status), free);
  return status == 0 ? plain.get() : name;
}

std::string report(State &all) {
  std::vector<Counters::Call> sums(nameCount);
  std::map<std::string, uint64_t> launches;
  for (const auto &each : all.threads) {
    for (unsigned i = 0; i < nameCount; ++i) {
      sums[i].calls += each->calls[i].calls;
      sums[i].failed += each->calls[i].failed;
      sums[i].unsupported += each->calls[i].unsupported;
    }
    for (const auto &[function, kernel] : each->launches)
      launches[kernel.name] += kernel.launches;
  }
  std::map<std::string, Counters::Call> sorted;
  for (unsigned i = 0; i < nameCount; ++i)
    if (sums[i].calls)
      sorted[names[i]] = sums[i];
  std::string text = "{\n  \"schema\": \"cuport-trace-1\",\n  \"calls\": [";
  const char *separator = "\n";
  for (const auto &[name, call] : sorted) {
    text += separator + std::string("    {\"name\": ") + quoted(name) + ", \"calls\": " + std::to_string(call.calls) +
            ", \"failed\": " + std::to_string(call.failed) + ", \"unsupported\": " + std::to_string(call.unsupported) + "}";
    separator = ",\n";
  }
  text += "\n  ],\n  \"kernels\": [";
  separator = "\n";
  for (const auto &[name, count] : launches) {
    text += separator + std::string("    {\"name\": ") + quoted(name) + ", \"launches\": " + std::to_string(count) + "}";
    separator = ",\n";
  }
  return text + "\n  ]\n}\n";
}

/// The file that CUPORT_TRACE names, whole or not at all; %p in the name is the process.
void write(const std::string &text) {
  std::string path = getenv("CUPORT_TRACE");
  if (size_t at = path.find("%p"); at != std::string::npos)
    path.replace(at, 2, std::to_string(getpid()));
  std::string temporary = path + ".part";
  FILE *file = fopen(temporary.c_str(), "w");
  bool good = file && fwrite(text.data(), 1, text.size(), file) == text.size();
  if (file && fclose(file) != 0)
    good = false;
  if (!good || rename(temporary.c_str(), path.c_str()) != 0)
    fprintf(stderr, "cuport: CUPORT_TRACE: %s cannot be written\n", path.c_str());
}

/// What the runtime did to start the program behind this library is not handed on to its children.
__attribute__((constructor)) void started() {
  state();
  if (const char *before = getenv("CUPORT_TRACE_PRELOAD")) {
    if (*before)
      setenv("LD_PRELOAD", before, 1);
    else
      unsetenv("LD_PRELOAD");
    unsetenv("CUPORT_TRACE_PRELOAD");
  }
}

__attribute__((destructor)) void ended() {
  State &all = state();
  if (!getenv("CUPORT_TRACE") || getpid() != all.owner) // a child of fork() has the parent's counts
    return;
  std::lock_guard lock(all.mutex);
  write(report(all));
}

} // namespace

/// For libcuport-rt, which starts the program again where this is not here.
CUPORT_EXPORT const int cuport_trace_is_here = 1;

Counters &cuport::trace::counters() { return thread(); }

void *cuport::trace::behind(const char *name) {
  void *found = dlsym(RTLD_NEXT, name);
  // A library of CUDA's that dlopen brought for its caller alone is not among the next ones.
  for (const link_map *map = _r_debug.r_map; map && !found; map = map->l_next)
    if (strstr(map->l_name, "/libcuport-") && !strstr(map->l_name, "/libcuport-trace"))
      if (void *library = dlopen(map->l_name, RTLD_LAZY | RTLD_NOLOAD))
        found = dlsym(library, name);
  if (!found) {
    fprintf(stderr, "cuport: CUPORT_TRACE: no library behind libcuport-trace.so has %s\n", name);
    abort();
  }
  return found;
}

/// What clang makes of kernel<<<...>>>(...): not a function of CUDA's API, and told by the kernel's name.
CUPORT_EXPORT cudaError_t hipLaunchKernel(const void *function, dim3 grid, dim3 block, void **arguments, size_t shared,
                                          cudaStream_t stream) {
  static auto *const next = reinterpret_cast<decltype(&hipLaunchKernel)>(behind("hipLaunchKernel"));
  Thread &mine = thread();
  ++mine.depth;
  if (mine.depth == 1)
    if (Kernel &kernel = mine.launches[function]; kernel.launches++ == 0)
      kernel.name = kernelName(function);
  cudaError_t result = next(function, grid, block, arguments, shared, stream);
  --mine.depth;
  return result;
}
