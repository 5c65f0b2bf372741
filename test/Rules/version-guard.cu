// Every test of a CUDA version or compiler macro is reported and left.
// RUN: { %cuport translate %s -o %t 2>%t.err; test $? -eq 1; }
// RUN: diff %s %t/version-guard.cu
// RUN: FileCheck %s --input-file=%t.err --implicit-check-not=warning:

// CHECK: version-guard.cu:[[#@LINE+1]]:5: warning: the branch depends on 'CUDART_VERSION'{{.*}} [version-guard]
#if CUDART_VERSION >= 11000 && \
    defined(__CUDACC__)
// CHECK: version-guard.cu:[[#@LINE-1]]:13: warning: the branch depends on '__CUDACC__'{{.*}} [version-guard]
#define FAST 1
// CHECK: version-guard.cu:[[#@LINE+1]]:7: warning: the branch depends on 'CUDA_VERSION'{{.*}} [version-guard]
#elif CUDA_VERSION < 9000
#endif
// CHECK: version-guard.cu:[[#@LINE+1]]:8: warning: the branch depends on '__CUDA_ARCH__': it is not defined when HIP compiles kernels{{.*}} [version-guard]
#ifdef __CUDA_ARCH__
#endif
#ifdef MY_VERSION
#endif
