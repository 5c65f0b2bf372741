// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What a direct binding's headers of CUDA's names include behind those of the card's SDK, which may want to come before <math.h>.

#ifndef CUPORT_BINDINGS_HOST_LIBRARY_H
#define CUPORT_BINDINGS_HOST_LIBRARY_H

// nvcc's own header brings these, and code relies on it.
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#endif
