// Shifts by the width less something, in device code; rotations, constants and host code stay.
// RUN: { %cuport translate %s -o %t 2>&1; test $? -eq 1; } | FileCheck %s --implicit-check-not='[shift-width]'

#include <cuda_runtime.h>
// CHECK: :[[#@LINE+1]]:{{[0-9]+}}: warning: where 'n' is 0 {{.*}} [shift-width]
#define REST(x, n) ((x) << (32 - (n)))
#define ROTATE(x, n) (((x) << (n)) | ((x) >> (32 - (n))))
typedef unsigned long long word;
constexpr int Width = 32;

// CHECK: :[[#@LINE+2]]:{{[0-9]+}}: warning: where 'bit' is 0 this shifts by all of the number's bits,
// CHECK-SAME: [shift-width]
__device__ unsigned rest(unsigned x, int bit) { return x << 32 - bit; }
// CHECK: :[[#@LINE+1]]:{{[0-9]+}}: warning: where 'bits[i]' is 0 {{.*}} [shift-width]
__device__ void wide(word *x, int *bits, int i) { x[0] >>= (64 - bits[i]); }
// CHECK: :[[#@LINE+1]]:{{[0-9]+}}: warning: where 'n' is 0 {{.*}} [shift-width]
__global__ void named(int *x, int n) { *x = (*x >> (Width - n)) & 1; }
// CHECK: :[[#@LINE+1]]:{{[0-9]+}}: warning: where 'n' is 0 {{.*}} [shift-width]
__device__ unsigned sum(unsigned x, unsigned n) { return (x << n) + (x >> (32 - n)); }
// CHECK: :[[#@LINE+1]]:{{[0-9]+}}: warning: where 'n' is 0 {{.*}} [shift-width]
__device__ unsigned two(unsigned x, unsigned y, unsigned n) { return (x << n) | (y >> (32 - n)); }
// CHECK: :[[#@LINE+1]]:{{[0-9]+}}: warning: where 'n' is 0 {{.*}} [shift-width]
template <typename T> __device__ T generic(T seed, unsigned x, int n) { return seed + (x >> (32 - n)); }
__device__ unsigned inMacro(unsigned x, int n) { return REST(x, n); }

__device__ unsigned rotate(unsigned x, unsigned n) { return (x << n) | (x >> (32 - n)); }
__device__ word rotateDown(word x, int n) { return x >> n | x << (64 - n); }
__device__ unsigned rotateInMacro(unsigned x, unsigned n) { return ROTATE(x, n); }
__device__ unsigned constant(unsigned x) { return x << (32 - 5); }
__device__ word narrow(word x, int n) { return x >> (32 - n); }
__device__ unsigned other(unsigned x, int n) { return x << (31 - n); }
unsigned host(unsigned x, int n) { return x << (32 - n); }
