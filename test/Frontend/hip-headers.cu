// Headers that only HIP has are there where code is HIP already, in part.
// RUN: %cuport report %s --format=json > %t.json
// RUN: %python %S/Inputs/findings.py < %t.json | FileCheck %s --implicit-check-not=parse-error
#include <hip/hip_runtime.h>
#include <hip/hip_bfloat16.h>
#include <hip/hip_ext.h>
#include <hip/hip_version.h>
#include <hip/math_functions.h>
// CHECK: api-name cudaFree rename resolved
void release(void *p) { cudaFree(p); }
