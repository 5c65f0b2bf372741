// Virtual calls and calls through pointers in device code; direct calls and the host stay.
// RUN: { %cuport report %s --format=json > %t.json; test $? -le 1; }
// RUN: %python %S/Inputs/needs.py %t.json indirect-call | FileCheck %s --implicit-check-not=indirect-call

#include <cuda_runtime.h>
struct Shape {
  __device__ virtual float area() const { return 0; }
  __device__ float width() const { return 1; }
};
typedef float (*Function)(float);
__device__ float direct(float x) { return x; }
__global__ void kernel(const Shape *s, Function f, float *x) {
  // CHECK: [[#@LINE+1]]: indirect-call: function-pointers 0
  x[0] = s->area();
  x[1] = s->width() + s->Shape::area() + direct(x[0]);
  // CHECK: [[#@LINE+1]]: indirect-call: function-pointers 0
  x[2] = f(x[0]);
}
template <class F> __device__ float apply(F f, float x) { return f(x); }
// A template is told its function where it is used.
__global__ void user(float *x) { x[0] = apply(direct, x[1]) + apply([](float y) { return y; }, x[2]); }
// So is one whose function is an argument, and a constant names one.
template <Function F, int N> __device__ float given(float x) {
  constexpr Function other = N > 1 ? direct : F;
  return F(x) + other(x);
}
__global__ void givenTo(float *x) { x[0] = given<direct, 1>(x[1]); }
float host(Function f) { return f(1); }
