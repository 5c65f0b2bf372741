// Headers of a kit that has to be replaced are told where it comes with the project, too: where the project includes them, not in the kit.
// RUN: rm -rf %t && split-file %s %t && cd %t
// RUN: { %cuport report src vendor --format=json -o json -- -Ivendor -Ikit/include; test $? -eq 1; }
// RUN: %python %S/../Frontend/Inputs/findings.py < json | FileCheck %s --implicit-check-not=' include '
// CHECK: main.cu:1:10 include cutlass/gemm.h unsupported resolved
// CHECK: main.cu:2:10 include optix.h redesign resolved

//--- src/main.cu
#include <cutlass/gemm.h>
#include <optix.h>
int main() { return cudaDeviceSynchronize(); }
//--- vendor/optix.h
#include "optix_types.h"
typedef cudaStream_t OptixStream;
//--- vendor/optix_types.h
typedef unsigned long long OptixHandle;
//--- kit/include/cutlass/gemm.h
#pragma once
