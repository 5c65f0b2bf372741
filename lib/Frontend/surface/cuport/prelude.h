// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What a .cu file sees without including anything: nvcc puts cuda_runtime.h before its first line.

#ifndef CUPORT_PRELUDE_H
#define CUPORT_PRELUDE_H

#include <cuda_runtime.h>

#endif
