// A parse error lowers the confidence, is a finding, and never stops the file.
// RUN: rm -rf %t && split-file %s %t/in
// RUN: { %cuport translate %t/in -o %t/out -v 2>%t/err; test $? -eq 1; }
// RUN: FileCheck %t/in/broken.cu --input-file=%t/err --check-prefix=ERR
// RUN: FileCheck %t/in/through.cu --input-file=%t/err --check-prefix=ERR2
// RUN: %strip %t/out/broken.cu | FileCheck %t/in/broken.cu --check-prefix=OUT
// RUN: %strip %t/out/lonely.cuh | FileCheck %t/in/lonely.cuh

//--- broken.cu
#include <cuda_runtime.h>
// ERR: broken.cu:[[#@LINE+1]]:10: warning: parsed with {{[0-9]+}} errors (first: header 'not_here.h' was not found){{.*}} [parse-error]
#include "not_here.h"
NotHere<float> gone(cudaStream_t s) { return cudaStreamSynchronize(s); }
// OUT: NotHere<float> gone(hipStream_t s) { return hipStreamSynchronize(s); }
void f( { cudaDeviceSynchronize(); }
// OUT: void f( { hipDeviceSynchronize(); }
void after() { cudaDeviceReset(); }
// OUT: void after() { hipDeviceReset(); }
//--- lonely.cuh
// CHECK: inline void reset() { hipDeviceReset(); }
inline void reset() { cudaDeviceReset(); }
//--- through.h
#include "absent.h"
inline cudaError_t sync() { return cudaDeviceSynchronize(); }
//--- through.cu
// Where the header is missed elsewhere, it is named all the same.
#include "through.h"
// ERR2: through.cu:[[#@LINE+1]]:1: warning: parsed with 1 error (unknown type name 'Absent'; 'absent.h', which it includes by way of others, was not found){{.*}} [parse-error]
Absent nothing(cudaStream_t s);
