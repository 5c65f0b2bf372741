// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// cooperative_groups::memcpy_async, wait and wait_prior. The threads of the group share the copying, which is done when
// each returns; what they wait for is the others.

#ifndef CUPORT_COOPERATIVE_GROUPS_MEMCPY_ASYNC_H
#define CUPORT_COOPERATIVE_GROUPS_MEMCPY_ASYNC_H

#include <cooperative_groups.h>
#ifdef CUPORT_COMPILES_KERNELS

#include <cuport/aligned_size.h>

namespace cooperative_groups {

template <class Group>
CUPORT_DEVICE_MEMBER void cuport_copy(const Group &group, void *destination, const void *source, size_t bytes) {
  size_t threads = group.size(), share = (bytes / 16 + threads - 1) / threads * 16 + 16;
  size_t begin = group.thread_rank() * share;
  if (begin < bytes)
    __builtin_memcpy(static_cast<char *>(destination) + begin, static_cast<const char *>(source) + begin,
                     bytes - begin < share ? bytes - begin : share);
}
template <class Group, class T>
CUPORT_DEVICE_MEMBER void memcpy_async(const Group &group, T *destination, const T *source, size_t bytes) {
  cuport_copy(group, destination, source, bytes);
}
template <class Group, class T, size_t Alignment>
CUPORT_DEVICE_MEMBER void memcpy_async(const Group &group, T *destination, const T *source,
                                       const cuda::aligned_size_t<Alignment> &bytes) {
  cuport_copy(group, destination, source, bytes.value);
}
/// Lengths in elements: as much as both hold.
template <class Group, class T, class Length, class SourceLength>
CUPORT_DEVICE_MEMBER void memcpy_async(const Group &group, T *destination, const Length &length, const T *source,
                                       const SourceLength &source_length) {
  size_t a = static_cast<size_t>(length), b = static_cast<size_t>(source_length);
  cuport_copy(group, destination, source, (a < b ? a : b) * sizeof(T));
}
template <class Group> CUPORT_DEVICE_MEMBER void wait(const Group &group) { group.sync(); }
template <unsigned Stage, class Group> CUPORT_DEVICE_MEMBER void wait_prior(const Group &group) { group.sync(); }

} // namespace cooperative_groups
#endif

#endif
