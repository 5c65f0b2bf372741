// Namespaces of CUDA's C++ libraries.
// RUN: { %cuport translate %s -o %t 2>%t.err; test $? -eq 1; }
// RUN: %strip %t/namespace-name.cu | FileCheck %s
// RUN: FileCheck %s --input-file=%t.err --check-prefix=WARN --implicit-check-not=cooperative_groups

#include <cooperative_groups.h>
#include <cub/cub.cuh>
// The same in HIP; what is not is said of its names.
namespace cg = cooperative_groups;
__device__ void wait() { cg::this_thread_block().sync(); }
// CHECK: namespace rd = hipcub;
namespace rd = cub;
// CHECK: using Scan = hipcub::BlockScan<int, 128>;
using Scan = cub::BlockScan<int, 128>;
// CHECK: ::hipcub::DeviceReduce::Sum(t, n, in, out, 8);
void f(void *t, size_t n, int *in, int *out) { ::cub::DeviceReduce::Sum(t, n, in, out, 8); }
// WARN: warning: namespace 'nvcuda::wmma'{{.*}} [namespace-name]
using namespace nvcuda::wmma;
// A namespace and a variable of the user's with such a name.
namespace app { namespace cub { int x; } int y = cub::x; }
// CHECK: namespace app { namespace cub { int x; } int y = cub::x; }
int local() { int thrust = 1; return thrust; }
// CHECK: int local() { int thrust = 1; return thrust; }
