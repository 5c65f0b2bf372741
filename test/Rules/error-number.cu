// Error codes beside numbers; names, 0 and other integers stay.
// RUN: { %cuport report %s --format=json > %t.json; test $? -le 1; }
// RUN: %python %S/Inputs/places.py %t.json error-number | FileCheck %s --implicit-check-not=error-number

#include <cuda.h>
#include <cuda_runtime.h>
#define OUT_OF_MEMORY 2
int check(cudaError_t e, CUresult r, int n) {
  // CHECK: [[#@LINE+1]]:9: error-number e == 700
  if (e == 700 || e == cudaErrorInvalidValue || e != 0 || n == 700)
    return 1;
  // CHECK: [[#@LINE+1]]:14: error-number (int)e == OUT_OF_MEMORY
  if ((int)e == OUT_OF_MEMORY)
    return 1;
  switch (r) {
  case CUDA_SUCCESS:
    return 0;
  // CHECK: [[#@LINE+1]]:8: error-number (CUresult)700
  case (CUresult)700:
    return 2;
  default:
    return 3;
  }
}
template <class T> bool failed(T x) {
  // CHECK: [[#@LINE+1]]:29: error-number cudaGetLastError() == 35
  return cudaGetLastError() == 35;
}
