// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The last error belongs to the thread, is kept until asked for, and success does not clear it.
//
// RUN: %clangxx %s -o %t %runtime-program && %t | FileCheck %s
// CHECK: all as it should be

#include "check.h"

#include <string>
#include <thread>

int main() {
  IS(cudaGetLastError(), cudaSuccess);

  IS(cudaMalloc(nullptr, 16), cudaErrorInvalidValue);
  void *pointer = nullptr;
  OK(cudaMalloc(&pointer, 16));
  IS(cudaPeekAtLastError(), cudaErrorInvalidValue);
  std::thread([] { IS(cudaGetLastError(), cudaSuccess); }).join();
  IS(cudaGetLastError(), cudaErrorInvalidValue);
  IS(cudaGetLastError(), cudaSuccess);

  // The later of two stays.
  cudaSetDevice(1000);
  cudaFree(&pointer);
  IS(cudaGetLastError(), cudaErrorInvalidValue);
  OK(cudaFree(pointer));

  IS(std::string(cudaGetErrorName(cudaErrorMemoryAllocation)), "cudaErrorMemoryAllocation");
  IS(std::string(cudaGetErrorString(cudaErrorMemoryAllocation)), "out of memory");
  IS(std::string(cudaGetErrorString(cudaSuccess)), "no error");
  IS(std::string(cudaGetErrorString(cudaErrorInvalidConfiguration)), "invalid configuration argument");
  IS(std::string(cudaGetErrorString(cudaErrorIllegalAddress)), "an illegal memory access was encountered");
  IS(std::string(cudaGetErrorName(cudaError_t(12345))), "unrecognized error code");
  return done();
}
