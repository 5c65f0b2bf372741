// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Devices, the backend they come from, and which one a host thread works on.
//
//   backend().device_count --> Device 0, 1 ... made at the first call, never destroyed
//   thread --> current context (a stack, the driver API's) or the device of cudaSetDevice --> Device

#ifndef CUPORT_RUNTIME_DEVICE_H
#define CUPORT_RUNTIME_DEVICE_H

#include "Backend.h"
#include "Error.h"

#include <atomic>
#include <memory>
#include <mutex>
#include <vector>

struct CUctx_st;

namespace cuport {

using Stream = CUstream_st;

struct Device {
  int ordinal = 0;
  cuport_device_properties base{};
  cudaDeviceProp properties{};
  /// The null stream.
  Stream *legacy = nullptr;
  CUctx_st *primary = nullptr;
  std::atomic<unsigned> flags{0};
  std::atomic<bool> used{false}; ///< something was done on it: flags can no longer be set by the driver API

  /// All streams but the null stream; guarded by streamsMutex.
  std::vector<Stream *> streams;
  /// Of streams that were destroyed with work to do, which the device still waits for; guarded by streamsMutex.
  std::vector<std::shared_ptr<cuport_queue>> leaving;
  /// Blocking streams with work that the null stream has not waited for; guarded by streamsMutex.
  std::vector<Stream *> unjoined;
  std::atomic<size_t> unjoinedCount{0};
  std::atomic<uint64_t> legacySequence{0}; ///< operations put in the null stream so far
  std::mutex streamsMutex;

  std::mutex limitsMutex;
  size_t limits[cudaLimitPersistingL2CacheSize + 1];
  cudaFuncCache cacheConfig = cudaFuncCachePreferNone;
  cudaSharedMemConfig sharedConfig = cudaSharedMemBankSizeFourByte;
  cudaMemPool_t defaultPool = nullptr;
  cudaMemPool_t pool = nullptr;
};

/// The backend's table. Only after devices() has succeeded, which entry points know from enter().
extern const cuport_backend *backendTable;
inline const cuport_backend &backend() { return *backendTable; }

/// All devices; fails where there is no backend or no device, or in a child of fork.
cudaError_t devices(std::vector<Device *> *&all);

/// The device with that number, initialised.
cudaError_t deviceAt(int ordinal, Device *&device);

/// The current device without a look at its fault.
cudaError_t currentDevice(Device *&device);

/// The fault of the thread's current device; success if there is none or nothing was started.
cudaError_t currentFault();

/// Codes that a kernel leaves behind and only cudaDeviceReset takes away.
inline bool isFault(cudaError_t error) {
  switch (error) {
  case cudaErrorECCUncorrectable:
  case cudaErrorIllegalAddress:
  case cudaErrorLaunchTimeout:
  case cudaErrorAssert:
  case cudaErrorHardwareStackError:
  case cudaErrorIllegalInstruction:
  case cudaErrorMisalignedAddress:
  case cudaErrorInvalidAddressSpace:
  case cudaErrorInvalidPc:
  case cudaErrorLaunchFailure:
    return true;
  default:
    return false;
  }
}

inline cudaError_t fault(const Device &device) {
  auto ask = backend().device_fault;
  return ask ? cudaError_t(ask(device.ordinal)) : cudaSuccess;
}

/// Which context and device this host thread works on.
struct CurrentContext {
  std::vector<CUctx_st *> stack; ///< the driver API's; the last is current
  int device = 0;                ///< of cudaSetDevice; meant where the stack is empty
  bool runtimeUsed = false;      ///< the runtime API has made a primary context current
};
CurrentContext &currentContext();
/// The thread's current context if it is one of the device, else the device's primary one.
CUctx_st *contextOf(const Device &device);

/// What enter() has found before: null in a thread that has not called, before there are devices, and in a child of fork. Found without
/// a function of the loader's.
extern constinit thread_local CurrentContext *__attribute__((tls_model("initial-exec"))) knownContext;
extern std::atomic<Device *const *> knownDevices;
/// enter() where nothing is known, or the driver API has made a context current.
cudaError_t enterAnew(Device *&device);

// What a call costs is what stands here: no lock, and no call but of the backend for a fault.
inline cudaError_t enter(Device *&device) {
  CurrentContext *current = knownContext;
  Device *const *list = knownDevices.load(std::memory_order_acquire);
  if (!list || !current || !current->stack.empty()) [[unlikely]]
    return enterAnew(device);
  device = list[current->device];
  current->runtimeUsed = true;
  if (!device->used.load(std::memory_order_relaxed))
    device->used.store(true, std::memory_order_relaxed);
  return fault(*device);
}

/// Fills what CUDA tells of a device from what the backend says and CUPORT_DEVICE.
void describe(Device &device);

} // namespace cuport

/// A context of the driver API. A primary context lives as long as its device.
struct CUctx_st {
  cuport::Device *device;
  bool primary;
  unsigned flags;
  int references = 0; ///< retained primary contexts
  unsigned long long id;
  bool wakes = false; ///< a primary one that nothing used before it was retained
};

#endif
