// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include <hip/hip_common.h>
#include <cuport/vector_functions.h>
#include <cuport/vector_operators.h>
