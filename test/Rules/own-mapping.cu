// What a port of the project's own says of a name, as cuport would, is as it is; what it makes of it otherwise is for a person.
// RUN: { %cuport report %s --format=json > %t.json; test $? -eq 1; }
// RUN: %python %S/../Frontend/Inputs/findings.py < %t.json | FileCheck %s
// RUN: rm -rf %t.out && not %cuport translate %s -o %t.out 2>&1 | FileCheck %s --check-prefix=SAYS
// SAYS: :[[#@LINE+5]]:9: warning: the project defines 'cudaFree' as a macro of its own; uses that it holds for are left as they are, others are CUDA's name [api-name]
#ifdef USE_MY_PORT
// CHECK: own-mapping.cu:[[#@LINE+1]]:9 api-name cudaMalloc as-is
#define cudaMalloc hipMalloc
// CHECK: own-mapping.cu:[[#@LINE+1]]:9 api-name cudaFree review
#define cudaFree poolFree
// CHECK: own-mapping.cu:[[#@LINE+1]]:9 api-name cudaMemcpy review
#define cudaMemcpy hipMemcpy(
#endif
