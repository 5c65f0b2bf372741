// Calls of functions that HIP has no name for and that are written without one: the verdict is that of the edit, on HIP's cards too.
// RUN: rm -rf %t && split-file %s %t && cd %t
// RUN: { %cuport translate in -o out 2>err; test $? -eq 1; }
// RUN: FileCheck %s --input-file=out/forms.cu
// RUN: FileCheck %s --input-file=err --check-prefix=WARN --implicit-check-not=warning:
// RUN: { %cuport translate out/forms.cu -o again; test $? -le 1; } && cmp out/forms.cu again/forms.cu
// RUN: %clangxx -std=c++17 -I%t/stub main.cpp -o run && ./run
// RUN: { %cuport translate in/forms.cu -o old --hip-version=5.2 2>old.err; test $? -eq 1; }
// RUN: FileCheck %s --input-file=old.err --check-prefix=OLD
// RUN: { %cuport report in/forms.cu --target=rocm --format=json -o json; test $? -eq 1; }
// RUN: %python answers.py json __stcs __ldlu __floats2bfloat162_rn | FileCheck %s --check-prefix=CARD
// CARD: __floats2bfloat162_rn: edit fact-met
// CARD: __ldlu: edit as-hip
// CARD: __stcs: edit as-hip; unsupported name-lacks

//--- in/forms.cu
#include <cuda_bf16.h>
#include <cuda_runtime.h>
// CHECK: {{^}}  *(out + cudaless(1, 2)) = in[0];
// CHECK: {{^}}  if (in) *(&out[1]) = __ldg(in + 1); else *(out) = 1.f;
// CHECK: {{^}}  *(reinterpret_cast<float4 *>(out)) = make_float4(1, 2, 3, 4); // a line of its own
// CHECK: {{^}}  out[2] = (*(in)) + (*(in + 1));
// CHECK: {{^}}  return __float22bfloat162_rn(make_float2(out[0] /* low */, // high
// CHECK-NEXT: {{^}}                                out[1]));
// CHECK: {{^}}  return min((unsigned int)(a + 1), (unsigned int)(b)) + max((long long)(a), (long long)(b));
__device__ int cudaless(int, int);
__device__ __nv_bfloat162 f(float *out, const float *in) {
  __stcs(out + cudaless(1, 2), in[0]);
  if (in) __stcg(&out[1], __ldg(in + 1)); else __stwb(out, 1.f);
  __stwt(
      reinterpret_cast<float4 *>(out),
      make_float4(1, 2, 3, 4)); // a line of its own
  out[2] = __ldlu(in) + __ldlu(in + 1);
  return __floats2bfloat162_rn(out[0] /* low */, // high
                               out[1]);
}
__device__ unsigned least(unsigned a, int b) {
  return umin(a + 1, b) + llmax(a, b);
}
// A name alone is no call.
// WARN: forms.cu:{{[0-9]+}}:53: warning: HIP has nothing for '__stcs'
template <class T> __device__ auto store() { return __stcs<T>; }
// OLD: warning: HIP has nothing for '__floats2bfloat162_rn'
//--- stub/hip/hip_runtime.h
#pragma once
#define __device__
struct float4 { float x, y, z, w; };
//--- in/run.cu
#include <cuda_runtime.h>
__device__ void put(float4 *to, float4 value) { __stcs(to, value); }
__device__ float get(const float4 *from) { return __ldlu(from).y; }
//--- main.cpp
#include "out/run.cu"
int main() {
  float4 place{};
  put(&place, float4{1, 2, 3, 4});
  return get(&place) == 2 ? 0 : 1;
}
//--- answers.py
"""Prints NAME: VERDICT REASON; ... of the card's answers about names."""
import json
import sys

with open(sys.argv[1], encoding="utf-8") as file:
    report = json.load(file)
for name in sorted(sys.argv[2:]):
    said = {(answer["verdict"], answer["reason"])
            for question, answer in zip(report["questions"], report["cards"][0]["answers"]) if question["name"] == name}
    print(f"{name}: " + "; ".join(" ".join(each) for each in sorted(said)))
