// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Cooperative groups: the groups, and the functions that work on any of them. Collectives over values are in
// cooperative_groups/reduce.h, scan.h and memcpy_async.h, as in CUDA.

#ifndef CUPORT_COOPERATIVE_GROUPS_H
#define CUPORT_COOPERATIVE_GROUPS_H

// Code asks by this name whether the header is in.
#define _COOPERATIVE_GROUPS_H_

#include <cuda_runtime.h>
#ifdef CUPORT_COMPILES_KERNELS
#include <cuport/lane_groups.h>

namespace cooperative_groups {

/// A group of the caller alone.
CUPORT_DEVICE_MEMBER thread_block_tile<1, thread_block> this_thread() { return {cuport_rank_in_block(), cuport_block_size()}; }

template <class Group> CUPORT_DEVICE_MEMBER void sync(const Group &group) { group.sync(); }
template <class Group> CUPORT_DEVICE_MEMBER void synchronize(const Group &group) { group.sync(); }
template <class Group> CUPORT_DEVICE_MEMBER unsigned thread_rank(const Group &group) {
  return static_cast<unsigned>(group.thread_rank());
}
template <class Group> CUPORT_DEVICE_MEMBER unsigned group_size(const Group &group) { return static_cast<unsigned>(group.size()); }

/// One thread of the group calls; of the broadcasting form all get what it returned.
template <class Group, class Function, class... Arguments>
CUPORT_DEVICE_MEMBER void invoke_one(const Group &group, Function &&function, Arguments &&...arguments) {
  if (group.thread_rank() == 0)
    static_cast<Function &&>(function)(static_cast<Arguments &&>(arguments)...);
}
template <class Group, class Function, class... Arguments>
CUPORT_DEVICE_MEMBER auto invoke_one_broadcast(const Group &group, Function &&function, Arguments &&...arguments)
    -> decltype(function(static_cast<Arguments &&>(arguments)...)) {
  decltype(function(static_cast<Arguments &&>(arguments)...)) result{};
  if (group.thread_rank() == 0)
    result = static_cast<Function &&>(function)(static_cast<Arguments &&>(arguments)...);
  return group.shfl(result, 0);
}

} // namespace cooperative_groups
#endif

#endif
