// What a port of the project's own says of a name, as cuport would, is as it is; what it makes of it otherwise is for a person.
// RUN: { %cuport report %s --format=json > %t.json; test $? -eq 1; }
// RUN: %python %S/../Frontend/Inputs/findings.py < %t.json | FileCheck %s
#ifdef USE_MY_PORT
// CHECK: own-mapping.cu:[[#@LINE+1]]:9 api-name cudaMalloc as-is
#define cudaMalloc hipMalloc
// CHECK: own-mapping.cu:[[#@LINE+1]]:9 api-name cudaFree review
#define cudaFree poolFree
// CHECK: own-mapping.cu:[[#@LINE+1]]:9 api-name cudaMemcpy review
#define cudaMemcpy hipMemcpy(
#endif
