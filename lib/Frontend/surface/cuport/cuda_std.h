// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// libcu++'s cuda::std is std by another name.

#ifndef CUPORT_CUDA_STD_H
#define CUPORT_CUDA_STD_H

#include <cuport/keywords.h>

namespace std {}

namespace cuda {
namespace std {
using namespace ::std;
}
} // namespace cuda

#endif
