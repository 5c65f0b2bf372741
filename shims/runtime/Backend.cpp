// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Finds the backend, makes the devices, and says which one a host thread works on.

#include "Backend.h"
#include "Device.h"
#include "Kernel.h"
#include "Stream.h"
#include "record/Record.h"

#include <cstdio>
#include <cstdlib>
#include <dlfcn.h>
#include <pthread.h>
#include <string>

using namespace cuport;

const cuport_backend *cuport::backendTable = nullptr;
constinit thread_local CurrentContext *cuport::knownContext = nullptr;
constinit std::atomic<Device *const *> cuport::knownDevices{nullptr};

/// The backend that a program was built for (cuport-cc --target), where it says so.
extern "C" __attribute__((weak, visibility("default"))) const char *const cuport_default_backend;

namespace {

// A child of fork has the parent's memory but not its threads: nothing that the backend started goes on there.
std::atomic<bool> forked{false};
std::vector<Device *> &all = *new std::vector<Device *>;

std::string folderOfThisLibrary() {
  Dl_info info{};
  if (!dladdr(reinterpret_cast<void *>(&folderOfThisLibrary), &info) || !info.dli_fname)
    return ".";
  char *real = realpath(info.dli_fname, nullptr);
  std::string path = real ? real : info.dli_fname;
  std::free(real);
  size_t slash = path.rfind('/');
  return slash == std::string::npos ? "." : path.substr(0, slash);
}

/// The table with the recorder in front of it, where CUPORT_RECORD is set (docs/Verify.md). A run that was to be recorded and cannot be
/// would look like one that was: it has no device instead.
const cuport_backend *recorded(const cuport_backend *backend) {
  const char *file = std::getenv("CUPORT_RECORD");
  if (!file || !*file)
    return backend;
  const std::string path = folderOfThisLibrary() + "/cuport/libcuport-record.so";
  const char *reason = nullptr;
  const cuport_backend *table = nullptr;
  if (void *library = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE))
    if (auto *record = reinterpret_cast<decltype(&cuport_record)>(dlsym(library, "cuport_record")))
      table = record(backend, eachVariable, &reason);
  if (!table)
    std::fprintf(stderr, "cuport: CUPORT_RECORD: %s: nothing can be recorded: %s\n", file, reason ? reason : dlerror());
  return table;
}

const cuport_backend *loadBackend() {
  const char *asked = std::getenv("CUPORT_BACKEND");
  std::string name = asked && *asked ? asked : &cuport_default_backend ? cuport_default_backend : "cpu";
  std::string path = folderOfThisLibrary() + "/cuport/libcuport-backend-" + name + ".so";
  // Never unloaded: its threads may run until the process ends.
  void *library = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  if (!library) {
    std::fprintf(stderr, "cuport: cannot load the backend '%s': %s\n", name.c_str(), dlerror());
    return nullptr;
  }
  auto *table = reinterpret_cast<decltype(&cuport_backend_table)>(dlsym(library, "cuport_backend_table"));
  if (!table) {
    std::fprintf(stderr, "cuport: %s has no cuport_backend_table\n", path.c_str());
    return nullptr;
  }
  const char *reason = "it gives no reason";
  const cuport_backend *backend = table(&reason);
  if (!backend)
    std::fprintf(stderr, "cuport: the backend '%s' cannot work here: %s\n", name.c_str(), reason);
  else if (backend->version != CUPORT_BACKEND_VERSION || backend->size < sizeof(cuport_backend)) {
    std::fprintf(stderr, "cuport: the backend '%s' is of version %u, this runtime wants %d\n", name.c_str(),
                 backend->version, CUPORT_BACKEND_VERSION);
    backend = nullptr;
  }
  return backend ? recorded(backend) : nullptr;
}

/// Makes the devices, at the first call; out of the way of all others.
[[gnu::noinline, gnu::cold]] cudaError_t start() {
  if (forked.load(std::memory_order_relaxed))
    return cudaErrorInitializationError;
  static std::mutex &mutex = *new std::mutex;
  static bool tried = false;
  static cudaError_t result = cudaSuccess;
  std::lock_guard lock(mutex);
  if (tried)
    return result;
  tried = true;
  pthread_atfork(nullptr, nullptr, [] {
    forked.store(true, std::memory_order_relaxed);
    knownDevices.store(nullptr, std::memory_order_relaxed);
  });
  backendTable = loadBackend();
  if (!backendTable)
    return result = cudaErrorNoDevice;
  int count = 0;
  if (int error = backendTable->device_count(&count))
    return result = cudaError_t(error);
  for (int ordinal = 0; ordinal < count; ++ordinal) {
    auto *device = new Device;
    device->ordinal = ordinal;
    if (int error = backendTable->device_properties(ordinal, &device->base))
      return result = cudaError_t(error);
    describe(*device);
    device->legacy = new Stream(*device, StreamKind::Legacy, cudaStreamDefault, 0);
    device->primary = new CUctx_st{device, true, 0, 0, static_cast<unsigned long long>(ordinal + 1)};
    all.push_back(device);
  }
  if (all.empty())
    return result = cudaErrorNoDevice;
  knownDevices.store(all.data(), std::memory_order_release);
  return result;
}

[[gnu::noinline, gnu::cold]] CurrentContext *contextOfThread() {
  static thread_local CurrentContext current;
  return &current;
}

} // namespace

CurrentContext &cuport::currentContext() {
  if (!knownContext) [[unlikely]]
    knownContext = contextOfThread();
  return *knownContext;
}

cudaError_t cuport::devices(std::vector<Device *> *&list) {
  if (!knownDevices.load(std::memory_order_acquire)) [[unlikely]]
    if (cudaError_t error = start())
      return error;
  list = &all;
  return cudaSuccess;
}

cudaError_t cuport::deviceAt(int ordinal, Device *&device) {
  std::vector<Device *> *list;
  if (cudaError_t error = devices(list))
    return error;
  if (ordinal < 0 || size_t(ordinal) >= list->size())
    return cudaErrorInvalidDevice;
  device = (*list)[ordinal];
  return cudaSuccess;
}

cudaError_t cuport::currentDevice(Device *&device) {
  std::vector<Device *> *list;
  if (cudaError_t error = devices(list))
    return error;
  CurrentContext &current = currentContext();
  device = current.stack.empty() ? (*list)[current.device] : current.stack.back()->device;
  return cudaSuccess;
}

cudaError_t cuport::enterAnew(Device *&device) {
  if (cudaError_t error = currentDevice(device))
    return error;
  CurrentContext &current = currentContext();
  // With a context of the driver API's the runtime API works in that one.
  if (current.stack.empty())
    current.runtimeUsed = true;
  device->used.store(true, std::memory_order_relaxed);
  return fault(*device);
}

cudaError_t cuport::currentFault() {
  Device *device;
  if (!knownDevices.load(std::memory_order_acquire) || currentDevice(device))
    return cudaSuccess;
  return fault(*device);
}
