// Code of CUTLASS and CuTe is said once a file, with how often it is named there; cute alone may be somebody else's.
// RUN: rm -rf %t && split-file %s %t
// RUN: { %cuport check %t/in 2>%t/said; test $? -eq 1; }
// RUN: FileCheck %s --input-file=%t/said --implicit-check-not=namespace-name --implicit-check-not=nvcc-only

//--- in/a.cu
#include "traits.h"
// CHECK: a.cu:3:19: warning: code of CUTLASS and CuTe, whose namespaces are named at 3 places of this file: {{.+}}Composable Kernel{{.+}} [namespace-name]
using Element = ::cutlass::half_t;
using namespace cute;
__global__ void k(cutlass::bfloat16_t *p) { copy(p, p + 1); }
// Somebody else's.
int y = mine::cutlass::x;
// A template that was not found is no function of the C library's.
#include <sys/select.h>
__device__ bool some() { return select<0>(shape) > 0; }
//--- in/instance.cu
template <class T> void run(cudaStream_t stream);
template void run<cutlass::half_t>(cudaStream_t stream);
//--- in/other.cu
namespace cute { int dog; }
__global__ void pet() { cute::dog = 1; }
//--- in/traits.h
#include <cute/tensor.hpp>
// CHECK: traits.h:3:16: warning: code of CUTLASS and CuTe, whose namespaces are named at 1 place of this file: {{.+}} [namespace-name]
using Layout = cute::Layout<int>;
