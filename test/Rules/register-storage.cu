// register goes; a variable in a named register, a macro of that name and C's files do not.
// RUN: rm -rf %t && split-file %s %t/in
// RUN: %cuport translate %t/in -o %t/out | FileCheck %s --check-prefix=COUNT
// RUN: %strip %t/out/a.cu | FileCheck %t/in/a.cu --implicit-check-not=register
// RUN: diff %t/in/b.c %t/out/b.c
// COUNT: 5 edit

//--- a.cu
#include <cuda_runtime.h>
// CHECK: void f(float *p, int n) {
__global__ void f(register float *p, register int n) {
  // CHECK-NEXT: float sum = 0;
  register float sum = 0;
  // CHECK-NEXT: {{^}}  for (unsigned
  for (register unsigned i = 0; i < 4; ++i) sum += p[i];
}
#if 0
// CHECK: {{^}}int inactive;
register int inactive;
#endif
void g() {
  // CHECK: register long r asm("rax");
  register long r asm("rax");
}
//--- b.c
#include <stdio.h>
typedef struct cudaSomething cudaSomething;
static int f(void) { register int i = 0; return i; }
