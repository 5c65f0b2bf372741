// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What a .cu file sees without including anything: nvcc puts cuda_runtime.h before its first line.

#ifndef CUPORT_PRELUDE_H
#define CUPORT_PRELUDE_H

#include <cuda_runtime.h>

// NVIDIA's cuda_runtime.h brings these where nvcc compiles: std::min, std::swap and std::sqrt are there without an include, and ::sqrt of a
// float is a function, which wins against a template of the program's own.
#include <math.h>
#include <stdlib.h>
#include <new>
#include <utility>

#endif
