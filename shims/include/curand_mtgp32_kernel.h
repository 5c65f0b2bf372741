// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The states of MTGP32 are with the others.

#include <curand_kernel.h>
