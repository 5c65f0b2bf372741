// Loops that only wait; loops that work, and the host, stay.
// RUN: { %cuport report %s --format=json > %t.json; test $? -le 1; }
// RUN: %python %S/Inputs/places.py %t.json spin-wait | FileCheck %s --implicit-check-not=spin-wait

#include <cuda_runtime.h>
__global__ void kernel(int *lock, volatile int *flag, int *x, int n) {
  // CHECK: [[#@LINE+1]]:3: spin-wait atomicCAS(lock, 0, 1) != 0
  while (atomicCAS(lock, 0, 1) != 0)
    ;
  // CHECK: [[#@LINE+1]]:3: spin-wait *flag == 0
  while (*flag == 0) {
    __nanosleep(8);
  }
  // CHECK: [[#@LINE+1]]:3: spin-wait atomicAdd(x, 0) < n
  do {
  } while (atomicAdd(x, 0) < n);
  // CHECK: [[#@LINE+1]]:3: spin-wait flag[1] != 1
  for (; flag[1] != 1;)
    ;
  bool done = false;
  while (!done)
    if (atomicCAS(lock, 0, 1) == 0) {
      x[0]++;
      atomicExch(lock, 0);
      done = true;
    }
  for (int i = 0; x[i] < n; ++i)
    ;
}
template <class T> __device__ void wait(volatile T *x) {
  // CHECK: [[#@LINE+1]]:3: spin-wait x[0] == 0
  while (x[0] == 0)
    ;
}
void host(volatile int *x) {
  while (*x == 0)
    ;
}
