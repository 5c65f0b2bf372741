// Every test of a CUDA version or compiler macro is reported and left, but the one for the compiler itself.
// RUN: { %cuport translate %s -o %t 2>%t.err; test $? -eq 1; }
// RUN: %strip %s | sed 's/defined(__CUDACC__)/defined(__HIPCC__)/;s/<cuda_runtime.h>/<hip\/hip_runtime.h>/' >%t.expected
// RUN: %strip %t/version-guard.cu | diff %t.expected -
// RUN: FileCheck %s --input-file=%t.err --implicit-check-not=warning:

#include <cuda_runtime.h>
// CHECK: version-guard.cu:[[#@LINE+1]]:5: warning: the branch depends on 'CUDART_VERSION'{{.*}} [version-guard]
#if CUDART_VERSION >= 11000 && \
    defined(__CUDACC__)
#define FAST 1
// CHECK: version-guard.cu:[[#@LINE+1]]:7: warning: the branch depends on 'CUDA_VERSION'{{.*}} [version-guard]
#elif CUDA_VERSION < 9000
#endif
// CHECK: version-guard.cu:[[#@LINE+1]]:8: warning: the branch depends on '__CUDA_ARCH__': it is not defined when HIP compiles kernels{{.*}} [version-guard]
#ifdef __CUDA_ARCH__
#endif
#ifdef MY_VERSION
#endif
