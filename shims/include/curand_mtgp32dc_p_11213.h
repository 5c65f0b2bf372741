// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// mtgp32dc_params_fast_11213.

#include <curand_mtgp32_host.h>
