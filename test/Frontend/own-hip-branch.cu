// A project that is for CUDA and for HIP asks for HIP's compilers to choose between the two: what is parsed is its CUDA branch. In what was
// translated, behind a header of HIP's, __HIPCC__ says what __CUDACC__ said.
// RUN: { %cuport report %s %S/Inputs/translated-guard.cu --format=json > %t.json; test $? -le 1; }
// RUN: %python -c 'import json, sys; [print(f["file"].rsplit("/", 1)[-1], f["line"], f["name"], f["confidence"]) for f in json.load(open(sys.argv[1]))["findings"]]' %t.json | FileCheck %s --implicit-check-not='own-hip-branch.cu {{.*}}inactive'

#if defined(__HIPCC__) || defined(__HIP_DEVICE_COMPILE__) || defined(__HIP_PLATFORM_AMD__)
#include <hip/hip_runtime.h>
#include <rocblas/rocblas.h>
int release(void *p) { return hipFree(p); }
#else
// CHECK-DAG: own-hip-branch.cu [[#@LINE+1]] cuda_runtime.h resolved
#include <cuda_runtime.h>
// CHECK-DAG: own-hip-branch.cu [[#@LINE+1]] cudaFree resolved
int release(void *p) { return cudaFree(p); }
#endif
// CHECK-DAG: translated-guard.cu 3 cudaFree resolved
// CHECK-DAG: translated-guard.cu 5 cudaFree inactive
