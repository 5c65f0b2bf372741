// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// HIP's ways to launch a kernel besides <<<>>>.

#ifndef CUPORT_CUPORT_HIP_LAUNCH_H
#define CUPORT_CUPORT_HIP_LAUNCH_H

#include <cuport/hip_functions.h>
#include <cuport/hip_source.h>

#if defined(__cplusplus) && defined(CUPORT_COMPILES_KERNELS)

/// A launch between two events. The kernel takes its own parameter types, not those of the arguments.
template <class... Expected, class... Actual>
inline void hipExtLaunchKernelGGL(void (*kernel)(Expected...), const dim3 &numBlocks, const dim3 &dimBlocks,
                                  uint32_t sharedMemBytes, hipStream_t stream, hipEvent_t startEvent,
                                  hipEvent_t stopEvent, uint32_t flags, Actual &&...args) {
  [&](Expected... values) {
    void *pointers[] = {(void *)__builtin_addressof(values)..., nullptr};
    (void)hipExtLaunchKernel((const void *)kernel, numBlocks, dimBlocks, pointers, sharedMemBytes, stream, startEvent,
                             stopEvent, (int)flags);
  }(static_cast<Actual &&>(args)...);
}

#endif

#endif
