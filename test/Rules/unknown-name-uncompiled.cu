// What the project defines in a branch that nothing compiles, in a file that nothing reads, or on a command line, is its own too.
// RUN: rm -rf %t && split-file %s %t
// RUN: { %cuport translate %t --rules=unknown-name --dry-run 2>%t.err; test $? -eq 1; }
// RUN: FileCheck %s --input-file=%t.err --implicit-check-not=[unknown-name]

// CHECK: b.cu:10:{{[0-9]+}}: warning: 'ncclNewCall' looks like {{.*}} [unknown-name]
// CHECK: b.cu:11:{{[0-9]+}}: warning: 'NCCL_NEW_FLAG' looks like {{.*}} [unknown-name]
// CHECK: b.cu:12:{{[0-9]+}}: warning: 'cudaNewType_t' looks like {{.*}} [unknown-name]
// CHECK: b.cu:13:{{[0-9]+}}: warning: 'cudaNewTag' looks like {{.*}} [unknown-name]

//--- a.cuh
#ifdef MULTI
#define NCCL_WEAK __attribute__((weak))
#define NVRTC_CHECK_MINE(x) do { if (x) throw 1; } while (0)
const ncclDataType_t ncclFloatX = ncclFloat;
template <int N> struct NppMirror { typedef int Type; };
enum cudaMyKind : int;
typedef ncclResult_t (*ncclMyFunction_t)(int);
using cudaMyAlias = int;
static inline int *cudaMyTable(int a, int (*f)(int)) {
  return f(a) ? nullptr : nullptr;
}
#endif
//--- b.cu
#include <cuda_runtime.h>
#include "a.cuh"
#ifdef MULTI
NCCL_WEAK void f(int ncclRank) {
  ncclResult_t ncclAsyncError;
  NVRTC_CHECK_MINE(ncclRank);
  if (cudaMyTable(ncclRank, 0)) ncclAsyncError = ncclFloatX;
  ncclMyFunction_t g = nullptr; NppMirror<cudaMyKind()>::Type x = cudaMyAlias();
#if NCCL_OS_LINUX && defined(NCCL_OS_WINDOWS) || NCCL_CMAKE
  return ncclNewCall(ncclRank);
  NCCL_NEW_FLAG;
  struct cudaNewType_t cudaOwn = {};
  struct cudaNewTag;
#endif
}
#endif
//--- Makefile
NVCCFLAGS += -DNCCL_OS_LINUX
CXXFLAGS += -O3 -D NCCL_OS_WINDOWS=1
//--- CMakeLists.txt
target_compile_definitions(b PRIVATE NCCL_CMAKE=1)
