// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef CUPORT_RUNTIME_STATUS_H
#define CUPORT_RUNTIME_STATUS_H

namespace cuport {

/// cudaError_t's numbers, those that backends give: a cuport_status of Backend.h.
enum Status : int {
  Success = 0,
  InvalidValue = 1,
  OutOfMemory = 2,
  NotInitialized = 3,
  NoDevice = 100,
  InvalidDevice = 101,
  InvalidContext = 201,
  InvalidHandle = 400,
  NotReady = 600,
  IllegalAddress = 700,
  LaunchOutOfResources = 701,
  LaunchTimeout = 702,
  AssertFailed = 710,
  HardwareStackError = 714,
  IllegalInstruction = 715,
  LaunchFailure = 719,
  NotSupported = 801,
  Unknown = 999,
};

} // namespace cuport
#endif
