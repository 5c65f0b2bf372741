// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// cuda::std is the host's standard library: what is constexpr there may be called in kernels, and the rest is refused by
// the compiler. What has to differ (atomics) is declared in cuda::std itself, which comes before a using-directive.

#ifndef CUPORT_CUDA_STD_HOST_LIBRARY_H
#define CUPORT_CUDA_STD_HOST_LIBRARY_H

namespace std {}
namespace cuda {
namespace std {
using namespace ::std;
}
} // namespace cuda

#endif
