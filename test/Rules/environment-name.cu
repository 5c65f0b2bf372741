// Environment variables of CUDA's; other strings stay.
// RUN: { %cuport report %s --format=json > %t.json; test $? -le 1; }
// RUN: %python %S/Inputs/places.py %t.json environment-name | FileCheck %s --implicit-check-not=environment-name

#include <cstdlib>
#include <cuda_runtime.h>
#define DEVICES "CUDA_VISIBLE_DEVICES"
// CHECK: [[#@LINE-1]]:17: environment-name CUDA_VISIBLE_DEVICES
void set() {
  // CHECK: [[#@LINE+1]]:10: environment-name CUDA_LAUNCH_BLOCKING
  setenv("CUDA_LAUNCH_BLOCKING", "1", 1);
  // CHECK: [[#@LINE+1]]:17: environment-name CUDA_CACHE_DISABLE
  putenv((char*)"CUDA_CACHE_DISABLE=1");
  getenv("HOME");
  getenv("MY_CUDA_HOME");
  getenv(DEVICES);
}
