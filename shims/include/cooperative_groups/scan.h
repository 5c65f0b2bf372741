// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// cooperative_groups::inclusive_scan and exclusive_scan: each rank gets the values of the ranks up to its own, or below.

#ifndef CUPORT_COOPERATIVE_GROUPS_SCAN_H
#define CUPORT_COOPERATIVE_GROUPS_SCAN_H

#include <cooperative_groups/reduce.h>
#ifdef CUPORT_COMPILES_KERNELS

namespace cooperative_groups {

template <class Group, class T, class Operator>
CUPORT_DEVICE_MEMBER typename cuport_plain<T>::type inclusive_scan(const Group &group, T &&given, Operator &&operation) {
  typename cuport_plain<T>::type value = given;
  unsigned rank = group.thread_rank();
  for (unsigned step = 1; step < group.size(); step *= 2) {
    auto other = group.shfl_up(value, step);
    if (rank >= step)
      value = operation(other, value);
  }
  return value;
}
template <class Group, class T>
CUPORT_DEVICE_MEMBER typename cuport_plain<T>::type inclusive_scan(const Group &group, T &&given) {
  return inclusive_scan(group, static_cast<T &&>(given), plus<typename cuport_plain<T>::type>());
}
/// Rank 0 gets a value-initialised T.
template <class Group, class T, class Operator>
CUPORT_DEVICE_MEMBER typename cuport_plain<T>::type exclusive_scan(const Group &group, T &&given, Operator &&operation) {
  auto below = group.shfl_up(inclusive_scan(group, static_cast<T &&>(given), operation), 1);
  return group.thread_rank() == 0 ? typename cuport_plain<T>::type{} : below;
}
template <class Group, class T>
CUPORT_DEVICE_MEMBER typename cuport_plain<T>::type exclusive_scan(const Group &group, T &&given) {
  return exclusive_scan(group, static_cast<T &&>(given), plus<typename cuport_plain<T>::type>());
}

/// The scan, begun at what the atomic held; the group's sum is then added to it.
template <class Group, class Destination, class T, class Operator>
CUPORT_DEVICE_MEMBER auto exclusive_scan_update(const Group &group, Destination &&destination, T &&given, Operator &&operation)
    -> typename cuport_plain<T>::type {
  typedef typename cuport_plain<T>::type value_type;
  value_type own = inclusive_scan(group, static_cast<T &&>(given), operation), before{};
  unsigned last = static_cast<unsigned>(group.size()) - 1;
  if (group.thread_rank() == last) {
    before = destination.load();
    while (!destination.compare_exchange_weak(before, operation(before, own))) {
    }
  }
  before = group.shfl(before, last);
  value_type below = group.shfl_up(own, 1);
  return group.thread_rank() == 0 ? before : operation(before, below);
}
template <class Group, class Destination, class T, class Operator>
CUPORT_DEVICE_MEMBER auto inclusive_scan_update(const Group &group, Destination &&destination, T &&given, Operator &&operation)
    -> typename cuport_plain<T>::type {
  typename cuport_plain<T>::type value = given;
  return operation(exclusive_scan_update(group, static_cast<Destination &&>(destination), value, operation), value);
}

} // namespace cooperative_groups
#endif

#endif
