// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef CUPORT_COOPERATIVE_GROUPS_REDUCE_H
#define CUPORT_COOPERATIVE_GROUPS_REDUCE_H

#include <cooperative_groups.h>

namespace cooperative_groups {

#define CUPORT_OPERATOR(name)                                                                      \
  template <class T> struct name {                                                                 \
    __host__ __device__ T operator()(T a, T b) const;                                              \
  };
CUPORT_OPERATOR(plus)
CUPORT_OPERATOR(less)
CUPORT_OPERATOR(greater)
CUPORT_OPERATOR(bit_and)
CUPORT_OPERATOR(bit_or)
CUPORT_OPERATOR(bit_xor)
#undef CUPORT_OPERATOR

template <class Group, class T, class Operator>
__device__ T reduce(const Group &group, T value, Operator op);
template <class Group, class T, class U, class Operator>
__device__ void reduce_update_async(const Group &group, T &atomic, U value, Operator op);
template <class Group, class T, class U, class Operator>
__device__ void reduce_store_async(const Group &group, T *destination, U value, Operator op);

} // namespace cooperative_groups

#endif
