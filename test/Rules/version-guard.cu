// Every test of a CUDA version or compiler macro is reported and left, but the one for the compiler itself.
// RUN: { %cuport translate %s -o %t 2>%t.err; test $? -eq 1; }
// RUN: %strip %s | sed -e 's/defined(__CUDACC__)/defined(__HIPCC__)/;s/<cuda_runtime.h>/<hip\/hip_runtime.h>/' \
// RUN:   -e 's/__CUDA_ARCH__ >= 120/__HIP_DEVICE_COMPILE__/;s/__CUDA_ARCH__ < 130/!__HIP_DEVICE_COMPILE__/;s/300 > __CUDA_ARCH__/!__HIP_DEVICE_COMPILE__/' \
// RUN:   -e '/ PASS$/s/__CUDA_ARCH__/__HIP_DEVICE_COMPILE__/' -e 's/ifdef __NVCC__ \/\/ KERNELS/ifdef __HIPCC__ \/\/ KERNELS/' >%t.expected
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
#ifdef MY_VERSION
#endif

// Which lines are compiled with HIP, where that can be told.
#if defined(__CUDA_ARCH__) && (__CUDA_ARCH__ >= 700)
// CHECK: [[#@LINE-1]]:13: warning: {{.*}}; with HIP lines [[#@LINE]] to [[#@LINE+6]] are not compiled, line [[#@LINE+8]] is [version-guard]
// It is one question, and said once.

#define COUNT 3
#define FENCE __threadfence()
#define VOLTA 1

#else
#define VOLTA 0
#endif
#ifndef CUDA_VERSION
// CHECK: [[#@LINE-1]]:9: warning: {{.*}}; with HIP line [[#@LINE]] is compiled [version-guard]
#endif
#if CUDA_VERSION / 1000 < 10 || defined(MINE)
// CHECK: [[#@LINE-1]]:5: warning: {{.*}}; with HIP lines [[#@LINE]] to [[#@LINE+1]] are compiled [version-guard]
int old;
#elif MINE
int neither;
#endif
// It depends on the project's own macros, or holds nothing: no line is named.
#if CUDA_VERSION >= 11000 || defined(MINE)
// CHECK: [[#@LINE-1]]:5: warning: {{.*}} decide what each branch means for HIP [version-guard]
int mine;
#elif CUDART_VERSION == 0
// CHECK: [[#@LINE-1]]:7: warning: {{.*}} decide what each branch means for HIP [version-guard]
int unknown;
#endif

// What says that a header of types is in; and what RCCL has as well.
#if defined(__CUDA_BF16_TYPES_EXIST__)
// CHECK: [[#@LINE-1]]:13: warning: the branch depends on '__CUDA_BF16_TYPES_EXIST__': HIP's header for these types does not define it, {{.*}}; with HIP line [[#@LINE]] is not compiled [version-guard]
#endif
#if NCCL_VERSION_CODE >= 21000
#endif

// Where HIP is asked for, too, or other macros decide, nothing is left for a person.
#if defined(__CUDA_ARCH__) || defined(__HIP__)
#endif
#if CUDA_VERSION >= 11000 && !defined(USE_ROCM)
#endif
#ifdef __HIP_PLATFORM_AMD__
#elif CUDA_VERSION >= 11000
#endif
#if defined(__CUDACC__) || defined(__CUDA__)
#endif
// Two that HIP lacks decide nothing for each other.
#if CUDA_VERSION >= 11000 && CUDART_VERSION >= 11000
// CHECK: [[#@LINE-1]]:5: warning: the branch depends on 'CUDA_VERSION'
// CHECK: [[#@LINE-2]]:30: warning: the branch depends on 'CUDART_VERSION'
#endif

// Of an architecture that is older than HIP's cards only whether code for a card is compiled is left: branches stay what they are with CUDA.
#if __CUDA_ARCH__ >= 120
#endif
#if (__CUDA_ARCH__ < 130)
#endif
#if !defined(__CUDA_ARCH__) || __CUDA_ARCH__ >= 120 // PASS
#elif defined(MINE) && 300 > __CUDA_ARCH__
#endif
// Not so what depends on a newer one as well, or on more than a comparison.
#if __CUDA_ARCH__ >= 200 && __CUDA_ARCH__ < 350
// CHECK: [[#@LINE-1]]:5: warning: the branch depends on '__CUDA_ARCH__': it is not defined
#endif
#if __CUDA_ARCH__ / 10 >= 20
// CHECK: [[#@LINE-1]]:5: warning: the branch depends on '__CUDA_ARCH__': it is not defined
#endif
#if __CUDA_ARCH__ >= 0
// CHECK: [[#@LINE-1]]:5: warning: the branch depends on '__CUDA_ARCH__': it is not defined
#endif

// Whether code for a card is compiled is what the existence of __CUDA_ARCH__ tells.
#ifdef __CUDA_ARCH__ // PASS
#elif !defined(__CUDA_ARCH__) && defined(MINE) // PASS
#endif
#if __CUDA_ARCH__ // PASS
#endif
#ifndef __CUDA_ARCH__ // PASS
#else
#if __CUDA_ARCH__ >= 700
// CHECK: [[#@LINE-1]]:5: warning: the branch depends on '__CUDA_ARCH__': it is not defined
#endif
#endif
// Not where a card would have to have a number.
#ifdef __CUDA_ARCH__
// CHECK: [[#@LINE-1]]:8: warning: the branch depends on '__CUDA_ARCH__': it is not defined
#if __CUDA_ARCH__ < 700
// CHECK: [[#@LINE-1]]:5: warning: the branch depends on '__CUDA_ARCH__': it is not defined
#error "for Volta and later"
#endif
#endif

// Code for cards behind nvcc's own macro is for HIP's compiler, too.
#ifdef __NVCC__ // KERNELS
#ifdef MINE
__device__ int counter;
#endif
#endif
#ifdef __NVCC__
// CHECK: [[#@LINE-1]]:8: warning: the branch depends on '__NVCC__': HIP's compilers do not define it
#pragma nv_diag_suppress 177
#else
__device__ int another;
#endif
