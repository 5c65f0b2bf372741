// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What a stream is and what may be set of it.

#include "Memory.h"
#include "Stream.h"

using namespace cuport;

cudaError_t cudaStreamGetPriority(cudaStream_t handle, int *priority) {
  return onStream(handle, [&](Stream &stream) {
    if (!priority)
      return cudaErrorInvalidValue;
    *priority = stream.priority;
    return cudaSuccess;
  });
}

cudaError_t cudaStreamGetFlags(cudaStream_t handle, unsigned int *flags) {
  return onStream(handle, [&](Stream &stream) {
    if (!flags)
      return cudaErrorInvalidValue;
    *flags = stream.flags;
    return cudaSuccess;
  });
}

cudaError_t cudaStreamGetId(cudaStream_t handle, unsigned long long *id) {
  return onStream(handle, [&](Stream &stream) {
    if (!id)
      return cudaErrorInvalidValue;
    *id = stream.id;
    return cudaSuccess;
  });
}

cudaError_t cudaStreamGetDevice(cudaStream_t handle, int *device) {
  return onStream(handle, [&](Stream &stream) {
    if (!device)
      return cudaErrorInvalidValue;
    *device = stream.device.ordinal;
    return cudaSuccess;
  });
}

cudaError_t cudaStreamGetAttribute(cudaStream_t handle, cudaLaunchAttributeID id, cudaLaunchAttributeValue *value) {
  return onStream(handle, [&](Stream &stream) {
    if (!value)
      return cudaErrorInvalidValue;
    switch (id) {
    case cudaLaunchAttributeAccessPolicyWindow:
      *value = stream.policyWindow;
      return cudaSuccess;
    case cudaLaunchAttributeSynchronizationPolicy:
      value->syncPolicy = stream.syncPolicy;
      return cudaSuccess;
    case cudaLaunchAttributePriority:
      value->priority = stream.priority;
      return cudaSuccess;
    default:
      return cudaErrorInvalidValue;
    }
  });
}

// Caches and how a thread waits are hints: kept, so that a program reads back what it set.
cudaError_t cudaStreamSetAttribute(cudaStream_t handle, cudaLaunchAttributeID id, const cudaLaunchAttributeValue *value) {
  return onStream(handle, [&](Stream &stream) {
    if (!value)
      return cudaErrorInvalidValue;
    switch (id) {
    case cudaLaunchAttributeAccessPolicyWindow:
      stream.policyWindow = *value;
      return cudaSuccess;
    case cudaLaunchAttributeSynchronizationPolicy:
      stream.syncPolicy = value->syncPolicy;
      return cudaSuccess;
    case cudaLaunchAttributePriority:
      stream.priority = value->priority;
      return cudaSuccess;
    default:
      return cudaErrorInvalidValue;
    }
  });
}

cudaError_t cudaStreamCopyAttributes(cudaStream_t destinationHandle, cudaStream_t sourceHandle) {
  return onStream(destinationHandle, [&](Stream &destination) {
    Stream *source;
    if (cudaError_t error = streamOf(sourceHandle, destination.device, source))
      return error;
    destination.policyWindow = source->policyWindow;
    destination.syncPolicy = source->syncPolicy;
    return cudaSuccess;
  });
}

// All managed memory is reachable from everywhere all the time, so to which stream it is attached makes no difference.
cudaError_t cudaStreamAttachMemAsync(cudaStream_t handle, void *pointer, size_t length, unsigned int flags) {
  return onStream(handle, [&](Stream &) {
    Allocation allocation;
    if (flags != cudaMemAttachGlobal && flags != cudaMemAttachHost && flags != cudaMemAttachSingle)
      return cudaErrorInvalidValue;
    if (!findAllocation(pointer, allocation) || allocation.kind == CUPORT_MEMORY_DEVICE ||
        (length && length > allocation.after(pointer)))
      return cudaErrorInvalidValue;
    return cudaSuccess;
  });
}
