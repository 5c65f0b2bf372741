// Members of CUDA's structs; names of the project's own stay.
// RUN: { %cuport report %s --format=json > %t.json; test $? -le 1; }
// RUN: %python %S/Inputs/places.py %t.json field-meaning | FileCheck %s --implicit-check-not=field-meaning
// RUN: { %cuport translate %s --dry-run --hip-version=5.7 2> %t.old; test $? -eq 1; }
// RUN: FileCheck %s --check-prefix=OLD --input-file=%t.old

#include <cuda_fp16.h>
#include <cuda_runtime.h>
#define CAPABILITY(p) ((p).major * 10 + (p).minor)
struct Mine {
  int major, type;
  float x;
};
int ask(cudaDeviceProp p, cudaPointerAttributes a, Mine m) {
  // CHECK: [[#@LINE+1]]:9: field-meaning cudaDeviceProp::major
  if (p.major > 7 && m.major > 7)
    return m.type;
  // CHECK: [[#@LINE+1]]:12: field-meaning cudaDeviceProp::mpsEnabled
  return p.mpsEnabled + p.multiProcessorCount;
}
int more(cudaDeviceProp p, cudaPointerAttributes a) {
  // CHECK: [[#@LINE+1]]:9: field-meaning cudaPointerAttributes::type
  if (a.type == cudaMemoryTypeHost)
    // CHECK: [[#@LINE+1]]:14: field-meaning cudaDeviceProp::warpSize
    return p.warpSize;
  // CHECK: [[#@LINE+2]]:12: field-meaning cudaDeviceProp::sharedMemPerBlockOptin
  // OLD: :[[#@LINE+1]]:12: warning: hipDeviceProp_t has 'sharedMemPerBlockOptin' since HIP 6.0
  return p.sharedMemPerBlockOptin;
}
template <class T> __device__ float first(T m, __half2 h) {
  // CHECK: [[#@LINE+1]]:25: field-meaning __half2::x
  return __half2float(h.x) + m.x;
}
