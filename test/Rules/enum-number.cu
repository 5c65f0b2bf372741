// Numbers taken for values of enums that HIP numbers otherwise, and values taken for numbers; names, other enums and status codes stay.
// RUN: { %cuport report %s --format=json > %t.json; test $? -eq 1; }
// RUN: %python %S/Inputs/places.py %t.json enum-number | FileCheck %s --implicit-check-not=enum-number
// RUN: { %cuport translate %s -o %t 2>&1; test $? -eq 1; } | FileCheck %s --check-prefix=SAYS
// SAYS: enum-number.cu:[[#FIRST:]]:26: warning: a number becomes a 'cublasOperation_t', and HIP has other numbers: CUBLAS_OP_N is 0, HIPBLAS_OP_N is 111; use the names of the values [enum-number]
// SAYS: enum-number.cu:{{[0-9]+}}:{{[0-9]+}}: warning: a 'cublasOperation_t' is taken for its number, and HIP has other numbers

#include <cublas_v2.h>
#include <cuda_runtime.h>
// CHECK: [[#@LINE+1]]:23: enum-number cublasOperation_t
#define OPERATION(x) ((cublasOperation_t)(x))
enum Mine { First };

const char *names[] = {"n", "t"};
int f(int n, char c) {
  // CHECK: [[#@LINE+1]]:26: enum-number cublasOperation_t
  cublasOperation_t op = (cublasOperation_t)n;
  // CHECK: [[#@LINE+1]]:8: enum-number cublasOperation_t
  op = static_cast<cublasOperation_t>(c != 'n');
  op = OPERATION(1);
  op = n ? CUBLAS_OP_T : CUBLAS_OP_N;
  op = (cublasOperation_t)CUBLAS_OP_T;
  // CHECK: [[#@LINE+1]]:10: enum-number cublasOperation_t
  if (op == 1 || op == CUBLAS_OP_C)
    // CHECK: [[#@LINE+1]]:18: enum-number cublasOperation_t
    return names[op][0];
  switch (op) {
  // CHECK: [[#@LINE+1]]:8: enum-number cublasOperation_t
  case 0:
    return 1;
  case CUBLAS_OP_C:
    return 2;
  default:
    break;
  }
  int value = 0;
  for (int a = 1; a < 100; ++a)
    // CHECK: [[#@LINE+1]]:36: enum-number cudaDeviceAttr
    cudaDeviceGetAttribute(&value, (cudaDeviceAttr)a, 0);
  cudaMemcpyKind kind = (cudaMemcpyKind)n;
  Mine mine = (Mine)n;
  return kind == 1 || mine == 0 || cublasStatus_t(CUBLAS_STATUS_SUCCESS) == 7;
}
template <class T> T of(int n) { return (T)n; }
template <int N> cublasFillMode_t fill() {
  // CHECK: [[#@LINE+1]]:10: enum-number cublasFillMode_t
  return cublasFillMode_t(N);
}
