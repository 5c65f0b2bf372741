// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef CUPORT_CRT_MMA_H
#define CUPORT_CRT_MMA_H

#include <cuport/wmma.h>

#endif
