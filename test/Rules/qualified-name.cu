// Names in CUDA's namespaces: what HIP lacks is a finding at its place, what is there under HIP's namespace is not.
// RUN: { %cuport translate %s -o %t 2>%t.err; test $? -eq 1; }
// RUN: FileCheck %s --input-file=%t.err --implicit-check-not='[qualified-name]'
// RUN: %strip %t/qualified-name.cu | FileCheck %s --check-prefix=TEXT
// RUN: { %cuport report %s --hip-version=6.4 --format=json || test $? -eq 1; } | %python %S/../Frontend/Inputs/findings.py \
// RUN:   | FileCheck %s --check-prefix=NEWER

#include <cooperative_groups.h>
#include <cooperative_groups/reduce.h>
#include <cub/cub.cuh>

namespace cg = cooperative_groups;

__global__ void k(float *p) {
  auto block = cg::this_thread_block();
  // CHECK: qualified-name.cu:[[#@LINE+1]]:19: warning: 'cooperative_groups::tiled_partition' needs a look: {{.+}} [qualified-name]
  auto tile = cg::tiled_partition<16>(block);
  // CHECK: qualified-name.cu:[[#@LINE+1]]:13: warning: HIP has nothing for 'cooperative_groups::reduce': {{.+}} [qualified-name]
  *p += cg::reduce(tile, *p, 0);
}

// CHECK: qualified-name.cu:[[#@LINE+2]]:17: warning: HIP 6.3 has no 'hipcub::DeviceFor' for 'cub::DeviceFor'; it came with HIP 6.4 [qualified-name]
// NEWER-NOT: DeviceFor
void f() { cub::DeviceFor d; }
// TEXT: hipcub::BlockReduce<int, 128> sums;
cub::BlockReduce<int, 128> sums;

// Through an alias of the class.
using Sums = cub::DeviceReduce;
void j() {
  // CHECK: qualified-name.cu:[[#@LINE+1]]:9: warning: HIP has nothing for 'cub::DeviceReduce::TransformReduce': {{.+}} [qualified-name]
  Sums::TransformReduce(1);
  Sums::Sum(1);
}

// The project's own names stay out of it.
namespace mine { struct cub { static int DeviceFor(); }; }
int g() { return mine::cub::DeviceFor(); }

// Without the namespace, after using namespace.
namespace opened {
using namespace cg;
using namespace cub;
__global__ void k(float *p) {
  // CHECK: qualified-name.cu:[[#@LINE+1]]:15: warning: 'cooperative_groups::tiled_partition' needs a look: {{.+}} [qualified-name]
  auto tile = tiled_partition<16>(this_thread_block());
  // CHECK: qualified-name.cu:[[#@LINE+2]]:9: warning: HIP has nothing for 'cooperative_groups::reduce': {{.+}} [qualified-name]
  // CHECK: qualified-name.cu:[[#@LINE+1]]:26: warning: HIP has nothing for 'cooperative_groups::plus': {{.+}} [qualified-name]
  *p += reduce(tile, *p, plus<float>());
}
// A member and a variable of the same name.
struct Sum { int reduce(int); };
int h(Sum s, int reduce) { return s.reduce(reduce); }
#if 0
// CHECK: qualified-name.cu:[[#@LINE+1]]:1: warning: HIP has nothing for 'cooperative_groups::reduce': {{.+}} [qualified-name]
reduce(tile, 1);
int reduce;
#endif
// CHECK: qualified-name.cu:[[#@LINE+1]]:23: warning: HIP 6.3 has no 'hipcub::DeviceFor::Bulk' for 'cub::DeviceFor::Bulk'; it came with HIP 6.4 [qualified-name]
void i() { DeviceFor::Bulk(1, 2); }
} // namespace opened

// A name that is for a person is one finding, whatever its namespace is.
#include <cuda/std/type_traits>
#include <cuda/std/utility>
// CHECK-NOT: [namespace-name]
// CHECK: qualified-name.cu:[[#@LINE+1]]:42: warning: 'cuda::std::enable_if' needs a look, now 'std::enable_if': {{.+}} [qualified-name]
template <class T, typename ::cuda::std::enable_if<
                       // CHECK: qualified-name.cu:[[#@LINE+1]]:37: warning: 'cuda::std::is_trivially_copyable' needs a look, {{.+}} [qualified-name]
                       ::cuda::std::is_trivially_copyable<T>::value, int>::type = 0>
// CHECK-NOT: [namespace-name]
// CHECK: qualified-name.cu:[[#@LINE+1]]:55: warning: 'cuda::std::forward' needs a look, {{.+}} [qualified-name]
void copy(T *to, T &&value) { new (to) T(::cuda::std::forward<T>(value)); }
// CHECK: qualified-name.cu:[[#@LINE+1]]:27: warning: HIP has nothing for namespace 'cuda::std': {{.+}} [namespace-name]
namespace short_of_it = ::cuda::std;
