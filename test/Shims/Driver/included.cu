// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A file that -include names comes behind CUDA's headers, as with nvcc, or HIP's, and has their words.

// RUN: rm -rf %t && mkdir -p %t && echo '__constant__ int scale; __device__ int scaled(int x) { return scale * x; }' > %t/first.h
// RUN: %cuport-cc -include %t/first.h -c %s -o %t/cuda.o
// RUN: %cuport-cc --pre-include=%t/first.h -c %s -o %t/cuda.o
// RUN: %cuport-cc -x hip -include %t/first.h -c %s -o %t/hip.o
// RUN: echo 'int plain() { return LIMIT; }' > %t/plain.cpp && echo '#define LIMIT 3' > %t/limit.h
// RUN: %cuport-cc -include %t/limit.h -c %t/plain.cpp -o %t/plain.o
// RUN: %cuport-cc --dryrun -include a.h -include b.h -c %s 2>&1 | FileCheck %s
// CHECK-COUNT-2: -include cuda_runtime.h -include a.h -include b.h

__global__ void kernel(int *p) { *p = scaled(*p); }
