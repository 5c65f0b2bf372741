// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef CUPORT_COOPERATIVE_GROUPS_MEMCPY_ASYNC_H
#define CUPORT_COOPERATIVE_GROUPS_MEMCPY_ASYNC_H

#include <cooperative_groups.h>

#include <cuda/aligned_size>

namespace cooperative_groups {

template <class Group, class T, class Size>
__device__ void memcpy_async(const Group &group, T *destination, const T *source, Size size);
template <class Group, class T, class U, class Layout, class LayoutU>
__device__ void memcpy_async(const Group &group, T *destination, const Layout &layout,
                             const U *source, const LayoutU &sourceLayout);
template <class Group> __device__ void wait(const Group &group);
template <unsigned int Stages, class Group> __device__ void wait_prior(const Group &group);

} // namespace cooperative_groups

#endif
