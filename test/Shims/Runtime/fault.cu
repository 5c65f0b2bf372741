// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A kernel that fails leaves an error that stays until cudaDeviceReset, and the process lives.
//
// A sanitizer reports bad addresses itself.
// UNSUPPORTED: shim-sanitizer
// RUN: %cuport-cc -I%S/Inputs %s -o %t && %t 2>/dev/null | FileCheck %s
// CHECK: all as it should be

#include "check.h"

#include <cassert>

__global__ void stores(int *place) { *place = 1; }
__global__ void asserts(int value) { assert(value == 3); }

int main() {
  int *good;
  OK(cudaMalloc(&good, 4));
  stores<<<1, 1>>>(nullptr);
  OK(cudaGetLastError());
  IS(cudaDeviceSynchronize(), cudaErrorIllegalAddress);
  IS(cudaGetLastError(), cudaErrorIllegalAddress);
  IS(cudaGetLastError(), cudaErrorIllegalAddress);
  IS(cudaMalloc(&good, 4), cudaErrorIllegalAddress);
  stores<<<1, 1>>>(good);
  IS(cudaPeekAtLastError(), cudaErrorIllegalAddress);
  OK(cudaDeviceReset());
  OK(cudaGetLastError());

  OK(cudaMalloc(&good, 4));
  stores<<<1, 1>>>(good);
  OK(cudaDeviceSynchronize());
  asserts<<<1, 1>>>(3);
  OK(cudaDeviceSynchronize());
  asserts<<<1, 1>>>(4);
  IS(cudaDeviceSynchronize(), cudaErrorAssert);
  OK(cudaDeviceReset());
  return done();
}
