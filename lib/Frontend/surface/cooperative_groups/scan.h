// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef CUPORT_COOPERATIVE_GROUPS_SCAN_H
#define CUPORT_COOPERATIVE_GROUPS_SCAN_H

#include <cooperative_groups/reduce.h>

namespace cooperative_groups {

template <class Group, class T> __device__ T inclusive_scan(const Group &group, T value);
template <class Group, class T, class Operator>
__device__ T inclusive_scan(const Group &group, T value, Operator op);
template <class Group, class T> __device__ T exclusive_scan(const Group &group, T value);
template <class Group, class T, class Operator>
__device__ T exclusive_scan(const Group &group, T value, Operator op);

} // namespace cooperative_groups

#endif
