// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The C library as CUDA's headers show it to every .cu file. In C++ they show <cmath> too, which
// alone costs five times as much as the whole surface; instead the float overloads are declared
// here. They are templates, so a later `using std::sqrt` finds nothing to clash with and wins.

#ifndef CUPORT_C_LIBRARY_H
#define CUPORT_C_LIBRARY_H

#include <cuport/c_math.h>

#ifdef __cplusplus
// libstdc++'s <stdlib.h> steps aside for the C library's.
#define _GLIBCXX_INCLUDE_NEXT_C_HEADERS
#endif
#include <assert.h>
#include <limits.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#ifdef __cplusplus
#undef _GLIBCXX_INCLUDE_NEXT_C_HEADERS
#include <cuport/float_overloads.h>
#endif

#endif
