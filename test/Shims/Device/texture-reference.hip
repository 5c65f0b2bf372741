// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Texture references in HIP's spelling.
//
// RUN: %cuport-cc %s -o %t && %t | FileCheck %s

#include <hip/hip_runtime.h>

#include <cstdio>

texture<float, hipTextureType1D, hipReadModeElementType> line;

__global__ void read(float *out) { *out = tex1Dfetch(line, 1); }

int main() {
  float values[] = {1, 7}, *memory, *out, result = 0;
  hipMalloc(&memory, sizeof values);
  hipMalloc(&out, sizeof result);
  hipMemcpy(memory, values, sizeof values, hipMemcpyHostToDevice);
  std::printf("%d\n", hipBindTexture(nullptr, line, memory, sizeof values)); // CHECK: 0
  read<<<1, 1>>>(out);
  hipMemcpy(&result, out, sizeof result, hipMemcpyDeviceToHost);
  std::printf("%g\n", result);                  // CHECK-NEXT: 7
  std::printf("%d\n", hipUnbindTexture(line)); // CHECK-NEXT: 0
}
